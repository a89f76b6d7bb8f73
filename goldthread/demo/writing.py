"""Writing lives down: people, ties, records, notes, allocations and tasks, each by the batch form of its action."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from goldthread.core.agencies.actions import allocate_many, involve_many
from goldthread.core.agencies.models import Allocation, Involvement
from goldthread.core.agencies.queries import CHAIR_ROLE
from goldthread.core.people.actions import create_people, make_households, relate_many
from goldthread.core.people.facts import At, Name, NewPerson, Number, Place, Reach, Tie
from goldthread.core.people.identifier_systems import NHS_NUMBER, la_child_id_system, upn_system
from goldthread.core.people.models import Person
from goldthread.core.records.actions import write_notes_many
from goldthread.core.records.models import CASE_NOTE, Record
from goldthread.core.work.actions import Running, give_many, link_up
from goldthread.core.work.models import OPEN, Clock, Task
from goldthread.demo import places
from goldthread.demo.identifiers import nhs_number, unique_pupil_number
from goldthread.demo.people import Asked, Happening, Human, Job, Life, Stay
from goldthread.demo.people_to_meet import CHAIR
from goldthread.demo.writing_staff import Standing
from goldthread.ground.time.ages import age_on
from goldthread.pathway.batch import Done, Entry, record_many
from goldthread.pathway.definition import Detail, EachChild, EachParent, Several
from goldthread.pathway.meeting.models import Arrangement, Contribution, Invitee, Report, Shared, View
from goldthread.pathway.meeting.sharing import note_many
from goldthread.pathway.registry import definition_of
from goldthread.practice.protection.models import InitialConference

LINKS = ("visit.cp", "visit.cin", "plan.cp.core_group.later")


@dataclass
class Writer:
    """Writes one batch of lives after another; keeps only counters between them."""

    standing: Standing
    today: date
    la_code: str
    nhs_numbers: int = 0
    children: int = 0
    headers: int = 0
    letters: int = 0
    by_kind: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def write(self, lives: Sequence[Life]) -> dict[tuple[int, int], Person]:
        """Everything of these lives but what needs single actions (`singly`). Who is who, by family and place."""
        people = self._people(lives)
        self._ties(lives, people)
        self._records(lives, people)
        self._notes(lives, people)
        self._allocations(lives, people)
        link_up(children=[person.pk for person in people.values()], keys=LINKS)
        self._tasks(lives, people)
        return people

    def _people(self, lives: Sequence[Life]) -> dict[tuple[int, int], Person]:
        places_of = [(life.family.number, place, human) for life in lives for place, human in enumerate(life.family.people)]
        made = create_people(people=[self._new_person(human) for _, _, human in places_of])
        return {(family, place): person for (family, place, _), person in zip(places_of, made, strict=True)}

    def _new_person(self, human: Human) -> NewPerson:
        personal = {
            "born_on": human.born_on, "expected_on": human.expected_on, "sex": human.sex, "ethnicity": human.ethnicity,
            "first_language": human.language if human.is_adult or human.language != "en" else None, "needs_interpreter": human.needs_interpreter,
            "interpreter_language": human.language if human.needs_interpreter else None,
            "disabilities": list(human.disabilities) or None, "recorded_as_adult": human.is_adult, "died_on": human.died_on,
        }  # fmt: skip
        if human.ethnicity and human.ethnicity not in ("NOBT", "REFU"):
            personal["ethnicity_source"] = "Told by the family"
        if human.born_on and not human.is_adult and not human.has_upn:
            schooled_from = date(
                self.today.year - (self.today < date(self.today.year, 4, 1)), 8, 31
            )  # as the census of these months reckons it
            personal["upn_unknown"] = "UN1" if age_on(human.born_on, schooled_from) < 4 else "UN4"
        names = [Name(human.given, human.family)] if human.given else []
        reaches = [Reach("phone", human.phone, is_safe=human.phone_is_safe, is_preferred=True)] if human.phone else []
        return NewPerson(
            names,
            self._numbers(human),
            [_at(stay) for stay in human.stays],
            reaches,
            personal={k: v for k, v in personal.items() if v is not None},
        )

    def _numbers(self, human: Human) -> list[Number]:
        found = []
        if human.has_nhs_number:
            self.nhs_numbers += 1
            value = nhs_number(self.nhs_numbers)
            found += [Number(NHS_NUMBER, value)] if value else []
        if human.has_upn and human.born_on:
            found.append(Number(upn_system(), unique_pupil_number(human.number, human.born_on)))
        if not human.is_adult:
            self.children += 1
            found.append(Number(la_child_id_system(), f"{100_000 + self.children}", is_key=True))
        return found

    def _ties(self, lives: Sequence[Life], people: dict[tuple[int, int], Person]) -> None:
        ties, households = [], []
        for life in lives:
            family = life.family
            ties += [
                Tie(people[family.number, kin.person].pk, people[family.number, kin.other].pk, kin.kind, **kin.more) for kin in family.kin
            ]
            for group in family.households:
                stay = next((family.people[place].stays[-1] for place in group if family.people[place].stays), None)
                households.append(
                    ([people[family.number, place].pk for place in group], _place(stay) if stay else None, stay.from_on if stay else None)
                )
        relate_many(ties=ties)
        make_households(households=households)
        unborn = {person.pk: person for person in people.values() if person.is_unborn}
        for pk, shown in Person.objects.filter(pk__in=unborn).values_list("pk", "shown_name"):
            unborn[pk].shown_name = shown

    def _records(self, lives: Sequence[Life], people: dict[tuple[int, int], Person]) -> None:
        """A record is written after the one it follows; of one depth, kind by kind."""
        waves: dict[tuple[int, str], list[tuple[Life, Happening]]] = defaultdict(list)
        for life in lives:
            for happening in life.happenings:
                waves[happening.depth, happening.kind].append((life, happening))
        for (_, kind), rows in sorted(waves.items(), key=lambda wave: wave[0]):
            definition = definition_of(kind)
            entries = [self._entry(definition, life, happening, people) for life, happening in rows]
            record_many(definition, entries)
            note_many(row for entry in entries for row in entry.beside)
            for entry, (_, happening) in zip(entries, rows, strict=True):
                happening.record = entry.record
            self._count(kind, len(rows))

    def _entry(self, definition: type[Detail], life: Life, happening: Happening, people: dict[tuple[int, int], Person]) -> Entry:
        who = {place: people[life.family.number, place] for place in (*happening.children, *happening.parents)}
        each: dict[Any, dict[str, Any]] = {}
        for part in definition.parts():
            if issubclass(part, Several):
                each |= {(part, number): _named(values, who) for number, values in happening.several.items()}
                continue
            answers = happening.each if issubclass(part, EachChild) else happening.of_parents if issubclass(part, EachParent) else {}
            each |= {(part, who[place].pk): values for place, values in answers.items()}
        return Entry(
            children=[who[place] for place in happening.children],
            parents=[who[place] for place in happening.parents],
            values=happening.values,
            each=each,
            happened_on=happening.on,
            recorded_at=happening.recorded_at,
            recorded_by=self.standing.users[happening.by].pk,
            done=[Done(step, self.standing.users[by].pk, at) for step, by, at in happening.done],
            follows=happening.follows.record if happening.follows else None,
            responsible_authority=self.la_code,
            extra_clocks=[Running(key, start, None, met) for key, start, met in happening.extra],
            became=_became(happening),
            beside=self._asked(
                definition, happening, {place: people[life.family.number, place] for place in range(len(life.family.people))}
            )
            if happening.asked
            else [],
            links=happening.links,
        )

    def _asked(self, definition: type[Detail], happening: Happening, who: dict[int, Person]) -> list[Any]:
        """Who chairs a meeting, its invitees, then what they brought, reported and think."""
        invitees: list[Any] = []
        brought: list[Any] = []
        if happening.chair:
            invitees.append(
                Arrangement(
                    planned_on=happening.on,
                    planned_at=happening.at or happening.values.get("held_at"),
                    chair=self.standing.workers[happening.chair],
                )
            )
        for asked in happening.asked:
            agency = self.standing.agencies[asked.agency] if asked.agency else None
            worker = self.standing.workers[asked.worker] if asked.worker else None
            known = self.standing.professionals[asked.agency] if asked.agency else None
            kind = agency.kind if agency else "local_authority" if worker else None
            person = who[asked.person] if asked.person is not None else None
            values = dict(asked.values)
            name = values.pop("name", known.name if known else worker.name if worker else str(person) if person else None)
            invitee = Invitee(
                agency=agency, worker=worker, person=person, agency_kind=kind, required=definition.filled_by(kind) if kind else None, role=asked.role, name=name,  # type: ignore[attr-defined]
                phone=known.phone if known else worker.phone if worker else None, email=agency.email if agency else worker.email if worker else None,
                listed_at=happening.recorded_at, **values, **{name: self.standing.users[by] for name, by in asked.by.items()},
            )  # fmt: skip
            invitees.append(invitee)
            brought += [
                Contribution(invitee=invitee, words=words, onward=onward, given_on=happening.on, noted_at=happening.recorded_at)
                for words, onward in asked.brought
            ]
            brought += self._papers(asked, invitee, who)
        return [*invitees, *brought]

    def _papers(self, asked: Asked, invitee: Invitee, who: dict[int, Person]) -> list[Any]:
        rows: list[Any] = []
        if asked.report is not None:
            report = Report(invitee=invitee, **{name: value for name, value in asked.report.items() if name != "shared"})
            shared = asked.report["shared"].items()
            rows += [report, *(Shared(report=report, person=who[place], shared_on=on, withheld_why=why) for place, (on, why) in shared)]
        return rows + [
            View(invitee=invitee, child=who[child], stands=stands, disagrees_why=why) for child, (stands, why) in asked.views.items()
        ]

    def _notes(self, lives: Sequence[Life], people: dict[tuple[int, int], Person]) -> None:
        rows = []
        for life in lives:
            for note in life.notes:
                header = Record(
                    kind=CASE_NOTE, happened_on=note.on, happened_at=note.at, recorded_at=note.recorded_at,
                    recorded_by_id=self.standing.users[note.by].pk, is_significant=note.is_significant, responsible_authority=self.la_code,
                )  # fmt: skip
                rows.append((header, [people[life.family.number, child].pk for child in note.children], note.kind, note.words))
        write_notes_many(rows)
        self._count(CASE_NOTE, len(rows))

    def _allocations(self, lives: Sequence[Life], people: dict[tuple[int, int], Person]) -> None:
        standing, rows, involved = self.standing, [], []
        for life in lives:
            known: set[int] = set()
            for held in life.held:
                known |= set(held.children)
                worker = standing.workers[held.worker] if held.worker else None
                rows += [
                    Allocation(child=people[life.family.number, child], team=standing.teams[held.team], worker=worker, from_on=held.from_on, until_on=held.until_on, why_ended=held.why_ended)
                    for child in held.children
                ]  # fmt: skip
            for child in sorted(known):
                human = life.family.people[child]
                for name in (human.school, human.surgery, _visitor(human, self.today)):
                    if name:
                        involved.append(self._involvement(people[life.family.number, child], name, life.family.first_on))
                if child in life.on_protection_plan:
                    chair, ours = standing.workers[CHAIR], standing.teams["quality"].service.agency
                    since = next(one.on for one in life.happenings if one.kind == InitialConference.kind() and child in one.children)
                    involved.append(Involvement(child=people[life.family.number, child], agency=ours, name=chair.name, role=CHAIR_ROLE, worker=chair, from_on=since))  # fmt: skip
        allocate_many(rows)
        involve_many(involved)

    def _involvement(self, child: Person, agency: str, since: date) -> Involvement:
        known = self.standing.professionals[agency]
        return Involvement(
            child=child, agency=self.standing.agencies[agency], name=known.name, role=known.role, phone=known.phone, from_on=since
        )

    def _tasks(self, lives: Sequence[Life], people: dict[tuple[int, int], Person]) -> None:
        rounds = Clock.objects.filter(OPEN, key__in=LINKS, child__in=list(people.values()))
        waiting = {(clock.child_id, clock.key): clock for clock in rounds}
        give_many(
            self._task(happening, job, _first(waiting, job.key, [people[life.family.number, child].pk for child in happening.children]))
            for life in lives
            for happening in life.happenings
            for job in happening.jobs
        )

    def _task(self, happening: Happening, job: Job, clock: Clock | None) -> Task:
        standing = self.standing
        return Task(
            record=happening.record, step=job.step, what=job.what, clock=clock, made_at=job.made_at,
            due_on=min(filter(None, (job.due_on, clock.due_on if clock else None)), default=None),
            made_by=standing.users[happening.done[-1][1] if happening.done else happening.by],
            worker=standing.workers[job.worker] if job.worker else None, team=standing.teams[job.team] if job.team else None, duty=job.duty,
        )  # fmt: skip

    def _count(self, kind: str, many: int) -> None:
        self.by_kind[kind] += many
        self.headers += many


def _first(waiting: dict[tuple[int, str], Clock], key: str, children: Sequence[int]) -> Clock | None:
    """The first of these children's clocks to run out."""
    clocks = [waiting[child, key] for child in children if (child, key) in waiting]
    return min(clocks, key=lambda clock: clock.due_on or date.max, default=None)


def _named(values: dict[str, Any], who: dict[int, Person]) -> dict[str, Any]:
    """Whom a need is about, by the references that people have by now."""
    return values | ({"about": sorted(who[place].reference for place in values["about"])} if "about" in values else {})


def _became(happening: Happening) -> dict[str, dict[str, Any]]:
    """What other records made of this one's clocks."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for key, day in happening.met.items():
        found[key]["met_on"] = day
    for key, (day, why) in happening.stopped.items():
        found[key] |= {"stopped_on": day, "stopped_why": why}
    for key, cause in happening.causes.items():
        found[key]["breach_cause"] = cause
    return found


def _place(stay: Stay) -> Place:
    return Place(stay.home.line1, stay.home.line2, places.TOWN, stay.home.postcode)


def _at(stay: Stay) -> At:
    return At(
        _place(stay), from_on=stay.from_on, until_on=stay.until_on, is_confidential=stay.confidential_reason is not None,
        confidential_reason=stay.confidential_reason, confidential_from_whom=stay.confidential_from,
    )  # fmt: skip


def _visitor(human: Human, today: date) -> str | None:
    return "Hallowmere Health Visiting" if human.born_on is None or age_on(human.born_on, today) < 5 else None
