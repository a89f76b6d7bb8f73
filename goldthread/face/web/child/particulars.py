"""The forms behind “About”: each changes one kind of fact, through the actions of people."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from goldthread.core.people.actions import add_identifier, add_name, describe, end_contact_point, end_identifier, set_contact_point
from goldthread.core.people.facts import Name, Number, Reach
from goldthread.core.people.identifier_systems import NHS_NUMBER, former_upn_system, la_child_id_system, system, upn_system
from goldthread.core.people.models import ContactPoint, Identifier, Person, PersonName
from goldthread.core.people.queries import others_holding
from goldthread.face.web.child.asking import Ask, Form, answered, line, prose
from goldthread.face.web.child.opening import about_person
from goldthread.face.web.child.page import ChildPage
from goldthread.ground.time.words import short_day
from goldthread.pathway.questions import Day, Many, One, YesNo

PERSONAL = (
    "sex", "gender", "gender_in_own_words", "ethnicity", "ethnicity_source", "first_language", "needs_interpreter", "interpreter_language",
    "communication_needs", "disabilities", "religion", "nationality", "born_on", "expected_on", "upn_unknown",
)  # fmt: skip


@require_http_methods(["GET", "POST"])
@about_person
def identity(request: HttpRequest, person: Person) -> HttpResponse:
    """Who they are, in their own terms where they have said so."""
    child = ChildPage(request, person)
    asks = [
        Ask("ethnicity", One("Ethnicity", codes="ethnicity")),
        Ask("ethnicity_source", line("Who said so?", "The child, a parent, a school. Nobody’s ethnicity is guessed from how they look.")),
        Ask("first_language", One("First language", codes="language")),
        Ask("needs_interpreter", YesNo("Do they need an interpreter?")),
        Ask("interpreter_language", One("In which language?", codes="language"), when=("needs_interpreter", ("yes",), "they need one")),
        Ask("communication_needs", prose("How do they communicate, and what helps?"), rows=2),
        Ask("disabilities", Many("Disability", codes="cin.disability")),
        Ask("religion", line("Religion")),
        Ask("nationality", line("Nationality")),
        Ask("sex", One("Sex", codes="cin.sex")),
        Ask("gender", One("Gender", codes="standard.gender")),
        Ask("gender_in_own_words", line("Gender in their own words")),
        Ask("born_on", Day("Date of birth")),
    ]
    if person.is_unborn:
        asks[-1] = Ask("expected_on", Day("When is the baby due?", may_be_ahead=True))
    elif person.is_child:
        asks.append(Ask("upn_unknown", One("If there is no UPN, why?", codes="cin.upn_unknown")))
    form = Form.of(request, asks, {name: getattr(person, name) for name in PERSONAL})

    def keep(values: dict[str, Any]) -> None:
        describe(person=person, **{name: values[name] for name in PERSONAL if name in values})

    context = child.context(
        "child_about", f"Who {child.first} is", button="Keep", leave=child.to("child_about"), section_title=person.reference
    )
    return answered(request, form, do=keep, done="Kept.", to=child.to("child_about"), context=context)


@require_http_methods(["GET", "POST"])
@about_person
def name(request: HttpRequest, person: Person) -> HttpResponse:
    """Another name. A new usual or legal name ends the one before it, which stays as a former name."""
    child = ChildPage(request, person)
    uses = [(use, words) for use, words in PersonName.Use.choices if use != "old"]
    asks = [
        Ask("use", One("What kind of name is it?"), options=uses, needed=True),
        Ask("given", line("First names")),
        Ask("family", line("Family name")),
        Ask("preferred", line("What do they like to be called?", "In place of the first names, if it is not one of them.")),
        Ask("from_on", Day("Since when?")),
        Ask("source", line("Who told us?")),
    ]
    form = Form.of(request, asks, {"use": "usual"})

    def keep(values: dict[str, Any]) -> None:
        if not (values["given"] or values["family"] or values["preferred"]):
            raise ValueError("Write at least one name.")
        told = Name(values["given"], values["family"], values["preferred"], values["use"], values["from_on"], None, values["source"])
        add_name(person=person, name=told)

    context = child.context("child_about", f"Add a name for {child.first}", button="Keep", leave=child.to("child_about"))
    return answered(
        request, form, do=keep, done="Kept. They are found by this name from now on.", to=child.to("child_about"), context=context
    )


@require_http_methods(["GET", "POST"])
@about_person
def number(request: HttpRequest, person: Person) -> HttpResponse:
    """A number with its source. Somebody else who has it is a likely duplicate: said, never refused."""
    child = ChildPage(request, person)
    systems = [(uri, system(uri).words) for uri in (NHS_NUMBER, upn_system(), former_upn_system(), la_child_id_system())]
    asks = [
        Ask("system", One("Which number is it?"), options=systems, needed=True),
        Ask("value", line("The number"), needed=True),
        Ask("source", line("Where does it come from?", "A letter, the school, the GP, the national record.")),
        Ask("verified_on", Day("When was it checked against its source, if it was?")),
    ]
    form = Form.of(request, asks)

    def keep(values: dict[str, Any]) -> str:
        told = Number(values["system"], values["value"], source=values["source"], verified_on=values["verified_on"])
        add_identifier(person=person, number=told)
        others = others_holding(uri=values["system"], value=values["value"], but=person).count()
        return "Kept. Somebody else has this number too: look at likely duplicates." if others else "Kept."

    context = child.context("child_about", f"Add a number for {child.first}", button="Keep", leave=child.to("child_about"))
    return answered(request, form, do=keep, done="Kept.", to=child.to("child_about"), context=context)


@require_http_methods(["GET", "POST"])
@about_person
def end_number(request: HttpRequest, person: Person) -> HttpResponse:
    """The number is no longer theirs. It still finds them."""
    child = ChildPage(request, person)
    row = chosen_row(Identifier.objects.filter(person__in=child.rows, until_on=None), request)
    form = Form.of(request, [Ask("on", Day("From which day is it no longer theirs?"), needed=True)], {"on": child.today})

    def end(values: dict[str, Any]) -> None:
        end_identifier(identifier=row, on=values["on"])

    context = child.context(
        "child_about", f"End {system(row.system).words} {row.value}", button="End it", leave=child.to("child_about"), hidden={"row": row.pk}
    )  # fmt: skip
    return answered(request, form, do=end, done="Ended. It still finds them.", to=child.to("child_about"), context=context)


def chosen_row(rows: Any, request: HttpRequest) -> Any:
    """The row named in the form or the address, among those of this person. Http404 for any other."""
    key = request.POST.get("row") or request.GET.get("row") or ""
    row = rows.filter(pk=int(key)).first() if key.isdecimal() else None
    if row is None:
        raise Http404("There is no such row for this person.")
    return row


@require_http_methods(["GET", "POST"])
@about_person
def contact_point(request: HttpRequest, person: Person) -> HttpResponse:
    """A telephone number or e-mail address, and whether and how it may be used."""
    child = ChildPage(request, person)
    has_row = request.GET.get("row") or request.POST.get("row")
    row = chosen_row(ContactPoint.objects.filter(person__in=child.rows, until_on=None), request) if has_row else None
    asks = [
        Ask("kind", One("What is it?"), options=ContactPoint.Kind.choices, needed=True),
        Ask("value", line("The number or address"), needed=True),
        Ask(
            "is_safe",
            YesNo("Is it safe to use?", hint="An abuser may share the telephone or read the post. Leave empty if nobody has asked."),
        ),
        Ask("safe_times", line("When is it safe?"), when=("is_safe", ("yes",), "it is safe")),
        Ask("code_word", line("Code word, if one was agreed"), when=("is_safe", ("yes",), "it is safe")),
        Ask("never_voicemail", YesNo("Must no message ever be left?")),
        Ask("is_preferred", YesNo("Is it the one they prefer?")),
        Ask("use", line("Whose is it?", "Own mobile, work, grandmother’s landline.")),
        Ask("notes", prose("Anything else to know?"), rows=2),
    ]
    names = [ask.name for ask in asks]
    form = Form.of(request, asks, {name: getattr(row, name) for name in names} if row else None)

    def keep(values: dict[str, Any]) -> None:
        told = values | {"never_voicemail": bool(values["never_voicemail"]), "is_preferred": bool(values["is_preferred"])}
        if row is not None and (row.kind, row.value) != (values["kind"], values["value"]):
            end_contact_point(contact_point=row, on=child.today)
        owner = row.person if row is not None else person
        set_contact_point(person=owner, reach=Reach(**told, from_on=row.from_on if row is not None else child.today))

    context = child.context(
        "child_about", f"How to reach {child.first}", button="Keep", leave=child.to("child_about"), hidden={"row": row.pk} if row else {},
        lead="Nothing is sent by itself to somebody for whom no safe way is on file.",
    )  # fmt: skip
    return answered(request, form, do=keep, done="Kept.", to=child.to("child_about"), context=context)


@require_http_methods(["GET", "POST"])
@about_person
def end_contact(request: HttpRequest, person: Person) -> HttpResponse:
    """The number or address is no longer theirs."""
    child = ChildPage(request, person)
    row = chosen_row(ContactPoint.objects.filter(person__in=child.rows, until_on=None), request)
    form = Form.of(request, [Ask("on", Day("From which day is it no longer theirs?"), needed=True)], {"on": child.today})

    def end(values: dict[str, Any]) -> None:
        end_contact_point(contact_point=row, on=values["on"])

    context = child.context("child_about", f"End {row.value}", button="End it", leave=child.to("child_about"), hidden={"row": row.pk})
    since = f"On file since {short_day(row.from_on)}." if row.from_on else ""
    return answered(request, form, do=end, done="Ended.", to=child.to("child_about"), context=context | {"lead": since})
