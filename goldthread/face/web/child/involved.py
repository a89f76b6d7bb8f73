"""Who is involved: our own workers through time, and professionals of every agency."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from goldthread.core.agencies.actions import create_agency, end_involvement, involve
from goldthread.core.agencies.models import Agency, Allocation, Involvement
from goldthread.core.agencies.seeing import sees_of_own
from goldthread.core.people.models import Person
from goldthread.core.people.queries import has_confidential_address
from goldthread.face.web.child.around import professional, team_cards
from goldthread.face.web.child.asking import Ask, Form, answered, line
from goldthread.face.web.child.letting_in import let_in
from goldthread.face.web.child.opening import about_child
from goldthread.face.web.child.page import ChildPage
from goldthread.face.web.child.particulars import chosen_row
from goldthread.face.web.child.queries import involved_now
from goldthread.ground.access.predicate import standing
from goldthread.ground.codes.code_lists import codes
from goldthread.ground.time.words import short_day
from goldthread.pathway.questions import Day, One

OURS = "local_authority"
ANOTHER = "another"


@require_GET
@about_child
def people(request: HttpRequest, person: Person) -> HttpResponse:
    child = ChildPage(request, person)
    now = involved_now(child.rows, child.today)
    over = Involvement.objects.filter(child__in=child.rows, until_on__lte=child.today).select_related("agency").order_by("-until_on", "pk")
    history = Allocation.objects.filter(child__in=child.rows).select_related("worker", "team").order_by("-from_on", "-pk")
    context = child.context(
        "child_people",
        f"People involved with {child.name}",
        section_title=person.reference,
        team=team_cards(child),
        involved=[professional(one) | {"key": one.pk, "since": short_day(one.from_on) if one.from_on else ""} for one in now],
        over=[[one.name or one.agency.name, one.role, one.agency.name, dates(one)] for one in over],
        history=[
            [
                row.worker.name if row.worker else f"Nobody named, {row.team.name}",
                row.get_role_display(),
                row.team.name,
                dates(row),
                row.why_ended or "",
            ]
            for row in history
        ],
        let_in=let_in(child, request.user),
        may_let_in=may_let_in(request.user, person),
        is_confidential=person.pk in has_confidential_address([person.pk], child.today),
    )
    return render(request, "web/child/people.jinja", context)


def may_let_in(user: Any, person: Person) -> bool:
    held = standing(user)
    return not held.reads_only and sees_of_own(held, person.pk)


def dates(row: Any) -> str:
    begun = short_day(row.from_on) if row.from_on else "not known"
    return f"{begun} to {short_day(row.until_on)}" if row.until_on else f"{begun} to now"


@require_http_methods(["GET", "POST"])
@about_child
def add_involved(request: HttpRequest, person: Person) -> HttpResponse:
    """Somebody of another agency knows this child: whom to ask, tell and invite."""
    child = ChildPage(request, person)
    known = list(Agency.objects.exclude(is_own_authority=True).order_by("name"))
    kinds = [choice for choice in codes("agency.kind").choices(on=child.today) if choice[0] != OURS]
    another = ("agency", (ANOTHER,), "it is not in the list")
    asks = [
        Ask("agency", One("Which agency are they from?"), options=[*((str(a.pk), a.name) for a in known), (ANOTHER, "Another, not in this list")], needed=True),
        Ask("agency_name", line("What is it called?"), needed=True, when=another),
        Ask("agency_kind", One("What kind of agency is it?"), options=kinds, needed=True, when=another),
        Ask("role", line("What are they to the child?", "Health visitor, class teacher, designated safeguarding lead."), needed=True),
        Ask("name", line("Their name", "Leave empty if you know only the place.")),
        Ask("phone", line("Telephone")),
        Ask("email", line("Email")),
        Ask("from_on", Day("Since when?"), needed=True),
    ]  # fmt: skip
    form = Form.of(request, asks, {"from_on": child.today})

    def keep(values: dict[str, Any]) -> None:
        agency = next((a for a in known if str(a.pk) == values["agency"]), None)
        agency = agency or create_agency(name=values["agency_name"], kind=values["agency_kind"])
        told = {name: values[name] for name in ("name", "phone", "email")}
        involve(child=person.pk, agency=agency, role=values["role"], from_on=values["from_on"], **told)

    context = child.context("child_people", "Add somebody involved", button="Add", leave=child.to("child_people"), section_title=child.name)
    return answered(request, form, do=keep, done="Added.", to=child.to("child_people"), context=context)


@require_http_methods(["GET", "POST"])
@about_child
def end_involved(request: HttpRequest, person: Person) -> HttpResponse:
    """They no longer know the child; the row stays."""
    child = ChildPage(request, person)
    row = chosen_row(Involvement.objects.filter(child__in=child.rows, until_on=None).select_related("agency"), request)
    form = Form.of(request, [Ask("on", Day("From which day are they no longer involved?"), needed=True)], {"on": child.today})

    def end(values: dict[str, Any]) -> None:
        end_involvement(involvement=row, on=values["on"])

    context = child.context(
        "child_people", f"{row.name or row.agency.name} is no longer involved", button="End it", leave=child.to("child_people"),
        hidden={"row": row.pk}, lead=f"{row.role}, {row.agency.name}",
    )  # fmt: skip
    return answered(request, form, do=end, done="Ended. The history keeps it.", to=child.to("child_people"), context=context)
