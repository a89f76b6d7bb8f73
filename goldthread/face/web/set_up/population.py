"""How many children live in the authority, with its source: what rates per 10,000 children are reckoned by."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET, require_http_methods

from goldthread.core.agencies.queries import names_of_users
from goldthread.face.web.child.asking import Ask, Form, answered, line
from goldthread.face.web.set_up.pages import FORM, for_administrators, standing_on
from goldthread.ground.time.words import short_day
from goldthread.out.insight.actions import enter_population, take_back_population
from goldthread.out.insight.models import Population
from goldthread.pathway.questions import Number

TITLE = "Children living here"


@require_GET
@for_administrators
def population(request: HttpRequest) -> HttpResponse:
    """Every number entered, the newest mid-year first, and below them those that were taken back."""
    found = list(Population.objects.select_related("entered_by", "taken_back_by").order_by("-mid_year", "-pk"))
    names = names_of_users(key for one in found for key in (one.entered_by_id, one.taken_back_by_id))

    def by(user: Any, at: datetime) -> str:
        return f"{names.get(user.pk) or user.get_username()}, {short_day(localtime(at).date())}"

    context = {
        "standing": [(one, by(one.entered_by, one.entered_at)) for one in found if not one.taken_back_at],
        "gone": [(one, by(one.entered_by, one.entered_at), by(one.taken_back_by, one.taken_back_at)) for one in found if one.taken_back_at],
    }
    return render(request, "web/set_up/population.jinja", context)


@require_http_methods(["GET", "POST"])
@for_administrators
def enter(request: HttpRequest) -> HttpResponse:
    asks = [
        Ask("mid_year", Number("Of the middle of which year?", hint="The year of the 30 June that the number is for, such as 2025."), needed=True),
        Ask("children", Number("How many children aged 0 to 17 live in the authority?"), needed=True),
        Ask("source", line("Where is the number from?", "For example: ONS mid-year estimate for mid-2025, ages 0 to 17."), needed=True),
    ]  # fmt: skip

    def keep(values: dict[str, Any]) -> str:
        return f"{enter_population(**values, by=request.user)}. The rates of days from then on are reckoned by it."

    back = (reverse("set_up_population"), TITLE)
    context = standing_on("Enter how many children live here", "Enter", back)
    return answered(request, Form.of(request, asks), do=keep, done="", to=back[0], context=context, template=FORM)


@require_http_methods(["GET", "POST"])
@for_administrators
def take_back(request: HttpRequest, key: int) -> HttpResponse:
    """Entered for the wrong year, or with a slip: it counts no more, and the right one can be entered."""
    found = get_object_or_404(Population, pk=key, taken_back_at=None)

    def keep(values: dict[str, Any]) -> None:
        take_back_population(population=found, by=request.user)

    back = (reverse("set_up_population"), TITLE)
    lead = f"{found}. Source: {found.source}. No rate is reckoned by it any more; it stays on file as taken back."
    context = standing_on(f"Take back mid-{found.mid_year}", "Take it back", back, lead=lead, button_kind="danger")
    return answered(request, Form.of(request, []), do=keep, done="Taken back.", to=back[0], context=context, template=FORM)
