"""Placing and ending holds; deciding of a record whose day is past. Nothing here destroys anything."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate

from goldthread.core.people.models import Person
from goldthread.ground.boot.trouble import Impossible
from goldthread.ground.time.words import short_day
from goldthread.out.rights.models import Decided, Hold
from goldthread.out.rights.queries import kept


def place_hold(
    *, asked_by: str, why: str, from_on: date, review_on: date, by: Any, child: Person | None = None, kept_as: str | None = None
) -> Hold:
    """Nothing of this may be destroyed from now on. Impossible where its days do not follow each other."""
    if from_on > localdate():
        raise Impossible("A hold begins today or began before: until then something might go.", "from_on")
    if review_on <= localdate():
        raise Impossible("The day to look at it again is after today.", "review_on")
    return Hold.objects.create(child=child, kept_as=kept_as, asked_by=asked_by, why=why, from_on=from_on, review_on=review_on, set_by=by)


def look_again(*, hold: Hold, review_on: date) -> None:
    """It was looked at and stands."""
    if review_on <= localdate():
        raise Impossible("The day to look at it again is after today.", "review_on")
    hold.review_on = review_on
    hold.save(update_fields=["review_on"])


def end_hold(*, hold: Hold, why: str, by: Any) -> None:
    """Impossible for whoever placed it, and for one that has ended."""
    if not hold.is_live:
        raise Impossible("This hold has ended already.")
    if hold.set_by_id == by.pk:
        raise Impossible("You placed this hold: somebody else with the duty ends it.")
    hold.ended_on, hold.ended_by, hold.ended_why = localdate(), by, why
    hold.save(update_fields=["ended_on", "ended_by", "ended_why"])


def keep_longer(*, child: Person, until_on: date, why: str, by: Any) -> Decided:
    """It is looked at again on that day. Impossible for a day gone by."""
    if until_on <= localdate():
        raise Impossible("Choose a day after today.", "until_on")
    _end_what_stands(child, "Decided anew", by)
    return Decided.objects.create(child=child, outcome=Decided.KEEP, until_on=until_on, why=why, by=by)


def may_go(*, child: Person, why: str, by: Any) -> Decided:
    """One person’s word that it may be destroyed; a second has to agree. Impossible before its day, while held, and while open."""
    _must_be_free(child)
    _end_what_stands(child, "Decided anew", by)
    return Decided.objects.create(child=child, outcome=Decided.MAY_GO, why=why, by=by)


def agree(*, decided: Decided, by: Any) -> None:
    """The second person’s word. Impossible for the first, and where something keeps it by now."""
    if decided.outcome != Decided.MAY_GO or decided.ended_at is not None or decided.agreed_at is not None:
        raise Impossible("This does not wait for anybody any more.")
    if decided.by_id == by.pk:
        raise Impossible("You decided this: somebody else has to agree.")
    _must_be_free(decided.child)
    decided.agreed_by, decided.agreed_at = by, timezone.now()
    decided.save(update_fields=["agreed_by", "agreed_at"])


def take_back(*, decided: Decided, why: str, by: Any) -> None:
    """It does not stand: disagreed with, or found to be wrong. The row stays."""
    if decided.ended_at is not None:
        raise Impossible("This was taken back already.")
    decided.ended_by, decided.ended_at, decided.ended_why = by, timezone.now(), why
    decided.save(update_fields=["ended_by", "ended_at", "ended_why"])


def _must_be_free(child: Person) -> None:
    one = kept([child])[0]
    if one.holds:
        raise Impossible("It is on hold: nothing of it may be destroyed.")
    if one.keeping.until is None:
        raise Impossible(one.keeping.unless)
    if not one.keeping.is_past(localdate()):
        raise Impossible(f"It is kept until {short_day(one.keeping.until)}.")


def _end_what_stands(child: Person, why: str, by: Any) -> None:
    Decided.objects.filter(child=child, ended_at=None).update(ended_by=by, ended_at=timezone.now(), ended_why=why)
