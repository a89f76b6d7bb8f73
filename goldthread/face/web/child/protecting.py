"""A child's protection plan on the child's pages: what may begin, what the plan says, and who was seen when."""

from typing import Any

from django.db.models import F
from django.utils.timezone import localdate

from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.core.work.models import OPEN, Clock
from goldthread.face.web.child.page import ChildPage
from goldthread.face.web.child.way import Way
from goldthread.face.web.due import due_in_words, why_in_words
from goldthread.face.web.links import to
from goldthread.ground.codes.code_lists import codes
from goldthread.ground.time.words import short_day
from goldthread.pathway.actions import begin
from goldthread.pathway.plans.actions import begin_version
from goldthread.practice.family_help.actions import ready_visit as ready_visit_in_need
from goldthread.practice.family_help.models import ChildInNeedVisit, ChildInNeedVisitChild
from goldthread.practice.protection.actions import ready_visit, ready_words
from goldthread.practice.protection.models import (
    InitialConference,
    PlanCategory,
    ProtectionPlan,
    ProtectionVisit,
    ProtectionVisitChild,
    WrittenPlan,
)
from goldthread.practice.protection.queries import newest_words, plans_before

BEGUN_HERE = (ProtectionPlan.kind(), WrittenPlan.kind(), ProtectionVisit.kind(), ChildInNeedVisit.kind())
VISITS_SHOWN = 8


def ways_of_protection(child: ChildPage, going: dict[str, Record], *, is_in_need: bool) -> list[Way]:
    """The plan where a conference decided on one, its words, and a visit under the plan that holds."""
    plan = next((one for one in child.plans if one.kind == "protection"), None)
    held = InitialConference.objects.filter(record__in=child.records(), held_on__isnull=False).exclude(record__state=Record.VOID)
    conferred = held.order_by("-held_on").first()
    first = "" if conferred else "A conference decides on a plan. None is recorded here: a manager states the day on which it was held."
    found = [
        Way("protection", "Child protection plan", "From the day of the conference that decided on it. A manager records it.", _period(conferred),
            f"{child.first} is on a protection plan already." if plan else first, is_barred=plan is not None,
            open_record=going.get(ProtectionPlan.kind()), open_words="One waits for a manager"),
    ]  # fmt: skip
    if plan is not None:
        found.append(
            Way("words", "The protection plan in words", "What must change, how we shall know, who helps, by when, and what happens if not.",
                _words(plan.reference), open_record=going.get(WrittenPlan.kind()), open_words="It is being written")
        )  # fmt: skip
    if plan is not None or is_in_need:
        kind = ProtectionVisit if plan is not None else ChildInNeedVisit
        begun = _visit(plan.reference) if plan is not None else _visit_in_need
        words = "Who was seen, alone or why not, what each child said, and what moved."
        found.append(Way("visit", "Visit", words, begun, open_record=going.get(kind.kind()), open_words="The next one stands ready"))
    return found


def _period(conference: Any) -> Any:
    def start(children: list[Person], by: Any) -> Record:
        made = []
        for child in children:
            on = conference.held_on if conference else localdate()
            opening = {"previous_plans": plans_before(child.pk, on), "decided_by": "initial"} | ({"started_on": on} if conference else {})
            follows = conference.record if conference and len(children) == 1 else None
            made.append(begin(ProtectionPlan, children=[child.pk], by=by, follows=follows, opening=opening))
        return made[0]

    return start


def _words(plan: str) -> Any:
    def start(children: list[Person], by: Any) -> Record:
        before = newest_words(children[0].pk)
        if before is not None:
            return begin_version(before=before.record, children=children, by=by)
        return ready_words(children, by=by, follows=Record.objects.get(reference=plan), due_on=None)

    return start


def _visit(plan: str) -> Any:
    return lambda children, by: ready_visit(children, by=by, follows=Record.objects.get(reference=plan))


def _visit_in_need(children: list[Person], by: Any) -> Record:
    return ready_visit_in_need(children, by=by)


def protection_now(child: ChildPage) -> dict[str, Any]:
    """The plan that holds, in lines; its visits, newest first; and when the next is due. Empty where there is neither plan nor visit."""
    standing = next((one for one in child.plans if one.kind == "protection"), None)
    words = newest_words(child.person.pk) if standing else None
    seen = set(child.seen().values_list("pk", flat=True)) if standing or child.plans else set()
    history = list(PlanCategory.objects.filter(record__reference=standing.reference).order_by("from_on")) if standing else []
    labels = codes("cin.abuse_category")
    return {
        "plan": standing,
        "categories": [f"{labels.label(row.category)} from {short_day(row.from_on)}" for row in history] if len(history) > 1 else [],
        "words": words if words is not None and words.record_id in seen else None,
        "since": short_day(words.written_on) if words is not None and words.written_on else "",
        "due": next_visit(child),
        "visits": visits_of(child, seen),
    }


def next_visit(child: ChildPage) -> dict[str, Any] | None:
    """When somebody must next see the child, as the work list says it."""
    clock = Clock.objects.filter(OPEN, key__startswith="visit.c", child__in=child.rows).select_related("rule").order_by(F("due_on")).first()
    said = due_in_words(clock.due_on, clock) if clock else None
    return said | {"kind": clock.rule.kind, "rule": why_in_words(clock)} if said and clock else None


def visits_of(child: ChildPage, seen: set[int]) -> list[dict[str, Any]]:
    """The latest visits that this user may see: the day, whether the child was seen and alone, or why not."""
    found: list[dict[str, Any]] = []
    for kind, part in ((ProtectionVisit, ProtectionVisitChild), (ChildInNeedVisit, ChildInNeedVisitChild)):
        rows = kind.objects.filter(record__in=seen, record__children__child__in=child.rows).select_related("record").order_by("-visited_on")
        latest = list(rows[:VISITS_SHOWN])
        own = {row.record_id: row for row in part.objects.filter(record__in=[visit.record_id for visit in latest], person__in=child.rows)}
        found += [_line(visit, own.get(visit.record_id)) for visit in latest]
    return sorted(found, key=lambda line: line["day"], reverse=True)[:VISITS_SHOWN]


def _line(visit: Any, own: Any) -> dict[str, Any]:
    if visit.has_failed:
        said, state = codes("visit.outcome").label(visit.outcome), "Failed"
    elif own is None or own.is_seen is None:
        said, state = "Not recorded", ""
    elif not own.is_seen:
        said, state = f"{codes('visit.why_not_seen').label(own.why_not_seen or '')}", "Not seen"
    elif own.is_seen_alone:
        said, state = "", "Seen alone"
    else:
        said, state = codes("visit.why_not_alone").label(own.why_not_alone or ""), "Seen, not alone"
    told = "" if visit.was_expected else "unannounced"
    return {
        "day": visit.visited_on,
        "on": short_day(visit.visited_on),
        "href": to("record", visit.record.reference),
        "said": said,
        "state": state,
        "told": told,
    }
