"""The authority's own people, planned before anything is written: services, teams, posts with their line, duty roles."""

from dataclasses import dataclass, field
from random import Random

from goldthread.demo import names, places
from goldthread.demo.people_to_meet import PEOPLE, Person

# key, name, service, purpose, workers besides the manager; those with a number are as many as the size asks for.
TEAMS = (
    ("front_door", "Front door", "Front door", "front_door", 5),
    ("out_of_hours", "Out of hours", "Front door", "out_of_hours", 2),
    ("assessment_1", "Assessment", "Assessment and family help", "assessment", 4),
    ("assessment_2", "Assessment", "Assessment and family help", "assessment", 4),
    ("family_help_1", "Family help", "Assessment and family help", "family_help", 5),
    ("family_help_2", "Family help", "Assessment and family help", "family_help", 5),
    ("protection_1", "Child protection", "Child protection", "protection", 3),
)
SINGLE = ("front_door", "out_of_hours")
WORKING = ("assessment", "family_help", "protection")


@dataclass(frozen=True)
class TeamPlan:
    key: str
    name: str
    service: str
    purpose: str
    phone: str


@dataclass(frozen=True)
class Roster:
    """Teams by key; members by team, managers first."""

    teams: dict[str, TeamPlan] = field(default_factory=dict)
    members: dict[str, list[Person]] = field(default_factory=dict)

    def of(self, purpose: str) -> list[str]:
        """Keys of the teams that take this work."""
        return [key for key, team in self.teams.items() if team.purpose == purpose]

    def manager(self, team: str) -> Person:
        return self.members[team][0]

    def workers(self, team: str) -> list[Person]:
        return [member for member in self.members[team] if not member.is_manager]

    def everybody(self) -> list[Person]:
        return [member for members in self.members.values() for member in members]


def plan_roster(times: float, seed: str) -> Roster:
    """Every team of a borough so many times the smallest."""
    rng = Random(f"{seed}/staff")
    roster = Roster()
    _add(roster, TeamPlan("service", "Service management", "Assessment and family help", "management", places.landline(900)), 0, rng)
    _add(roster, TeamPlan("quality", "Safeguarding and quality", "Quality", "quality", places.landline(901)), 0, rng)
    for key, name, service, purpose, workers in TEAMS:
        if key in SINGLE:
            _add(
                roster,
                TeamPlan(key, name, service, purpose, places.landline(910 + len(roster.teams))),
                round(workers * max(1.0, times**0.8)),
                rng,
            )
            continue
        stem, _, number = key.rpartition("_")
        step = 2 if (f"{stem}_2", name) in {(other, title) for other, title, *_ in TEAMS} else 1
        for copy in range(max(1, round(times))):
            place = int(number) + step * copy
            shown = f"{name} {place}" if step == 2 or round(times) > 1 else name
            _add(roster, TeamPlan(f"{stem}_{place}", shown, service, purpose, places.landline(910 + len(roster.teams))), workers, rng)
    return roster


def _add(roster: Roster, team: TeamPlan, workers: int, rng: Random) -> None:
    roster.teams[team.key] = team
    known = sorted((person for person in PEOPLE if person.team == team.key), key=lambda person: not person.is_manager)
    taken = {person.username for members in roster.members.values() for person in members} | {person.username for person in PEOPLE}
    if team.purpose in (*WORKING, "front_door") and not any(person.is_manager for person in known):
        known.insert(0, _somebody(rng, team, taken, "Team manager", is_manager=True))
    while sum(not person.is_manager for person in known) < workers:
        known.append(
            _somebody(
                rng,
                team,
                taken,
                {"front_door": "Front-door worker", "out_of_hours": "Out-of-hours worker"}.get(team.purpose, "Social worker"),
            )
        )
    roster.members[team.key] = known


def _somebody(rng: Random, team: TeamPlan, taken: set[str], post: str, *, is_manager: bool = False) -> Person:
    community = names.draw(rng)
    given, family = community.given(rng, "F" if rng.random() < 0.78 else "M"), rng.choice(community.families)
    stem = places.email(f"{given} {family}").removesuffix("@example.org")
    username, number = stem, 2
    while username in taken:
        username, number = f"{stem}.{number}", number + 1
    taken.add(username)
    duties = (team.purpose,) if team.purpose in ("front_door", "out_of_hours") else ()
    return Person(username, f"{given} {family}", post, team.key, "", is_manager, duties)
