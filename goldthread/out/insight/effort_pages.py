"""How long forms take, and where they are left: of forms, not of whoever fills them in."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goldthread.core.people.words import names_of
from goldthread.core.records.models import Draft, Record
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.design.words import counted, slug
from goldthread.ground.time.words import short_day
from goldthread.out.insight.attendance_pages import A_PAGE, children_of
from goldthread.out.insight.effort import LEFT_AFTER, Cost, Left, costs, left, left_behind, question_in
from goldthread.out.insight.views import window
from goldthread.pathway.registry import definition_of, definitions

HEADING = "How long forms take"
TIMES = ("Completed", "Half within", "9 of 10 within")
QUESTIONS = ("Questions", "Answered", "Stood there", "Of these changed")
NOT_KNOWN = "Not kept"


@login_required
def effort_page(request: HttpRequest) -> HttpResponse:
    from_on, until_on = window(request)
    found = costs(from_on, until_on)
    context = {
        "heading": HEADING,
        "tables": [
            _table("How long", TIMES, [_times(one) for one in found]),
            _table("What is asked", QUESTIONS, [_asked(one) for one in found]),
        ],
        "left_columns": [{"text": "Form"}, {"text": "Answered last"}, {"text": "Left", "numeric": True}],
        "left": [_left(one) for one in left()],
        "days": LEFT_AFTER.days,
        "from_words": short_day(from_on),
        "until_words": short_day(until_on),
        "filters": [
            {"name": "from", "label": "From", "kind": "day", "options": [], "value": from_on.isoformat()},
            {"name": "until", "label": "To", "kind": "day", "options": [], "value": until_on.isoformat()},
        ],
        "back_href": reverse("dashboard"),
    }
    return render(request, "insight/effort.jinja", context)


def form_words(kind: str, step: str) -> str:
    """`Contact: Record`; the step alone tells apart only where there are several."""
    definition = definition_of(kind)
    name = next((one.title for one in definition.steps if one.name == step), step)
    return f"{definition.title}: {name}" if len(definition.steps) > 1 else str(definition.title)


def in_minutes(seconds: float | None) -> str:
    """`Under a minute`, `12 min`, `1 h 5 min`; n/a where nothing was measured."""
    if seconds is None:
        return "n/a"
    minutes = round(seconds / 60)
    if minutes < 1:
        return "Under a minute"
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def _table(heading: str, titles: tuple[str, ...], rows: list[list[str]]) -> dict[str, Any]:
    return {
        "id": slug(heading),
        "heading": heading,
        "columns": [{"text": "Form"}, *({"text": one, "numeric": True} for one in titles)],
        "rows": rows,
    }


def _times(one: Cost) -> list[str]:
    return [form_words(one.kind, one.step), f"{one.completed:,}", in_minutes(one.half_within), in_minutes(one.most_within)]


def _asked(one: Cost) -> list[str]:
    return [form_words(one.kind, one.step), f"{one.asked:.0f}", _per_cent(one.answered), f"{one.known:.0f}", _per_cent(one.changed)]


def _per_cent(share: float | None) -> str:
    return "n/a" if share is None else f"{share:.0f}%"


def _left(one: Left) -> list[Any]:
    href = f"{reverse('left_behind')}?{urlencode({'kind': one.kind, 'step': one.step})}"
    return [form_words(one.kind, one.step), one.question or NOT_KNOWN, {"words": f"{one.drafts:,}", "href": href}]


@login_required
def left_behind_page(request: HttpRequest) -> HttpResponse:
    """The forms of one kind that were left: of records this user may see, and how many more there are."""
    kind, step = request.GET.get("kind", ""), request.GET.get("step", "")
    if kind not in definitions() or step not in {one.name for one in definition_of(kind).steps}:
        raise Http404("There is no such form.")
    found: list[Draft] = list(left_behind(kind, step))
    seen = set(Record.objects.filter(pk__in={one.record_id for one in found}).seen_by(request.user).values_list("pk", flat=True))
    shown = [one for one in found if one.record_id in seen]
    page = max(1, int(request.GET["page"])) if request.GET.get("page", "").isdecimal() else 1
    rows = shown[(page - 1) * A_PAGE : page * A_PAGE]
    children = children_of({one.record_id for one in rows}, request.user)
    log_reading(request.user, "list", request.get_full_path(), {child.pk for several in children.values() for child in several})
    withheld = len(found) - len(shown)

    def turned_to(number: int) -> str:
        return f"{reverse('left_behind')}?{urlencode({'kind': kind, 'step': step, 'page': number})}"

    context = {
        "title": f"Begun and left: {form_words(kind, step)}",
        "lead_words": f"Typed in, and not touched for {LEFT_AFTER.days} days; the longest left first.",
        "caption": "Forms that were left",
        "columns": [{"text": "Record"}, {"text": "Begun"}, {"text": "Saved last"}, {"text": "Answered last"}, {"text": "Children"}],
        "rows": [_draft(one, names_of(children.get(one.record_id, []))) for one in rows],
        "summary": f"{counted(len(found), 'form', 'forms')} counted.",
        "withheld_words": f"{counted(withheld, 'is', 'are')} about children you have no reason to see." if withheld else "",
        "back_href": reverse("effort"),
        "back_words": HEADING,
        "page_words": f"{(page - 1) * A_PAGE + 1} to {(page - 1) * A_PAGE + len(rows)} of {len(shown):,}" if len(shown) > A_PAGE else "",
        "previous_href": turned_to(page - 1) if page > 1 else None,
        "next_href": turned_to(page + 1) if page * A_PAGE < len(shown) else None,
    }
    return render(request, "insight/records_behind.jinja", context)


def _draft(one: Draft, children: str) -> list[Any]:
    record = {"words": form_words(one.record.kind, one.step), "href": reverse("record", args=[one.record.reference])}
    saved = short_day(one.saved_at.date()) if one.saved_at else ""
    return [record, short_day(one.begun_at.date()), saved, question_in(one.record.kind, one.last_question) or NOT_KNOWN, children]
