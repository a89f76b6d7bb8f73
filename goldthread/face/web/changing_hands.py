"""Naming a child’s worker, moving children from one to another, and covering for somebody who is away."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from goldthread.core.agencies.actions import allocate as name_worker
from goldthread.core.agencies.models import Allocation, Cover, Worker
from goldthread.core.agencies.queries import user_of, workers_in
from goldthread.core.agencies.setting_up.actions import set_cover
from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.core.work.actions import hand_over
from goldthread.core.work.models import Task
from goldthread.face.web.ages import age_in_words
from goldthread.face.web.loads import WorkerLoad, load_of
from goldthread.face.web.opening import open_child
from goldthread.ground.access.predicate import Standing, standing, withheld_from
from goldthread.ground.access.queries import may_be_told
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.boot.trouble import Impossible
from goldthread.ground.time.words import short_day
from goldthread.pathway.queries import children_of
from goldthread.practice.family_help.actions import ALLOCATE, allocate_assessment


def manager(request: HttpRequest) -> Standing:
    """The standing of somebody who answers for a team; 403 for anybody else."""
    held = standing(request.user)
    if not held.managed_team_ids:
        raise PermissionDenied
    return held


@login_required
@require_http_methods(["GET", "POST"])
def reallocate(request: HttpRequest, reference: str) -> HttpResponse:
    """A child goes to another worker, with brothers and sisters whom the same worker has, and with the open work."""
    held = manager(request)
    child = open_child(request.user, reference)
    live = Allocation.objects.filter(child=child, until_on=None, role=Allocation.LEAD).select_related("worker", "team").first()
    if live is None or live.team_id not in held.managed_team_ids:
        raise PermissionDenied
    return _choose(request, held, _with_family(held, child, live), live)


def _with_family(held: Standing, child: Person, live: Allocation) -> list[Person]:
    """The child first, then children of the same records who are with the same worker and team."""
    records = Record.objects.filter(children__child=child, children__removed_at=None, step__isnull=False)
    same = Allocation.objects.filter(worker=live.worker, team_id=live.team_id, until_on=None, role=Allocation.LEAD)
    others = Person.objects.filter(record_links__record__in=records, record_links__removed_at=None, pk__in=same.values("child_id"))
    return [child, *others.exclude(pk=child.pk).exclude(pk__in=withheld_from(held.user_id)).distinct().order_by("born_on", "pk")]


def _choose(request: HttpRequest, held: Standing, children: list[Person], live: Allocation) -> HttpResponse:
    loads = sorted(load_of(sorted(held.managed_team_ids), held.user_id).workers, key=lambda load: (load.children, load.worker.name))
    loads = [load for load in loads if load.worker.pk != live.worker_id]
    chosen = [child for child in children if child.reference in request.POST.getlist("child")]
    problems: dict[str, str] = {}
    if request.method == "POST":
        load = next((one for one in loads if str(one.worker.pk) == request.POST.get("worker")), None)
        if not chosen:
            problems["child"] = "Tick at least one child."
        if load is None:
            problems["worker"] = "Choose who takes the work."
        if live.worker_id and not request.POST.get("why", "").strip():
            problems["why"] = "Say why the child changes worker: it stays on the child’s file."
        if load is not None and chosen and not may_be_told(user_of(load.worker.pk) or 0, [child.pk for child in chosen]):
            problems["worker"] = (
                f"{load.worker.name} may not be given {'one of these children' if len(chosen) > 1 else 'this child'}. Choose somebody else."
            )
        if load is not None and not problems:
            return _carried_out(request, chosen, load, live)
    log_reading(request.user, "view", "allocation", [child.pk for child in children])
    first = children if live.worker_id is None else children[:1]
    context = {
        "children": [{"name": str(c), "reference": c.reference, "age": age_in_words(c, localdate())} for c in children],
        "ticked": {c.reference for c in (chosen if request.method == "POST" else first)},
        "loads": loads,
        "live": live,
        "since": short_day(live.from_on) if live.from_on else "",
        "problems": problems,
        "typed": {"worker": request.POST.get("worker", ""), "why": request.POST.get("why", "")},
    }
    return render(request, "web/reallocate.jinja", context, status=422 if problems else 200)


def _carried_out(request: HttpRequest, chosen: list[Person], load: WorkerLoad, live: Allocation) -> HttpResponse:
    """The children, what waits to be allocated about them, and the open work of whoever had them."""
    worker, team = load.worker, load.team
    for record in _waiting_for_a_worker(chosen):
        allocate_assessment(record=record, team=team, worker=worker, by=request.user)
    for child in chosen:
        name_worker(child=child.pk, team=team, worker=worker, on=localdate(), why=request.POST.get("why", "").strip() or "Allocated")
    if live.worker_id:
        hand_over(children=[child.pk for child in chosen], away_from=live.worker_id, to=worker.pk)
    names = ", ".join(str(child) for child in chosen)
    messages.success(request, f"{names}: {worker.name} is now the worker, and has the open work on the list.")
    return redirect("team")


def _waiting_for_a_worker(children: list[Person]) -> list[Record]:
    """Records about these children, and no others, that nobody has been named to do."""
    keys = {child.pk for child in children}
    records = Record.objects.filter(tasks__in=Task.objects.filter(Task.OPEN, step=ALLOCATE), children__child_id__in=keys).distinct()
    return [record for record in records if {child.pk for child in children_of(record)} <= keys]


@login_required
@require_http_methods(["GET", "POST"])
def covering(request: HttpRequest) -> HttpResponse:
    """Who is away, and who does their work until when."""
    held = manager(request)
    workers = list(workers_in(held.managed_team_ids))
    problems: dict[str, str] = {}
    if request.method == "POST":
        found = _read_cover(request, workers, problems)
        if found is not None:
            try:
                set_cover(away=found[0], covering=found[1], from_on=found[2], last_on=found[3], by=request.user)
            except Impossible as refused:
                problems["until" if refused.about == "last_on" else refused.about] = str(refused)
            else:
                said = f"{found[1].name} sees {found[0].name}’s children and list from {short_day(found[2])} to {short_day(found[3])}."
                messages.success(request, said)
                return redirect("covering")
    today = localdate()
    covers = Cover.objects.filter(away__in=workers, until_on__gt=today).select_related("away", "covering").order_by("from_on")
    context = {
        "workers": [(str(worker.pk), worker.name) for worker in workers],
        "covers": [[c.away.name, c.covering.name, short_day(c.from_on), short_day(c.until_on - timedelta(days=1))] for c in covers],  # type: ignore[arg-type,operator]
        "problems": problems,
        "typed": {name: request.POST.get(name, "") for name in ("away", "covering", "from_on", "until")},
        "today": today.isoformat(),
    }
    return render(request, "web/covering.jinja", context, status=422 if problems else 200)


def _read_cover(request: HttpRequest, workers: list[Worker], problems: dict[str, str]) -> tuple[Worker, Worker, date, date] | None:
    """What was asked for, or the problems by field."""
    by_key = {str(worker.pk): worker for worker in workers}
    away, covers = by_key.get(request.POST.get("away", "")), by_key.get(request.POST.get("covering", ""))
    if away is None:
        problems["away"] = "Choose who is away."
    if covers is None:
        problems["covering"] = "Choose somebody else to cover."
    days: dict[str, Any] = {}
    for name, words in (("from_on", "Write the first day away."), ("until", "Write the last day away.")):
        try:
            days[name] = date.fromisoformat(request.POST.get(name, ""))
        except ValueError:
            problems[name] = words
    if problems or away is None or covers is None:
        return None
    return away, covers, days["from_on"], days["until"]
