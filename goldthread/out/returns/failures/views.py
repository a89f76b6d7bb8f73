"""What the census asks: a work list by team and worker, and how it goes month by month."""

from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods

from goldthread.core.agencies.queries import allocations_of, names_of_users
from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.ground.access.predicate import standing
from goldthread.ground.audit.middleware import Refused
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.design.words import counted
from goldthread.ground.time.words import short_day
from goldthread.out.returns.cin.asked import YEARS, in_words
from goldthread.out.returns.cin.items import CensusYear
from goldthread.out.returns.cin.rules import rules_of
from goldthread.out.returns.cin.where_asked import where_asked
from goldthread.out.returns.failures import twice
from goldthread.out.returns.failures.actions import NotAQuery, explain, years_at_work
from goldthread.out.returns.failures.models import Failure
from goldthread.out.returns.failures.queries import (
    Wanted,
    codes_standing,
    explanations_of,
    failures,
    month_by_month,
    seen_by,
    teams_and_workers,
)

A_PAGE = 50
WHICH = [("", "All that nobody has explained"), ("errors", "Errors"), ("queries", "Queries"), ("explained", "Explained")]
ANSWERS_FOR_IT = {"data_officer", "administrator"}
COLUMNS = [
    {"text": "What is asked"},
    {"text": "Child"},
    {"text": "Where"},
    {"text": "With whom"},
    {"text": "Since"},
    {"text": "Explanation"},
]
MONTHS = [{"text": "Month"}, *({"text": text, "numeric": True} for text in ("Found", "Mended", "Standing at its end"))]


@login_required
@require_GET
def census_questions(request: HttpRequest) -> HttpResponse:
    """Each failure opens the very question. Whoever answers for the return sees every child's, by reference; others those they may see."""
    wanted = _wanted(request)
    answers_for_it = _answers_for_it(request)
    found, withheld = seen_by(request.user, failures(wanted), every_child=answers_for_it)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    log_reading(request.user, "list", request.get_full_path(), [one.child_id for one in shown if one.child_id])
    teams, workers = teams_and_workers()
    census = CensusYear(wanted.year, "")
    months = month_by_month(wanted.year, census.first_day, min(localdate(), census.reference_date)) if answers_for_it else []
    context = {
        "year": in_words(wanted.year),
        "number": page.paginator.count,
        "withheld": f"{counted(withheld, 'more is', 'more are')} about children you have no reason to see." if withheld else "",
        "filters": _filters(wanted, teams, workers),
        "columns": COLUMNS,
        "rows": _rows(request, shown),
        "months_columns": MONTHS,
        "months": [[f"{month:%B %Y}", *(f"{number:,}" for number in numbers)] for month, *numbers in months],
        "answers_for_it": answers_for_it,
        "newer_href": _address(wanted, page.number - 1) if page.has_previous() else None,
        "older_href": _address(wanted, page.number + 1) if page.has_next() else None,
    }
    return render(request, "returns/census_questions.jinja", context)


@login_required
@require_http_methods(["GET", "POST"])
def explain_query(request: HttpRequest, key: int) -> HttpResponse:
    """Why it is right as it stands, said once."""
    failure = get_object_or_404(Failure.objects.select_related("child", "record"), pk=key, gone_on=None)
    may, _ = seen_by(request.user, Failure.objects.filter(pk=key), every_child=_answers_for_it(request))
    if not may.exists():
        raise Refused(f"query {key} of the census", (failure.child_id,) if failure.child_id else ())
    problem, words = "", request.POST.get("words", "")
    if request.method == "POST":
        try:
            explain(failure, words, request.user)
        except NotAQuery as refused:
            problem = str(refused)
        else:
            messages.success(request, "Kept. It is not asked again.")
            return redirect("census_questions")
    log_reading(request.user, "view", request.get_full_path(), [failure.child_id] if failure.child_id else [])
    context = {"failure": failure, "message": _message(failure), "words": words, "problem": problem, "whose": _whose(failure, set())}
    return render(request, "returns/explain_query.jinja", context, status=422 if problem else 200)


def _answers_for_it(request: HttpRequest) -> bool:
    return bool(standing(request.user).duties & ANSWERS_FOR_IT)


def _wanted(request: HttpRequest) -> Wanted:
    """What the address asks for; a word in it that means nothing is passed over."""
    asked = request.GET
    years = years_at_work(localdate()) or [YEARS[-1]]
    year = next((one for one in years if str(one) == asked.get("year")), years[-1])
    which = asked.get("which", "")
    told = {name: asked.get(name, "") for name in ("code", "team", "worker")}
    return Wanted(year, which=which if which in dict(WHICH) else "", **told)


def _address(wanted: Wanted, page: int) -> str:
    said = {name: getattr(wanted, name) for name in ("year", "code", "team", "worker", "which")} | {"page": page}
    return f"{reverse('census_questions')}?{urlencode({name: value for name, value in said.items() if value})}"


def _filters(wanted: Wanted, teams: list[Any], workers: list[Any]) -> list[dict[str, Any]]:
    def one(name: str, label: str, options: list[tuple[str, str]]) -> dict[str, Any]:
        return {"name": name, "label": label, "kind": "one", "options": options, "value": str(getattr(wanted, name))}

    years = [(str(year), in_words(year)) for year in years_at_work(localdate())]
    return [
        *([one("year", "Census", years)] if len(years) > 1 else []),
        one("which", "Show", WHICH),
        one("code", "Rule", [("", "All"), *((code, code) for code in codes_standing(wanted.year))]),
        one("team", "Team", [("", "All"), *((str(team.pk), team.name) for team in teams)]),
        one("worker", "Worker", [("", "All"), *((str(worker.pk), worker.name) for worker in workers)]),
    ]


def _rows(request: HttpRequest, shown: list[Failure]) -> list[list[Any]]:
    people = {one.child_id for one in shown if one.child_id}
    seen = set(Person.objects.seen_by(request.user).filter(pk__in=people).values_list("pk", flat=True))
    records = {one.record_id for one in shown if one.record_id}
    open_to_them = set(Record.objects.standing().seen_by(request.user).filter(pk__in=records).values_list("pk", flat=True))
    held, said = allocations_of(people), explanations_of(shown)
    names = names_of_users(one.by_id for one in said.values())
    found = []
    for one in shown:
        opens = one.child is not None and one.child_id in seen and (one.record_id is None or one.record_id in open_to_them)
        href = _where(request, one) if opens else None
        asked = {"words": _message(one), "href": href, "note": f"{'Query' if one.is_query else 'Error'} {one.code}"}
        where = {"words": one.element, "note": one.value if opens else ""}
        found.append(
            [asked, _whose(one, seen), where, _with_whom(held.get(one.child_id or 0, [])), short_day(one.found_on), _said(one, said, names)]
        )
    return found


def _whose(one: Failure, seen: set[int]) -> Any:
    """By name only for who may open the child's page."""
    if one.child is None:
        return "The whole return"
    if one.child_id not in seen:
        return one.child.reference
    return {"words": str(one.child), "href": reverse("child_census", args=[one.child.reference]), "note": one.child.reference}


def _with_whom(held: list[Any]) -> Any:
    if not held:
        return "Nobody now"
    first = held[0]
    return {"words": first.worker.name if first.worker else "Nobody named yet", "note": first.team.name}


def _said(one: Failure, said: dict[int, Any], names: dict[int, str]) -> Any:
    if one.pk in said:
        kept = said[one.pk]
        return {"words": kept.words, "note": f"{names.get(kept.by_id, 'Somebody')}, {short_day(kept.at.date())}"}
    return {"words": "Explain", "href": reverse("explain_query", args=[one.pk])} if one.is_query else ""


def _where(request: HttpRequest, one: Failure) -> str | None:
    if one.child is None:
        return None
    if one.code == twice.CODE:
        return reverse("child_duplicates", args=[one.child.reference])
    return where_asked(request.user, one.child, one.record, one.element)


def _message(one: Failure) -> str:
    """What the rule says; of one that is asked no more, its number."""
    return _messages(one.year).get(one.code, f"Rule {one.code}")


@cache
def _messages(year: int) -> dict[str, str]:
    return {rule.code: rule.message for rule in rules_of(year)} | {twice.CODE: twice.MESSAGE}
