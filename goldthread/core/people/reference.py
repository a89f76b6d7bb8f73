"""Short public references: what a person reads over the telephone instead of our key."""

import secrets

# No vowels, so no words; no 0, 1, I, L or O to mishear or misread. Without a nought, "0x" cannot arise:
# the DfE's gateway refuses any payload holding it.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
LENGTH = 8


def new_reference() -> str:
    """Eight characters drawn at random; 3.8e11 of them, so a batch should still ask `unused_references`."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
