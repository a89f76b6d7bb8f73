"""What was shared, counted by purpose and by lawful basis: for information governance. Each figure opens to what is behind it."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, localtime
from django.views.decorators.http import require_GET

from goldthread.core.people.models import Person
from goldthread.core.sharing.agreements import due_for_review
from goldthread.core.sharing.queries import Shown, counted, of_code, shares_between, shown_to
from goldthread.face.web.frame import GOVERNS
from goldthread.ground.access.predicate import standing
from goldthread.ground.audit.middleware import Refused
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.time.words import short_day

A_PAGE = 100
PERIODS = [("28", "28 days"), ("91", "13 weeks"), ("365", "A year")]
ONE_OF_THE_FAMILY = "One of the family"
COLUMNS = [{"text": words} for words in ("When", "What", "To whom", "What for", "Lawful basis", "About")]


def governs_information(request: HttpRequest) -> None:
    """To anybody without the duty there is no such page."""
    if GOVERNS not in standing(request.user).duties:
        raise Refused(f"page of information governance {request.path}")


@login_required
@require_GET
def shares(request: HttpRequest) -> HttpResponse:
    governs_information(request)
    today = localdate()
    asked = request.GET.get("days", "")
    days = asked if asked in dict(PERIODS) else "28"
    first = today - timedelta(days=int(days) - 1)
    rows = shares_between(first, today)
    column, _, code = request.GET.get("only", "").partition(":")
    is_opened = column in ("purpose", "basis") and bool(code)
    page = max(1, int(request.GET["page"])) if request.GET.get("page", "").isdecimal() else 1
    context: dict[str, Any] = {
        "days": days,
        "periods": PERIODS,
        "period": period_in_words(first, today),
        "total": rows.count(),
        "purposes": counted(rows, "purpose"),
        "bases": counted(rows, "basis"),
        "only": f"{column}:{code}" if is_opened else "",
        "columns": COLUMNS,
        "page": page,
        "reviews": len(due_for_review(today)),
    }
    if is_opened:
        behind = rows.filter(of_code(column, code)).select_related("record", "agreement").order_by("-at", "-pk")
        found = list(behind[(page - 1) * A_PAGE : page * A_PAGE + 1])
        context |= {"rows": _lines(request, found[:A_PAGE]), "has_more": len(found) > A_PAGE}
    return render(request, "web/shares.jinja", context)


def period_in_words(first: date, last: date) -> str:
    return f"{short_day(first)} to {short_day(last)}"


def _lines(request: HttpRequest, found: list[Any]) -> list[list[Any]]:
    """What is behind a figure. The duty is a reason to know that something was shared, not to read about a family: whoever the reader has no
    reason of their own to see stands here by reference alone, and what tells of somebody kept from them is left out. Whom it shows is written down.
    """
    shown = shown_to(request.user, found)
    people = Person.objects.in_bulk({key for one in shown for key in one.share.children})
    told = {key for one in shown if (key := one.share.person_id)}
    seen = set(Person.objects.seen_by(request.user).filter(pk__in=people.keys() | told).values_list("pk", flat=True))
    log_reading(request.user, "list", "what was shared", people)
    return [_line(one, people, seen) for one in shown]


def _line(one: Shown, people: dict[int, Person], seen: set[int]) -> list[Any]:
    children = [people[key] for key in one.share.children if key in people]
    about = ", ".join(f"{child} ({child.reference})" if child.pk in seen else child.reference for child in children) or "Nobody by name"
    basis = {"words": one.basis, "note": one.note}
    to_whom = one.to_whom if one.share.person_id in seen | {None} else ONE_OF_THE_FAMILY
    return [short_day(localtime(one.share.at).date()), one.what, to_whom, one.purpose, basis, about]
