"""What is true of a person: names, numbers, who they are, where they live, how they may safely be reached."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goldthread.core.people.identifier_systems import system
from goldthread.core.people.models import ContactPoint, Identifier, Person, PersonAddress, PersonName
from goldthread.core.people.queries import addresses_of
from goldthread.face.web.child.opening import about_person
from goldthread.face.web.child.page import ChildPage
from goldthread.ground.codes.code_lists import codes
from goldthread.ground.time.words import short_day

YES_NO = {True: "Yes", False: "No"}


@require_GET
@about_person
def about(request: HttpRequest, person: Person) -> HttpResponse:
    child = ChildPage(request, person)
    context = child.context(
        "child_about",
        f"About {child.name}",
        section_title=person.reference,
        names=list(PersonName.objects.filter(person__in=child.rows).order_by("until_on", "-from_on", "pk")),
        numbers=[number_row(one) for one in Identifier.objects.filter(person__in=child.rows).order_by("until_on", "system", "pk")],
        facts=facts(person),
        addresses=[address_row(stay, child) for stay in addresses_of(person)],
        contact_points=list(ContactPoint.objects.filter(person__in=child.rows).order_by("until_on", "-is_preferred", "pk")),
        origin=Person.Origin(person.origin).label,
        said=said,
    )
    return render(request, "web/child/about.jinja", context)


def said(row: Any) -> str:
    """ "since 4 May 2024", "from 4 May 2024 to 3 June 2026", or nothing. The last day is the day before it no longer held."""
    if row.until_on:
        return f"from {short_day(row.from_on)} to {short_day(row.until_on)}" if row.from_on else f"until {short_day(row.until_on)}"
    return f"since {short_day(row.from_on)}" if row.from_on else ""


def number_row(one: Identifier) -> dict[str, Any]:
    checked = f"checked on {short_day(one.verified_on)}" if one.verified_on else "not checked"
    source = f"from {one.source}" if one.source else "source not recorded"
    return {
        "key": one.pk,
        "label": system(one.system).words,
        "value": one.value,
        "note": f"{source}, {checked}",
        "is_over": one.until_on is not None,
    }


def address_row(stay: Any, child: ChildPage) -> dict[str, Any]:
    use = PersonAddress.Use(stay.use).label
    return {
        "address": str(stay.address) or "An address without words",
        "use": "Living here now" if stay.is_where_living and stay.holds_on(child.today) else use,
        "dates": said(stay),
        "is_confidential": stay.is_confidential,
        "from_whom": stay.confidential_from_whom or "",
        "why": stay.confidential_reason or "",
        "is_now": stay.holds_on(child.today),
        "key": stay.row,
    }


def facts(person: Person) -> list[dict[str, Any]]:
    """Each with what is said when it is not known: an empty box tells nobody whether anyone asked."""

    def label(name: str, code: str | None) -> str | None:
        return codes(name).label(code) if code else None

    ethnicity = label("ethnicity", person.ethnicity)
    disabilities = [codes("cin.disability").label(code) for code in person.disabilities] if person.disabilities is not None else None
    interpreter = YES_NO.get(person.needs_interpreter) if person.needs_interpreter is not None else None
    if person.needs_interpreter and person.interpreter_language:
        interpreter = f"Yes: {label('language', person.interpreter_language)}"
    rows: list[dict[str, Any]] = [
        {"key": "Sex", "value": label("cin.sex", person.sex)},
        {"key": "Gender", "value": ", ".join(filter(None, [label("standard.gender", person.gender), person.gender_in_own_words])) or None},
        {"key": "Ethnicity", "value": ethnicity, "note": f"Said by: {person.ethnicity_source}" if person.ethnicity_source else "Who said so is not recorded" if ethnicity else None},
        {"key": "First language", "value": label("language", person.first_language)},
        {"key": "Needs an interpreter", "value": interpreter},
        {"key": "Communication needs", "value": person.communication_needs},
        {"key": "Disability", "value": disabilities},
        {"key": "Religion", "value": person.religion},
        {"key": "Nationality", "value": person.nationality},
    ]  # fmt: skip
    if person.upn_unknown:
        rows.append({"key": "Why there is no UPN", "value": label("cin.upn_unknown", person.upn_unknown)})
    return [row | {"unknown": "Not asked, or not written down"} for row in rows]
