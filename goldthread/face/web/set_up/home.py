"""Set-up: what is missing, our own services and teams, and the other agencies we know."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods

from goldthread.core.agencies.models import Agency
from goldthread.core.agencies.setting_up.actions import add_agency as put_on_file
from goldthread.core.agencies.setting_up.queries import PURPOSES, Seat, gaps, open_teams, seats_of
from goldthread.face.web.child.asking import Ask, Form, answered, line
from goldthread.face.web.set_up.pages import FORM, for_administrators, standing_on, times_in_words, to_team, to_worker
from goldthread.face.web.trail import sealed_in_words
from goldthread.ground.codes.code_lists import codes
from goldthread.out.insight.queries import populations
from goldthread.pathway.questions import One

LONGEST = 300
NO_RATES = "How many children live here is not entered, so the dashboard says no rate per 10,000 children."
OURS = "local_authority"


@require_GET
@for_administrators
def home(request: HttpRequest) -> HttpResponse:
    """Every open team of ours by service, with its posts, who holds each and since when."""
    today = localdate()
    teams = list(open_teams(today))
    seats = seats_of([team.pk for team in teams], today)
    services: dict[str, list[dict[str, Any]]] = {}
    for team in teams:
        drawn = {"team": team, "href": to_team(team.pk), "purpose": PURPOSES.get(team.purpose, team.purpose)}
        services.setdefault(team.service.name, []).append(drawn | {"seats": [seat_in_words(seat) for seat in seats.get(team.pk, [])]})
    missing = [{"words": gap.words, "link": "Look at the team", "href": to_team(gap.team.pk) if gap.team else ""} for gap in gaps(today)]
    if not populations():
        missing.append({"words": NO_RATES, "link": "Enter it", "href": reverse("set_up_enter_population")})
    return render(
        request, "web/set_up/home.jinja", {"services": services, "missing": missing, "others": _others(), "sealed": sealed_in_words()}
    )


def _others() -> int:
    return Agency.objects.filter(is_own_authority=False).count()


def seat_in_words(seat: Seat) -> dict[str, Any]:
    """A post as a line: title, holder with since when, to whom it reports."""
    post, held = seat.post, seat.holding
    coming = "; ".join(f"{row.worker.name} {times_in_words(row)}" for row in seat.coming)
    above = post.reports_to
    return {
        "post": post,
        "holding": held,
        "holder": held.worker.name if held else "",
        "href": to_worker(held.worker) if held else "",
        "since": times_in_words(held) if held else "",
        "coming": coming,
        "line": "" if above is None else above.title if above.team_id == post.team_id else f"{above.title}, {above.team.name}",
    }


@require_GET
@for_administrators
def agencies(request: HttpRequest) -> HttpResponse:
    """Other agencies on file, found by any part of the name."""
    words, kinds = request.GET.get("q", "").strip()[:100], codes("agency.kind")
    found = Agency.objects.filter(is_own_authority=False).order_by("name", "pk")
    for word in words.split():
        found = found.filter(name__icontains=word)
    rows = [[one.name, kinds.label(one.kind), one.phone, one.email] for one in found[:LONGEST]]
    return render(request, "web/set_up/agencies.jinja", {"rows": rows, "count": found.count(), "words": words})


@require_http_methods(["GET", "POST"])
@for_administrators
def add_agency(request: HttpRequest) -> HttpResponse:
    kinds = [choice for choice in codes("agency.kind").choices(on=localdate()) if choice[0] != OURS]
    asks = [
        Ask("name", line("What is it called?"), needed=True),
        Ask("kind", One("What kind of agency is it?"), options=kinds, needed=True),
        Ask("phone", line("Telephone")),
        Ask("email", line("Email")),
        Ask("address", line("Address")),
    ]
    back = (reverse("set_up_agencies"), "Other agencies")

    def keep(values: dict[str, Any]) -> str:
        return f"{put_on_file(**values).name} is on file."

    context = standing_on("Add another agency", "Add", back)
    return answered(request, Form.of(request, asks), do=keep, done="", to=back[0], context=context, template=FORM)
