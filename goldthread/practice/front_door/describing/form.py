"""The questions about one described person, as the question component wants them."""

from typing import Any

from django.utils.timezone import localdate

from goldthread.core.people.models import Person
from goldthread.ground.codes.code_lists import codes
from goldthread.practice.front_door.describing.person import DescribedPerson

OF_ADULTS = (
    "mother", "father", "step_mother", "step_father", "parents_partner", "grandmother", "grandfather", "aunt", "uncle", "foster_carer",
    "connected_carer", "private_foster_carer", "special_guardian", "guardian", "adoptive_mother", "adoptive_father", "other_carer", "other_relative",
    "family_friend", "neighbour", "lodger", "other",
)  # fmt: skip
OF_CHILDREN = ("sibling", "half_sibling", "step_sibling", "twin", "cousin", "other_relative", "other")


def fields_of(row: DescribedPerson, all_rows: list[DescribedPerson], wrong: dict[str, str]) -> list[dict[str, Any]]:
    """In the order a caller tells it: name, age, home, who they are to the children, school, telephone."""
    first = all_rows[0] if all_rows and all_rows[0].pk != row.pk else None
    fields = [
        _field(row, "given", "line", "First names", known=[]),
        _field(row, "family", "line", "Family name", known=[f"{first}’s family name is {first.family}"] if first and first.family else []),
    ]
    if row.role == DescribedPerson.UNBORN:
        fields.append(_day(row, "expected", "When is the baby expected?", "Only the month and year will do.", wrong))
    else:
        fields.append(_day(row, "born", "Date of birth", "Only the year will do, if that is all they know.", wrong))
        fields.append(_field(row, "age", "number", "Or age in years", suffix="years"))
    sexes = [(code, label) for code, label in Person.Sex.choices if code in ("F", "M", "I")]
    fields.append(_field(row, "sex", "one", "Sex", options=sexes))
    fields += _home(row, first)
    fields += _ties(row, all_rows)
    if row.role in (DescribedPerson.CHILD, DescribedPerson.OTHER_CHILD):
        fields.append(_field(row, "school", "line", "School or nursery"))
    if row.role != DescribedPerson.UNBORN:
        fields.append(_field(row, "phone", "line", "Telephone"))
    fields.append(_field(row, "notes", "words", "Anything else that tells who they are", rows=2))
    return [field | {"error": wrong.get(field["name"], "")} for field in fields]


def _home(row: DescribedPerson, first: DescribedPerson | None) -> list[dict[str, Any]]:
    when = None
    fields = []
    if first is not None:
        fields.append(_field(row, "same_home", "yes_no", f"Do they live at the same address as {first}?"))
        when = {"name": "same_home", "values": ["no"], "words": "they live somewhere else"}
    for name, label in (("line1", "House number and street"), ("town", "Town"), ("postcode", "Postcode")):
        fields.append(_field(row, name, "line", label, when=when))
    return fields


def _ties(row: DescribedPerson, all_rows: list[DescribedPerson]) -> list[dict[str, Any]]:
    children = [one for one in all_rows if one.is_child and one.pk != row.pk]
    if not children:
        return []
    listed = codes("people.relationship")
    offered = OF_ADULTS if row.role == DescribedPerson.ADULT else OF_CHILDREN
    options = [(code, label) for code, label in listed.choices(localdate()) if code in offered]
    fields = [
        _field(row, "relationship", "one", "Who are they to the children?", options=sorted(options, key=lambda one: offered.index(one[0])))
    ]
    if len(children) > 1:
        label = "To which children? Leave empty if to all the worry is about." if row.role == DescribedPerson.ADULT else "To which child?"
        fields.append(_field(row, "related_to", "many", label, options=[(str(one.position), str(one)) for one in children]))
    return fields


def _field(row: DescribedPerson, name: str, kind: str, label: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "id": name, "kind": kind, "label": label, "value": getattr(row, name), **more}


def _day(row: DescribedPerson, name: str, label: str, hint: str, wrong: dict[str, str]) -> dict[str, Any]:
    value = {part: getattr(row, f"{name}_{part}") for part in ("day", "month", "year")}
    return {"name": name, "id": f"{name}-day", "kind": "day", "label": label, "hint": hint, "value": value}
