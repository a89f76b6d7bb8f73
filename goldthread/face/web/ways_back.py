"""Back in for somebody who has lost their pass phrase: an administrator asks, another person agrees, then it is told.

Nothing is sent by the product, so a link could only be copied out and sent by somebody; a temporary phrase can be told in
person or over the telephone. It lets nobody in: it opens the one page where its owner chooses their own.
"""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from goldthread.core.agencies.models import WayBack, Worker
from goldthread.core.agencies.queries import names_of_users, user_of
from goldthread.core.agencies.setting_up.actions import give_phrase_again
from goldthread.core.agencies.setting_up.queries import is_unused, sign_in_of
from goldthread.core.agencies.ways_back.actions import agree, ask_for_way_back, give_way_back, refuse
from goldthread.core.agencies.ways_back.queries import HOLDS_FOR, is_open, may_agree, names_of_those_who_may_agree, open_way_of, to_answer
from goldthread.face.web import jobs
from goldthread.face.web.child.asking import Ask, Form, answered, line
from goldthread.face.web.set_up.pages import FORM, for_administrators, standing_on, to_worker
from goldthread.ground.access.models import User
from goldthread.ground.access.phrases import TEMPORARY
from goldthread.ground.audit.acting import actor_of, name_actor
from goldthread.ground.audit.middleware import Refused
from goldthread.ground.jobs import enqueue
from goldthread.ground.time.words import moment_in_words, short_day
from goldthread.pathway.questions import One

EVERYTHING = "everything"
LOST = [
    ("phrase", "The pass phrase alone", "Their passkey or app is still asked for."),
    (EVERYTHING, "Passkey, app and recovery codes too", "All are taken off; at the next sign-in they set up new ones."),
]
YES, NO = "yes", "no"
ANSWERS = [
    (YES, "Yes: I know that it is they who ask", "You rang them on a number you have from elsewhere, or they stand before you."),
    (NO, "No", "Nothing is changed, and it ends."),
]
HOW = "How do you know that it is they who ask?"


def tell_phrase(request: HttpRequest, worker: Worker, phrase: str) -> HttpResponse:
    """The temporary phrase, shown once: it is kept nowhere but as the mark by which it is known again."""
    held = sign_in_of(worker.pk)
    context = {
        "worker": worker,
        "phrase": phrase,
        "username": held.user.get_username() if held else "",
        "until": short_day(localdate() + TEMPORARY),
        "back": to_worker(worker),
    }
    return render(request, "web/set_up/phrase.jinja", context)


@require_http_methods(["GET", "POST"])
@for_administrators
def new_phrase(request: HttpRequest, key: int) -> HttpResponse:
    """Ask for it, see how it stands, and give it once another has agreed. Who never used theirs is given it anew at once."""
    worker = get_object_or_404(Worker, pk=key)
    held, way = sign_in_of(worker.pk), open_way_of(worker)
    if held is not None and is_unused(held.user):
        return _give_again(request, worker)
    if way is not None:
        return _give(request, way) if way.is_agreed else _wait(request, way)
    asks = [
        Ask("how", line(HOW, "You rang them back, or they stand before you."), needed=True),
        Ask("lost", One("What have they lost?"), options=LOST, needed=True),
    ]

    def keep(values: dict[str, Any]) -> str:
        _name(request, f"asked for a new pass phrase: {values['how']}")
        asked = ask_for_way_back(worker=worker, by=request.user, how=values["how"], takes_steps_off=values["lost"] == EVERYTHING)
        enqueue(jobs.tell_of_way_back, way=asked.pk)
        return f"Now somebody else must agree: ring {_names(worker, request.user)}."

    lead = "Nothing is changed before somebody else has agreed: another administrator, or somebody in their line. It holds for 24 hours."
    context = standing_on(f"A new pass phrase for {worker.name}", "Ask for it", (to_worker(worker), worker.name), lead=lead)
    to = reverse("set_up_new_phrase", args=[worker.pk])
    return answered(request, Form.of(request, asks), do=keep, done="", to=to, context=context, template=FORM)


def _give_again(request: HttpRequest, worker: Worker) -> HttpResponse:
    asks = [Ask("how", line(HOW, "You rang them back, or they stand before you."), needed=True)]

    def keep(values: dict[str, Any]) -> HttpResponse:
        _name(request, f"new pass phrase: {values['how']}")
        return tell_phrase(request, worker, give_phrase_again(worker=worker, by=request.user))

    lead = "They have not yet chosen one of their own. The one given before ends; another is shown next, once."
    context = standing_on(f"A new pass phrase for {worker.name}", "Give a new pass phrase", (to_worker(worker), worker.name), lead=lead)
    return answered(request, Form.of(request, asks), do=keep, done="", to=to_worker(worker), context=context, template=FORM)


def _wait(request: HttpRequest, way: WayBack) -> HttpResponse:
    """Nobody has agreed yet: whom to ring, and the way to take it back."""

    def keep(values: dict[str, Any]) -> str:
        _name(request, "a new pass phrase is not asked for any more")
        refuse(way=way, by=request.user, words="Taken back")
        return "It is taken back: nothing was changed."

    context = standing_on(
        f"A new pass phrase for {way.worker.name}", "Take it back", (to_worker(way.worker), way.worker.name), button_kind="second",
        lead=f"Somebody else must agree: ring {_names(way.worker, request.user)}. It stands on their My work.", summary=_told(way),
    )  # fmt: skip
    to = to_worker(way.worker)
    return answered(request, Form.of(request, []), do=keep, done="", to=to, context=context, template=FORM)


def _give(request: HttpRequest, way: WayBack) -> HttpResponse:
    """Another has agreed."""

    def keep(values: dict[str, Any]) -> HttpResponse:
        _name(request, f"new pass phrase: {way.how}")
        phrase = give_way_back(way=way, by=request.user)
        enqueue(jobs.tell_of_way_back, way=way.pk)
        return tell_phrase(request, way.worker, phrase)

    context = standing_on(
        f"A new pass phrase for {way.worker.name}", "Give a new pass phrase", (to_worker(way.worker), way.worker.name),
        lead="The old one ends at once, and whoever is signed in by it is out. A temporary one is shown next, once.", summary=_told(way),
    )  # fmt: skip
    to = to_worker(way.worker)
    return answered(request, Form.of(request, []), do=keep, done="", to=to, context=context, template=FORM)


@require_http_methods(["GET", "POST"])
@login_required
def way_back(request: HttpRequest, key: int) -> HttpResponse:
    """For whoever may agree: yes or no. For the one it is for: that it was not they. To anybody else there is no such page."""
    way = WayBack.objects.filter(pk=key).select_related("worker").first()
    is_own = way is not None and request.user.pk == user_of(way.worker_id)
    if way is None or not (is_own or may_agree(request.user, way)):
        raise Refused(f"way back {key}")
    if not is_open(way) or (way.is_agreed and not is_own):
        context = {"heading": f"A new pass phrase for {way.worker.name}", "summary": _told(way), "is_own": is_own}
        return render(request, "web/way_back.jinja", context)
    asks = (
        []
        if is_own
        else [
            Ask("answer", One("Do you agree?"), options=ANSWERS, needed=True),
            Ask("words", line("How do you know, or why not?"), needed=True),
        ]
    )

    def keep(values: dict[str, Any]) -> str:
        agrees = values.get("answer") == YES
        words = values.get("words") or "It was not they"
        _name(request, f"a new pass phrase is {'agreed to' if agrees else 'refused'}: {words}")
        (agree if agrees else refuse)(way=way, by=request.user, words=words)
        if agrees:
            return f"{_who(way.asked_by_id)} can give the pass phrase now, until {moment_in_words(way.asked_at + HOLDS_FOR)}."
        return "It has ended: nothing was changed. Tell whoever looks after information security."

    context = standing_on(
        f"A new pass phrase for {way.worker.name}", "Stop it: it was not I" if is_own else "Answer", (reverse("home"), "My work"),
        lead="If you did not ask for this, stop it." if is_own else "Make sure yourself that it is they: do not take it from whoever asks.",
        summary=_told(way), button_kind="danger" if is_own else "main",
    )  # fmt: skip
    return answered(request, Form.of(request, asks), do=keep, done="", to=reverse("home"), context=context, template=FORM)


def on_my_work(user: Any) -> list[dict[str, str]]:
    """What My work says of them: to those who may agree, and to the one it is about."""
    waiting, own = to_answer(user)
    return [
        *({"words": f"{way.worker.name}: a new pass phrase waits for your yes or no", "href": reverse("way_back", args=[way.pk])} for way in waiting),
        *({"words": _to_the_owner(way), "href": reverse("way_back", args=[way.pk])} for way in own),
    ]  # fmt: skip


def _to_the_owner(way: WayBack) -> str:
    what = "was given" if way.given_at else "was asked for, and refused" if way.is_agreed is False else "was asked for"
    return f"Your sign-in: a new pass phrase {what}, {moment_in_words(way.given_at or way.asked_at)}"


def _told(way: WayBack) -> list[dict[str, Any]]:
    lost = "Passkey, app and recovery codes too" if way.takes_steps_off else "The pass phrase alone"
    rows: list[dict[str, Any]] = [
        {"key": "Asked for by", "value": f"{_who(way.asked_by_id)}, {moment_in_words(way.asked_at)}"},
        {"key": "How they knew who it was", "value": way.how},
        {"key": "What is lost", "value": lost},
    ]
    if way.answered_at:
        said = "Agreed to by" if way.is_agreed else "Ended by"
        rows.append({"key": said, "value": f"{_who(way.answered_by_id)}, {moment_in_words(way.answered_at)}: {way.words}"})
    if way.given_at:
        rows.append({"key": "Given by", "value": f"{_who(way.given_by_id)}, {moment_in_words(way.given_at)}"})
    else:
        rows.append({"key": "Holds until", "value": moment_in_words(way.asked_at + HOLDS_FOR)})
    return rows


def _who(user: int | None) -> str:
    if user is None:
        return "nobody"
    return names_of_users([user]).get(user) or User.objects.get(pk=user).get_username()


def _names(worker: Worker, by: Any) -> str:
    return " or ".join(names_of_those_who_may_agree(worker, by)) or "whoever has the machine"


def _name(request: HttpRequest, purpose: str) -> None:
    name_actor(actor_of(request.user), purpose, getattr(request, "request_key", ""))
