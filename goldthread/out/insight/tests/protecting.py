"""Enquiries, conferences, plans and reviews with their dates, as the tests of figures need them."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.pathway.batch import Done, Entry, record_many
from goldthread.pathway.definition import Detail
from goldthread.practice.protection.conferences.initial_conference import InitialConferenceChild
from goldthread.practice.protection.models import InitialConference, ProtectionPlan, ReviewConference, Section47

LINES = count(1)
YEAR = (date(2025, 4, 1), date(2026, 3, 31))


def told(kind: type[Detail], one: Person, on: date, values: dict[str, Any], **rest: Any) -> Record:
    """One record as a file tells of it."""
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    entry = Entry([one], values, on, at, origin=Record.IMPORTED, source_hash=f"{next(LINES):064}", **rest)
    return record_many(kind, [entry])[0]


def enquiry(
    one: Person, on: date, conference_on: date | None = None, *, strategy_on: date | None = None, none_on: date | None = None
) -> Record:
    """Begun on this day; led to a conference on that, or it was decided that there is none; neither is known where neither is given."""
    came: dict[str, Any] = {"met_on": conference_on} if conference_on else {}
    came |= {"stopped_on": none_on, "stopped_why": "No conference is required."} if none_on else {}
    became = dict.fromkeys(("conference.initial", "conference.initial.census"), came)
    values = {
        "started_on": on,
        "strategy_on": strategy_on,
        "conference_on": conference_on,
        "conference_not_required": True if none_on else None,
    }
    return told(Section47, one, on, values, became=became)


def conference(one: Person, on: date) -> Record:
    return told(InitialConference, one, on, {"held_on": on, "without_section_47": False})


def conference_here(children: list[Person], on: date, *seats: list[Any]) -> Record:
    """A conference held here at noon on this day that decided on no plan, with those who were in its list."""
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    values: dict[str, Any] = {
        "held_on": on, "held_at": at.time(), "held_how": "in_person", "worry": "Bruises", "good": "An aunt", "heard": "All are worried",
        "may_complain": True, "why_inquorate": "It could not wait",
    }  # fmt: skip
    each = {
        (InitialConferenceChild, one.pk): {
            "takes_part": "worker",
            "childs_words": f"{one} says hello",
            "decision": "in_need",
            "rationale": f"{one} is safe",
        }
        for one in children
    }
    rows = [row for one in seats for row in one]
    return record_many(
        InitialConference,
        [Entry(children, values, on, at, each=each, done=[Done("prepare", None, at), Done("hold", None, at)], beside=rows)],
    )[0]


def plan(one: Person, on: date, until: date | None = None, *, before: int | None = 0, category: str | None = "NEG") -> Record:
    values = {"started_on": on, "ended_on": until, "initial_category": category, "latest_category": category, "previous_plans": before}
    return told(ProtectionPlan, one, on, values)


def review(one: Person, on: date) -> Record:
    return told(ReviewConference, one, on, {"held_on": on})
