"""Two returns side by side: two that stand here, or one of ours and another system's file, which is read and not kept."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldthread.core.people.identifier_systems import la_child_id_system
from goldthread.core.people.models import Identifier, Person
from goldthread.ground.access.predicate import standing, withheld_from
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.boot.bodies import file_in, file_is_too_large, takes_a_file
from goldthread.ground.boot.settings import settings
from goldthread.ground.design.words import counted
from goldthread.ground.time.words import short_day
from goldthread.out.exchange.cin.census import FileRefused
from goldthread.out.returns.cin.asked import in_words
from goldthread.out.returns.cin.comparing import Comparison, Return, compare
from goldthread.out.returns.cin.totals import MEASURES, MODULES, UNKNOWN
from goldthread.out.returns.models import ReturnRun
from goldthread.out.returns.queries import file_of, runs
from goldthread.out.returns.views import for_the_data_officer

CHOICES, CHILDREN, ROWS = 50, 200, 500  # returns to choose from; children on one side only, and differences, shown
SIDES = [{"text": "What is counted"}, *({"text": text, "numeric": True} for text in ("One", "Other", "Difference"))]
CHANGES = [{"text": "Child"}, {"text": "Where"}, {"text": "Element"}, {"text": "One"}, {"text": "Other"}]


@login_required
@require_http_methods(["GET", "POST"])
@takes_a_file
def compare_returns(request: HttpRequest) -> HttpResponse:
    """Nothing of what is sent is stored. Every difference is in the CSV that `goldthread compare cin` writes."""
    for_the_data_officer(request)
    stand = {str(run.pk): run for run in runs().filter(finished_at__isnull=False, pieces__number=0)[:CHOICES]}
    problems: dict[str, str] = {}
    status = 200
    found: dict[str, Any] = {"found": None}
    if request.method == "POST":
        problems = _problems(request, stand)
        status = 413 if file_is_too_large(request) else 422 if problems else 200
        if not problems:
            try:
                with _both(request, stand) as (one, other):
                    found = _told(request, compare(one, other))
            except FileRefused as refused:
                problems, status = {"file": refused.sentence}, 422
    context = {
        "choices": [("", "Choose a return"), *((key, _title(run)) for key, run in stand.items())],
        "typed": request.POST,
        "problems": problems,
        "errors": [{"text": words, "href": f"#{name}"} for name, words in problems.items()],
        **found,
    }
    return render(request, "returns/compare.jinja", context, status=status)


def _title(run: ReturnRun) -> str:
    return f"{in_words(run.year)}, authority {run.authority}, as at {short_day(run.at)} (number {run.pk})"


def _problems(request: HttpRequest, stand: dict[str, ReturnRun]) -> dict[str, str]:
    problems = {}
    one, other, sent = request.POST.get("one", ""), request.POST.get("other", ""), file_in(request, "file")
    if one not in stand:
        problems["one"] = "Choose the return to begin with."
    if file_is_too_large(request):
        problems["file"] = (
            f"The file is larger than {settings.file_megabytes} MB. The largest authority’s census is under 100 MB: check that it is the right one."
        )
    elif sent and other:
        problems["other"] = "Choose a return or send a file, not both."
    elif not sent and other not in stand:
        problems["other"] = "Choose the return to compare it with, or send a file."
    elif not sent and one == other:
        problems["other"] = "That is the same return. Choose another."
    return problems


@contextmanager
def _both(request: HttpRequest, stand: dict[str, ReturnRun]) -> Iterator[tuple[Path, Path]]:
    """The two as files of this moment, gone when they have been read."""
    with TemporaryDirectory(prefix="returns-") as folder:
        one, other = Path(folder, "the first return"), Path(folder, "the other return")
        _lay_down(one, stand[request.POST["one"]])
        if sent := file_in(request, "file"):
            other = Path(folder, "the file you sent")
            with other.open("wb") as out:
                shutil.copyfileobj(sent, out)
        else:
            _lay_down(other, stand[request.POST["other"]])
        yield one, other


def _lay_down(path: Path, run: ReturnRun) -> None:
    with path.open("wb") as out:
        out.writelines(file_of(run))


def _told(request: HttpRequest, found: Comparison) -> dict[str, Any]:
    kept_back = _ids_withheld(request)
    changes = [change for change in found.changes if change.la_child_id not in kept_back]
    sides = {"one": found.only_in_one, "other": found.only_in_other}
    only = {name: [key for key in keys if key not in kept_back] for name, keys in sides.items()}
    withheld = len(kept_back & {*found.only_in_one, *found.only_in_other, *(change.la_child_id for change in found.changes)})
    shown = {key for keys in only.values() for key in keys[:CHILDREN]} | {change.la_child_id for change in changes[:ROWS]}
    children = _who(request, shown)
    log_reading(request.user, "list", request.get_full_path(), [person.pk for person, _ in children.values()])
    return {
        "found": found,
        "whose": [_whose(found.one), _whose(found.other)],
        "sides_columns": SIDES,
        "sides": list(_sides(found)),
        "unknown": UNKNOWN,
        "in_both": f"{counted(found.in_both, 'child is', 'children are')} in both, {found.children_changed:,} of them told differently.",
        "only": [
            (heading, f"{len(only[name]):,}", [_child(key, children) for key in only[name][:CHILDREN]])
            for name, heading in (("one", "Only in the first"), ("other", "Only in the other"))
        ],
        "changes_columns": CHANGES,
        "changes": [
            [_child(one.la_child_id, children), one.where or "The child", one.element, one.one, one.other] for one in changes[:ROWS]
        ],
        "more": len(changes) - ROWS,
        "withheld": f"{counted(withheld, 'more child', 'more children')} you have no reason to see." if withheld else "",
    }


def _whose(one: Return) -> str:
    return f"children in need census of {one.header.year_in_words}, authority {one.header.authority}"


def _sides(found: Comparison) -> Iterator[list[Any]]:
    one, other = found.one.totals, found.other.totals
    for name, title in MODULES.items():
        yield [title, *_numbers(one.modules[name], other.modules[name])]
    for measure in MEASURES:
        yield [{"words": measure.title, "note": measure.key}, *_numbers(one.counts[measure.key], other.counts[measure.key])]
        if measure.out_of:
            yield [f"{measure.title}, as a share", *_shares(one.share(measure), other.share(measure))]


def _numbers(one: int, other: int) -> list[str]:
    return [f"{one:,}", f"{other:,}", f"{other - one:+,}"]


def _shares(one: float | None, other: float | None) -> list[str]:
    told = ["n/a" if share is None else f"{share:.1f}%" for share in (one, other)]
    return [*told, "n/a" if one is None or other is None else f"{other - one:+.1f}"]


def _child(key: str, children: dict[str, tuple[Person, bool]]) -> Any:
    """By name and link for who may open the page; else as the return names the child."""
    person, is_seen = children.get(key, (None, False))
    return {"words": str(person), "href": reverse("child_census", args=[person.reference]), "note": key} if person and is_seen else key


def _who(request: HttpRequest, keys: set[str]) -> dict[str, tuple[Person, bool]]:
    """The children of these ids that are known here, and whether this user may open their page."""
    found = {number.value: number.person for number in _numbers_of(value__in=keys).select_related("person")}
    found |= {person.reference: person for person in Person.objects.filter(reference__in=keys)}
    seen = set(Person.objects.seen_by(request.user).filter(pk__in=[one.pk for one in found.values()]).values_list("pk", flat=True))
    return {key: (person, person.pk in seen) for key, person in found.items()}


def _ids_withheld(request: HttpRequest) -> set[str]:
    kept = withheld_from(standing(request.user).user_id)
    numbers = set(_numbers_of(person__in=kept).values_list("value", flat=True))
    return numbers | set(Person.objects.filter(pk__in=kept).values_list("reference", flat=True))


def _numbers_of(**asked: Any) -> Any:
    return Identifier.objects.filter(system=la_child_id_system("own"), **asked)
