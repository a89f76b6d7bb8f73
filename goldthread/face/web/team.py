"""A team: who carries how much, which children nobody is named for, and every child with what is due."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from goldthread.core.agencies.models import Allocation, Team
from goldthread.core.people.models import Person
from goldthread.core.sharing.actions import keep_shares, share
from goldthread.core.sharing.models import Share
from goldthread.core.sharing.reasons import proposed_for
from goldthread.core.work.models import Clock
from goldthread.face.web.ages import age_in_words
from goldthread.face.web.due import words_of
from goldthread.face.web.links import to_child
from goldthread.face.web.loads import assessed_among, late_children, load_of, next_due
from goldthread.face.web.spreadsheets import Cell, as_csv, as_xlsx
from goldthread.ground.access.predicate import Standing, standing, withheld_from
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.time.words import short_day

SHOWN = 100
HEADS = ("Child", "Reference", "Age", "Worker", "Team", "Role", "Since", "Open assessment", "Next due", "What is due", "Late")


@dataclass
class Line:
    """One child of the team's."""

    child: Person
    allocation: Allocation
    is_assessed: bool
    late: int
    next: Clock | None

    @property
    def worker(self) -> str:
        return self.allocation.worker.name if self.allocation.worker else "Nobody yet"


@dataclass(frozen=True)
class Asked:
    """The filters, as they stand in the address."""

    team: str = ""
    worker: str = ""
    what: str = ""
    words: str = ""

    def href(self, **changed: str) -> str:
        kept = {name: value for name, value in {**self.__dict__, **changed}.items() if value}
        return f"{reverse('team')}?{urlencode(kept)}" if kept else reverse("team")


WHAT = {"unallocated": "nobody named yet", "late": "something late", "assessment": "open assessment"}


def own_teams(held: Standing) -> list[Team]:
    """The teams this person works in or answers for. 404 for somebody in none."""
    if not held.team_ids:
        raise Http404("You are in no team.")
    return list(Team.objects.filter(pk__in=held.team_ids, closed_on=None).order_by("name"))


def lines_of(held: Standing, asked: Asked) -> list[Line]:
    """The children of these teams that may be shown, those with something late first. Four queries."""
    rows = Allocation.objects.on(localdate()).filter(team_id__in=held.team_ids).exclude(child_id__in=withheld_from(held.user_id))
    if asked.team.isdecimal():
        rows = rows.filter(team_id=int(asked.team))
    if asked.worker.isdecimal():
        rows = rows.filter(worker_id=int(asked.worker))
    if asked.what == "unallocated":
        rows = rows.filter(worker=None)
    if asked.words.strip():
        rows = rows.filter(child__shown_name__icontains=asked.words.strip())
    found = list(rows.select_related("child", "worker", "team").order_by("child__sort_name", "pk"))
    keys = [row.child_id for row in found]
    late, due, assessed = late_children(keys), next_due(keys), set(assessed_among(keys))
    lines = [Line(row.child, row, row.child_id in assessed, late.get(row.child_id, 0), due.get(row.child_id)) for row in found]
    if asked.what == "late":
        lines = [line for line in lines if line.late]
    if asked.what == "assessment":
        lines = [line for line in lines if line.is_assessed]
    return sorted(
        lines, key=lambda line: (line.allocation.worker_id is not None, not line.late, line.next is None, line.next and line.next.due_on)
    )


@login_required
@require_GET
def team(request: HttpRequest) -> HttpResponse:
    """The team's page, or the list it shows as a file (`?as=csv`, `?as=xlsx`)."""
    held = standing(request.user)
    teams = own_teams(held)
    asked = Asked(**{name: request.GET.get(name, "") for name in ("team", "worker", "what", "words")})
    lines = lines_of(held, asked)
    if request.GET.get("as") in ("csv", "xlsx"):
        return _as_file(request, lines, teams, asked)
    load = load_of([int(asked.team)] if asked.team in {str(t.pk) for t in teams} else [t.pk for t in teams], held.user_id)
    shown = lines if "all" in request.GET else lines[:SHOWN]
    log_reading(request.user, "list", "Team", {line.child.pk for line in shown} | {one.child.pk for one in load.unallocated})
    context = {
        "teams": teams,
        "heading": teams[0].name if len(teams) == 1 else "Teams",
        "load": load,
        "asked": asked,
        "chosen": chosen_in_words(asked, teams, load),
        "rows": [row(line, held) for line in shown],
        "count": len(lines),
        "cut": len(lines) - len(shown),
        "fields": fields(asked, teams, load),
        "manages": bool(held.managed_team_ids),
        "unallocated": [
            {"name": str(one.child), "href": to_child(one.child), "team": one.team, "words": one.words, "allocate": _reallocate(one.child)}
            for one in load.unallocated
        ],
    }
    return render(request, "web/team.jinja", context)


def _reallocate(child: Person) -> str:
    return reverse("reallocate", args=[child.reference])


def fields(asked: Asked, teams: list[Team], load: Any) -> list[dict[str, Any]]:
    """What the filter bar asks."""
    found: list[dict[str, Any]] = []
    if len(teams) > 1:
        choices = [("", "All my teams"), *((str(one.pk), one.name) for one in teams)]
        found.append({"name": "team", "label": "Team", "kind": "one", "options": choices, "value": asked.team})
    workers = [("", "Anyone"), *((str(one.worker.pk), one.worker.name) for one in sorted(load.workers, key=lambda w: w.worker.name))]
    found.append({"name": "worker", "label": "Worker", "kind": "one", "options": workers, "value": asked.worker})
    what = [("", "All children"), *((code, words.capitalize()) for code, words in WHAT.items())]
    found.append({"name": "what", "label": "Which", "kind": "one", "options": what, "value": asked.what})
    found.append({"name": "words", "label": "Name", "kind": "words", "options": [], "value": asked.words})
    return found


def chosen_in_words(asked: Asked, teams: list[Team], load: Any) -> list[dict[str, str]]:
    """The filters as they would be read aloud, each with the address of the list without it."""
    said = []
    if name := next((one.name for one in teams if str(one.pk) == asked.team), ""):
        said.append({"words": name, "remove_href": asked.href(team="")})
    if name := next((one.worker.name for one in load.workers if str(one.worker.pk) == asked.worker), ""):
        said.append({"words": name, "remove_href": asked.href(worker="")})
    if asked.what in WHAT:
        said.append({"words": WHAT[asked.what], "remove_href": asked.href(what="")})
    if asked.words.strip():
        said.append({"words": f"named “{asked.words.strip()}”", "remove_href": asked.href(words="")})
    return said


def row(line: Line, held: Standing) -> list[Any]:
    """One line of the table."""
    today = localdate()
    due = {"words": words_of(line.next.due_on, today), "note": line.next.rule.process} if line.next and line.next.due_on else "nothing due"
    cells: list[Any] = [
        {"words": str(line.child), "href": to_child(line.child), "note": age_in_words(line.child, today)},
        {"words": line.worker, "note": line.allocation.team.name},
        short_day(line.allocation.from_on) if line.allocation.from_on else None,
        "Yes" if line.is_assessed else "No",
        due,
        line.late or "None",
    ]
    if line.allocation.team_id in held.managed_team_ids:
        words = "Reallocate" if line.allocation.worker_id else "Allocate"
        link = '<a class="gt-name" href="{}">{}<span class="govuk-visually-hidden"> {}</span></a>'
        cells.append(format_html(link, _reallocate(line.child), words, line.child))
    elif held.managed_team_ids:
        cells.append("")
    return cells


def _as_file(request: HttpRequest, lines: list[Line], teams: list[Team], asked: Asked) -> HttpResponse:
    """The whole list, filters and all; whom it held is written down."""
    today = localdate()
    log_reading(request.user, "export", "Team", [line.child.pk for line in lines])
    made = share(
        what=Share.EXPORT, thing="team", reason=proposed_for("own_work"), children=[line.child.pk for line in lines], to_whom="Ourselves",
        by=request.user, how=f"List of a team’s children as {request.GET['as']}",
    )  # fmt: skip
    keep_shares([made])
    rows: list[list[Cell]] = [
        [
            str(line.child),
            line.child.reference,
            age_in_words(line.child, today),
            line.worker,
            line.allocation.team.name,
            Allocation.ROLES[line.allocation.role],
            line.allocation.from_on,
            "Yes" if line.is_assessed else "No",
            line.next.due_on if line.next else None,
            line.next.rule.process if line.next else "",
            line.late,
        ]
        for line in lines
    ]
    if request.GET["as"] == "csv":
        return as_csv("team", HEADS, rows)
    words = [item["words"] for item in chosen_in_words(asked, teams, load_of([one.pk for one in teams], standing(request.user).user_id))]
    about = f"{', '.join(one.name for one in teams)}: {', '.join(words) or 'all children'}. As at {short_day(today)}."
    return as_xlsx("team", HEADS, rows, about)
