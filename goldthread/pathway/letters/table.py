"""The letters of one record as its page shows them: each recipient, what theirs may tell, and how far it has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localdate, localtime

from goldthread.core.documents.models import NO_LETTER, Addressee, Letter
from goldthread.core.documents.queries import Ways
from goldthread.core.people.models import Person
from goldthread.core.people.queries import alerts_for
from goldthread.core.records.models import Record
from goldthread.ground.access.predicate import withheld_among
from goldthread.ground.time.words import short_day
from goldthread.pathway.letters.composing import Composed, called, compose, told_children, way_in_words
from goldthread.pathway.letters.declared import LetterKind, Recipient
from goldthread.pathway.queries import children_of

STANDINGS = {
    "whole": "Comes to all of it",
    "split": "Comes to a part, apart from another adult",
    "excluded": "Not at it: heard apart",
    "child": "The child comes",
}
RESTRICTED = "Somebody whose record is restricted. The restricted-records lead sees to their letter."


@dataclass
class Line:
    """One recipient of one kind."""

    kind: type[LetterKind]
    recipient: Recipient
    addressee: Addressee
    made: Composed
    letters: list[Letter]
    told_of: list[str]
    warnings: list[str]
    is_due: bool
    is_read: bool

    @property
    def waiting(self) -> Letter | None:
        return next((one for one in self.letters if one.waits), None)

    @property
    def has_gone(self) -> bool:
        return any(one.gone_at and not one.came_back_on for one in self.letters)

    @property
    def is_open(self) -> bool:
        """Whether one may be read and sealed: none waits, and none went since it was decided."""
        newest = self.letters[0] if self.letters else None
        decided_at = self.addressee.decided_at
        if self.made.page is None or decided_at is None or self.waiting:
            return False
        return newest is None or newest.stopped_at is not None or decided_at > newest.sealed_at

    @property
    def standing(self) -> str:
        return STANDINGS.get(self.recipient.standing, "")

    @property
    def way(self) -> str:
        return way_in_words(self.addressee.way) if self.addressee.decided_at else ""

    @property
    def is_told_in_person(self) -> bool:
        return self.addressee.way == NO_LETTER and self.addressee.decided_at is not None

    @property
    def is_told(self) -> bool:
        """In person, and nothing was decided anew since."""
        row = self.addressee
        if row.told_on is None or row.stopped_why is not None:
            return False
        if row.decided_at is None:
            return True
        return row.told_at >= row.decided_at if row.told_at else row.told_on >= localdate(row.decided_at)

    @property
    def state(self) -> str:
        """In a word or two, for the tag beside the name."""
        if self.waiting:
            return "Sealed, waits to go"
        if self.is_told:
            return "Told in person"
        newest = next((one for one in self.letters if one.gone_at), None)
        if newest is not None:
            return (
                "Acknowledged"
                if newest.acknowledged_on
                else "Came back"
                if newest.came_back_on
                else "Arrived"
                if newest.arrived_on
                else "Gone"
            )
        if self.recipient.none:
            return "None"
        if not self.addressee.decided_at:
            return "To be decided"
        return "No letter" if self.made.page is None else "Read: may be sealed" if self.is_read else "To be read"


def lines_of(kind: type[LetterKind], record: Record, user: Any, recipients: list[Recipient]) -> list[Line]:
    """One for each recipient; of a restricted person only that there is one."""
    hidden = withheld_among(user.pk, [one.person.pk for one in recipients])
    kept = {row.person_id: row for row in Addressee.objects.filter(record=record, kind=kind.name).select_related("person")}
    letters: dict[int, list[Letter]] = {}
    for letter in Letter.objects.filter(record=record, kind=kind.name).order_by("-pk"):
        letters.setdefault(letter.person_id, []).append(letter)
    is_due = not kind.is_due(record) and record.state != Record.VOID
    children = children_of(record)
    found = []
    for one in recipients:
        if one.person.pk in hidden:
            continue
        addressee = kept.get(one.person.pk) or Addressee(record=record, kind=kind.name, person=one.person)
        made = compose(kind, record, one, addressee)
        found.append(
            Line(
                kind, one, addressee, made, letters.get(one.person.pk, []),
                [called(child) for child in told_children(addressee, children)] if addressee.children else [],
                warnings_about(one.person), is_due,
                made.page is not None and addressee.seen_as == made.made_of and addressee.seen_by_id == user.pk,
            )
        )  # fmt: skip
    return found


def is_hidden(person: Person, user: Any) -> bool:
    return is_one_hidden([person], user)


def is_one_hidden(people: Iterable[Person], user: Any) -> bool:
    return bool(withheld_among(user.pk, [one.pk for one in people]))


def warnings_about(person: Person) -> list[str]:
    """What must be known before anybody writes to them."""
    return [alert.what for alert in alerts_for(person, localdate()) if alert.kind == "safe_contact"]


def ways_in_words(ways: Ways) -> list[str]:
    """What is known of each way, for whoever decides."""
    found = []
    if ways.is_confidential:
        found.append("Their address is confidential: no letter carries it, and nothing is posted from here.")
    elif ways.post is None:
        found.append("No address is known at which they live now.")
    elif ways.is_post_safe is None:
        found.append(f"Nobody has asked whether post to {ways.post.address} is safe.")
    else:
        found.append(f"Post to {ways.post.address} is {'safe' if ways.is_post_safe else 'NOT safe'}, we were told.")
    found.append(f"Safe e-mail: {ways.email}." if ways.email else "No e-mail address is known to be safe.")
    found.append(f"Safe to reach at {ways.reached}." if ways.reached else "No number or address is known to be safe to reach them at.")
    return found


def story_of(letter: Letter) -> list[str]:
    """Every stage of one letter, in a sentence each."""
    told = [f"Sealed {_moment(letter.sealed_at)}, {way_in_words(letter.way).lower()}"]
    if letter.stopped_at:
        told.append(f"Stopped {_moment(letter.stopped_at)}: {letter.stopped_why}")
    if letter.gone_at:
        told.append(f"Went {_moment(letter.gone_at)}")
    if letter.arrived_on:
        told.append(f"Arrived {short_day(letter.arrived_on)}")
    if letter.came_back_on:
        told.append(f"Came back {short_day(letter.came_back_on)}")
    if letter.acknowledged_on:
        told.append(f"Acknowledged {short_day(letter.acknowledged_on)}: {Letter.HOW[str(letter.acknowledged_how)].lower()}")
    return [*told, *(letter.answer_words or "").splitlines()]


def _moment(moment: Any) -> str:
    return f"{short_day(localtime(moment).date())} at {localtime(moment):%H:%M}"
