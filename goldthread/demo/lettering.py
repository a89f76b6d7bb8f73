"""Letters after the newest conferences: composed, sealed and followed as anybody's, only at the moments when they went."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django.utils.timezone import get_current_timezone, localtime, now

from goldthread.core.documents.actions import addressee_of, decide, record_letter, say_of_post
from goldthread.core.documents.models import BY_HAND, POST
from goldthread.core.documents.queries import ways_to
from goldthread.demo.people import Happening, Life
from goldthread.demo.writing_staff import Standing
from goldthread.ground.time.working_days import add_working_days
from goldthread.pathway.letters.composing import compose, may_be_told_of
from goldthread.pathway.letters.declared import LetterKind, Recipient, kind_named
from goldthread.pathway.letters.sharing import note_letter
from goldthread.pathway.queries import children_of

CONFERENCES = ("protection.initial_conference", "protection.review_conference", "protection.transfer_in_conference")
AT_MOST = 12  # enough to look at: with its decisions each costs a tenth of a second


def write_letters(lives: Sequence[Life], standing: Standing, room_for: int) -> int:
    """An invitation and an outcome to each parent who can be reached safely, newest conferences first. How many were written."""
    held = [one for one in (_newest(life) for life in lives if not life.family.restricted) if one is not None]
    written = 0
    for happening in sorted(held, key=lambda one: one.on, reverse=True):
        for name, days in (("conference_invitation", -5), ("conference_outcome", 1)):
            kind = kind_named(name)
            assert kind is not None
            for recipient in kind.recipients(happening.record):
                if written < room_for and _write(kind, happening, recipient, standing, days):
                    written += 1
        if written >= room_for:
            break
    return written


def _newest(life: Life) -> Happening | None:
    held = [one for one in life.happenings if one.kind in CONFERENCES and one.done and one.done[-1][0] == "hold"]
    return max(held, key=lambda one: one.on, default=None)


def _write(kind: type[LetterKind], happening: Happening, recipient: Recipient, standing: Standing, days: int) -> bool:
    person, record, by = recipient.person, happening.record, standing.users[happening.by]
    went = add_working_days(happening.on, days)
    if recipient.none or person.died_on or went > localtime().date():
        return False
    ways = ways_to(person, localtime().date())
    if ways.post and ways.post.row and ways.is_post_safe is None and ways.reached:
        say_of_post(person=person, row=ways.post.row, is_safe=True, who_says="They told their social worker")
        ways.is_post_safe = True
    way = POST if ways.allows(POST) else BY_HAND
    told = [child.reference for child, why in may_be_told_of(person, children_of(record)) if not why]
    if not told or not ways.allows(way):
        return False
    addressee = addressee_of(record=record, kind=kind.name, person=person)
    own: dict[str, Any] = {"reach_us": "Ring your social worker, or ask them to come and see you, up to the day before."} if recipient.standing == "excluded" else {}  # fmt: skip
    if recipient.standing == "split":
        own = {"own_time": time(15, 30)}
    decide(addressee=addressee, children=told, way=way, by=by, **own)
    made = compose(kind, record, recipient, addressee, went, is_past=True)
    if made.page is None:
        return False
    at = min(datetime.combine(went, time(14, 20), get_current_timezone()), now())
    arrived = add_working_days(went, 2) if way == POST else went
    letter = record_letter(
        addressee=addressee,
        pdf=made.pdf(),
        made_of=made.made_of,
        by=by,
        at=at,
        arrived_on=arrived if arrived <= localtime().date() else None,
    )
    note_letter(kind, letter, by)
    return True
