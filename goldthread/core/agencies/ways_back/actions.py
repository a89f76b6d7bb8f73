"""Letting somebody back in who has lost their pass phrase, or everything: one asks, another agrees, then it is given.

No lock that only a help desk can lift: recovery codes, an app and passkeys let people in by themselves. This is for when all are
lost, and two people must be deceived for it to let in somebody else.
"""

from typing import Any

from django.utils import timezone

from goldthread.core.agencies.models import WayBack, Worker
from goldthread.core.agencies.queries import user_of
from goldthread.core.agencies.setting_up.actions import not_for_oneself
from goldthread.core.agencies.setting_up.queries import is_unused, sign_in_of
from goldthread.core.agencies.ways_back.queries import is_open, may_agree, names_of_those_who_may_agree, open_way_of
from goldthread.ground.access.actions import give_temporary_phrase, remove_second_steps
from goldthread.ground.boot.trouble import Impossible

OVER = "It was asked for more than 24 hours ago, or is answered and done: ask anew."
NOBODY = (
    "Nobody else may agree to it: there is no other administrator, and nobody in {name}’s line. Give somebody that duty; or, at the "
    "machine, “goldthread new-phrase”."
)


def ask_for_way_back(*, worker: Worker, by: Any, how: str, takes_steps_off: bool) -> WayBack:
    """Nothing is changed yet. Impossible for oneself, without a sign-in in use, while one is open, and where nobody may agree."""
    not_for_oneself(worker, by)
    held = sign_in_of(worker.pk)
    if held is None or is_unused(held.user):
        raise Impossible(f"{worker.name} has no sign-in that is in use.")
    if open_way_of(worker) is not None:
        raise Impossible("Somebody has asked for it already.")
    if not names_of_those_who_may_agree(worker, by):
        raise Impossible(NOBODY.format(name=worker.name))
    return WayBack.objects.create(worker=worker, how=how, takes_steps_off=takes_steps_off, asked_by=by, asked_at=timezone.now())


def agree(*, way: WayBack, by: Any, words: str) -> None:
    """A second person says how they know that it is they. Impossible for whoever asked, and for the one it is for."""
    way = _held(way)
    if way.is_agreed is not None:
        raise Impossible("Somebody has agreed to it already.")
    if not may_agree(by, way):
        raise Impossible("Somebody else must agree: another administrator, or somebody in their line.")
    _answer(way, by, words, is_agreed=True)


def refuse(*, way: WayBack, by: Any, words: str) -> None:
    """It ends. Whoever may agree says no, the one it is for says that it was not they, and whoever asked takes it back."""
    way = _held(way)
    if not (may_agree(by, way) or by.pk in (way.asked_by_id, user_of(way.worker_id))):
        raise Impossible("This is not yours to answer.")
    _answer(way, by, words, is_agreed=False)


def give_way_back(*, way: WayBack, by: Any) -> str:
    """The temporary phrase, once another has agreed; the old one, and every session, ends. An administrator's, never for themselves."""
    way = _held(way)
    not_for_oneself(way.worker, by)
    if not way.is_agreed:
        raise Impossible("Nobody has agreed to it yet.")
    held = sign_in_of(way.worker_id)
    if held is None:
        raise Impossible(f"{way.worker.name} has no sign-in.")
    if way.takes_steps_off:
        remove_second_steps(user=held.user)
    way.given_at, way.given_by = timezone.now(), by
    way.save(update_fields=["given_at", "given_by"])
    return give_temporary_phrase(user=held.user)


def give_at_the_machine(*, user: Any, takes_steps_off: bool) -> str:
    """The last way, for whoever has the machine: nobody need agree, and the trail says so."""
    if takes_steps_off:
        remove_second_steps(user=user)
    return give_temporary_phrase(user=user)


def _held(way: WayBack) -> WayBack:
    """As it stands now, until this is done: two who answer at once come one after the other."""
    way = WayBack.objects.select_for_update(of=("self",)).select_related("worker").get(pk=way.pk)
    if not is_open(way):
        raise Impossible(OVER)
    return way


def _answer(way: WayBack, by: Any, words: str, *, is_agreed: bool) -> None:
    way.is_agreed, way.answered_by, way.answered_at, way.words = is_agreed, by, timezone.now(), words
    way.save(update_fields=["is_agreed", "answered_by", "answered_at", "words"])
