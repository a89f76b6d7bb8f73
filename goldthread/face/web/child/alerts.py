"""Alerts: raised, looked at again by their day, ended with a reason."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from goldthread.core.people.actions import end_alert, look_again, raise_alert
from goldthread.core.people.actions.alerts import NAMES_SOMEONE
from goldthread.core.people.models import Alert, Person
from goldthread.core.people.queries import family_of
from goldthread.face.web.child.asking import Ask, Form, answered, line, prose
from goldthread.face.web.child.opening import about_person
from goldthread.face.web.child.page import ChildPage
from goldthread.face.web.child.particulars import chosen_row
from goldthread.face.web.child.queries import seen_or_hidden
from goldthread.ground.codes.code_lists import codes
from goldthread.ground.time.words import short_day
from goldthread.pathway.questions import Day, One


@require_GET
@about_person
def alerts(request: HttpRequest, person: Person) -> HttpResponse:
    """Those that hold, each with what to do about it, and those that ended, with why."""
    child = ChildPage(request, person)
    over = Alert.objects.filter(person__in=child.rows, until_on__lte=child.today).order_by("-until_on", "pk")
    kinds = codes("people.alert_kind")
    context = child.context(
        "child_about",
        f"Alerts for {child.name}",
        section_title=person.reference,
        over=[
            {"label": kinds.label(a.kind), "what": a.what, "ended": short_day(a.until_on), "why": a.ended_reason or ""}
            for a in over
            if a.until_on
        ],
    )
    return render(request, "web/child/alerts.jinja", context)


@require_http_methods(["GET", "POST"])
@about_person
def add_alert(request: HttpRequest, person: Person) -> HttpResponse:
    """What somebody must know before they knock, ring, write or hand a child over."""
    child = ChildPage(request, person)
    family = family_of(person)
    relatives = {p.pk: p for p in [*family.people.values(), *family.household] if p.pk != person.pk}
    _, hidden = seen_or_hidden(request.user, set(relatives))
    people = [p for key, p in relatives.items() if key not in hidden]
    naming = tuple(sorted(NAMES_SOMEONE | {"bail", "order"}))
    kinds = [choice for choice in codes("people.alert_kind").choices(on=child.today) if choice[0] != "restricted"]
    asks = [
        Ask("kind", One("What is it?"), options=kinds, needed=True),
        Ask("about", One("Who is it about?"), options=[*((p.reference, str(p)) for p in people), ("else", "Somebody else")], when=("kind", naming, "it keeps somebody away")),
        Ask("about_whom", line("Their name, if they are not in the list"), when=("kind", naming, "it keeps somebody away")),
        Ask("what", prose("What must people know and do?", "Short, and so that somebody at two in the morning understands it."), needed=True),
        Ask("source", line("Which order, report or conversation does it rest on?")),
        Ask("from_on", Day("Since when?")),
        Ask("expires_on", Day("When does the order, bail or condition end?", may_be_ahead=True)),
        Ask("review_on", Day("When will somebody look at it again?", may_be_ahead=True), needed=True),
    ]  # fmt: skip
    form = Form.of(request, asks, {"from_on": child.today})

    def keep(values: dict[str, Any]) -> None:
        about = next((p for p in people if p.reference == values["about"]), None)
        raise_alert(
            person=person, kind=values["kind"], what=values["what"], by=request.user, about=about, about_whom=values["about_whom"],  # type: ignore[arg-type]
            source=values["source"], from_on=values["from_on"], review_on=values["review_on"], expires_on=values["expires_on"],
        )  # fmt: skip

    context = child.context("child_about", "Add an alert", button="Add the alert", leave=child.to("child_alerts"))
    return answered(
        request, form, do=keep, done="The alert is on every page about this child.", to=child.to("child_alerts"), context=context
    )


@require_http_methods(["GET", "POST"])
@about_person
def change_alert(request: HttpRequest, person: Person) -> HttpResponse:
    """It still holds, until when; or it no longer does, and why."""
    child = ChildPage(request, person)
    row: Alert = chosen_row(Alert.objects.filter(person__in=child.rows, until_on=None), request)
    holds, over = ("holds", ("yes",), "it still holds"), ("holds", ("no",), "it no longer holds")
    asks = [
        Ask("holds", One("Does it still hold?"), options=[("yes", "Yes"), ("no", "No")], needed=True),
        Ask("what", prose("What must people know and do?"), when=holds),
        Ask("review_on", Day("When will somebody look at it again?", may_be_ahead=True), needed=True, when=holds),
        Ask("expires_on", Day("When does the order, bail or condition end?", may_be_ahead=True), when=holds),
        Ask("reason", prose("Why does it no longer hold?"), needed=True, when=over, rows=2),
    ]
    form = Form.of(request, asks, {"what": row.what, "expires_on": row.expires_on})

    def keep(values: dict[str, Any]) -> str:
        if values["holds"] == "yes":
            look_again(alert=row, review_on=values["review_on"], expires_on=values["expires_on"], what=values["what"])
            return "Looked at again: it holds."
        end_alert(alert=row, on=child.today, reason=values["reason"], by=request.user)  # type: ignore[arg-type]
        return "Ended. It stays on file with the reason."

    said = next((w for w in child.warnings if w.alert.pk == row.pk), None)
    context = child.context(
        "child_about", said.words if said else "Alert", button="Keep", leave=child.to("child_alerts"), hidden={"row": row.pk}, lead=row.what
    )  # fmt: skip
    return answered(request, form, do=keep, done="Kept.", to=child.to("child_alerts"), context=context)
