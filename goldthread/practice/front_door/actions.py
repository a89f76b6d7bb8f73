"""Taking a call, deciding what becomes of it, and handing it on."""

from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate, localtime

from goldthread.core.agencies.queries import allocations_of, team_for
from goldthread.core.people.models import Person
from goldthread.core.records.drafts import save_draft
from goldthread.core.records.models import Record
from goldthread.core.work.actions import give_task
from goldthread.pathway.actions import Completed, begin, open_step
from goldthread.pathway.archetypes import DECIDE, RECORD
from goldthread.pathway.queries import children_of, open_of
from goldthread.pathway.registry import after, definition_of
from goldthread.practice.front_door import wording
from goldthread.practice.front_door.contact import Contact, ContactChild
from goldthread.practice.front_door.feedback import PUBLIC_SOURCES, Feedback
from goldthread.practice.front_door.pathways import BECOMES_A_REFERRAL, DISCUSSION, GOES_TO_THE_WORKER, OPENS, STRATEGY_NOW
from goldthread.practice.front_door.queries import open_cases
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


def raise_danger(*, words: str, by: Any, record: Record | None = None, children: tuple[int, ...] = ()) -> Record:
    """A child may be in danger now: kept at once on the contact (a new one where none is open), and the managers are told.

    Nothing else is needed. ValueError when not a word says who, where or what.
    """
    if not words.strip():
        raise ValueError("Write at least who, or where, or what is happening.")
    record = record or take_call(by=by, children=children)
    if record.step == RECORD:
        draft = open_step(record=record, step=RECORD, by=by)
        before = str(draft.answers.get("danger_words") or "").strip()
        said = f"{before}\n{words}" if before and before != words else words
        save_draft(draft=draft, revision=draft.revision, answers={"danger_now": "yes", "danger_words": said}, by=by)
    what = wording.ask_to_act_on_danger(words)
    give_task(record=record, what=what, team=team_for("front_door"), due_on=localdate(), by=by, is_urgent=True)
    about = children_of(record)
    for allocation in [row for rows in allocations_of(child.pk for child in about).values() for row in rows]:
        holder = {"worker": allocation.worker} if allocation.worker_id else {"team": allocation.team}
        give_task(record=record, what=what, due_on=localdate(), by=by, is_urgent=True, **holder)
    return record


@after(Contact, DECIDE)
def carry_out_the_contact_decision(done: Completed) -> None:
    """Each child's own decision: a referral for those who need one, word to the worker of those already open."""
    decided = {child: sheet.decision for child, sheet in done.answers.of_children().items()}
    whose = open_cases(done.children)
    referred = [child for child in done.children if decided[child.pk] in BECOMES_A_REFERRAL and child.pk not in whose]
    for child in done.children:
        if child.pk in whose and decided[child.pk] in (GOES_TO_THE_WORKER, STRATEGY_NOW):
            tell_the_worker(child=child, record=done.record, what=wording.ask_to_read_today(child), by=done.by)
    discussed = [child for child in done.children if decided[child.pk] == STRATEGY_NOW]
    if discussed:
        open_discussion(after=done, children=discussed, cause=done.detail.caller_words)
    if referred:
        open_referral(contact=done, children=referred)
    tell_the_caller(done, decided, [child for child in done.children if child not in referred])


def open_discussion(*, after: Completed, children: list[Person], cause: str | None) -> None:
    """A strategy discussion is to be held about these children now; those about whom one is open already are in that one."""
    going = open_of(DISCUSSION, [child.pk for child in children])
    wanted = [child.pk for child in children if child.pk not in going]
    if wanted:
        now = localtime(timezone.now())
        opening = {"suspected_on": now.date(), "suspected_at": now.time().replace(second=0, microsecond=0), "cause": cause}
        begin(definition_of(DISCUSSION), children=wanted, by=after.by, follows=after.record, opening=opening)


def tell_the_caller(done: Completed, decided: dict[int, str], others: list[Person]) -> None:
    """To the public one receipt, where it can safely be given. A professional hears of those not referred now, of the others later."""
    if done.detail.source in PUBLIC_SOURCES:
        if done.detail.caller_safe_call_back:
            open_feedback(after=done, children=done.children, receipt_only=True, words=wording.RECEIPT)
    elif others:
        shown = ContactChild._meta.get_field("decision").shown
        words = wording.outcomes_for_caller([(child, shown(decided[child.pk])) for child in others])
        open_feedback(after=done, children=others, receipt_only=False, words=words)


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
            "referrer_is_protected": contact.detail.caller_is_protected,
            "reason": contact.detail.caller_words,
            "is_nfa": False,
        },
        each=worries,
    )
    give_task(record=record, step=DECIDE, what=wording.ask_to_decide_referral(children), team=team_for("front_door"), by=contact.by)
    return record


def tell_the_worker(*, child: Person, record: Record, what: str, by: Any) -> None:
    """A worry about a child who is open: to the worker and the manager, today; to the front door while a referral waits there."""
    held = allocations_of([child.pk]).get(child.pk, [])
    if not held:
        give_task(record=record, what=what, team=team_for("front_door"), due_on=localdate(), by=by)
    for allocation in held:
        if allocation.worker_id:
            give_task(record=record, what=what, worker=allocation.worker, due_on=localdate(), by=by)
        give_task(record=record, what=what, team=allocation.team, due_on=localdate(), by=by)


@after(Referral, DECIDE)
def carry_out_the_referral_decision(done: Completed) -> None:
    """Accepted: the process that answers it opens with what is known. Either way a professional hears.

    A member of the public had the receipt when the contact was decided, and hears nothing more.
    """
    kind = None if done.detail.is_nfa else OPENS.get(done.detail.response)
    if kind is not None:
        begin(
            definition_of(kind),
            children=[child.pk for child in done.children],
            by=done.by,
            follows=done.record,
            opening={"referred_on": done.detail.received_on, "started_on": done.detail.decided_on, "why_now": done.detail.reason},
        )
    if not done.detail.is_nfa and done.detail.response == STRATEGY_NOW:
        open_discussion(after=done, children=done.children, cause=done.detail.reason)
    if done.detail.source not in PUBLIC_SOURCES:
        response = done.detail._meta.get_field("response").shown(done.detail.response)
        told = "no further action by children’s social care" if done.detail.is_nfa else response
        open_feedback(after=done, children=done.children, receipt_only=False, words=wording.outcome_for_referrer(told))


def open_feedback(*, after: Completed, children: list[Person], receipt_only: bool, words: str) -> Record:
    """Somebody at the front door tells the referrer: an outcome to a professional, a receipt to the public."""
    record = begin(
        Feedback,
        children=[child.pk for child in children],
        by=after.by,
        follows=after.record,
        opening={"decided_on": after.detail.decided_on, "receipt_only": receipt_only, "words": words},
    )
    give_task(record=record, step=RECORD, what=wording.ask_to_tell_referrer(children), duty="front_door", by=after.by)
    return record
