"""Somebody in a child's life: names, how they may safely be reached, and to which children they belong."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goldthread.core.people.models import ContactPoint, Person
from goldthread.core.people.queries import addresses_of, where_living
from goldthread.core.records.models import RecordChild
from goldthread.face.web.child.around import living_in_words
from goldthread.face.web.child.kin import Kin, kin_of
from goldthread.face.web.child.opening import about_person
from goldthread.face.web.child.page import ChildPage
from goldthread.ground.audit.reading import log_reading


@require_GET
@about_person
def adult(request: HttpRequest, person: Person) -> HttpResponse:
    child = ChildPage(request, person)
    kin = kin_of(person, request.user, child.today)
    log_reading(request.user, "list", f"family of {person.reference}", [key for key in kin.people if key != person.pk])
    context = child.context(
        "person" if child.is_adult else "child",
        child.name,
        section_title=person.reference,
        living=living_in_words(where_living(person, child.today, addresses_of(person)), kin, child.today),
        contact_points=list(ContactPoint.objects.filter(person__in=child.rows, until_on=None).order_by("-is_preferred", "pk")),
        children=relatives(kin, kin.family.children),
        others=relatives(kin, [*kin.family.partners, *kin.family.parents, *kin.family.siblings, *kin.family.others]),
        has_record=RecordChild.objects.filter(child__in=child.rows, removed_at=None).exists(),
    )
    return render(request, "web/child/adult.jinja", context)


def relatives(kin: Kin, found: list[Any]) -> list[dict[str, Any]]:
    """Those this user may see, with parental responsibility in words for children."""
    said = {True: "has parental responsibility", False: "no parental responsibility", None: ""}
    return [
        {
            "name": str(one.person),
            "href": kin.href(one.person),
            "said": ", ".join(filter(None, [one.words, said[one.tie.has_parental_responsibility] if one.tie is not None else ""])),
        }
        for one in kin.shown(found)
        if one.person.pk in kin.openable
    ]
