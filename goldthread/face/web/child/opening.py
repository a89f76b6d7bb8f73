"""Opening a person's page: the one place where it is asked whether this user may, and where the look is written down."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from goldthread.core.agencies.queries import children_of
from goldthread.core.people.hits import survivors
from goldthread.core.people.models import Person
from goldthread.face.web.links import to
from goldthread.ground.access.models import Restriction
from goldthread.ground.access.predicate import SEE, may, standing, withheld_from
from goldthread.ground.access.queries import may_be_told
from goldthread.ground.audit.middleware import Refused
from goldthread.ground.audit.reading import log_reading

View = Callable[..., HttpResponse]


class Merged(Exception):
    """This row is another person's now: the page stands under the survivor's reference."""

    def __init__(self, survivor: Person) -> None:
        super().__init__(survivor.reference)
        self.survivor = survivor


class Withheld(Exception):
    """A live restriction keeps this record from this user: the page says to stop and whom to ring."""

    def __init__(self, person: Person) -> None:
        super().__init__(person.reference)
        self.person = person


def is_true(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


def open_person(user: Any, reference: str, act: str = "view") -> Person:
    """The person, with the look written down; `is_restricted` says whether a restriction holds (and this user is past it).

    Http404 where there is nobody, Refused (the same page) without a reason to know or with a declared conflict, Withheld
    behind a restriction, Merged for a duplicate. One query, and one more for a person with duplicates.
    """
    person = (
        Person.objects.filter(reference=reference.upper())
        .annotate(
            is_seen=is_true(may(user, SEE, Person)),
            is_withheld=is_true(Q(pk__in=withheld_from(user.pk))),
            is_restricted=Exists(Restriction.objects.filter(person=OuterRef("pk"), ended_at=None)),
            has_duplicates=Exists(Person.objects.filter(merged_into=OuterRef("pk"))),
        )
        .first()
    )
    if person is None:
        raise Http404("There is nobody here.")
    if person.is_withheld and would_see(user, person) and may_be_told(user.pk, [person.pk]):
        raise Withheld(person)
    if person.is_withheld or not person.is_seen:
        raise Refused(f"person {reference}", (person.pk,))
    if person.merged_into_id is not None:
        raise Merged(Person.objects.get(pk=survivors([person.pk])[person.pk]))
    if not person.has_duplicates:
        person._rows = {person.pk}  # type: ignore[attr-defined]  # what `merged_with` would find
    log_reading(user, act, f"person {person.reference}", [person.pk])
    return person


def would_see(user: Any, person: Person) -> bool:
    """Whether only the restriction stands in the way: others must not even learn that there is such a record."""
    held = standing(user)
    return held.takes_calls or children_of(held).filter(child_id=person.pk).exists()


def about_person(view: View) -> View:
    """A page about one person: `view(request, person, …)`. Restricted, merged and refused are answered here."""

    @login_required
    @wraps(view)
    def page(request: HttpRequest, reference: str, **more: Any) -> HttpResponse:
        try:
            person = open_person(request.user, reference, "print" if "print" in request.GET else "view")
        except Merged as merged:
            if request.method != "GET":
                raise Http404("This record stands under another reference now.") from None
            return redirect(request.path.replace(reference, merged.survivor.reference, 1))
        except Withheld:
            elsewhere = to("restricted", reference)
            if elsewhere is None:
                raise Refused(f"person {reference}") from None
            return redirect(elsewhere)
        return view(request, person, **more)

    return page


def about_child(view: View) -> View:
    """`about_person`, for pages that only a child (or a young person with a record) has: an adult's look leads to their own page."""

    @wraps(view)
    def page(request: HttpRequest, person: Person, **more: Any) -> HttpResponse:
        if person.recorded_as_adult:
            return redirect("person", reference=person.reference)
        return view(request, person, **more)

    return about_person(page)


def address_of(name: str, person: Person, **more: Any) -> str:
    """A page of this person by its name."""
    return reverse(name, kwargs={"reference": person.reference, **more})
