"""The record as it was written: the fair copy, its versions, what was decided and what follows."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, localtime
from django.views.decorators.http import require_GET

from goldthread.core.agencies.queries import names_of_users
from goldthread.core.records.models import FairCopy, Record
from goldthread.core.work.models import Clock
from goldthread.ground.access.predicate import standing, withheld_from
from goldthread.ground.time.models import Rule
from goldthread.ground.time.words import day_in_words, hours_in_words, left_in_words, moment_in_words, short_day
from goldthread.pathway.archetypes import Plan
from goldthread.pathway.correcting import begun
from goldthread.pathway.definition import Detail
from goldthread.pathway.opening import open_record
from goldthread.pathway.plans.comparing import changes_between, readings
from goldthread.pathway.queries import children_of, may_correct, may_do, what_it_follows
from goldthread.pathway.registry import definition_or_none, links_from, pages_of
from goldthread.pathway.who import who

WITHHELD = "Withheld: who told us is protected."


@login_required
@require_GET
def record_page(request: HttpRequest, reference: str) -> HttpResponse:
    return as_written(request, open_record(request.user, reference, "print" if "print" in request.GET else "view"))


def as_written(request: HttpRequest, record: Record, notice: str = "") -> HttpResponse:
    """Draw the newest fair copy (or the version asked for), split so that each child's part stands apart."""
    definition = definition_or_none(record.kind)
    copies = list(record.fair_copies.order_by("-version"))
    wanted = request.GET.get("version", "")
    copy = next((c for c in copies if str(c.version) == wanted), copies[0] if copies else None)
    waiting = definition.step(record.step) if definition and record.step else None
    removed = taken_off(record, request.user)
    comments = list(record.comments.order_by("at"))
    people = [
        record.recorded_by_id,
        record.agreed_by_id,
        *(c.made_by_id for c in copies),
        *(c.by_id for c in comments),
        *(one["by"] for one in removed),
    ]
    is_print = "print" in request.GET
    content = shown_to(request.user, copy, is_print) if copy else None
    follows, before = what_it_follows(record, request.user, though_void=True)
    is_version = follows is not None and follows.kind == record.kind and is_plan(definition)
    context = {
        "record": record,
        "title": definition.title if definition else record.headline or "Record",
        "purpose": definition.purpose if definition else "",
        "steps": {step.name: step for step in definition.steps} if definition else {},
        "copy": copy,
        "content": content,
        "copies": copies,
        "held": [held_in_words(c.held_from, c.held_until) for c in reversed(copies) if c.held_from and c.held_until],
        "corrected": {c.version for c in copies if c.why},
        "notice": notice,
        "is_print": is_print,
        "pages": pages_of(definition) if definition else [],
        "children": who(children_of(record)),
        "removed": removed,
        "waiting": waiting,
        "may_not": may_do(request.user, record, waiting) if waiting else None,
        "may_correct": may_correct(request.user, record),
        "being_corrected": begun(record),
        "names": names_of_users(people),
        "comments": comments,
        "clocks": [
            clock_in_words(c)
            for c in record.clocks.filter(is_current=True)
            .exclude(child__in=record.children.exclude(removed_at=None).values("child"))
            .select_related("rule", "child")
            .order_by("due_on", "pk")
        ],
        "follows": follows,
        "changes": changes_between(shown_to(request.user, before, is_print), content) if content and before and is_version else None,
        "readings": readings(definition, content) if content and definition and not is_print else [],
        "links": [] if is_print or definition is None else links_from(definition, record, request.user),
        "followed_by": list(Record.objects.seen_by(request.user).filter(follows=record).order_by("happened_on", "pk")),
        "note": getattr(record, "case_note", None) if definition is None else None,
        "happened": day_in_words(record.happened_on) + (f" at {record.happened_at:%H:%M}" if record.happened_at else ""),
        "recorded": f"{day_in_words(localtime(record.recorded_at).date())} at {localtime(record.recorded_at):%H:%M}",
    }
    return render(request, "pathway/record.jinja", context)


def held_in_words(since: datetime, until: datetime) -> str:
    """When the words of a version were written that an outage kept back, and when they came."""
    return f"Words written {moment_in_words(since)} came {moment_in_words(until)}, when the product could be reached again."


def is_plan(definition: type[Detail] | None) -> bool:
    return definition is not None and issubclass(definition, Plan)


def shown_to(user: Any, copy: FairCopy, is_print: bool = False) -> dict[str, Any]:
    """The copy's content; protected answers only on the screen of the front door and of managers, never in print.

    What the family must not learn is not in print. What is told of a child apart is shown no longer once the child is taken off.
    """
    held = standing(user)
    may = (held.takes_calls or bool(held.managed_team_ids)) and not is_print
    kept = {True} if is_print else set()
    shared = [line if may or not line.get("is_protected") else {**line, "answer": WITHHELD} for line in copy.content["shared"]]
    gone = set(copy.record.children.exclude(removed_at=None).values_list("child_id", flat=True))
    further = [
        {
            **part,
            "lines": [line for line in part["lines"] if line.get("person") not in gone and line.get("is_kept_from_family") not in kept],
        }
        for part in copy.content.get("further", [])
    ]
    return {
        **copy.content,
        "shared": [line for line in shared if line.get("is_kept_from_family") not in kept],
        "each": [part for part in copy.content["each"] if part["person"] not in gone],
        "further": [part for part in further if part["lines"]],
    }


def taken_off(record: Record, user: Any) -> list[dict[str, Any]]:
    """Of whom the record was once told: who, why and by whom; without a name where that child is kept from this user."""
    links = list(record.children.exclude(removed_at=None).select_related("child").order_by("pk"))
    hidden = set(record.children.filter(child_id__in=withheld_from(user.pk)).values_list("child_id", flat=True)) if links else set()
    return [
        {"child": "a child", "why": "The reason is for those who may know of that child.", "by": None}
        if link.child_id in hidden
        else {"child": str(link.child), "why": link.removed_why, "by": link.removed_by_id}
        for link in links
    ]


def clock_in_words(clock: Clock) -> dict[str, Any]:
    """A clock as `due_words` draws it, with the child it runs for."""
    return {"child": str(clock.child), "started": short_day(clock.started_on), **due_of(clock, clock.rule)}


def due_of(clock: Clock, rule: Rule) -> dict[str, Any]:
    """When it is due as people say it, exactly, whose rule it is and what follows if it slips."""
    today = localdate()
    why = {"rule": rule.process, "kind": rule.kind, "authority": rule.authority, "slips": "", "cause": clock.breach_words or ""}
    if clock.met_on:
        late = f", {left_in_words(clock.due_on, clock.met_on)}" if clock.due_on and clock.met_on > clock.due_on else ""
        return {**why, "state": "met", "words": f"met {day_in_words(clock.met_on, today)}{late}", "exact": short_day(clock.met_on)}
    if clock.stopped_on:
        return {**why, "state": "stopped", "words": f"stopped: {clock.stopped_why}", "exact": short_day(clock.stopped_on)}
    if clock.due_on is None:
        return {**why, "state": "later", "words": "no day can be counted for it"}
    left = (
        hours_in_words(clock.due_at, localtime())
        if clock.due_at
        else left_in_words(clock.due_on, today, in_working_days="working" in rule.unit)
    )
    state = "late" if clock.due_on < today else "today" if clock.due_on == today else "soon" if (clock.due_on - today).days < 4 else "later"
    words = f"due {day_in_words(clock.due_on, today)}, {left}" if left != "due today" else "due today"
    slips = rule.consequence if state in ("late", "today") else ""
    return {**why, "state": state, "slips": slips, "words": words, "exact": short_day(clock.due_on), "at": clock.due_on.isoformat()}
