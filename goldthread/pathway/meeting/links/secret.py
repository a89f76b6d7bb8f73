"""The two proofs of a link: an address that cannot be guessed, and six figures told in another way."""

import base64
import hashlib
import hmac
import secrets

from django.conf import settings


def new_seed() -> str:
    return secrets.token_hex(16)


def address_of(seed: str) -> str:
    """What stands in the link: 256 bits that only this server can make from the seed."""
    digest = hmac.new(settings.SECRET_KEY.encode(), b"meeting link " + seed.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def hash_of(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()


def new_figures() -> str:
    """Six figures, as they are kept: without spaces."""
    return f"{secrets.randbelow(1_000_000):06d}"


def spoken(figures: str) -> str:
    """ "482 107": as they are said."""
    return f"{figures[:3]} {figures[3:]}"


def figures_in(typed: str) -> str:
    """What was typed, with spaces and hyphens left out."""
    return "".join(letter for letter in typed if letter.isascii() and letter.isdigit())[:12]
