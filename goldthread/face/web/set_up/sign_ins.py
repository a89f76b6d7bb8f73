"""Giving a sign-in, by what the provider knows somebody, and ending a sign-in with the open work handed over."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST

from goldthread.core.agencies.models import Team, Worker
from goldthread.core.agencies.queries import user_of
from goldthread.core.agencies.setting_up import actions
from goldthread.core.agencies.setting_up.queries import members, open_teams, sign_in_of
from goldthread.core.people.models import Person
from goldthread.core.work.leaving.actions import leave
from goldthread.core.work.leaving.queries import OpenWork, open_work_of, restricted_among
from goldthread.face.web.child.asking import Ask, Form, answered, line
from goldthread.face.web.set_up.pages import FORM, for_administrators, standing_on, to_worker
from goldthread.face.web.ways_back import tell_phrase
from goldthread.ground.access.actions import end_sessions
from goldthread.ground.access.models import User
from goldthread.ground.access.queries import known_by
from goldthread.ground.audit.acting import actor_of, name_actor
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.boot.settings import settings
from goldthread.ground.boot.single_sign_on import PROVIDER
from goldthread.ground.time.words import short_day
from goldthread.pathway.questions import Day, One

USERNAME_HINT = "Small letters, figures, full stops and dashes, such as amina.mensah."
OWN_TEAMS = "own"


@require_http_methods(["GET", "POST"])
@for_administrators
def give_sign_in(request: HttpRequest, key: int) -> HttpResponse:
    """A sign-in from today; somebody who comes back gets the one they had."""
    worker = get_object_or_404(Worker, pk=key)
    before = User.objects.filter(signin__worker=worker).first()
    asks = [Ask("username", line("User name", USERNAME_HINT), needed=True)]

    def keep(values: dict[str, Any]) -> HttpResponse:
        return tell_phrase(request, worker, actions.give_sign_in(worker=worker, username=values["username"]))

    lead = f"{worker.name} had a sign-in before and gets it back." if before else "A temporary pass phrase is shown next, once."
    context = standing_on(f"Give {worker.name} a sign-in", "Make the sign-in", (to_worker(worker), worker.name), lead=lead)
    form = Form.of(request, asks, {"username": before.get_username() if before else None})
    return answered(request, form, do=keep, done="", to=to_worker(worker), context=context, template=FORM)


@require_http_methods(["GET", "POST"])
@for_administrators
def single_sign_on(request: HttpRequest, key: int) -> HttpResponse:
    """By what the council's provider knows the worker: only so do they come in by it."""
    worker = get_object_or_404(Worker, pk=key)
    held = sign_in_of(worker.pk)
    hint = f"The provider’s “{settings.provider_claim}”, letter for letter. Empty: not by single sign-on."
    asks = [Ask("subject", line("By what does the provider know them?", hint))]

    def keep(values: dict[str, Any]) -> str:
        actions.know_by_provider(worker=worker, by=request.user, subject=(values["subject"] or "").strip())
        return f"{worker.name} {'signs in by single sign-on' if values['subject'] else 'no longer signs in by single sign-on'}."

    none = "No provider is set (GOLDTHREAD_OIDC_ISSUER or GOLDTHREAD_SAML_ENTITY_ID): what you enter waits until there is one."
    lead = "" if settings.provider_name else none
    context = standing_on(f"Single sign-on for {worker.name}", "Keep it", (to_worker(worker), worker.name), lead=lead)
    form = Form.of(request, asks, {"subject": known_by(held.user_id, PROVIDER) if held else ""})
    return answered(request, form, do=keep, done="", to=to_worker(worker), context=context, template=FORM)


@require_POST
@for_administrators
def sign_out_everywhere(request: HttpRequest, key: int) -> HttpResponse:
    """For a lost laptop: whoever is signed in as this worker is out at once. They may sign in again."""
    worker = get_object_or_404(Worker, pk=key)
    held = sign_in_of(worker.pk)
    name_actor(actor_of(request.user), "signed out everywhere", getattr(request, "request_key", ""))
    ended = end_sessions(user=held.user) if held else 0
    where = "was signed in nowhere" if ended == 0 else "is signed out in one place" if ended == 1 else f"is signed out in {ended} places"
    messages.success(request, f"{worker.name} {where}.")
    return redirect(to_worker(worker))


@require_http_methods(["GET", "POST"])
@for_administrators
def leaver(request: HttpRequest, key: int) -> HttpResponse:
    """Somebody has gone: their open work by reference, who takes it, and from which day they are no longer here."""
    worker = get_object_or_404(Worker, pk=key)
    work = open_work_of(worker)
    receivers = _receivers(worker) if work.is_any else {}
    asks = [Ask("gone_on", Day("From which day are they no longer here?", hint="The first day without them."), needed=True)]
    if work.is_any:
        options = [
            (OWN_TEAMS, "Each child’s own team, whose manager names somebody"),
            *((code, words) for code, (words, _) in receivers.items()),
        ]
        asks.append(Ask("to", One("Who takes over the open work?"), options=options, needed=True))

    def keep(values: dict[str, Any]) -> str:
        to = receivers[values["to"]][1] if values.get("to") in receivers else None
        children = work.children
        leave(worker=worker, gone_on=values["gone_on"], to=to, by=request.user)
        return f"{worker.name} can no longer sign in. {_handed_over(work, to, children)}".strip()

    log_reading(request.user, "list", f"open work of worker {worker.pk}", work.children)
    context = standing_on(
        f"{worker.name} has left", "End the sign-in", (to_worker(worker), worker.name), button_kind="danger",
        lead="The sign-in, posts, duties and cover end, and nobody is signed in by it any more.", work=_in_words(work, request.user),
    )  # fmt: skip
    form = Form.of(request, asks, {"gone_on": localdate()})
    return answered(request, form, do=keep, done="", to=to_worker(worker), context=context, template="web/set_up/leaver.jinja")


def _receivers(worker: Worker) -> dict[str, tuple[str, Worker | Team]]:
    """Open teams, then everybody with a sign-in and a post, by a code that tells which."""
    teams: dict[str, tuple[str, Worker | Team]] = {
        f"team-{team.pk}": (f"{team.name}, whose manager names somebody", team) for team in open_teams()
    }
    found, _ = members("", localdate(), only="here")
    for one in found:
        if one.sign_in and one.holdings and one.worker != worker:
            teams[f"worker-{one.worker.pk}"] = (f"{one.worker.name}, {one.holdings[0].post.team.name}", one.worker)
    return teams


def _handed_over(work: OpenWork, to: Worker | Team | None, children: set[int]) -> str:
    """What went where, and whom somebody must still let in."""
    if not work.is_any:
        return "There was no open work."
    whom = to.name if to else "the children’s own teams"
    restricted = restricted_among(children, user_of(to.pk) if isinstance(to, Worker) else None)
    said = f"The open work is with {whom}."
    if restricted:
        said += f" {restricted} of the records {'is' if restricted == 1 else 'are'} restricted: ask the restricted-records lead to permit whoever takes them."
    return said


def _in_words(work: OpenWork, user: Any) -> dict[str, Any]:
    """Children by reference, with a name only for those whom the administrator may see; tasks and drafts as numbers."""
    keys = {row.child_id for row in work.allocations}
    seen = set(Person.objects.filter(pk__in=keys).seen_by(user).values_list("pk", flat=True))
    late = sum(1 for task in work.tasks if task.due_on and task.due_on < localdate())
    return {
        "is_any": work.is_any,
        "rows": [
            [
                str(row.child) if row.child_id in seen else row.child.reference,
                row.get_role_display(),
                row.team.name,
                short_day(row.from_on) if row.from_on else None,
            ]
            for row in work.allocations
        ],
        "tasks": len(work.tasks),
        "late": late,
        "drafts": len(work.drafts),
    }
