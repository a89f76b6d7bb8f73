"""Raising an alert and ending it."""

import datetime as dt

from django.core.exceptions import ValidationError

from goldthread.core.people.models import Alert, Person
from goldthread.ground.access.models import User
from goldthread.ground.codes.code_lists import codes

NAMES_SOMEONE = frozenset({"must_not_know_address", "no_contact", "no_collection", "supervised_contact"})


def raise_alert(
    *,
    person: Person,
    kind: str,
    what: str,
    by: User | None = None,
    about: Person | None = None,
    about_whom: str | None = None,
    source: str | None = None,
    from_on: dt.date | None = None,
    review_on: dt.date | None = None,
    expires_on: dt.date | None = None,
) -> Alert:
    """Warn of something. A kind that keeps someone away must say whom; `about` where they are on file, else `about_whom`."""
    if problem := codes("people.alert_kind").check(kind):
        raise ValidationError(problem, code="kind")
    if kind in NAMES_SOMEONE and about is None and not about_whom:
        raise ValidationError("Say who this is about.", code="about")
    return Alert.objects.create(
        person=person, kind=kind, what=what, raised_by=by, about=about, about_whom=about_whom, source=source,
        from_on=from_on, review_on=review_on, expires_on=expires_on,
    )  # fmt: skip


def end_alert(*, alert: Alert, on: dt.date, reason: str, by: User | None = None) -> None:
    """The warning no longer holds; it stays on file with the reason."""
    alert.until_on, alert.ended_reason, alert.ended_by = on, reason, by
    alert.save(update_fields=["until_on", "ended_reason", "ended_by"])


def look_again(*, alert: Alert, review_on: dt.date | None, expires_on: dt.date | None = None, what: str | None = None) -> Alert:
    """It was looked at and still holds: when it is to be looked at next, when it ends, and what it says now."""
    alert.review_on, alert.expires_on, alert.what = review_on, expires_on, what or alert.what
    alert.save(update_fields=["review_on", "expires_on", "what"])
    return alert
