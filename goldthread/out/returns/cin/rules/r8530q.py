"""A birth is expected less than 30 days before the end of the census year, and less than nine months after it."""

from datetime import date, timedelta

from goldthread.out.returns.cin.examples import fails, passes, unborn
from goldthread.out.returns.cin.items import CensusYear, Child
from goldthread.out.returns.cin.rule import QUERY, Places, Rule

BEFORE = timedelta(days=30)


def check(child: Child, census: CensusYear) -> Places:
    expected_on = child.ChildIdentifiers.ExpectedPersonBirthDate
    if expected_on and not census.reference_date - BEFORE < expected_on < date(census.year, 12, 31):
        yield child.ChildIdentifiers, "ExpectedPersonBirthDate"


RULE = Rule(
    "8530Q",
    QUERY,
    "ChildIdentifiers",
    "Expected Date of Birth is outside the expected range for this census (March to December of the Census Year end)",
    ("ExpectedPersonBirthDate",),
    check,
    uncertain="The message says March to December; 30 days before and nine months after the reference date, both left out, is the range in use.",
    examples=(
        fails("30 days before", unborn("2026-03-01")),
        fails("nine months after", unborn("2026-12-31")),
        passes("29 days before", unborn("2026-03-02")),
        passes("a day short of nine months", unborn("2026-12-30")),
    ),
)
