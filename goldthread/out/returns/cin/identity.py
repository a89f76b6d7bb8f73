"""ChildIdentifiers and ChildCharacteristics: who the child is, by the numbers and facts that held on the day."""

from datetime import date

from goldthread.core.people.identifier_systems import former_upn_system, upn_system
from goldthread.core.people.models import Person
from goldthread.out.returns.cin.asked import FIRST_YEAR_OF_PLAIN_IDS, FIRST_YEAR_OF_SEX, Asked
from goldthread.out.returns.cin.facts import Life
from goldthread.out.returns.cin.items import Child, ChildCharacteristics, ChildIdentifiers
from goldthread.out.returns.cin.tally import Tally

GENDER = {"M": "1", "F": "2", "U": "0", "I": "9"}  # GenderCurrent, to 2023-24
LONGEST_ID = 20


class Identity:
    """Gives each child of one census its numbers, no two the same where it is we who make them."""

    def __init__(self, asked: Asked, tally: Tally) -> None:
        self.asked, self.tally = asked, tally
        self.given: set[str] = set()

    def give(self, child: Child, life: Life) -> None:
        """Fill in the child's two parts."""
        person = life.person
        born_on, died_on = self.asked.knows(person["born_on"]), self.asked.knows(person["died_on"])
        found = ChildIdentifiers(record=person["id"], PersonBirthDate=born_on, PersonDeathDate=died_on)
        found.LAchildID = self._la_child_id(life)
        found.UPN, found.FormerUPN = self._number(life, upn_system()), self._number(life, former_upn_system())
        found.UPNunknown = None if found.UPN else person["upn_unknown"]
        found.ExpectedPersonBirthDate = None if born_on else person["expected_on"]
        self._give_sex(found, life)
        child.ChildIdentifiers = found
        if not person["ethnicity"]:
            self.tally.note("ethnicity_nobt", person["id"])
        child.ChildCharacteristics = ChildCharacteristics(
            record=person["id"], Ethnicity=person["ethnicity"] or "NOBT", Disabilities=list(person["disabilities"] or [])
        )
        counts = self.tally.counts
        counts["children"] += 1
        counts["unborn"] += born_on is None and person["expected_on"] is not None
        counts["died"] += died_on is not None
        counts["upn"] += found.UPN is not None
        counts["disabilities"] += len(child.ChildCharacteristics.Disabilities)

    def _give_sex(self, found: ChildIdentifiers, life: Life) -> None:
        """U until the child is born (8750), and where nobody has recorded it; what a census has no code for is not known."""
        held = life.person["sex"]
        is_unborn = found.PersonBirthDate is None and found.ExpectedPersonBirthDate is not None
        sex = Person.Sex.UNKNOWN if is_unborn or held is None else held
        if self.asked.census.year < FIRST_YEAR_OF_SEX:
            found.GenderCurrent = GENDER[sex]
        else:
            found.Sex = Person.Sex.UNKNOWN.value if sex == Person.Sex.INDETERMINATE else str(sex)
        if is_unborn and held not in (None, Person.Sex.UNKNOWN):
            self.tally.note("sex_unborn", life.person["id"])
        elif not is_unborn and held in (None, Person.Sex.INDETERMINATE) and (found.GenderCurrent or found.Sex) in ("0", "U"):
            self.tally.note("sex_u", life.person["id"])

    def _number(self, life: Life, system: str) -> str | None:
        """The one that held on the day; of several the one that was given up first, since the others came after it."""
        day = self.asked.until
        holding = [
            (until_on or date.max, value)
            for uri, value, from_on, until_on in life.numbers
            if uri == system and (from_on is None or from_on <= day) and (until_on is None or until_on > day)
        ]
        return min(holding, key=lambda one: one[0])[1] if holding else None

    def _la_child_id(self, life: Life) -> str:
        """The authority's own number; from 2024-25 letters and digits only (1570, 1580). Without one, the reference people know the child by."""
        held = next((found for system in self.asked.id_systems if (found := self._number(life, system))), None)
        reference = life.person["reference"]
        value = held or reference
        if held is None:
            self.tally.note("id_is_reference", life.person["id"])
        elif self.asked.census.year >= FIRST_YEAR_OF_PLAIN_IDS:
            value = "".join(sign for sign in held if sign.isascii() and sign.isalnum())
            if not value or len(value) > LONGEST_ID or (value != held and value in self.given):
                self.tally.note("id_replaced", life.person["id"])
                value = reference
            elif value != held:
                self.tally.note("id_plain", life.person["id"])
        self.given.add(value)
        return value
