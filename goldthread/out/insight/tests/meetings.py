"""Meetings that were held, as the tests of figures need them: with their dates, and those who were in the list."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.pathway.batch import Done, Entry, record_many
from goldthread.pathway.meeting.models import Contribution, Invitee
from goldthread.practice.protection.meetings.strategy_discussion import StrategyDiscussion, StrategyDiscussionChild

BEFORE = timedelta(hours=5)


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def seat(on: date, role: str, *, brought: str = "", answered_after: timedelta | None = None, **values: Any) -> list[Any]:
    """Somebody in the list of a meeting at noon on this day. `invited` five hours before; `answered_after` the invitation."""
    if values.pop("invited", False):
        values |= {"invited_at": at(on) - BEFORE, "invited_how": "telephone"}
    if answered_after is not None:
        values |= {"reply": "accepted", "replied_at": at(on) - BEFORE + answered_after}
    if "attended" in values:
        values["attended_noted_at"] = at(on)
    if values.pop("sent", False):
        values |= {"sent_at": at(on), "sent_how": "telephone"}
    if values.pop("acknowledged", False):
        values["acknowledged_at"] = at(on)
    if values.pop("filed", False):
        values |= {"filed_on": on, "filed_noted_at": at(on)}
    if "agency" in values:
        values.setdefault("agency_kind", values["agency"].kind)
    invitee = Invitee(role=role, **values)
    return [invitee, Contribution(invitee=invitee, words=brought, onward="ask_first", given_on=on)] if brought else [invitee]


def discussion(children: list[Person], on: date, *seats: list[Any]) -> Record:
    """A strategy discussion held at noon on this day, which decided on nothing further."""
    values: dict[str, Any] = {
        "held_on": on, "held_at": time(12, 0), "held_how": "telephone", "suspected_on": on, "suspected_at": time(9, 0), "cause": "A bruise",
        "known": "Little", "is_known_by_family": True, "family_may_be_told": "All", "agreed_with_police": True, "why_inquorate": "It could not wait",
    }  # fmt: skip
    each = {
        (StrategyDiscussionChild, child.pk): {"decision": "no_further_action", "decision_why": f"Nothing more is known of {child}"}
        for child in children
    }
    rows = [row for one in seats for row in one]
    done = [Done("hold", None, at(on, 13))]
    return record_many(StrategyDiscussion, [Entry(children, values, on, at(on, 13), each=each, done=done, beside=rows)])[0]
