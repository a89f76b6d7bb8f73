"""The family: drawn, told as a table, added to and put right; births, losses and deaths."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from goldthread.core.people.actions import (
    end_relationship,
    expect_another,
    record_birth,
    record_death,
    record_pregnancy_loss,
    relate,
)
from goldthread.core.people.facts import Name
from goldthread.core.people.kinds import inverse, words
from goldthread.core.people.models import Person, Relationship
from goldthread.core.people.queries import merged_with, same_pregnancy
from goldthread.face.web.child.asking import Ask, Form, answered, line, prose
from goldthread.face.web.child.kin import Kin, drawn_of, kin_of, table_of
from goldthread.face.web.child.opening import about_child, about_person, address_of, open_person
from goldthread.face.web.child.page import ChildPage
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.codes.code_lists import codes
from goldthread.ground.design import genogram
from goldthread.pathway.questions import Day, One, YesNo


@require_GET
@about_child
def family(request: HttpRequest, person: Person) -> HttpResponse:
    child = ChildPage(request, person)
    kin = kin_of(person, request.user, child.today)
    log_reading(request.user, "list", f"family of {person.reference}", [key for key in kin.people if key != person.pk])
    drawn = drawn_of(kin)
    context = child.context(
        "child_family",
        f"Family of {child.name}",
        section_title=person.reference,
        drawing=genogram.draw(drawn, "family", f"The family of {child.name}") if len(drawn.people) > 1 else None,
        rows=table_of(kin),
        ties=ties_in_words(kin, child),
        household=[p for p in kin.family.household if p.pk not in kin.hidden],
        hidden=len(set(kin.hidden)),
        life=life_events(person),
    )
    return render(request, "web/child/family.jinja", context)


def ties_in_words(kin: Kin, child: ChildPage) -> list[dict[str, Any]]:
    """Everyone one tie away, each with the page where the tie is put right or ended."""
    family = kin.family
    found = []
    for one in kin.shown([*family.parents, *family.partners, *family.children, *family.siblings, *family.others]):
        tie = one.tie
        said = [one.words]
        if tie is not None and not tie.is_confirmed:
            said.append("not confirmed")
        if tie is not None and tie.is_main_carer:
            said.append("main carer")
        if tie is not None and tie.has_parental_responsibility is not None:
            basis = tie.parental_responsibility_basis
            held = "has parental responsibility" if tie.has_parental_responsibility else "no parental responsibility"
            said.append(
                held
                + (
                    f" ({codes('people.parental_responsibility').label(basis).lower()})"
                    if basis and tie.has_parental_responsibility
                    else ""
                )
            )
        if tie is not None and tie.knows_of_pregnancy is False:
            said.append("does not know of the pregnancy")
        found.append(
            {
                "name": str(one.person),
                "href": kin.href(one.person),
                "said": ", ".join(said),
                "note": (tie.note or "") if tie is not None else "Follows from a parent they share",
                "change": child.to("child_tie", other=one.person.reference) if tie is not None and one.person.pk in kin.openable else None,
            }
        )
    return found


def life_events(person: Person) -> list[dict[str, str]]:
    """What may be recorded of this life now."""
    if person.pregnancy_ended_on or person.died_on:
        return []
    if person.is_unborn:
        return [
            {"text": "Record the birth", "href": address_of("child_birth", person)},
            {"text": "A twin is expected", "href": address_of("child_twin", person)},
            {"text": "The pregnancy has ended", "href": address_of("child_loss", person)},
        ]
    return [{"text": "Record a death", "href": address_of("child_death", person)}]


def tie_questions(kind: bool = True) -> list[Ask]:
    relations = codes("people.relationship").choices()
    basis = codes("people.parental_responsibility").choices()
    return [
        Ask(
            "kind",
            One("What are they to the child?", hint="“Mother” means that they are the child’s mother."),
            options=relations,
            needed=True,
        ),
        Ask("is_confirmed", YesNo("Is that confirmed?", hint="Answer no for a man named as the father whom nobody has confirmed.")),
        Ask("pr", YesNo("Do they have parental responsibility?", hint="Leave both empty if it is not known.")),
        Ask("basis", One("How do they have it?"), options=basis, when=("pr", ("yes",), "they have it")),
        Ask("carer", YesNo("Are they a main carer?")),
        Ask("knows", YesNo("For an unborn child: do they know of the pregnancy?")),
        Ask("from_on", Day("Since when?", hint="Leave empty if it has always been so, or is not known.")),
        Ask("note", prose("Anything to know about it?"), rows=2),
    ]


def facts_of(values: dict[str, Any]) -> dict[str, Any]:
    """What `relate` takes, from the answers. An empty answer changes nothing that is known."""
    return {
        "has_parental_responsibility": values["pr"],
        "parental_responsibility_basis": values["basis"],
        "is_main_carer": bool(values["carer"]),
        "is_confirmed": values["is_confirmed"] is not False,
        "knows_of_pregnancy": values["knows"],
        "note": values["note"],
        "from_on": values["from_on"],
    }


def tie_between(person: Person, other: Person) -> tuple[Relationship, str]:
    """The standing tie and what `other` is to `person`. Http404 where there is none."""
    me, them = merged_with(person), merged_with(other)
    ties = Relationship.objects.filter(until_on=None)
    tie = ties.filter(person__in=me, other__in=them).order_by("pk").first()
    if tie is not None:
        return tie, tie.kind
    tie = ties.filter(person__in=them, other__in=me).order_by("pk").first()
    if tie is None:
        raise Http404("They are not related on file.")
    return tie, inverse(tie.kind)


@require_http_methods(["GET", "POST"])
@about_child
def tie(request: HttpRequest, person: Person, other: str) -> HttpResponse:
    """Put a relationship right, or say on which day it ended."""
    child, them = ChildPage(request, person), open_person(request.user, other)
    row, kind = tie_between(person, them)
    known = {
        "kind": kind, "is_confirmed": row.is_confirmed, "pr": row.has_parental_responsibility, "basis": row.parental_responsibility_basis,
        "carer": row.is_main_carer, "knows": row.knows_of_pregnancy, "from_on": row.from_on, "note": row.note,
    }  # fmt: skip
    ended = Ask("until_on", Day("When did it end, if it has?"), heading="Has it ended?")
    form = Form.of(request, [*tie_questions(), ended], known)

    def put_right(values: dict[str, Any]) -> str:
        facts = facts_of(values)
        if values["until_on"]:
            end_relationship(relationship=row, on=values["until_on"], note=values["note"])
            return f"{them} is no longer down as {words(kind, them.sex).lower()}. It stays on file as it was."
        if values["kind"] != kind:
            end_relationship(relationship=row, on=child.today, note=f"Put right: it had been written as {words(kind, them.sex).lower()}.")
        relate(person=person, other=them, kind=values["kind"], **facts)
        return "Put right."

    context = child.context(
        "child_family", f"{them} and {child.first}", button="Keep it", leave=child.to("child_family"), lead=f"What {them} is to {child.first}."
    )  # fmt: skip
    return answered(request, form, do=put_right, done="Put right.", to=child.to("child_family"), context=context)


@require_http_methods(["GET", "POST"])
@about_child
def birth(request: HttpRequest, person: Person) -> HttpResponse:
    """The child expected is born: the same record goes on."""
    child = ChildPage(request, person)
    if not person.is_unborn:
        raise Http404("This child is not expected.")
    asks = [
        Ask("born_on", Day("When was the baby born?"), needed=True),
        Ask("given", line("First names", "Leave empty if the baby has no name yet.")),
        Ask("family", line("Family name")),
        Ask("sex", One("Sex", codes="cin.sex")),
    ]
    form = Form.of(request, asks)

    def born(values: dict[str, Any]) -> str:
        names = [Name(values["given"], values["family"])] if values["given"] or values["family"] else []
        held = record_birth(person=person, born_on=values["born_on"], names=names, sex=values["sex"])
        return f"{held} is born. Everything written before birth stands on the same file."

    context = child.context(
        "child_family", "Record the birth", button="Record the birth", leave=child.to("child_family"),
        lead="Nothing has to be written again: the record goes on under the child’s name.",
    )  # fmt: skip
    return answered(request, form, do=born, done="Recorded.", to=child.to("child"), context=context)


@require_http_methods(["GET", "POST"])
@about_child
def loss(request: HttpRequest, person: Person) -> HttpResponse:
    """The pregnancy ended: every letter, task and clock for the child stops at once."""
    child = ChildPage(request, person)
    if not person.is_unborn:
        raise Http404("This child is not expected.")
    asks = [Ask("ended_on", Day("When did the pregnancy end?"), needed=True)]
    if same_pregnancy(person).exists():
        asks.append(Ask("whole", YesNo("Were all the children of this pregnancy lost?"), needed=True))
    form = Form.of(request, asks)

    def ended(values: dict[str, Any]) -> None:
        record_pregnancy_loss(person=person, ended_on=values["ended_on"], whole_pregnancy=values.get("whole") is not False)

    context = child.context(
        "child_family", "The pregnancy has ended", button="Record it", leave=child.to("child_family"),
        lead="Everything that would be sent or asked about this child stops in the same moment. The record stays, unchanged.",
    )  # fmt: skip
    return answered(request, form, do=ended, done="Recorded. Nothing more will be sent or asked.", to=child.to("child"), context=context)


@require_http_methods(["GET", "POST"])
@about_child
def twin(request: HttpRequest, person: Person) -> HttpResponse:
    """Another child of the same pregnancy, with the same parents and relatives."""
    child = ChildPage(request, person)
    if not person.is_unborn:
        raise Http404("This child is not expected.")
    form = Form.of(request, [Ask("sure", YesNo("Has a midwife or a scan confirmed it?"), needed=True)])

    def expected(values: dict[str, Any]) -> None:
        if not values["sure"]:
            raise ValueError("Wait until it is confirmed, and write a note meanwhile.")
        expect_another(person=person)

    context = child.context("child_family", "A twin is expected", button="Add the twin", leave=child.to("child_family"))
    return answered(
        request, form, do=expected, done="The twin is on file, with the same family.", to=child.to("child_family"), context=context
    )


@require_http_methods(["GET", "POST"])
@about_person
def death(request: HttpRequest, person: Person) -> HttpResponse:
    """The person has died. Rooms above hear of it at once."""
    child = ChildPage(request, person)
    form = Form.of(request, [Ask("died_on", Day("When did they die?"), needed=True)])

    def died(values: dict[str, Any]) -> None:
        record_death(person=person, died_on=values["died_on"])

    context = child.context(
        "child_family", "Record a death", button="Record it", leave=child.home, button_kind="danger",
        lead="Letters to this person stop. A child’s death is also a matter for the child death review and may need notifying: ring your manager.",
    )  # fmt: skip
    return answered(request, form, do=died, done="Recorded.", to=child.home, context=context)
