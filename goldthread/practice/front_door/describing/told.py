"""Reading a description: dates that may be half known, the home shared with the first, and what matching is asked."""

import datetime as dt
from collections.abc import Sequence

from django.utils.timezone import localdate

from goldthread.core.people.facts import Name, Place
from goldthread.core.people.kinds import PARENTAL
from goldthread.core.people.matching import DescribedPerson as Description
from goldthread.core.people.models import Person
from goldthread.core.people.queries import where_living
from goldthread.practice.front_door.describing.person import DescribedPerson

UNKNOWN, RECORDED, ESTIMATED = "U", "A", "E"


class Unclear(ValueError):
    """What was typed cannot be read; the sentence says what to do, and `name` is the input."""

    def __init__(self, words: str, name: str) -> None:
        super().__init__(words)
        self.name = name


def born(row: DescribedPerson) -> tuple[dt.date | None, str | None]:
    """The date of birth and how sure each part is (see `Person.born_accuracy`); from an age, where only that is known."""
    if row.born_year.strip():
        return _day(row, "born")
    if any(part.strip() for part in (row.born_day, row.born_month)):
        raise Unclear("Write the year of birth too, even if it is a guess.", "born")
    if row.age.strip() and not row.age.strip().isdecimal():
        raise Unclear("Write the age as a number of years.", "age")
    if row.age.strip() and row.role != DescribedPerson.UNBORN:
        today = localdate()
        year, leap_day = today.year - int(row.age), (today.month, today.day) == (2, 29)
        return dt.date(max(year, 1900), today.month, 28 if leap_day else today.day), UNKNOWN * 2 + ESTIMATED
    return None, None


def expected(row: DescribedPerson) -> dt.date | None:
    """The day an unborn child is expected; the middle of the month where only that is known."""
    if not any(part.strip() for part in (row.expected_day, row.expected_month, row.expected_year)):
        return None
    day, accuracy = _day(row, "expected", likely_day="15")
    if accuracy and accuracy.endswith("UUA"):
        raise Unclear("Write at least the month in which the baby is expected.", "expected")
    return day


def _day(row: DescribedPerson, name: str, likely_day: str = "1") -> tuple[dt.date, str]:
    day, month, year = (getattr(row, f"{name}_{part}").strip() for part in ("day", "month", "year"))
    accuracy = "".join([RECORDED if day and month else UNKNOWN, RECORDED if month else UNKNOWN, RECORDED])
    try:
        full = (
            int(year) + 2000
            if len(year) == 2 and int(year) <= localdate().year % 100 + 1
            else int(year) + 1900
            if len(year) == 2
            else int(year)
        )
        found = dt.date(full, int(month or 1), int((day if month else "") or likely_day))
    except ValueError:
        raise Unclear(f"“{'/'.join(filter(None, (day, month, year)))}” is not a day in the calendar.", name) from None
    if name == "born" and found > localdate():
        raise Unclear("The date of birth is in the future. Was an unborn baby meant?", name)
    return found, accuracy


def place(row: DescribedPerson, all_rows: Sequence[DescribedPerson]) -> Place | None:
    """Where they live: their own words, or the home of the first person described, as told or as on file."""
    first = all_rows[0] if all_rows else row
    if row.same_home == "yes" and first.pk != row.pk:
        return place(first, all_rows) or _on_file(first.person)
    told = Place(row.line1.strip() or None, None, row.town.strip() or None, row.postcode.strip() or None)
    return told if told.line1 or told.postcode else None


def _on_file(person: Person | None) -> Place | None:
    stay = where_living(person, localdate()) if person else None
    return (
        Place(stay.address.line1, stay.address.line2, stay.address.town, stay.address.postcode)
        if stay and not stay.is_confidential
        else None
    )


def related_to(row: DescribedPerson, all_rows: Sequence[DescribedPerson]) -> list[DescribedPerson]:
    """Those the relationship is to: the ones chosen, or every other child of the contact."""
    others = [one for one in all_rows if one.pk != row.pk and one.is_child]
    chosen = [one for one in others if str(one.position) in row.related_to]
    return chosen or ([one for one in others if one.role in DescribedPerson.ABOUT] if row.role == DescribedPerson.ADULT else others[:1])


def description(row: DescribedPerson, all_rows: Sequence[DescribedPerson]) -> Description:
    """What matching is asked: everything readable. An unreadable date is left out, not guessed."""
    try:
        born_on, accuracy = born(row)
    except Unclear:
        born_on, accuracy = None, None
    try:
        expected_on = expected(row)
    except Unclear:
        expected_on = None
    parents = [one for one in all_rows if one.relationship in PARENTAL and row in related_to(one, all_rows) and (one.given or one.family)]
    from_age = accuracy is not None and accuracy.endswith(ESTIMATED)
    return Description(
        name=Name(row.given, row.family),
        born_on=expected_on if row.role == DescribedPerson.UNBORN else None if from_age else born_on,
        born_accuracy=None if from_age else accuracy,
        age=int(row.age) if from_age else None,
        sex=row.sex or None,
        place=place(row, all_rows),
        phones=[row.phone] if row.phone.strip() else [],
        parents=[Name(one.given, one.family) for one in parents],
    )
