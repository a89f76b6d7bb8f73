"""The first run: naming the authority, or marking an empty database as a demo."""

from django.utils import timezone

from goldthread.ground.boot.models import Installation
from goldthread.ground.boot.queries import first_filled_table, installation, must_be_demo
from goldthread.ground.boot.trouble import Trouble


def set_up(*, authority: str, la_code: str, ons_code: str) -> Installation:
    """Name the authority of a database that has none. ValueError with a sentence for a code that is none."""
    check_codes(la_code, ons_code)
    if installation():
        raise Trouble("This database has its authority already.")
    return Installation.objects.create(authority=authority, la_code=la_code, ons_code=ons_code)


def mark_demo(*, authority: str, la_code: str, ons_code: str, size: str) -> Installation:
    """Mark a database as a demo, once and for good: only while nothing has been recorded in it."""
    check_codes(la_code, ons_code)
    found = installation()
    if found and found.is_demo:
        return found
    if found or (table := first_filled_table()):
        holds = f"it belongs to {found.authority}" if found else f"there are rows in {table}"
        raise Trouble(f"Only an empty database can become a demo, and this one is not empty: {holds}.")
    return Installation.objects.create(authority=authority, la_code=la_code, ons_code=ons_code, is_demo=True, demo_size=size)


def note_demo_filled() -> None:
    """The demo's data are complete; until then a start begins them again."""
    must_be_demo()
    Installation.objects.update(demo_filled_at=timezone.now())


def check_codes(la_code: str, ons_code: str) -> None:
    if not (len(la_code) == 3 and la_code.isascii() and la_code.isdigit()):
        raise ValueError("Give the authority’s three-digit code, such as 202.")
    if not (len(ons_code) == 9 and ons_code[0] == "E" and ons_code.isascii() and ons_code[1:].isdigit()):
        raise ValueError("Give the authority’s nine-character code, such as E09000007.")
