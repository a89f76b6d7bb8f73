"""Which census is asked for: whose, of which year, and as at which day."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from goldthread.core.people.identifier_systems import la_child_id_system
from goldthread.ground.boot.queries import installation
from goldthread.ground.boot.trouble import Trouble
from goldthread.ground.time.queries import calendar
from goldthread.out.exchange.models import CensusChild
from goldthread.out.returns.cin.items import CensusYear

YEARS = range(2023, 2028)  # a census is named after the year of its 31 March: 2022-23 to 2026-27
FIRST_YEAR_OF_SEX = 2025  # GenderCurrent until 2023-24
FIRST_YEAR_OF_PLAIN_IDS = 2025  # rules 1570 and 1580: at most 20 letters and digits
FIRST_YEAR_OF_PRE_PROCEEDINGS = 2027  # unconfirmed: known from a sample file, not from the guide


@dataclass(frozen=True)
class Asked:
    """The census of `census`, from what was true at the end of `at`; nothing after the reference date is told."""

    census: CensusYear
    at: date
    authorities: list[str] | None = None  # only referrals of these; of any where None

    @cached_property
    def until(self) -> date:
        """The last day of which the census tells."""
        return min(self.at, self.census.reference_date)

    @cached_property
    def first_day(self) -> date:
        return self.census.first_day

    @cached_property
    def so_far(self) -> CensusYear:
        """The census as the rules are asked of the records: a year that has not ended ends today."""
        return replace(self.census, as_at=self.until) if self.until < self.census.reference_date else self.census

    @cached_property
    def eve(self) -> date:
        """The last working day before the year: a referral of that day may have been closed with no further action in the year (8569Q)."""
        return calendar().add(self.first_day, -1)

    @cached_property
    def next_eve(self) -> date:
        """The same before the year that follows."""
        return calendar().add(CensusYear(self.census.year + 1, "").first_day, -1)

    @cached_property
    def id_systems(self) -> tuple[str, ...]:
        """Who issued the children's ids: this council itself, also where they came in before anybody said which council it is; or another."""
        here, numbered = installation(), la_child_id_system(self.census.authority)
        is_own = here is not None and here.la_code == self.census.authority
        return (la_child_id_system("own"), numbered) if is_own else (numbered,)

    def knows(self, day: date | None) -> date | None:
        """The day, unless it had not come by then."""
        return day if day is not None and day <= self.until else None

    def holds(self, day: date | None) -> bool:
        """Whether it lies in the part of the year that has gone by."""
        return day is not None and self.first_day <= day <= self.until


def asked(*, year: int, authority: str, at: date | None, today: date) -> Asked:
    """Trouble, in a sentence, where there is no such census to be written here."""
    if year not in YEARS:
        raise Trouble(f"Goldthread writes the censuses of {YEARS.start} (2022-23) to {YEARS.stop - 1} (2026-27), not that of {year}.")
    census = CensusYear(year, authority)
    at = at or min(census.reference_date, today)
    if at > today:
        raise Trouble(f"{at} is still to come: nobody knows what will be true then. Give today or a day before.")
    if at < census.first_day:
        raise Trouble(f"The census of {in_words(year)} begins on {census.first_day}; as at {at} there is nothing in it.")
    return Asked(census, at, _whose(authority))


def in_words(year: int) -> str:
    return f"{year - 1}-{year % 100:02d}"


def _whose(authority: str) -> list[str] | None:
    """The authorities whose referrals are asked for. A council has its own only; a demo may hold censuses of others too."""
    if not (len(authority) == 3 and authority.isascii() and authority.isdigit()):
        raise Trouble(f"“{authority}” is not an authority’s number: three digits, such as 318.")
    here = installation()
    if here is not None and here.la_code == authority:
        return [authority, ""] if here.is_demo else None
    if here is not None and not here.is_demo:
        raise Trouble(f"This database is that of authority {here.la_code}; it holds no census of authority {authority}.")
    if not CensusChild.objects.filter(authority=authority).exists():
        raise Trouble(f"Nothing of authority {authority} is here: this database is that of {here.la_code if here else 'nobody yet'}.")
    return [authority]
