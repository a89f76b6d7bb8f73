"""My work: what I do next, for whom, by when, why, and what happens if it slips."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate, localtime
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldthread.core.agencies.models import Duty, Team, Worker
from goldthread.core.agencies.queries import last_day_of, names_of_users, sights_of
from goldthread.core.oversight.queries import open_findings
from goldthread.core.people.models import Person
from goldthread.core.sharing.agreements import due_for_review
from goldthread.core.work.actions import finish_task, nudge
from goldthread.core.work.models import Task
from goldthread.core.work.queries import Line, WorkList, tasks_of, work_of
from goldthread.face.web.due import authority_of, due_in_words, why_in_words
from goldthread.face.web.frame import GOVERNS
from goldthread.face.web.links import to_child, to_step
from goldthread.face.web.loads import load_of
from goldthread.face.web.ways_back import on_my_work
from goldthread.ground.access.predicate import Standing, standing
from goldthread.ground.access.queries import unreviewed
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.time.words import day_in_words, moment_in_words, short_day
from goldthread.out.returns.failures.queries import asked_of_worker
from goldthread.pathway.definition import Step
from goldthread.pathway.opening import open_record
from goldthread.pathway.queries import children_of
from goldthread.pathway.reading import shown_to
from goldthread.pathway.registry import definition_of
from goldthread.practice.family_help.actions import ALLOCATE

SHOWN_AT_FIRST = {"now": 40, "today": 40, "week": 12, "later": 6, "waiting": 6, "drafts": 6, "quiet": 6}
HEADINGS = {
    "now": ("Now", "Late, or due within four hours."),
    "today": ("Today", ""),
    "week": ("This week", "The next seven days."),
    "later": ("Later", ""),
    "waiting": ("Waiting on others", "What you wrote and somebody else must take further."),
    "drafts": ("Drafts", "Begun by you and not yet sent on."),
}


@dataclass
class Row:
    """One line as the page draws it. `pieces` are the words of the task, each child's name in them a link."""

    pieces: list[tuple[str, str | None]]
    also: list[tuple[str, str]]
    action: str
    href: str
    due: dict[str, Any] | None
    why: str = ""
    kind: str = ""
    authority: str = ""
    slips: str = ""
    whose: str = ""
    note: str = ""
    nudged: str = ""
    nudge_href: str = ""
    is_urgent: bool = False
    is_decision: bool = False


@dataclass
class Section:
    name: str
    heading: str
    words: str
    rows: list[Row]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """One list, and beside it today's diary and the children nobody has written about."""
    held, now = standing(request.user), timezone.now()
    work = work_of(held, now)
    everything = request.GET.get("all", "")
    only_decisions = "decisions" in request.GET
    sections = [_section(name, lines, work, held, now, everything, only_decisions) for name, lines in _groups(work, only_decisions)]
    lent = _lent(request.user, held)
    log_reading(request.user, "list", "My work", [*work.people(), *(one["key"] for one in lent)])
    context = {
        "sections": sections,
        "work": work,
        "quiet": _quiet(work, everything),
        "lent": lent,
        "held": held,
        "loads": load_of(sorted(held.managed_team_ids), held.user_id) if held.managed_team_ids else None,
        "decisions": sum(1 for line in work.lines() if is_decision(line)),
        "only_decisions": only_decisions,
        "odd_looks": open_findings(request.user),
        "agreements": len(due_for_review(localdate(now))) if GOVERNS in held.duties else 0,
        "reviews": unreviewed().exclude(user=request.user.pk).count() if "restricted_lead" in held.duties else 0,
        "ways_back": on_my_work(request.user),
        "census_asks": asked_of_worker(held.worker_id),
        "day": day_in_words(localdate(now)),
        "is_nothing": not any(section.count for section in sections),
    }
    return render(request, "web/my_work.jinja", context)


def _groups(work: WorkList, only_decisions: bool) -> list[tuple[str, list[Line]]]:
    groups = [("now", work.now), ("today", work.today), ("week", work.week), ("later", work.later)]
    if only_decisions:
        return [(name, [line for line in lines if is_decision(line)]) for name, lines in groups]
    return [*groups, ("waiting", work.waiting), ("drafts", work.drafts)]


def _section(name: str, lines: list[Line], work: WorkList, held: Standing, now: datetime, everything: str, only: bool) -> Section:
    heading, words = HEADINGS[name]
    shown = lines if everything == name else lines[: SHOWN_AT_FIRST[name]]
    return Section(name, heading, words, [_row(line, name, work, held, now) for line in shown], len(lines))


def _quiet(work: WorkList, everything: str) -> list[dict[str, str]]:
    shown = work.quiet if everything == "quiet" else work.quiet[: SHOWN_AT_FIRST["quiet"]]
    return [
        {
            "name": str(one.child),
            "href": to_child(one.child),
            "words": f"Nothing since {short_day(one.last_on)}" if one.last_on else "Nothing recorded yet",
        }
        for one in shown
    ]


def _lent(user: Any, held: Standing) -> list[dict[str, Any]]:
    """Children whom a colleague lets this worker see, or an auditor’s sample; nothing is asked for where there are none."""
    if not held.granted:
        return []
    rows = list(sights_of(worker=held.worker_id).filter(is_sample=held.reads_only))
    seen = Person.objects.seen_by(user).in_bulk({row.child_id for row in rows})
    return [
        {"key": row.child_id, "name": str(seen[row.child_id]), "href": to_child(seen[row.child_id]), "words": f"Until {short_day(last_day_of(row))}: {row.purpose}"}
        for row in rows
        if row.child_id in seen
    ]  # fmt: skip


def step_of(line: Line) -> Step | None:
    """The declared step that a line asks for; None for something to read or to allocate."""
    try:
        return definition_of(line.record.kind).step(line.step)
    except (LookupError, ValueError):
        return None


def is_decision(line: Line) -> bool:
    step = step_of(line)
    return line.step == ALLOCATE or bool(step and step.by_manager)


def action_of(line: Line) -> str:
    """The verb on the one button: Decide, Authorise, Write, Allocate, Read."""
    if not line.step:
        return "Read"
    step = step_of(line)
    return step.title if step else line.step.replace("_", " ").capitalize()


def _row(line: Line, group: str, work: WorkList, held: Standing, now: datetime) -> Row:
    words, also = pieces_of(line.what, line.children)
    row = Row(words, also, action_of(line), to_step(line.record, line.step), due_in_words(line.due_on, line.clock, now))
    row.is_urgent, row.is_decision = bool(line.task and line.task.is_urgent), is_decision(line)
    if line.clock is not None:
        rule = line.clock.rule
        row.why, row.kind, row.authority, row.slips = why_in_words(line.clock), rule.kind, authority_of(rule), rule.consequence
    elif line.due_on is not None:
        row.why = "Asked for by this day when the work was given"
    row.note = _draft_words(line, now)
    if group == "waiting":
        row.action, row.whose = "Look", f"with {holder_of(line)}"
        row.href = reverse("record", args=[line.record.reference])
        _nudging(row, line, held, now)
    elif line.task is not None:
        row.whose = whose(line, held)
        row.nudged = "; ".join(_nudge_words(n, work, now) for n in line.nudges[:2])
    return row


def pieces_of(what: str, children: list[Person]) -> tuple[list[tuple[str, str | None]], list[tuple[str, str]]]:
    """A task's words cut at the children's names, each name with its page; children not named in the words come after."""
    pieces: list[tuple[str, str | None]] = [(what, None)]
    also = []
    for child in children:
        name, cut = str(child), []
        was_named = False
        for text, href in pieces:
            before, found, after = text.partition(name) if href is None else (text, "", "")
            if not found:
                cut.append((text, href))
                continue
            was_named = True
            cut += [piece for piece in ((before, None), (name, to_child(child)), (after, None)) if piece[0]]
        pieces = cut
        if not was_named:
            also.append((name, to_child(child)))
    return pieces, also


def holder_of(line: Line) -> str:
    holder = line.holder
    if isinstance(holder, Worker | Team):
        return holder.name
    return Duty.ROLES.get(line.task.duty or "", "whoever is on duty").split(" (")[0].lower() if line.task else ""


def whose(line: Line, held: Standing) -> str:
    """Said only where the thing is not simply mine: somebody away whom I cover, my team, a duty."""
    task = line.task
    if task is None or task.worker_id == held.worker_id:
        return ""
    if task.worker_id:
        return f"for {holder_of(line)}, away"
    return f"for {holder_of(line)}" if task.team_id else f"on duty: {holder_of(line)}"


def _draft_words(line: Line, now: datetime) -> str:
    if line.draft is None:
        return ""
    saved = line.draft.saved_at
    if saved is None:
        return ""
    days = (localdate(now) - localdate(saved)).days
    age = f"today at {localtime(saved):%H:%M}" if days == 0 else "yesterday" if days == 1 else f"{days} days ago"
    return f"Draft last saved {age}" + ("; sent back to you" if line.draft.comments else "")


def _nudging(row: Row, line: Line, held: Standing, now: datetime) -> None:
    mine = [one for one in line.nudges if one.by_id == held.user_id]
    if mine and mine[0].on == localdate(now):
        row.nudged = f"You nudged them today at {localtime(mine[0].at):%H:%M}"
    else:
        row.nudge_href = reverse("nudge", args=[line.record.reference, line.step])
        row.nudged = f"You last nudged them on {short_day(mine[0].on)}" if mine else ""


def _nudge_words(nudge: Any, work: WorkList, now: datetime) -> str:
    who = work.nudged_by.get(nudge.by_id, "Somebody")
    when = f"at {localtime(nudge.at):%H:%M}" if nudge.on == localdate(now) else f"on {short_day(nudge.on)}"
    return f"{who} is waiting, and asked {when}" + (f": “{nudge.words}”" if nudge.words else "")


@login_required
@require_POST
def nudge_page(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """A reminder on the task of whoever the record waits for."""
    record = open_record(request.user, reference)
    tasks = list(Task.objects.filter(Task.OPEN, record=record, step=step).exclude(pk__in=tasks_of(standing(request.user)).values("pk")))
    if not tasks:
        messages.info(request, "It is done: nobody needs a nudge any more.")
        return redirect("home")
    try:
        for task in tasks:
            nudge(task=task, by=request.user, words=request.POST.get("words"))
    except ValueError as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, f"They will see on their list that you are waiting: “{tasks[0].what}”.")
    return redirect("home")


@login_required
@require_http_methods(["GET", "POST"])
def read(request: HttpRequest, reference: str) -> HttpResponse:
    """Something to read: the record as written, with one press that says it has been read."""
    record = open_record(request.user, reference)
    mine = list(tasks_of(standing(request.user)).filter(record=record, step=""))
    if request.method == "POST":
        for task in mine:
            finish_task(task=task, by=request.user)
        messages.success(request, "Marked as read.")
        return redirect("home")
    if not mine:
        return redirect("record", reference=reference)
    copy = record.newest_copy()
    context = {
        "heading": mine[0].what,
        "record": record,
        "children": [{"name": str(child), "href": to_child(child)} for child in children_of(record)],
        "content": shown_to(request.user, copy) if copy else None,
        "note": getattr(record, "case_note", None),
        "given": moment_in_words(mine[0].made_at),
        "given_by": names_of_users([mine[0].made_by_id]).get(mine[0].made_by_id or 0, ""),
    }
    return render(request, "web/read.jinja", context)
