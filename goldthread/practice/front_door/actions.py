"""Taking a call, deciding what becomes of it, and handing it on."""

from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate, localtime

from goldthread.core.agencies.queries import allocations_of, team_for
from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.core.work.actions import give_task
from goldthread.pathway.actions import Completed, begin
from goldthread.pathway.archetypes import DECIDE, RECORD
from goldthread.pathway.registry import after, definition_of
from goldthread.practice.front_door import wording
from goldthread.practice.front_door.contact import Contact, ContactChild
from goldthread.practice.front_door.feedback import PUBLIC_SOURCES, Feedback
from goldthread.practice.front_door.pathways import BECOMES_A_REFERRAL, GOES_TO_THE_WORKER, OPENS
from goldthread.practice.front_door.referral import Referral


def take_call(*, by: Any, children: tuple[int, ...] = ()) -> Record:
    """A contact begins now: the clock of screening starts with it."""
    now = localtime(timezone.now())
    return begin(
        Contact, by=by, children=children, opening={"received_on": now.date(), "received_at": now.time().replace(second=0, microsecond=0)}
    )


@after(Contact, RECORD)
def ask_for_a_decision(done: Completed) -> None:
    """The front door's managers are asked to decide; danger is said first."""
    due_on = localdate() if done.detail.danger_now else None
    what = wording.ask_to_decide_contact(done.children, danger_now=done.detail.danger_now)
    is_urgent = bool(done.detail.danger_now)
    give_task(record=done.record, step=DECIDE, what=what, team=team_for("front_door"), by=done.by, due_on=due_on, is_urgent=is_urgent)


@after(Contact, DECIDE)
def carry_out_the_contact_decision(done: Completed) -> None:
    """Each child's own decision: a referral for those who need one, word to the worker of those already open."""
    decided = {sheet.person.pk: sheet for sheet in done.answers.each if sheet.person and sheet.asked_of is ContactChild}
    referred = [child for child in done.children if decided[child.pk].decision in BECOMES_A_REFERRAL]
    for child in done.children:
        if decided[child.pk].decision == GOES_TO_THE_WORKER:
            tell_the_worker(child=child, record=done.record, by=done.by)
    if referred:
        open_referral(contact=done, children=referred)
    elif done.detail.source in PUBLIC_SOURCES and done.detail.caller_safe_call_back:
        open_feedback(after=done, receipt_only=True, words=wording.RECEIPT)


def open_referral(*, contact: Completed, children: list[Person]) -> Record:
    """One referral for these children, with what the contact already says."""
    worries = {sheet.person.pk: {"worry": sheet.worry} for sheet in contact.answers.each if sheet.person}
    record = begin(
        Referral,
        children=[child.pk for child in children],
        by=contact.by,
        follows=contact.record,
        opening={
            "received_on": contact.detail.received_on,
            "received_at": contact.detail.received_at,
            "source": contact.detail.source,
            "reason": contact.detail.caller_words,
            "is_nfa": False,
        },
        each=worries,
    )
    give_task(
        record=record, step=DECIDE, what=wording.ask_to_decide_referral(children), team=team_for("front_door"), by=contact.by
    )
    return record


def tell_the_worker(*, child: Person, record: Record, by: Any) -> None:
    """A worry about a child who is open: to the worker and the manager, today."""
    what = wording.ask_to_read_today(child)
    for allocation in allocations_of([child.pk]).get(child.pk, []):
        if allocation.worker_id:
            give_task(record=record, what=what, worker=allocation.worker, due_on=localdate(), by=by)
        give_task(record=record, what=what, team=allocation.team, due_on=localdate(), by=by)


@after(Referral, DECIDE)
def carry_out_the_referral_decision(done: Completed) -> None:
    """Accepted: the process that answers it opens with what is known. Either way the referrer hears."""
    kind = None if done.detail.is_nfa else OPENS.get(done.detail.response)
    if kind is not None:
        begin(
            definition_of(kind),
            children=[child.pk for child in done.children],
            by=done.by,
            follows=done.record,
            opening={"referred_on": done.detail.received_on, "started_on": done.detail.decided_on, "why_now": done.detail.reason},
        )
    told = (
        "no further action by children’s social care"
        if done.detail.is_nfa
        else done.detail._meta.get_field("response").shown(done.detail.response).lower()
    )
    if done.detail.source in PUBLIC_SOURCES:
        open_feedback(after=done, receipt_only=True, words=wording.RECEIPT)
    else:
        open_feedback(after=done, receipt_only=False, words=wording.outcome_for_referrer(told))


def open_feedback(*, after: Completed, receipt_only: bool, words: str) -> Record:
    """Somebody at the front door tells the referrer: an outcome to a professional, a receipt to the public."""
    record = begin(
        Feedback,
        children=[child.pk for child in after.children],
        by=after.by,
        follows=after.record,
        opening={"decided_on": after.detail.decided_on, "receipt_only": receipt_only, "words": words},
    )
    give_task(record=record, step=RECORD, what=wording.ask_to_tell_referrer(after.children), duty="front_door", by=after.by)
    return record
