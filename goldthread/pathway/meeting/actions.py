"""What is done about a meeting: listing, leaving out, inviting, answering, coming, bringing, sending, acknowledging, filing.

Each takes the row's lock, asks `stages` whether it may be, and writes who wrote it down; `by=None` is the invitee
themselves, by a link. NotNow carries the sentence for the one who pressed.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.timezone import localdate

from goldthread.core.agencies.models import Agency, Worker
from goldthread.core.people.models import Person
from goldthread.core.records.models import Draft, Record
from goldthread.core.work.models import OPEN, Clock, Task
from goldthread.ground.boot.many_rows import insert_many
from goldthread.ground.codes.code_lists import codes
from goldthread.pathway.actions import NotNow
from goldthread.pathway.meeting.archetype import HOLD, Meeting
from goldthread.pathway.meeting.chair.actions import hand_over
from goldthread.pathway.meeting.models import Arrangement, Contribution, Invitee
from goldthread.pathway.meeting.queries import (
    IN_GROUP,
    WAITS_FOR_ACKNOWLEDGEMENT,
    WAITS_FOR_REPLY,
    chair_of,
    held_by,
    is_held,
    meeting_kind,
    not_in_the_list,
)
from goldthread.pathway.meeting.reports.actions import date_reports, seal_again
from goldthread.pathway.meeting.sharing import note_stage, take_back_stage
from goldthread.pathway.meeting.stages import (
    ACKNOWLEDGED,
    ATTENDED,
    DELIVERED,
    FILED,
    INVITED,
    REPLIED,
    SENT,
    STAGES,
    refusal,
    refusal_to_take_back,
)
from goldthread.pathway.meeting.wording import ACKNOWLEDGE, ANSWER, SEND
from goldthread.pathway.queries import children_of
from goldthread.pathway.registry import likely

HEARD_AT_ONCE = ("telephone", "in_person", "at_the_meeting")  # codes meeting.told_how: sent and delivered are one moment


def arrange(
    *, record: Record, planned_on: date | None, planned_at: time | None = None, how: str | None = None, joining: str | None = None,
    chair: Worker | None = None,
) -> Arrangement:  # fmt: skip
    """When, how and under whom; said anew, it takes the place of what was said.

    ValueError for a time without a day, or a chair who may not be. An independent chair sees the children's records from then
    on, and whoever is named no longer does not.
    """
    if planned_at is not None and planned_on is None:
        raise ValueError("Write the day as well as the time.")
    values = {"planned_on": planned_on, "planned_at": planned_at, "how": how, "joining": joining, "chair": chair}
    if chair is not None and (why := meeting_kind(record).may_not_chair(chair, children_of(record))):
        raise ValueError(why)
    before, chaired = as_arranged(record), chair_of(record)
    made = Arrangement.objects.update_or_create(record=record, defaults=values)[0]
    _keep_in_the_form(record, before, as_arranged(record))
    date_reports(record=record)
    Task.objects.filter(Task.OPEN, record=record, step=HOLD).update(due_on=planned_on or held_by(record))
    if meeting_kind(record).chair_is_independent:
        hand_over(record, before=chaired, chair=chair)
    return made


def note_called_off(*, record: Record) -> None:
    """A meeting that is withdrawn was called off today; one that stands again was not."""
    if record.state == Record.VOID:
        Arrangement.objects.update_or_create(record=record, defaults={"called_off_on": localdate()})
    else:
        Arrangement.objects.filter(record=record, called_off_on__isnull=False).update(called_off_on=None)


@likely(Meeting, HOLD)
def as_arranged(record: Record) -> dict[str, str]:
    """The form's answers that an arrangement foresees, as they would have been typed."""
    arrangement = Arrangement.objects.filter(record=record).first()
    if arrangement is None:
        return {}
    day, at = arrangement.planned_on, arrangement.planned_at
    typed = {"held_on-day": str(day.day), "held_on-month": str(day.month), "held_on-year": str(day.year)} if day else {}
    typed |= {"held_on-time": f"{at:%H:%M}"} if at else {}
    return typed | ({"held_how": arrangement.how} if arrangement.how else {})


def _keep_in_the_form(record: Record, before: dict[str, str], now: dict[str, str]) -> None:
    """It is most likely held as arranged, so that need not be typed again. What somebody typed otherwise stands."""
    draft = Draft.objects.select_for_update().filter(record=record, step=HOLD).first()
    if draft is None:
        return  # it stands there once the step is opened (`likely`)
    for name in {*before, *now}:
        if draft.answers.get(name) in (None, "", before.get(name)):
            draft.answers[name] = now.get(name, "")
    draft.save(update_fields=["answers"])


def list_proposed(*, record: Record, by: Any) -> list[Invitee]:
    """Everyone who should be there goes into the list, to be asked or left out with a reason. Once each."""
    rows = [
        Invitee(
            record=record, agency=one.agency if one.worker is None else None, worker=one.worker, person=one.person, in_group=one.why == IN_GROUP, agency_kind=one.agency_kind,
            required=one.required, name=one.name, role=one.role, phone=one.phone, email=one.email, proposed_as=one.key, listed_by=by,
        )
        for one in not_in_the_list(meeting_kind(record), record, by)
    ]  # fmt: skip
    insert_many(rows)
    return rows


def add_to_list(
    *, record: Record, role: str, by: Any, name: str | None = None, agency: Agency | None = None, worker: Worker | None = None,
    person: Person | None = None, phone: str | None = None, email: str | None = None,
) -> Invitee:  # fmt: skip
    """One more to ask. ValueError for family where the meeting is not for them, or for somebody who is in the list."""
    definition = meeting_kind(record)
    if person is not None and not definition.invites_family:
        raise ValueError(f"Family are not invited to a {definition.title.lower()}. What they may be told, and by whom, is decided there.")
    if not role.strip():
        raise ValueError("Say what they are to the child, or what they do.")
    kind = agency.kind if agency else "local_authority" if worker else None
    same = record.invitees.filter(left_out_at=None)
    if (worker and same.filter(worker=worker).exists()) or (person and same.filter(person=person).exists()):
        raise ValueError(f"{worker.name if worker else person} is in the list already.")
    return Invitee.objects.create(
        record=record, role=role.strip(), name=(name or "").strip() or (worker.name if worker else str(person) if person else None),
        agency=agency, worker=worker, person=person, agency_kind=kind, required=definition.filled_by(kind) if kind else None,
        phone=phone or (worker.phone if worker else None), email=email or (worker.email if worker else None), listed_by=by,
    )  # fmt: skip


def describe(*, invitee: Invitee, name: str | None, role: str, phone: str | None, email: str | None) -> None:
    """Who it is and how to reach them, put right."""
    if not role.strip():
        raise ValueError("Say what they are to the child, or what they do.")
    invitee.name, invitee.role, invitee.phone, invitee.email = name, role.strip(), phone, email
    invitee.save(update_fields=["name", "role", "phone", "email"])


def leave_out(*, invitee: Invitee, why: str, by: Any, though_asked: bool = False) -> None:
    """Not asked, for a reason that stays in the list. ValueError without one; NotNow once they have been asked or came.

    `though_asked`: the chair has decided it since; somebody must tell them.
    """
    if not why.strip():
        raise ValueError(f"Say why {invitee} is not asked.")
    with transaction.atomic():
        row = _locked(invitee)
        if row.attended or (row.invited_at and not though_asked):
            raise NotNow(f"{row} has been asked already: write down that they did not come instead.")
        row.left_out_at, row.left_out_by, row.left_out_why = timezone.now(), by, why.strip()
        row.save(update_fields=["left_out_at", "left_out_by", "left_out_why"])
        _stop_chasing(row.record, ANSWER, WAITS_FOR_REPLY, by)


def put_back(*, invitee: Invitee) -> None:
    """Asked after all. NotNow where they have been put in the list again meanwhile."""
    columns = ("left_out_at", "left_out_by", "left_out_why")
    with transaction.atomic():
        row = _locked(invitee)
        same = Q(worker=row.worker_id, worker__isnull=False) | Q(person=row.person_id, person__isnull=False)
        if row.record.invitees.filter(same, left_out_at=None).exclude(pk=row.pk).exists():
            raise NotNow(f"{row} is in the list already.")
        for column in columns:
            setattr(row, column, None)
        row.save(update_fields=columns)
        _copy(row, invitee, columns)


def invite(*, invitee: Invitee, how: str, by: Any, at: datetime | None = None, is_noted: bool = False) -> None:
    """Asked: `how` is from codes meeting.told_how. By telephone or in person they have it at once. `is_noted`: its letter is the share."""
    moment = at or timezone.now()
    heard = {"delivered_at": moment, "delivered_by": by} if how in HEARD_AT_ONCE else {}
    _write(invitee, INVITED, {"invited_at": moment, "invited_how": _told(how), "invited_by": by} | heard, is_noted)


def deliver(*, invitee: Invitee, by: Any, at: datetime | None = None) -> None:
    """They have the invitation."""
    _write(invitee, DELIVERED, {"delivered_at": at or timezone.now(), "delivered_by": by})


def reply(
    *, invitee: Invitee, answer: str, by: Any, words: str | None = None, delegate_name: str | None = None,
    delegate_role: str | None = None, at: datetime | None = None,
) -> None:  # fmt: skip
    """Their answer, which may change. Whoever answers has the invitation. ValueError for a delegate without a name."""
    if answer not in Invitee.REPLIES:
        raise ValueError("Choose whether they come.")
    sends_other = answer == Invitee.DELEGATED
    if sends_other and not (delegate_name or "").strip():
        raise ValueError("Write the name of whoever comes in their place.")
    moment = at or timezone.now()
    delegate = {"delegate_name": (delegate_name or "").strip(), "delegate_role": (delegate_role or "").strip() or None}
    values = {"reply": answer, "replied_at": moment, "replied_by": by, "reply_words": (words or "").strip() or None}
    values |= delegate if sends_other else dict.fromkeys(delegate)
    if invitee.delivered_at is None and invitee.invited_at is not None:
        values |= {"delivered_at": moment, "delivered_by": by}
    _write(invitee, REPLIED, values)
    _stop_chasing(invitee.record, ANSWER, WAITS_FOR_REPLY, by)


def attend(*, invitee: Invitee, attended: str, by: Any, why_absent: str | None = None) -> None:
    """How they took part, or that they did not. Somebody rung in the night was never invited, and that is no fault."""
    if attended not in Invitee.ATTENDED:
        raise ValueError("Choose how they took part.")
    absent = (why_absent or "").strip() or None if attended == Invitee.NOT else None
    _write(invitee, ATTENDED, {"attended": attended, "attended_noted_at": timezone.now(), "attended_by": by, "why_absent": absent})
    _stop_chasing(invitee.record, ANSWER, WAITS_FOR_REPLY, by)
    seal_again(invitee=invitee, why=f"Written down later: whether {invitee} came.", by=by)


def contribute(*, invitee: Invitee, words: str, onward: str, by: Any, given_on: date | None = None) -> Contribution:
    """What they brought, in their words, with how far it may travel (codes meeting.onward). ValueError for either missing."""
    if not words.strip():
        raise ValueError("Write what they brought.")
    if problem := codes("meeting.onward").check(onward or ""):
        raise ValueError(f"Choose how far it may travel. {problem}" if onward else "Choose how far it may travel.")
    made = Contribution.objects.create(invitee=invitee, words=words.strip(), onward=onward, given_on=given_on or localdate(), noted_by=by)
    seal_again(invitee=invitee, why=f"Written down later: what {invitee} brought.", by=by)
    return made


def send_decisions(*, invitee: Invitee, how: str, by: Any, at: datetime | None = None, is_noted: bool = False) -> None:
    """They have been sent or told what was decided; when the last has, nobody is asked to send any more. `is_noted` as `invite`."""
    _write(invitee, SENT, {"sent_at": at or timezone.now(), "sent_how": _told(how), "sent_by": by}, is_noted)
    if not invitee.record.invitees.filter(left_out_at=None, sent_at=None).exists():
        _stop_chasing(invitee.record, SEND, Q(pk=None), by)
        clocks = Clock.objects.filter(OPEN, record=invitee.record, key=meeting_kind(invitee.record).sent_clock)
        clocks.update(met_on=localdate(invitee.sent_at))


def acknowledge(*, invitee: Invitee, by: Any, at: datetime | None = None) -> None:
    """They say that they have the decisions."""
    _write(invitee, ACKNOWLEDGED, {"acknowledged_at": at or timezone.now(), "acknowledged_by": by})
    _stop_chasing(invitee.record, ACKNOWLEDGE, WAITS_FOR_ACKNOWLEDGEMENT, by)


def file(*, invitee: Invitee, on: date, by: Any, number: str | None = None) -> None:
    """The decisions stand on their own system since that day, under that number. ValueError for a day to come."""
    if on > localdate():
        raise ValueError("The day is in the future: write when they filed it.")
    _write(invitee, FILED, {"filed_on": on, "filed_as": (number or "").strip() or None, "filed_noted_at": timezone.now(), "filed_by": by})


def take_back(*, invitee: Invitee, stage: str) -> None:
    """A stage was written down in error: it is unknown again. What was there stays in the trail."""
    with transaction.atomic():
        row = _locked(invitee)
        if row.record.state == Record.VOID:
            raise NotNow("This meeting is withdrawn.")
        if words := refusal_to_take_back(row, stage, is_held=is_held(row.record)):
            raise NotNow(words)
        columns = STAGES[stage].columns
        for column in columns:
            setattr(row, column, None)
        row.save(update_fields=columns)
        _copy(row, invitee, columns)
        take_back_stage(row, stage)
        if stage == SENT:
            clocks = Clock.objects.filter(record=row.record, key=meeting_kind(row.record).sent_clock, is_current=True, stopped_on=None)
            clocks.update(met_on=None)


def _write(invitee: Invitee, stage: str, values: dict[str, Any], is_noted: bool = False) -> None:
    with transaction.atomic():
        row = _locked(invitee)
        if row.record.state == Record.VOID:
            raise NotNow("This meeting is withdrawn.")
        if words := refusal(row, stage, is_held=is_held(row.record)):
            raise NotNow(words)
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=list(values))
        _copy(row, invitee, values)
        if not is_noted:
            note_stage(row, stage)


def _stop_chasing(record: Record, what: str, waiting: Q, by: Any) -> None:
    """The last of them has: nobody is asked to ring any more."""
    if not record.invitees.filter(waiting).exists():
        Task.objects.filter(Task.OPEN, record=record, what__startswith=what).update(done_at=timezone.now(), done_by=by)


def _locked(invitee: Invitee) -> Invitee:
    return Invitee.objects.select_for_update(of=("self",)).select_related("record").get(pk=invitee.pk)


def _copy(row: Invitee, invitee: Invitee, names: Iterable[str]) -> None:
    """The caller's own object says the same as the row."""
    for name in names:
        setattr(invitee, name, getattr(row, name))


def _told(how: str) -> str:
    if problem := codes("meeting.told_how").check(how):
        raise ValueError(problem)
    return how
