"""Adding somebody to a family: likely duplicates are shown before anyone is put on file."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from goldthread.core.people.actions import create_person, move_to_address, relate, remember_not_this_person
from goldthread.core.people.facts import Name, Place
from goldthread.core.people.hits import Hit
from goldthread.core.people.matching import DescribedPerson, possible_matches
from goldthread.core.people.models import Person
from goldthread.core.people.queries import addresses_of, where_living
from goldthread.face.web.ages import age_in_words
from goldthread.face.web.child.asking import Ask, Form, line
from goldthread.face.web.child.family import facts_of, tie_questions
from goldthread.face.web.child.opening import about_child
from goldthread.face.web.child.page import ChildPage
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.time.words import short_day
from goldthread.pathway.questions import Day, Number, One, YesNo

SHOWN = 6
NEW = "new"


def questions() -> list[Ask]:
    who = [
        Ask("given", line("First names"), heading="Who are they?"),
        Ask("family", line("Family name")),
        Ask("born_on", Day("When were they born?")),
        Ask("age", Number("Or about how old are they, in years?")),
        Ask("expected_on", Day("For an unborn child: when is the baby due?", may_be_ahead=True)),
        Ask("sex", One("Sex", codes="cin.sex")),
        Ask("is_adult", YesNo("Are they grown up?", hint="Needed only when neither a date of birth nor an age is known.")),
    ]
    first, *rest = tie_questions()
    first = Ask(first.name, first.question, first.options, first.needed, heading="What are they to the child?")
    return [*who, first, *rest, Ask("same_home", YesNo("Do they live where the child lives now?"))]


@require_http_methods(["GET", "POST"])
@about_child
def add_relative(request: HttpRequest, person: Person) -> HttpResponse:
    """Who they are and what they are to the child; then whether they are somebody we know; then it is kept."""
    child = ChildPage(request, person)
    form = Form.of(request, questions(), {"is_confirmed": True})
    matches: list[Hit] = []
    choice = None
    if request.method == "POST" and form.is_sound() and _is_told(form):
        described = described_by(form.values, child.today)
        matches = [hit for hit in possible_matches(described, request.user) if hit.person_id not in child.rows][:SHOWN]
        decided = request.POST.get("decision", "")
        if (not matches or decided) and _kept(request, child, form, described, matches, decided):
            return redirect(child.to("child_family"))
        log_reading(request.user, "search", f"likely duplicates for the family of {person.reference}", [h.person_id for h in matches])
        choice = duplicates_question(matches, decided, child.today)
    context = child.context(
        "child_family", f"Add to the family of {child.name}", button="Keep" if matches else "Go on", leave=child.to("child_family"),
        form=form, choice=choice, restricted=any(hit.is_restricted for hit in matches), section_title=person.reference,
    )  # fmt: skip
    return render(request, "web/child/add_relative.jinja", context, status=422 if form.problems else 200)


def _is_told(form: Form) -> bool:
    values = form.values
    if not (values["given"] or values["family"] or values["expected_on"]):
        form.problems.append(("given", "Write a name, or when the baby is due."))
    return not form.problems


def described_by(values: dict[str, Any], today: dt.date) -> DescribedPerson:
    return DescribedPerson(
        name=Name(values["given"], values["family"]), born_on=values["born_on"], age=values["age"], on=today, sex=values["sex"]
    )


def duplicates_question(matches: list[Hit], decided: str, today: dt.date) -> dict[str, Any] | None:
    """Each likely one with the evidence, and “none of these”. Nothing is chosen beforehand."""
    options = [(hit.person.reference, f"{hit.person}, {age_in_words(hit.person, today)}", evidence(hit)) for hit in matches if hit.person]
    if not matches:
        return None
    return {
        "name": "decision", "id": "decision", "kind": "one", "label": "Is it somebody we know already?", "value": decided, "needed": True,
        "options": [*options, (NEW, "None of these: put a new person on file", "You will not be asked about these again for this description.")],
    }  # fmt: skip


def evidence(hit: Hit) -> str:
    """ "Very likely: same date of birth. Against: different first name" """
    against = f" Against: {'; '.join(hit.against)}." if hit.against else ""
    born = f" Born {short_day(hit.person.born_on)}." if hit.person and hit.person.born_on else ""
    return f"{hit.strength.capitalize()}: {'; '.join(hit.why)}.{against}{born} {hit.person.reference if hit.person else ''}".strip()


def _kept(request: HttpRequest, child: ChildPage, form: Form, described: DescribedPerson, matches: list[Hit], decided: str) -> bool:
    chosen = next((hit.person for hit in matches if hit.person and hit.person.reference == decided), None)
    if matches and chosen is None and decided != NEW:
        form.problems.append(("decision", "Say whether it is one of these."))
        return False
    try:
        with transaction.atomic():
            other = chosen or _created(form.values, child.today)
            if chosen is None:
                for hit in matches:
                    if hit.person:
                        remember_not_this_person(person=hit.person, described_key=described.key, by=request.user)  # type: ignore[arg-type]
            relate(person=child.person, other=other, kind=form.values["kind"], **facts_of(form.values))
            if form.values["same_home"]:
                _move_in(child.person, other, child.today)
    except ValidationError as refused:
        form.refuse(refused)
        return False
    messages.success(request, f"{other} is in {child.first}’s family.")
    return True


def _created(values: dict[str, Any], today: dt.date) -> Person:
    names = [Name(values["given"], values["family"])] if values["given"] or values["family"] else []
    born_on, accuracy = values["born_on"], None
    if born_on is None and values["age"] is not None:
        born_on, accuracy = dt.date(today.year - values["age"], 1, 1), "UUE"
    grown = bool(values["is_adult"]) if born_on is None and not values["expected_on"] else bool(born_on and today.year - born_on.year > 18)
    return create_person(
        names=names, born_on=born_on, born_accuracy=accuracy, expected_on=values["expected_on"] if born_on is None else None, sex=values["sex"],
        recorded_as_adult=grown,
    )  # fmt: skip


def _move_in(person: Person, other: Person, today: dt.date) -> None:
    """The child's present home is theirs too, with its confidential mark."""
    stay = where_living(person, today, addresses_of(person))
    if stay is None:
        return
    a = stay.address
    move_to_address(
        people=[other], place=Place(a.line1, a.line2, a.town, a.postcode, a.uprn, a.usrn), use=stay.use,
        is_confidential=stay.is_confidential, confidential_reason=stay.confidential_reason, confidential_from_whom=stay.confidential_from_whom,
    )  # fmt: skip
