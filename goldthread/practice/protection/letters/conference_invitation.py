"""Invitation to a conference. Whoever is excluded learns how they are heard, and neither day, time nor place; whoever comes apart, their own."""

from datetime import date, time
from pathlib import Path
from typing import Any, ClassVar

from goldthread.core.documents.models import Addressee
from goldthread.core.records.models import Record
from goldthread.pathway.letters.declared import LetterKind, Recipient, register
from goldthread.pathway.meeting.actions import deliver, invite, take_back
from goldthread.pathway.meeting.models import Arrangement
from goldthread.pathway.meeting.queries import is_held
from goldthread.pathway.meeting.stages import DELIVERED, INVITED
from goldthread.practice.protection.conferences.conference import Conference
from goldthread.practice.protection.letters import facts
from goldthread.practice.protection.letters.facts import CHILD, EXCLUDED, SPLIT, WHOLE, moment_of

NO_DAY = "No day is arranged yet."
THE_SAME = ("children", "meeting", "interpreter", "own_words", "ring")


def times_in_words(moment: time) -> list[str]:
    """ "14:30", "1430", "2:30 pm", as people write it."""
    hour, half = moment.hour % 12 or 12, "am" if moment.hour < 12 else "pm"
    plain = {f"{moment:%H:%M}", f"{moment:%H%M}", f"{moment.hour}:{moment:%M}", f"{hour}:{moment:%M}"}
    spoken = [f"{hour} o’clock", f"{hour} {half}"] if moment.minute == 0 else []
    return sorted(plain | {f"{one} {half}" for one in plain}) + spoken


def days_in_words(day: date) -> list[str]:
    """ "3 March", "3rd of March", "March 3", "3/3"."""
    ordinal = "th" if 11 <= day.day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    months = (f"{day:%B}", f"{day:%b}")
    words = [f"{number}{of}{month}" for month in months for number in (str(day.day), f"{day.day}{ordinal}") for of in (" ", " of ")]
    return [
        *words,
        *(f"{month} {day.day}" for month in months),
        *(f"{month} {day.day}{ordinal}" for month in months),
        f"{day.day}/{day.month}",
        f"{day:%d/%m}",
    ]


@register
class ConferenceInvitation(LetterKind):
    """Asks one person to a conference, or tells them how it hears them."""

    name, title, of = "conference_invitation", "Invitation", Conference
    words = Path(__file__).with_suffix(".txt")
    facts: ClassVar = {
        "children": facts.children, "need": facts.need, "them": facts.them, "meeting": facts.meeting, "day": facts.day,
        "time": facts.time, "place": facts.place, "tell_you_where": facts.tell_you_where, "chair": facts.chair,
        "interpreter": facts.interpreter, "reach_us": facts.reach_us, "own_words": facts.own_words, "ring": facts.ring,
    }  # fmt: skip
    allowed: ClassVar = {
        WHOLE: (*THE_SAME, "need", "them", "day", "time", "place", "tell_you_where", "chair"),
        SPLIT: (*THE_SAME, "need", "them", "day", "time", "place", "tell_you_where", "chair"),
        EXCLUDED: (*THE_SAME, "need", "them", "reach_us"),
        CHILD: (*THE_SAME, "day", "time", "place", "tell_you_where", "chair"),
    }
    needed: ClassVar = {
        WHOLE: {"day": NO_DAY, "time": "No time is arranged yet."},
        SPLIT: {"day": NO_DAY, "time": "Write the time at which this person comes: never that of the others."},
        EXCLUDED: {"reach_us": "Write how this person is heard: whom to ring or write to, and until when."},
        CHILD: {"day": NO_DAY, "time": "No time is arranged yet."},
    }
    asks: ClassVar = {
        WHOLE: ("come_to", "own_words"),
        SPLIT: ("own_time", "come_to", "own_words"),
        EXCLUDED: ("reach_us", "own_words"),
        CHILD: ("come_to", "own_words"),
    }

    @classmethod
    def is_due(cls, record: Record) -> str:
        return "The conference has been held." if is_held(record) else ""

    @classmethod
    def recipients(cls, record: Record) -> list[Recipient]:
        return facts.of_family(record)

    @classmethod
    def hidden(cls, record: Record, recipient: Recipient) -> list[str]:
        """Whoever is kept out learns neither day, time nor place from what somebody types; whoever comes apart, not when the others do."""
        held = Arrangement.objects.filter(record=record).first()
        if held is None or recipient.standing not in (SPLIT, EXCLUDED):
            return []
        found = times_in_words(held.planned_at) if held.planned_at else []
        if recipient.standing == EXCLUDED:
            found += days_in_words(held.planned_on) if held.planned_on else []
            found += [held.joining] if held.joining else []
        return found

    @classmethod
    def went(cls, addressee: Addressee, how: str, by: Any, on: date) -> None:
        for invitee in addressee.record.invitees.filter(person=addressee.person, left_out_at=None, invited_at=None):
            invite(invitee=invitee, how="in_person" if how == "in_person" else "letter", by=by, at=moment_of(on), is_noted=True)

    @classmethod
    def came(cls, addressee: Addressee, what: str, by: Any, on: date) -> None:
        invited = addressee.record.invitees.filter(person=addressee.person, left_out_at=None, invited_at__isnull=False)
        if what != "came_back":
            for invitee in invited.filter(delivered_at=None):
                deliver(invitee=invitee, by=by, at=moment_of(on, invitee.invited_at))
            return
        for invitee in invited.filter(invited_how="letter", reply=None):
            if invitee.delivered_at:
                take_back(invitee=invitee, stage=DELIVERED)
            take_back(invitee=invitee, stage=INVITED)
