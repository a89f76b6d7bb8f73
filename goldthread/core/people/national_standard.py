"""A person in the shape of the draft national Person standard (PUB01), and back, without loss.

What the draft has no room for (validity dates, parental responsibility, language, our own kinds of
relationship) travels beside it as extensions, each a schema and its payload (register, requirement
45). Nothing conforms to a draft: this is a shape, not a claim.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from goldthread.core.people.facts import PERSONAL, At, Name, NewPerson, Number, Place, Reach
from goldthread.core.people.identifier_systems import person_system
from goldthread.core.people.kinds import hl7, inverse, nearer
from goldthread.core.people.models import ContactPoint, Identifier, Person, PersonAddress, PersonName, Relationship
from goldthread.ground.codes.code_lists import codes

Json = dict[str, Any]

SEX = {"M": "1", "F": "2", "I": "9", "U": "X"}
SEX_BACK = {standard: ours for ours, standard in SEX.items()}
PLACE = {"line1": "line1", "line2": "line2", "city": "town", "postcode": "postcode", "UPRN": "uprn", "USRN": "usrn"}
TIE = (
    "has_parental_responsibility",
    "parental_responsibility_basis",
    "is_confirmed",
    "is_main_carer",
    "knows_of_pregnancy",
    "note",
    "from_on",
    "until_on",
)
# Said by the draft itself, so not repeated beside it.
IN_DRAFT = ("born_on", "born_accuracy", "sex", "gender")


@dataclass(frozen=True)
class RelatedPerson:
    """Someone related, by the identifier they are known by where the record came from; `kind` is their part towards its owner."""

    system: str
    value: str
    kind: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Received:
    """A person read from the standard's shape: what `create_people` needs, and the ties to make once all are on file."""

    person: NewPerson
    related: list[RelatedPerson]


def to_standard(person: Person, *, with_confidential: bool = False) -> Json:
    """The person as PUB01 shapes it. Confidential addresses and contact points marked unsafe stay out unless asked for."""
    numbers = [{"system": person_system(), "value": person.reference}]
    numbers += [_number(row) for row in Identifier.objects.filter(person=person).order_by("pk")]
    shaped: Json = {"identifier": numbers, "name": [_name(row) for row in PersonName.objects.filter(person=person).order_by("pk")]}
    if person.born_on:
        shaped["dateOfBirth"] = partial_date(person.born_on, person.born_accuracy)
    if person.died_on:
        shaped |= {"deceasedDate": partial_date(person.died_on, person.died_accuracy), "isDeceased": True}
    stays = PersonAddress.objects.filter(person=person).select_related("address").order_by("pk")
    shaped["address"] = [_address(row) for row in stays if with_confidential or not row.is_confidential]
    reached = ContactPoint.objects.filter(person=person).order_by("pk")
    shaped["contact"] = _contact(person, [row for row in reached if with_confidential or row.is_safe is not False])
    ethnicity = codes("ethnicity").other(person.ethnicity, "ons") if person.ethnicity else None
    coded = {"genderCode": person.gender, "sexCode": SEX.get(person.sex or ""), "ethnicityCode": ethnicity}
    shaped |= {name: code for name, code in coded.items() if code}
    shaped["relatedPerson"] = list(_related(person))
    shaped["matchedPersonRef"] = [{"system": person_system(), "value": other.reference} for other in person.merged_from.order_by("pk")]
    beside = {name: getattr(person, name) for name in PERSONAL if name not in IN_DRAFT and getattr(person, name) not in (None, False)}
    return {name: value for name, value in shaped.items() if value != []} | _extension("person", beside)


def from_standard(shaped: Json) -> Received:
    """Read the standard's shape, with or without our extensions. KeyError where the draft's minimum record is not met."""
    beside = _beside(shaped, "person")
    personal = {name: value for name, value in beside.items() if name in PERSONAL}
    personal |= {"sex": SEX_BACK.get(shaped.get("sexCode", "")), "gender": shaped.get("genderCode")}
    personal["born_on"], personal["born_accuracy"] = read_partial_date(shaped.get("dateOfBirth"))
    personal["died_on"], personal["died_accuracy"] = read_partial_date(shaped.get("deceasedDate"))
    if shaped.get("ethnicityCode") and "ethnicity" not in personal:
        personal["ethnicity"] = codes("standard.ethnicity").other(str(shaped["ethnicityCode"]), "dfe")
    return Received(
        NewPerson(
            names=[
                Name(name["givenName"], name["familyName"], name.get("preferredName"), name.get("use", "usual"), **_beside(name, "name"))
                for name in shaped["name"]
            ],
            numbers=[Number(number["system"], number["value"], **_beside(number, "identifier")) for number in shaped["identifier"]],
            addresses=[_at(address) for address in shaped.get("address", [])],
            contact_points=[reach for contact in shaped.get("contact", []) for reach in _reaches(contact)],
            origin="imported",
            personal={name: value for name, value in personal.items() if value is not None},
        ),
        [_related_person(related) for related in shaped.get("relatedPerson", [])],
    )


def partial_date(day: dt.date, accuracy: str | None) -> Json:
    """PartialDate: an ISO date, and three letters for day, month, year: A accurate, E estimated, U unknown."""
    return {"date": day.isoformat()} | ({"accuracyIndicator": accuracy} if accuracy else {})


def read_partial_date(shaped: Json | None) -> tuple[dt.date | None, str | None]:
    return (dt.date.fromisoformat(shaped["date"]), shaped.get("accuracyIndicator")) if shaped else (None, None)


def _name(row: PersonName) -> Json:
    shaped: Json = {"familyName": row.family_names, "givenName": row.given_names, "use": row.use}
    if row.preferred:
        shaped["preferredName"] = row.preferred
    return shaped | _extension("name", _facts(row, ("from_on", "until_on", "source")))


def _number(row: Identifier) -> Json:
    facts = _facts(row, ("is_key", "source", "verified_on", "verified_how", "from_on", "until_on"))
    return {"system": row.system, "value": row.value} | _extension("identifier", facts)


def _address(row: PersonAddress) -> Json:
    lines = {theirs: value for theirs, ours in PLACE.items() if (value := getattr(row.address, ours))}
    facts = ("from_on", "until_on", "is_where_living", "is_confidential", "confidential_reason", "confidential_from_whom", "source")
    return lines | {"use": row.use} | _extension("address", _facts(row, facts))


def _at(shaped: Json) -> At:
    place = Place(**{ours: shaped.get(theirs) for theirs, ours in PLACE.items()})
    return At(place, use=shaped.get("use", "home"), **_beside(shaped, "address"))


def _contact(person: Person, rows: Sequence[ContactPoint]) -> list[Json]:
    """All of a person's telephone numbers and e-mail addresses are one Contact in the draft."""
    if not rows:
        return []
    facts = ("use", "is_preferred", "is_safe", "safe_times", "code_word", "never_voicemail", "notes", "from_on", "until_on")
    each = {
        f"{row.kind}:{row.value}": told
        for row in rows
        if (told := _facts(row, facts) | ({"is_safe": False} if row.is_safe is False else {}))
    }
    shaped: Json = {"name": str(person)}
    for kind, list_name in (("email", "email"), ("phone", "telephone")):
        if values := [row.value for row in rows if row.kind == kind]:
            shaped[list_name] = values
    return [shaped | _extension("contact", each)]


def _reaches(shaped: Json) -> Iterable[Reach]:
    told = _beside(shaped, "contact")
    for kind, list_name in (("phone", "telephone"), ("email", "email")):
        for value in shaped.get(list_name, []):
            yield Reach(kind, value, **told.get(f"{kind}:{value}", {}))


def _related(person: Person) -> Iterable[Json]:
    """Both sides of every tie: the code names the related person's part towards this one."""
    for tie in Relationship.objects.filter(person=person).select_related("other").order_by("pk"):
        yield _tie(tie, tie.other, tie.kind)
    for tie in Relationship.objects.filter(other=person).select_related("person").order_by("pk"):
        yield _tie(tie, tie.person, inverse(tie.kind))


def _tie(tie: Relationship, other: Person, kind: str) -> Json:
    facts = _facts(tie, TIE) | {"kind": kind} | ({} if tie.is_confirmed else {"is_confirmed": False})
    identifier = {"system": person_system(), "value": other.reference}
    return {"identifier": identifier, "relationship": [hl7(nearer(kind, other.sex))]} | _extension("relationship", facts)


def _related_person(shaped: Json) -> RelatedPerson:
    told = _beside(shaped, "relationship")
    kind = told.pop("kind", None)
    if kind is None:
        said = shaped["relationship"][0]
        kind = next((code.code for code in codes("people.relationship") if code.more.get("hl7") == said), None)
        if kind is None:
            kind, told["note"] = "other_relative", codes("standard.relationship").label(said)
    return RelatedPerson(shaped["identifier"]["system"], shaped["identifier"]["value"], kind, told)


def _facts(row: object, names: Sequence[str]) -> Json:
    """What is known of these, leaving out what is unknown or plainly not so; parental responsibility denied is a fact."""
    told = {name: getattr(row, name) for name in names}
    return {
        name: value for name, value in told.items() if value is not None and (value is not False or name.startswith(("has_", "knows_")))
    }


def _extension(schema: str, payload: Json) -> Json:
    return {"extension": [{"schema": f"urn:goldthread:{schema}:1", "payload": _plain(payload)}]} if payload else {}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    return value.isoformat() if isinstance(value, dt.date) else value


def _beside(shaped: Json, schema: str) -> Json:
    for extension in shaped.get("extension", []):
        if extension["schema"] == f"urn:goldthread:{schema}:1":
            return {name: _typed(name, value) for name, value in extension["payload"].items()}
    return {}


def _typed(name: str, value: Any) -> Any:
    if isinstance(value, dict):
        return {inner: _typed(inner, part) for inner, part in value.items()}
    return dt.date.fromisoformat(value) if name.endswith("_on") and isinstance(value, str) else value
