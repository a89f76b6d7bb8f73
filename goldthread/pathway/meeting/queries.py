"""Reading a meeting: who is in the list, who should be and is not, and whom it waits for."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from goldthread.core.agencies.models import Agency, Allocation, Duty, Holding, Involvement, Team, Worker
from goldthread.core.agencies.queries import CHAIR, CHAIR_ROLE, allocations_of, line_of, managers_of
from goldthread.core.people.models import Person
from goldthread.core.people.queries import parents_of
from goldthread.core.records.models import Record, RecordChild
from goldthread.core.work.models import OPEN, Clock
from goldthread.ground.access.predicate import standing
from goldthread.pathway.meeting.archetype import MEETING, Meeting
from goldthread.pathway.meeting.models import Arrangement, Invitee
from goldthread.pathway.queries import adults_around, children_of
from goldthread.pathway.registry import definition_of, definitions

OURS = "local_authority"
MUST, IN_GROUP = "must be there", "was named to carry it on"
WAITS_FOR_REPLY = Q(left_out_at=None, invited_at__isnull=False, replied_at=None, attended=None)
WAITS_FOR_ACKNOWLEDGEMENT = Q(left_out_at=None, person=None, sent_at__isnull=False, acknowledged_at=None)


@dataclass(frozen=True)
class Proposed:
    """Somebody who should be there, and why we think so."""

    role: str
    why: str
    name: str | None = None
    agency: Agency | None = None
    worker: Any = None
    person: Person | None = None
    agency_kind: str | None = None
    required: str | None = None
    phone: str | None = None
    email: str | None = None

    @property
    def key(self) -> str:
        return key_of(self)


def key_of(one: Proposed | Invitee) -> str:
    """The same person (or the same seat), however often the children's records name them, and whoever put them in the list."""
    if one.worker is not None:
        return f"worker {one.worker.pk}"
    if one.person is not None:
        return f"person {one.person.pk}"
    if one.agency is None:
        return f"role {one.required}"
    return f"agency {one.agency.pk}: {(one.name or '').casefold()}, {one.role.casefold()}"


def invitees_of(record: Record) -> QuerySet[Invitee]:
    """In the order they were listed; those left out too."""
    return record.invitees.select_related("agency", "worker", "person").order_by("pk")


def proposed_for(definition: type[Meeting], children: list[Person], follows: Record | None, user: Any) -> list[Proposed]:
    """The group that the meeting it follows has named; or else the partners asked to the meeting it comes from, our own workers,
    every professional who knows one of the children, and the adults of the family where the meeting is for them. And a seat for
    each required role that nobody fills. An earlier meeting that this user may not see names nobody."""
    found: dict[str, Proposed] = {}
    named = list(_group(follows, user)) if definition.is_of_group else []
    known = (
        _asked_before(definition, follows, user),
        _ours(definition, children),
        _involved(definition, children),
        _family(definition, children),
    )
    for one in named or chain.from_iterable(known):
        found.setdefault(one.key, one)
    filled = {one.required for one in found.values()}
    for role in definition.required:
        if role.key not in filled and role.is_proposed:
            agencies = list(Agency.objects.filter(kind__in=role.kinds, is_own_authority=False)[:2])
            only = agencies[0] if len(agencies) == 1 else None
            seat = Proposed(
                role.title, MUST, agency=only, agency_kind=only.kind if only else role.kinds[0], required=role.key,
                phone=only.phone if only else None, email=only.email if only else None,
            )  # fmt: skip
            found[seat.key] = seat
    return list(found.values())


def _group(follows: Record | None, user: Any) -> Iterable[Proposed]:
    before = _as_seen(follows, user)
    for row in invitees_of(before).filter(in_group=True, left_out_at=None) if before else []:
        yield _again(row, IN_GROUP)


def _asked_before(definition: type[Meeting], follows: Record | None, user: Any) -> Iterable[Proposed]:
    """From the strategy discussion, through its enquiry, to the conference; from a conference to its review. Nobody is typed twice."""
    before = meeting_before(follows, user)
    if before is not None:
        title = definition_of(before.kind).title
        for row in invitees_of(before).filter(left_out_at=None, worker=None, person=None).exclude(agency=None, name=None):
            again = _again(row, f"was asked to the {title[:1].lower()}{title[1:]}")
            yield replace(again, required=definition.filled_by(row.agency_kind or ""))


def meeting_before(follows: Record | None, user: Any) -> Record | None:
    """The meeting that a record comes from, through whatever was written between; None where it is withdrawn, or not for this user."""
    while follows is not None and not follows.invitees.exists():
        follows = follows.follows
    return _as_seen(follows, user)


def _as_seen(record: Record | None, user: Any) -> Record | None:
    return Record.objects.standing().seen_by(user).filter(pk=record.pk).first() if record else None


def _again(row: Invitee, why: str) -> Proposed:
    return Proposed(
        row.role, why, row.name, agency=row.agency, worker=row.worker, person=row.person, agency_kind=row.agency_kind,
        required=row.required, phone=row.phone, email=row.email,
    )  # fmt: skip


def _ours(definition: type[Meeting], children: list[Person]) -> Iterable[Proposed]:
    """Whoever answers for the children, and their managers."""
    rows = [row for found in allocations_of(child.pk for child in children).values() for row in found]
    required = definition.filled_by(OURS)
    for row in rows:
        if row.worker is not None:
            role = Allocation.ROLES.get(row.role, row.role)
            yield Proposed(
                role, "answers for the child", row.worker.name, worker=row.worker, agency_kind=OURS, required=required,
                phone=row.worker.phone, email=row.worker.email,
            )  # fmt: skip
    for team in {row.team_id: row.team for row in rows}.values():
        for manager in managers_of(team.pk)[:1]:
            yield Proposed(
                "Team manager", f"manages {team.name}", manager.name, worker=manager, agency_kind=OURS, required=required,
                phone=manager.phone or team.phone, email=manager.email,
            )  # fmt: skip


def _involved(definition: type[Meeting], children: list[Person]) -> Iterable[Proposed]:
    names = {child.pk: str(child) for child in children}
    current = Involvement.objects.on(localdate()).filter(child__in=names).exclude(role=CHAIR_ROLE)
    rows = list(current.select_related("agency", "worker").order_by("pk"))
    knows: dict[tuple[int, str, str], list[str]] = {}
    for row in rows:
        known = knows.setdefault((row.agency_id, (row.name or "").casefold(), row.role.casefold()), [])
        if names[row.child_id] not in known:
            known.append(names[row.child_id])
    for row in rows:
        known = knows[row.agency_id, (row.name or "").casefold(), row.role.casefold()]
        yield Proposed(
            row.role, f"knows {' and '.join(known)}", row.name, agency=row.agency, worker=row.worker, agency_kind=row.agency.kind,
            required=definition.filled_by(row.agency.kind),
            phone=row.phone or row.agency.phone, email=row.email or (row.worker.email if row.worker else None) or row.agency.email,
        )  # fmt: skip


def _family(definition: type[Meeting], children: list[Person]) -> Iterable[Proposed]:
    """Without telephone or e-mail: how each may safely be reached stands on their own record."""
    if definition.invites_family:
        ties = [relative for found in parents_of(children).values() for relative in found]
        roles = {tie.person.pk: tie.words.capitalize() for tie in ties}
        for adult in adults_around(children):
            yield Proposed(roles.get(adult.pk, "Lives with the children"), "is family", str(adult), person=adult)


def not_in_the_list(definition: type[Meeting], record: Record, user: Any) -> list[Proposed]:
    """Those who should be there by what this user may see, and who are neither listed nor left out with a reason."""
    rows = list(invitees_of(record))
    listed, seats = {row.proposed_as for row in rows} | {key_of(row) for row in rows}, {row.required for row in rows}
    proposed = proposed_for(definition, children_of(record), record.follows, user)
    return [one for one in proposed if one.key not in listed and (one.why != MUST or one.required not in seats)]


def required_left_unanswered(definition: type[Meeting], invitees: Iterable[Invitee]) -> list[str]:
    """Required roles with nobody in the list and no reason given."""
    seats = {invitee.required for invitee in invitees}
    return [role.title for role in definition.required if role.is_proposed and role.key not in seats]


def meeting_kind(record: Record) -> type[Meeting]:
    """LookupError for a record that is no meeting."""
    definition = definition_of(record.kind)
    if not issubclass(definition, Meeting):
        raise LookupError(f"{record.kind} is not a meeting.")
    return definition


def is_held(record: Record) -> bool:
    """What was decided has been recorded."""
    return record.state in (Record.AGREED, Record.SUBMITTED)


def is_quorate(record: Record) -> bool:
    """Those who must be there took part, by role and not by number."""
    return not meeting_kind(record).lacking(list(record.invitees.all()), chair_of(record))


def chair_of(record: Record) -> int | None:
    """The worker’s key of whoever is in the chair."""
    return Arrangement.objects.filter(record=record).values_list("chair_id", flat=True).first()


def next_day(definition: type[Meeting], child: int) -> date | None:
    """The day arranged for the child's next meeting of this kind; None where none waits, or it has no day yet."""
    waiting = RecordChild.objects.filter(child=child, removed_at=None, record__kind=definition.kind(), record__step__isnull=False)
    days = waiting.exclude(record__state=Record.VOID).filter(record__arrangement__planned_on__isnull=False)
    return days.order_by("record").values_list("record__arrangement__planned_on", flat=True).first()


def chairs_of(children: Iterable[int]) -> dict[int, set[int]]:
    """Of each child (by key): the workers’ keys of those outside the line who chair a meeting about the child that is still to be held."""
    found: dict[int, set[int]] = {child: set() for child in children}
    kinds = [kind for kind, one in definitions().items() if issubclass(one, Meeting) and one.chair_is_independent]
    links = RecordChild.objects.filter(child__in=found, removed_at=None, record__kind__in=kinds, record__step__isnull=False)
    chaired = links.exclude(record__state=Record.VOID).filter(record__arrangement__chair__isnull=False)
    for child, chair in chaired.values_list("child", "record__arrangement__chair"):
        found[child].add(chair)
    return found


def held_by(record: Record) -> date | None:
    """The first day on which a clock runs out that this meeting meets: of its own, or of what it follows."""
    about = record.children.filter(removed_at=None).values("child")
    return first_due(meeting_kind(record), about)


def first_due(definition: type[Meeting], children: Any) -> date | None:
    """The first day on which a clock of these children runs out that a meeting of this kind meets."""
    clocks = Clock.objects.filter(OPEN, key__in=definition.held_by, child__in=children, due_on__isnull=False)
    return clocks.order_by("due_on").values_list("due_on", flat=True).first()


def chairs_for(definition: type[Meeting], record: Record, user: Any) -> list[Worker]:
    """Who may chair it: our own in the list, managers of the teams concerned and of the front door, and the one who asks, if they may."""
    children = children_of(record)
    teams = {row.team_id for found in allocations_of(child.pk for child in children).values() for row in found}
    teams |= set(Team.objects.filter(purpose__in=definition.chaired_from, closed_on=None).values_list("pk", flat=True))
    day = localdate()
    managing = Holding.objects.on(day).filter(post__team__in=teams, post__is_manager=True).values("worker")
    if definition.chair_is_independent:
        duty = Duty.objects.on(day).filter(role=CHAIR).values("worker")
        outside, line = Worker.objects.filter(Q(pk__in=duty) | Q(pk__in=managing)).order_by("name"), line_of(child.pk for child in children)
        return [worker for worker in outside if not definition.may_not_chair(worker, children, line)]
    wanted = Q(pk__in=managing) | Q(pk__in=record.invitees.exclude(worker=None).values("worker")) | Q(pk=standing(user).worker_id)
    return list(Worker.objects.filter(wanted).order_by("name"))


def holder_of(record: Record) -> dict[str, Any]:
    """Whoever was asked to hold it, as `give_task` takes it; else the front door."""
    last = record.tasks.filter(step=MEETING).order_by("-pk").first()
    if last is None:
        return {"duty": "front_door"}
    return {"worker": last.worker} if last.worker_id else {"team": last.team} if last.team_id else {"duty": last.duty}


def about_somebody_still_there() -> Q:
    """Of invitees: a child of the meeting lives, or is still expected. After a loss or a death nothing is sent and nobody chased."""
    links = RecordChild.objects.filter(record=OuterRef("record"), removed_at=None, child__died_on=None, child__pregnancy_ended_on=None)
    return Q(Exists(links))
