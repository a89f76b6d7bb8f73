"""The register of information-sharing agreements: for information governance. What is not in it stops what needs it."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods

from goldthread.core.agencies.models import Agency
from goldthread.core.sharing.actions import end_agreement, enter_agreement, note_review
from goldthread.core.sharing.agreements import due_for_review, needs_agreement
from goldthread.core.sharing.models import Agreement
from goldthread.face.web.child.asking import Ask, Form, answered, line, prose
from goldthread.face.web.shares import governs_information
from goldthread.ground.codes.code_lists import codes
from goldthread.ground.time.words import short_day
from goldthread.pathway.meeting.forms import agencies as partners
from goldthread.pathway.questions import Day, Many, One

FORM = "web/form.jinja"
A_YEAR = timedelta(days=365)  # LOCAL: an agreement is looked at again once a year, unless it says another day


def _back() -> tuple[str, str]:
    return reverse("agreements"), "Agreements with agencies"


@login_required
@require_GET
def agreements(request: HttpRequest) -> HttpResponse:
    """Those that hold or will, then those that ended; and which purposes wait for one."""
    governs_information(request)
    today = localdate()
    rows = list(Agreement.objects.select_related("agency").order_by("title", "pk"))
    context = {
        "standing": [_drawn(one) for one in rows if one.until_on is None or one.until_on >= today],
        "ended": [_drawn(one) for one in rows if one.until_on is not None and one.until_on < today],
        "reviews": [one.pk for one in due_for_review(today)],
        "waiting": [words for code, words in codes("sharing.purpose").choices() if needs_agreement(code)],
    }
    return render(request, "web/agreements.jinja", context)


def _drawn(one: Agreement) -> dict[str, Any]:
    whom = one.agency.name if one.agency else f"Every agency of the kind “{codes('agency.kind').label(one.agency_kind or '')}”"
    until = f" to {short_day(one.until_on)}" if one.until_on else ", no end set"
    seen = f" (looked at {short_day(one.reviewed_on)})" if one.reviewed_on else ""
    return {
        "row": one,
        "facts": [
            {"key": "With", "value": whom},
            {"key": "Purposes", "value": "; ".join(codes("sharing.purpose").label(code) for code in one.purposes)},
            {"key": "Information", "value": one.information},
            {"key": "Lawful basis", "value": codes("sharing.lawful_basis").label(one.basis)},
            {"key": "In force", "value": f"{short_day(one.from_on)}{until}"},
            {"key": "Look at it again", "value": f"{short_day(one.review_on)}{seen}"},
            {"key": "Signed by", "value": one.signed_by},
            {"key": "The signed document", "value": one.kept_at},
            *([{"key": "Ended because", "value": one.ended_why}] if one.ended_why else []),
        ],
    }


@login_required
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    governs_information(request)
    kinds = [choice for choice in codes("agency.kind").choices(on=localdate()) if choice[0] != "local_authority"]
    asks = [
        Ask("title", line("What is the agreement called?"), needed=True),
        Ask("agency", One("With which agency?", hint="Or choose a kind of agency below."), options=[(str(one.pk), one.name) for one in partners()]),
        Ask("agency_kind", One("Or with every agency of which kind?"), options=kinds),
        Ask("purposes", Many("For which purposes?"), options=[(code, words) for code, words in codes("sharing.purpose").choices()], needed=True),
        Ask("information", prose("Which kinds of information may be shared under it?"), needed=True),
        Ask("basis", One("On what lawful basis?"), options=codes("sharing.lawful_basis").choices(), needed=True),
        Ask("from_on", Day("From which day does it hold?", may_be_ahead=True), needed=True),
        Ask("until_on", Day("What is its last day, if it has one?", may_be_ahead=True)),
        Ask("review_on", Day("When is it to be looked at again?", may_be_ahead=True, hint="A year from now unless it says otherwise."), needed=True),
        Ask("signed_by", line("Who signed it, for us and for them?"), needed=True),
        Ask("kept_at", line("Where does the signed document lie?", "A reference of your document store. The document itself is not kept here."), needed=True),
    ]  # fmt: skip
    form = Form.of(request, asks, {"from_on": localdate(), "review_on": localdate() + A_YEAR, "basis": "public_task"})

    def keep(values: dict[str, Any]) -> str:
        agency = Agency.objects.filter(pk=values.pop("agency") or 0).first()
        made = enter_agreement(agency=agency, by=request.user, **values)
        return f"“{made}” is in the register."

    context = {"heading": "Enter an agreement", "button": "Enter", "back": _back()}
    return answered(request, form, do=keep, done="", to=_back()[0], context=context, template=FORM)


@login_required
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, key: int) -> HttpResponse:
    """It was looked at again, and stands."""
    governs_information(request)
    found = get_object_or_404(Agreement, pk=key)
    asks = [Ask("review_on", Day("When is it to be looked at next?", may_be_ahead=True), needed=True)]

    def keep(values: dict[str, Any]) -> None:
        note_review(agreement=found, review_on=values["review_on"])

    lead = "Say so once you have looked at it with them: the purposes, the information, and whether it is still needed."
    context = {"heading": f"“{found}” was looked at again", "lead": lead, "button": "It stands", "back": _back()}
    form = Form.of(request, asks, {"review_on": localdate() + A_YEAR})
    return answered(request, form, do=keep, done="Kept.", to=_back()[0], context=context, template=FORM)


@login_required
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, key: int) -> HttpResponse:
    """Its last day. Nothing new goes under it from the day after."""
    governs_information(request)
    found = get_object_or_404(Agreement, pk=key)
    asks = [
        Ask("last_on", Day("What is its last day?", may_be_ahead=True), needed=True),
        Ask("why", prose("Why does it end?"), needed=True),
    ]

    def keep(values: dict[str, Any]) -> None:
        end_agreement(agreement=found, **values)

    lead = "From the day after, what needs an agreement with them is stopped. Child protection goes on. What went before stays as it is."
    context = {"heading": f"End “{found}”", "lead": lead, "button": "End it", "button_kind": "danger", "back": _back()}
    return answered(
        request, Form.of(request, asks, {"last_on": localdate()}), do=keep, done="Kept.", to=_back()[0], context=context, template=FORM
    )
