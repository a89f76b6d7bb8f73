"""Where somebody lives: a move, a correction, an address that must stay unknown to somebody."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from goldthread.core.people.actions import correct_stay, move_to_address
from goldthread.core.people.facts import Place
from goldthread.core.people.models import Person, PersonAddress
from goldthread.core.people.queries import family_of
from goldthread.face.web.child.asking import Ask, Form, answered, line, prose
from goldthread.face.web.child.opening import about_person
from goldthread.face.web.child.page import ChildPage
from goldthread.face.web.child.particulars import chosen_row
from goldthread.face.web.child.queries import seen_or_hidden
from goldthread.pathway.questions import Day, Many, One, YesNo

USES = [("home", "Home"), ("temp", "For the time being"), ("billing", "For letters only")]


def place_questions() -> list[Ask]:
    return [
        Ask("line1", line("House and street"), needed=True),
        Ask("line2", line("Second line")),
        Ask("town", line("Town")),
        Ask("postcode", line("Postcode")),
        Ask("use", One("What is this address?"), options=USES, needed=True),
        Ask("from_on", Day("From which day?", hint="Leave empty if nobody knows.")),
    ]


def secrecy_questions() -> list[Ask]:
    yes = ("is_confidential", ("yes",), "it must stay unknown to somebody")
    return [
        Ask("is_confidential", YesNo("Must somebody not learn this address?", hint="It then stays out of letters, print and exports, and so do the school, the surgery and the nursery."), needed=True, heading="Who may know it?"),
        Ask("confidential_from_whom", line("Who must not learn it?"), when=yes),
        Ask("confidential_reason", prose("Why?"), when=yes, rows=2),
    ]  # fmt: skip


def place_of(values: dict[str, Any]) -> Place:
    return Place(values["line1"], values["line2"], values["town"], values["postcode"])


def must_say_who(values: dict[str, Any]) -> None:
    if values["is_confidential"] and not values["confidential_from_whom"]:
        raise ValueError("Say who must not learn the address.")


@require_http_methods(["GET", "POST"])
@about_person
def move(request: HttpRequest, person: Person) -> HttpResponse:
    """A new address, alone or with those who live in the same home."""
    child = ChildPage(request, person)
    family = family_of(person)
    _, hidden = seen_or_hidden(request.user, {p.pk for p in family.household})
    together = [p for p in family.household if p.pk not in hidden]
    asks = [
        *place_questions(),
        Ask("is_where_living", YesNo(f"Does {child.first} sleep here now?"), needed=True),
        Ask(
            "keeps_former",
            YesNo("Does the address before this one stay an address too?", hint="A child between two parents has two homes."),
        ),
    ]
    if together:
        asks.append(Ask("with", Many("Who moves too?"), options=[(p.reference, str(p)) for p in together]))
    form = Form.of(request, [*asks, *secrecy_questions()], {"use": "home", "from_on": child.today})

    def keep(values: dict[str, Any]) -> None:
        must_say_who(values)
        people = [person, *(p for p in together if p.reference in (values.get("with") or []))]
        move_to_address(
            people=people, place=place_of(values), from_on=values["from_on"], keeps_former=bool(values["keeps_former"]), use=values["use"],
            is_where_living=bool(values["is_where_living"]), is_confidential=bool(values["is_confidential"]),
            confidential_from_whom=values["confidential_from_whom"], confidential_reason=values["confidential_reason"],
        )  # fmt: skip

    context = child.context(
        "child_about", f"Where {child.first} lives now", button="Keep", leave=child.to("child_about"), section_title=person.reference,
        lead="For a move. An address that was written down wrongly is put right instead.",
    )  # fmt: skip
    return answered(
        request, form, do=keep, done="Kept. The former address stays on file with its dates.", to=child.to("child_about"), context=context
    )


@require_http_methods(["GET", "POST"])
@about_person
def correct_address(request: HttpRequest, person: Person) -> HttpResponse:
    """An address written down wrongly, its dates, or who must not learn it."""
    child = ChildPage(request, person)
    row: PersonAddress = chosen_row(PersonAddress.objects.filter(person__in=child.rows).select_related("address"), request)
    address = row.address
    known = {
        "line1": address.line1, "line2": address.line2, "town": address.town, "postcode": address.postcode, "use": row.use, "from_on": row.from_on,
        "until_on": row.until_on, "is_confidential": row.is_confidential, "confidential_from_whom": row.confidential_from_whom,
        "confidential_reason": row.confidential_reason, "is_where_living": row.is_where_living,
    }  # fmt: skip
    asks = [
        *place_questions(),
        Ask("until_on", Day("When did they leave, if they have?")),
        Ask("is_where_living", YesNo("Do they sleep here now?")),
    ]
    if row.use not in dict(USES):
        asks[4] = Ask("use", One("What is this address?"), options=PersonAddress.Use.choices, needed=True)
    form = Form.of(request, [*asks, *secrecy_questions()], known)

    def keep(values: dict[str, Any]) -> None:
        must_say_who(values)
        correct_stay(
            stay=row, place=place_of(values), use=values["use"], from_on=values["from_on"], until_on=values["until_on"],
            is_where_living=bool(values["is_where_living"]) and values["until_on"] is None, is_confidential=bool(values["is_confidential"]),
            confidential_from_whom=values["confidential_from_whom"], confidential_reason=values["confidential_reason"],
        )  # fmt: skip

    context = child.context(
        "child_about", "Put an address right", button="Keep", leave=child.to("child_about"), hidden={"row": row.pk},
        lead=f"If {child.first} has moved, say so as a move: then this address stays on file as the former one.",
    )  # fmt: skip
    return answered(request, form, do=keep, done="Put right.", to=child.to("child_about"), context=context)
