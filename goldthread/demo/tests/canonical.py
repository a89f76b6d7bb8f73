"""One spelling of a plan, to be compared: the same lives give the same digest."""

import hashlib
from collections.abc import Iterable

from goldthread.demo.people import Life


def digest(lives: Iterable[Life]) -> str:
    """The sha256 of everything told in these lives."""
    told = hashlib.sha256()
    for life in lives:
        told.update(repr((life.family.people, life.family.kin, life.family.households, life.notes, life.held)).encode())
        told.update(repr(life.happenings).encode())
    return told.hexdigest()
