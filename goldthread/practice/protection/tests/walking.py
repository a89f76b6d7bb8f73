"""Steps a protection plan takes, as its tests walk them."""

from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate

from goldthread.core.records.models import Record
from goldthread.ground.time.queries import calendar
from goldthread.pathway.actions import begin, complete
from goldthread.practice.front_door.tests.calls import day, part
from goldthread.practice.protection.actions import begin_plan
from goldthread.practice.protection.visit import ProtectionVisit

TODAY = localdate()
BORN = TODAY.replace(year=TODAY.year - 9, day=1)


def working_days(from_on: date, days: int) -> date:
    return calendar().add(from_on, days)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def on_a_plan(council: Any, *children: Any, since: date) -> list[Record]:
    return begin_plan(children=[c.pk for c in children], on=since, category="NEG", by=council.assessment_manager)


def seen(child: Any, **more: Any) -> dict[str, Any]:
    return part(child, is_seen="yes", is_seen_alone="yes", childs_words=f"{child} says it is quiet now at night", bedroom="seen") | part(
        child, **more
    )


def not_seen(child: Any) -> dict[str, Any]:
    return part(child, is_seen="no", why_not_seen="at_school", where_instead="At school, says the mother")


def made(on: date, *parts: dict[str, Any], **more: Any) -> dict[str, Any]:
    found = {**day("visited_on", on), "place": "home", "was_expected": "yes", "aim": "To see the bedroom", "outcome": "made"}
    found["what_moved"] = "A lock on the door"
    for one in parts:
        found |= one
    return found | more


def nobody_in(on: date, again: date, **more: Any) -> dict[str, Any]:
    found = {**day("visited_on", on), **day("try_again_on", again), "place": "home", "was_expected": "yes", "aim": "To see them"}
    return found | {"outcome": "nobody_in", "what_next": "Rang the mother; school says both were in today"} | more


def visit(council: Any, children: list[Any], typed: dict[str, Any]) -> Record:
    """The visit that stands ready, or one more, recorded."""
    ready = Record.objects.filter(kind=ProtectionVisit.kind(), state=Record.DRAFT, children__child__in=children).distinct().first()
    record = ready or begin(ProtectionVisit, children=[c.pk for c in children], by=council.social_worker)
    return complete(record=record, step="record", by=council.social_worker, raw=typed).record


def need(slot: int, about: tuple[Any, ...] = (), **words: str) -> dict[str, Any]:
    """One need of a plan, as typed."""
    found = {
        "worry": f"Worry {slot}: there is shouting and things get broken",
        "must_change": "Nobody shouts or breaks things",
        "how_we_know": "The children say so, and school sees them rested",
        "who_helps": "Grace goes to the Tuesday group; the school nurse rings each week",
        "if_not": "We meet that day and ask for legal advice",
    } | words
    typed: dict[str, Any] = {f"need-{slot}-{name}": said for name, said in found.items()}
    typed |= day(f"need-{slot}-by_on", TODAY + timedelta(days=60))
    return typed | ({f"need-{slot}-about": [child.reference for child in about]} if about else {})


def parent(of: Any, **answers: Any) -> dict[str, Any]:
    return {f"parent-{of.reference}-{name}": value for name, value in answers.items()}


def plan_for(*children: Any, parents: tuple[Any, ...] = (), on: date = TODAY, within: str = "10", **more: Any) -> dict[str, Any]:
    """A whole plan, as typed: every parent gets a copy unless something else is said."""
    typed = {**day("written_on", on), "made_at": "conference", "lead": "Sam Social, 020 7946 0200", "if_unsafe": "Ring 999, then us."}
    typed |= need(1)
    for child in children:
        typed |= part(child, childs_view=f"{child} wants the door shut and some quiet", visit_within=within)
    for one in parents:
        typed |= parent(one, gets_copy="yes", does=f"{one} does something that is private to {one}")
    return typed | more


def written(council: Any, children: tuple[Any, ...], typed: dict[str, Any]) -> Record:
    """The plan that stands ready, agreed."""
    ready = Record.objects.filter(kind="protection.written_plan", state=Record.DRAFT, children__child__in=children).distinct().get()
    return complete(record=ready, step="write", by=council.social_worker, raw=typed).record
