"""The child is not over 25 on the day the case was closed, or at the end of the year while it is open."""

from goldthread.out.returns.cin.examples import fails, passes, sound
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import QUERY, Places, Rule


def check(child: Child, census: CensusYear) -> Places:
    born_on = child.ChildIdentifiers.PersonBirthDate
    if born_on is not None and born_on.year <= census.year - 25:
        days = [details.CINclosureDate or census.reference_date for details in child.CINdetails]
        if any((day.year - 25, day.month, day.day) > (born_on.year, born_on.month, born_on.day) for day in days):
            yield child.ChildIdentifiers, "PersonBirthDate"


RULE = Rule(
    "8775Q",
    QUERY,
    "ChildIdentifiers",
    "Child is over 25 years old",
    (
        "PersonBirthDate",
        "CINclosureDate",
    ),
    check,
    uncertain="Over 25 is taken as past the 25th birthday.",
    examples=(
        fails("25 the day before the year ended", sound(PersonBirthDate="2001-03-30")),
        fails("25 the day before the case was closed", sound(PersonBirthDate="2000-12-01", CINclosureDate="2025-12-02")),
        passes("25 on the last day of the year", sound(PersonBirthDate="2001-03-31")),
        passes("25 the day the case was closed", sound(PersonBirthDate="2000-12-02", CINclosureDate="2025-12-02")),
    ),
)
