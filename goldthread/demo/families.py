"""Inventing a family: parents and other fathers, brothers and sisters, children expected, homes, what is not known of them."""

from datetime import date, timedelta
from random import Random

from goldthread.demo import names, places
from goldthread.demo.mixes import CHANCE, CHILDREN_IN_FAMILY, draw
from goldthread.demo.names import Community, ethnicity_of
from goldthread.demo.people import Family, Human, Kin, Stay
from goldthread.demo.stories import Story
from goldthread.demo.themes import THEMES, Theme, theme
from goldthread.ground.time.ages import age_on, birthday

PEOPLE_AT_MOST = 20  # numbers kept free for each family
WEIGHTS = [each.weight for each in THEMES]
YOUNGEST_WEIGHTS = (
    (0, 12),
    (1, 7),
    (2, 7),
    (3, 6),
    (4, 6),
    (5, 6),
    (6, 6),
    (7, 6),
    (8, 6),
    (9, 6),
    (10, 6),
    (11, 6),
    (12, 6),
    (13, 6),
    (14, 6),
    (15, 5),
    (16, 3),
)
SIOBHAN = "siobhán"  # Siobhán O'Connor, born 12 March 2014: the child whom a misspelt search must find
SECRETS = (
    "Left {f} after violence; he has tried to find them.",
    "Moved by the police after threats from {f}’s family.",
    "A non-molestation order is in force against {f}.",
)


def make_family(number: int, rng: Random, first_on: date, today: date, story: Story | None = None) -> Family:
    """Family `number`, as it stands when somebody first calls about it; whoever was expected then may be born by `today`."""
    making = _Making(number, rng, first_on, today, story.name if story else None)
    if story is not None:
        making.theme = theme(story.theme)
    return making.family()


class _Making:
    """One family on its way to being whole."""

    def __init__(self, number: int, rng: Random, first_on: date, today: date, script: str | None) -> None:
        self.number, self.rng, self.first_on, self.today, self.script = number, rng, first_on, today, script
        self.people: list[Human] = []
        self.kin: list[Kin] = []
        self.theme: Theme = rng.choices(THEMES, WEIGHTS)[0]
        self.mothers = names.community("irish") if script == SIOBHAN else names.draw(rng)

    def chance(self, what: str) -> bool:
        return self.rng.random() < CHANCE[what]

    def add(self, human: Human) -> int:
        self.people.append(human)
        return len(self.people) - 1

    def adult(self, community: Community, sex: str, born_on: date, family: str | None = None) -> Human:
        rng = self.rng
        place = self.number * PEOPLE_AT_MOST + len(self.people)
        needs = rng.randrange(100) < community.interpreter
        return Human(
            place, community.given(rng, sex), family or rng.choice(community.families), sex, born_on, is_adult=True, ethnicity=community.ethnicity,
            language=community.language if needs or (community.language != "en" and rng.random() < 0.6) else "en", needs_interpreter=needs,
            has_nhs_number=rng.random() < 0.6, surgery=rng.choice(places.SURGERIES),
        )  # fmt: skip

    def family(self) -> Family:
        births = self.births()
        mother = self.add(self.adult(self.mothers, "F", births[0][0] - timedelta(days=self.rng.randint(17 * 366, 37 * 365))))
        fathers = self.fathers(mother, births[0][0])
        children = [self.child(mother, fathers, born, expected, place, len(births)) for place, (born, expected) in enumerate(births)]
        self.tie_twins(children)
        parents = {child: [kin.other for kin in self.kin if kin.person == child and kin.kind in ("mother", "father")] for child in children}
        households = self.homes(mother, fathers, children)
        family = Family(self.number, self.theme, self.people, children, self.kin, parents, households, self.first_on, self.script)
        if self.script == "restricted" or (self.script is None and self.chance("restricted")):
            family.restricted = self.rng.choice(
                ("A parent works for this council.", "The family is hidden from someone who has found them before.")
            )
        if self.script == SIOBHAN:
            self.people[children[0]].given, self.people[children[0]].sex = "Siobhán", "F"
            for child in children:
                self.people[child].family = "O'Connor"
        return family

    def births(self) -> list[tuple[date, date | None]]:
        """(born on, or expected on when that is ahead; the expected day where it was an unborn child first), eldest first."""
        rng, first = self.rng, self.first_on
        if self.script == SIOBHAN:
            return [(date(2014, 3, 12), None), (date(2017, 9, 2), None), (date(2022, 1, 28), None)]
        low, high = self.theme.fits
        youngest = min(draw(rng, YOUNGEST_WEIGHTS), 11 if self.script else 16)
        many = draw(rng, CHILDREN_IN_FAMILY)
        youngest = min(max(youngest, low - 2 * (many - 1), 0), min(high, 16))
        born = birthday(first, 0) - timedelta(days=youngest * 365 + rng.randint(1, 360))
        found: list[tuple[date, date | None]] = [(born, None)]
        while len(found) < many:
            born -= timedelta(days=rng.randint(340, 1_500))
            if age_on(born, first) > (12 if self.script else 16):
                break
            found.append((born, None))
        found.reverse()
        if self.script == "unborn twins" or (self.chance("unborn child") and self.theme.fits[0] == 0):
            found = [pair for pair in found if (first - pair[0]).days > 330][-2:]
            expected = first + timedelta(days=rng.randint(40, 170))
            if self.script == "unborn twins":
                expected = self.today + timedelta(days=rng.randint(40, 90))
            come = expected + timedelta(days=max(-20, min(12, round(rng.gauss(-1, 8)))))
            twins = 2 if self.script == "unborn twins" or self.chance("twins") else 1
            found += [(come, expected)] * twins
        return found

    def fathers(self, mother: int, eldest: date) -> list[int]:
        if self.chance("father not known") and self.script is None:
            return []
        found = []
        for _ in range(2 if self.chance("second father") or self.script == "two fathers" else 1):
            community = names.draw(self.rng) if self.chance("parents of two communities") and self.script != SIOBHAN else self.mothers
            found.append(self.add(self.adult(community, "M", eldest - timedelta(days=self.rng.randint(18 * 366, 44 * 365)))))
        return found

    def child(self, mother: int, fathers: list[int], born: date, expected: date | None, place: int, many: int) -> int:
        rng, mum = self.rng, self.people[mother]
        father = fathers[0 if place < (many + 1) // 2 else -1] if fathers else None
        is_born = born <= self.today
        sex = rng.choice("MF") if is_born else "U"
        given = self.mothers.given(rng, sex if is_born else "F")
        while is_born and any(given == other.given for other in self.people):
            given = self.mothers.given(rng, sex)
        dad = self.people[father] if father is not None else None
        human = Human(
            self.number * PEOPLE_AT_MOST + len(self.people), given if is_born else "", (dad.family if dad and rng.random() < 0.62 else mum.family),
            sex, born if is_born else None, expected, ethnicity=self.ethnicity(mum, dad), language=mum.language if rng.random() < 0.3 else "en",
            disabilities=self.disabilities(), has_nhs_number=is_born and rng.random() < 0.93,
        )  # fmt: skip
        human.has_upn = is_born and age_on(born, self.today) >= 5 and rng.random() < 0.9
        human.surgery = mum.surgery
        human.school = self.school(age_on(born, self.today), human.disabilities) if is_born else None
        if is_born and not expected and self.chance("death") and self.script is None:
            human.died_on = self.today - timedelta(days=rng.randint(20, 200))
        at = self.add(human)
        self.tie_parents(at, mother, father, human)
        return at

    def tie_twins(self, children: list[int]) -> None:
        if (
            len(children) > 1
            and (first := self.people[children[-2]]).expected_on
            and first.expected_on == self.people[children[-1]].expected_on
        ):
            self.kin.append(Kin(children[-2], children[-1], "twin"))
            first.before_birth, self.people[children[-1]].before_birth = "the first twin", "the second twin"

    def ethnicity(self, mother: Human, father: Human | None) -> str | None:
        if self.chance("ethnicity not yet known"):
            return self.rng.choice(("NOBT", None, "REFU"))
        own = mother.ethnicity or "NOBT"
        return ethnicity_of(own, father.ethnicity or own) if father else own

    def disabilities(self) -> tuple[str, ...]:
        if self.theme.key == "disability" and self.rng.random() < 0.6:
            return self.rng.choice((("AUT", "LD"), ("MOB", "PC"), ("LD",), ("AUT",), ("MOB", "HAND", "COMM")))
        if self.chance("disability"):
            return self.rng.choice((("AUT",), ("BEH",), ("LD",), ("HEAR",), ("VIS",), ("CON",), ("DDA",)))
        return ("NONE",) if self.rng.random() < 0.85 else ()

    def school(self, age: int, disabilities: tuple[str, ...]) -> str | None:
        rng = self.rng
        if age < 2:
            return None
        if age < 5:
            return rng.choice(places.NURSERIES) if rng.random() < 0.7 else None
        if {"LD", "MOB"} & set(disabilities) and rng.random() < 0.6:
            return places.SPECIALS[0]
        return rng.choice(places.PRIMARIES if age < 11 else places.SECONDARIES) if rng.random() < 0.96 else None

    def tie_parents(self, child: int, mother: int, father: int | None, human: Human) -> None:
        rng = self.rng
        responsible = {"has_parental_responsibility": True}
        self.kin.append(
            Kin(child, mother, "mother", {**responsible, "parental_responsibility_basis": "birth_mother", "is_main_carer": True})
        )
        if father is None:
            return
        told = rng.random()
        more = {**responsible, "parental_responsibility_basis": rng.choice(("birth_registration", "married_father"))} if told < 0.72 else {}
        if told > 0.92:
            more = {"has_parental_responsibility": False}
        if human.born_on is None:
            more = {"is_confirmed": rng.random() < 0.6}
        self.kin.append(Kin(child, father, "father", more))

    def homes(self, mother: int, fathers: list[int], children: list[int]) -> list[list[int]]:
        rng = self.rng
        moved_in = self.first_on - timedelta(days=rng.randint(60, 2_500))
        together = [mother, *children]
        apart = list(fathers[:-1])
        if fathers:
            lives_elsewhere = self.chance("father lives elsewhere") or self.script in ("confidential", "two fathers")
            (apart if lives_elsewhere else together).append(fathers[-1])
            self.kin.append(Kin(mother, fathers[-1], "former_partner" if lives_elsewhere else "partner"))
        if self.chance("partner in the home") and len(apart) == len(fathers):
            together.append(self.partner(mother, children))
        if self.chance("kinship carer") or self.script == "kinship":
            together = self.kinship(mother, children, moved_in) or together
        self.settle(together, moved_in, self.fled(fathers))
        for father in apart:
            self.settle([father], moved_in, None)
        if rng.random() < 0.8:
            adult = self.people[mother]
            adult.phone = places.mobile(self.number) if self.number < 1_000 or self.number % 10 == 0 else None
            adult.phone_is_safe = rng.choice((True, True, None, False))
        return [together, *([father] for father in apart)]

    def partner(self, mother: int, children: list[int]) -> int:
        partner = self.add(
            self.adult(names.draw(self.rng), "M", self.people[mother].begins + timedelta(days=self.rng.randint(-2500, 2500)))
        )
        self.kin.append(Kin(mother, partner, "partner"))
        return partner

    def kinship(self, mother: int, children: list[int], moved_in: date) -> list[int] | None:
        """Grandmother has the children; mother lives apart."""
        if any(self.people[child].born_on is None for child in children):
            return None
        mum = self.people[mother]
        carer = self.add(self.adult(self.mothers, "F", mum.begins - timedelta(days=self.rng.randint(17 * 366, 30 * 365)), mum.family))
        for kin in self.kin:
            if kin.kind == "mother":
                kin.more["is_main_carer"] = False
        self.kin += [Kin(child, carer, "grandparent", {"is_main_carer": True}) for child in children]
        self.settle([mother], moved_in, None)
        return [carer, *children]

    def fled(self, fathers: list[int]) -> tuple[str, str] | None:
        """Why the address is confidential, and from whom."""
        if not fathers or not (
            self.script == "confidential" or (self.chance("confidential address") and self.theme.key == "domestic_abuse")
        ):
            return None
        father = self.people[fathers[-1]]
        return self.rng.choice(SECRETS).format(f=father.given), f"{father.given} {father.family}"

    def settle(self, group: list[int], moved_in: date, fled: tuple[str, str] | None) -> None:
        """The group's home, and the one before it for some."""
        rng = self.rng
        if self.chance("no address") and self.script is None:
            return
        before = places.home(rng) if self.chance("moved") else None
        home = places.home(rng)
        left = moved_in - timedelta(days=rng.randint(200, 1_200))
        for place in group:
            human = self.people[place]
            since = max(moved_in, human.begins)
            if before and human.begins < left:
                human.stays.append(Stay(before, left, moved_in))
            human.stays.append(Stay(home, since, None, *(fled or (None, None))))
