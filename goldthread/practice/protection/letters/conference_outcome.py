"""What a conference decided: to each of the family about those children they may be told of, in words a parent can use."""

from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from goldthread.core.documents.actions import NotSo
from goldthread.core.documents.models import Addressee
from goldthread.core.records.models import Record
from goldthread.pathway.letters.declared import LetterKind, Recipient, register
from goldthread.pathway.meeting.actions import acknowledge, send_decisions, take_back
from goldthread.pathway.meeting.models import Arrangement
from goldthread.pathway.meeting.queries import is_held
from goldthread.pathway.meeting.stages import ACKNOWLEDGED, SENT
from goldthread.pathway.queries import detail_of
from goldthread.practice.protection.conferences.conference import Conference
from goldthread.practice.protection.letters import facts
from goldthread.practice.protection.letters.facts import CHILD, EXCLUDED, SPLIT, WHOLE, moment_of

THE_SAME = ("children", "meeting_was", "decisions", "plan_means", "own_words", "ring")
AT_IT = (*THE_SAME, "held", "plan_words", "plan_copy", "core_group", "review", "worker")


@register
class ConferenceOutcome(LetterKind):
    """Tells one person what was decided, and how to disagree."""

    name, title, of = "conference_outcome", "What was decided", Conference
    words = Path(__file__).with_suffix(".txt")
    facts: ClassVar = {
        "children": facts.children, "meeting_was": facts.meeting_was, "held": facts.held, "decisions": facts.decisions,
        "plan_means": facts.plan_means, "plan_words": facts.plan_words, "plan_copy": facts.plan_copy,
        "core_group": facts.core_group, "review": facts.review, "worker": facts.worker, "own_words": facts.own_words, "ring": facts.ring,
    }  # fmt: skip
    allowed: ClassVar = {WHOLE: AT_IT, SPLIT: AT_IT, EXCLUDED: THE_SAME, CHILD: (*THE_SAME, "held")}
    needed: ClassVar = {
        one: {"decisions": "Nothing was decided for a child they may be told of."} for one in (WHOLE, SPLIT, EXCLUDED, CHILD)
    }
    asks: ClassVar = dict.fromkeys((WHOLE, SPLIT, EXCLUDED, CHILD), ("own_words",))

    @classmethod
    def is_due(cls, record: Record) -> str:
        return "" if is_held(record) else "The conference has not been held yet."

    @classmethod
    def recipients(cls, record: Record) -> list[Recipient]:
        return facts.of_family(record)

    @classmethod
    def hidden(cls, record: Record, recipient: Recipient) -> list[str]:
        """Where they met: nobody needs it now, and it may be near a home that somebody here must not find."""
        held = Arrangement.objects.filter(record=record).first()
        return [held.joining] if held and held.joining else []

    @classmethod
    def went(cls, addressee: Addressee, how: str, by: Any, on: date) -> None:
        held = detail_of(addressee.record)
        if held and held.held_on and on < held.held_on:
            raise NotSo("The day is before the conference was held.", "on")
        for invitee in addressee.record.invitees.filter(person=addressee.person, left_out_at=None, sent_at=None):
            send_decisions(invitee=invitee, how="in_person" if how == "in_person" else "letter", by=by, at=moment_of(on), is_noted=True)

    @classmethod
    def came(cls, addressee: Addressee, what: str, by: Any, on: date) -> None:
        sent = addressee.record.invitees.filter(person=addressee.person, left_out_at=None, sent_at__isnull=False)
        if what == "acknowledged":
            for invitee in sent.filter(acknowledged_at=None):
                acknowledge(invitee=invitee, by=by, at=moment_of(on, invitee.sent_at))
        elif what == "came_back":
            for invitee in sent.filter(sent_how="letter"):
                if invitee.acknowledged_at:
                    take_back(invitee=invitee, stage=ACKNOWLEDGED)
                take_back(invitee=invitee, stage=SENT)
