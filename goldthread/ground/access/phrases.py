"""Pass phrases: what is wrong with one, and one to be told over the telephone and used once."""

import secrets
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

SHORTEST = 14
TEMPORARY = timedelta(days=7)
# No vowels, so that no word comes about; nothing that is read for another: 27 signs, 12 of them, some 57 bits.
SIGNS = "bcdfghjkmnpqrstvwxz23456789"


def temporary_phrase() -> str:
    """Three groups of four signs, such as “hk4m-rv7x-bd2f”."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(3))


def problem_with(phrase: str) -> str | None:
    """What is wrong with a pass phrase that somebody chose, in a sentence; None when nothing is."""
    if len(phrase) < SHORTEST:
        return f"Choose a pass phrase of at least {SHORTEST} letters: four or five words you will remember."
    try:
        validate_password(phrase)
    except ValidationError as refused:
        return " ".join(refused.messages)
    return None
