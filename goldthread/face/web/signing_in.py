"""Signing in by pass phrase, signing out, and in a demo by one click."""

from collections.abc import Iterable
from datetime import datetime
from time import time
from typing import Any, NamedTuple

from allauth.account.internal.flows.login import clear_authentication_records, record_authentication
from allauth.account.utils import perform_login
from django.contrib.auth import authenticate, logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldthread.core.agencies.models import Duty, Holding, SignIn
from goldthread.face.web.sessions import KEPT
from goldthread.face.web.sign_in_rules import has_ended
from goldthread.ground.access.actions import choose_phrase, note_try
from goldthread.ground.access.models import SignInTry, User
from goldthread.ground.access.queries import must_wait
from goldthread.ground.audit.acting import actor_of, name_actor
from goldthread.ground.boot.queries import demo_sign_in_allowed, from_where, installation
from goldthread.ground.boot.settings import settings
from goldthread.ground.boot.single_sign_on import offered

CHOOSING, WANTED = "choosing_phrase", "wanted_next"
CHOOSE_WITHIN = 15 * 60
WRONG = "That user name and pass phrase do not go together. Capitals count in the pass phrase."
RUN_OUT = "The temporary pass phrase has run out. Ask whoever looks after sign-ins for another."
WAIT = "Too many tries have failed. Wait a quarter of an hour, or ask whoever looks after sign-ins."


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form; in a demo, on this machine, everybody who is there to be signed in as."""
    if installation() is None and not User.objects.exists():
        return redirect("first_run")
    if request.user.is_authenticated:
        return redirect(after_sign_in(request))
    if request.method == "POST":
        return _tried(request)
    return _page(request)


def _page(request: HttpRequest, problem: str = "", status: int = 200) -> HttpResponse:
    context = {
        "problem": problem,
        "username": request.POST.get("username", ""),
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "was_away": getattr(request, "is_asleep", False),
        "provider_name": offered(settings),
        "is_kept": KEPT in request.session,
        "roles": demo_people() if demo_sign_in_allowed(request) else [],
    }
    return render(request, "web/sign_in.jinja", context, status=status)


def _tried(request: HttpRequest) -> HttpResponse:
    username, address = request.POST.get("username", ""), from_where(request)
    if must_wait(username, address):
        return _page(request, WAIT, status=429)
    user: Any = authenticate(request, username=username.strip(), password=request.POST.get("pass_phrase", ""))
    if user is not None and has_ended(user):
        user = None
    has_run_out = user is not None and user.temporary_until is not None and user.temporary_until <= timezone.now()
    note_try(username=username, user=user, address=address, how=SignInTry.PASS_PHRASE, worked=user is not None and not has_run_out)
    if user is None or has_run_out:
        return _page(request, RUN_OUT if has_run_out else WRONG, status=422)
    return ask_for_own(request, user) if user.temporary_until else let_in(request, user, request.POST.get("next", ""))


def ask_for_own(request: HttpRequest, user: Any) -> HttpResponse:
    """A temporary phrase lets nobody in: it opens the page where its owner chooses their own, for a quarter of an hour."""
    request.session[CHOOSING] = {"user": user.pk, "check": user.get_session_auth_hash(), "until": time() + CHOOSE_WITHIN}
    request.session[WANTED] = request.POST.get("next", "")
    return redirect("own_phrase")


def choosing(request: HttpRequest) -> User | None:
    """Who has just shown the temporary phrase that still holds; None once it is used, replaced or run out."""
    kept = request.session.get(CHOOSING)
    if kept is None or kept["until"] < time():
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True, temporary_until__gt=timezone.now()).first()
    return user if user is not None and constant_time_compare(kept["check"], user.get_session_auth_hash()) else None


@require_http_methods(["GET", "POST"])
def own_phrase(request: HttpRequest) -> HttpResponse:
    """At the first sign-in: a pass phrase that nobody else knows. Only then is anybody signed in."""
    user = choosing(request)
    if user is None:
        return redirect("sign_in")
    problems: dict[str, str] = {}
    if request.method == "POST":
        phrase = request.POST.get("pass_phrase", "")
        if phrase != request.POST.get("again", ""):
            problems["again"] = "The second pass phrase is not the same as the first."
        else:
            name_actor(actor_of(user), "first sign-in", getattr(request, "request_key", ""))
            try:
                choose_phrase(user=user, phrase=phrase)
            except ValueError as refused:
                problems["pass_phrase"] = str(refused)
            else:
                del request.session[CHOOSING]
                wanted = request.session.pop(WANTED, "")
                return let_in(request, user, wanted)
    context = {"problems": problems, "username": user.get_username(), "name": user.get_full_name() or user.get_username()}
    return render(request, "web/own_phrase.jinja", context, status=422 if problems else 200)


def let_in(request: HttpRequest, user: Any, wanted: str = "") -> HttpResponse:
    """On to the second step, or to setting one up; what an earlier sign-in in this browser has shown counts for nothing."""
    clear_authentication_records(request)
    record_authentication(request, user, method="password")
    return perform_login(request, user, redirect_url=wanted or None)


def after_sign_in(request: HttpRequest, wanted: str = "") -> str:
    """The first run, while there has been none; back to the form in whose page they signed in; what was typed and not saved; where they were going; else My work."""
    if installation() is None:
        return "first_run"
    wanted = wanted or request.POST.get("next") or request.GET.get("next") or ""
    if wanted == reverse("signed_in_again"):
        return "signed_in_again"
    if KEPT in request.session:
        return "kept"
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()) else "home"


@login_required
@require_GET
def in_place(request: HttpRequest) -> HttpResponse:
    """The end of signing in again in a box over a form: the page behind hears of it and goes on."""
    return render(request, "web/in_place.jinja")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("sign_in")


@login_required
@require_GET
def kept(request: HttpRequest) -> HttpResponse:
    """What was typed while nobody was signed in, to be sent again with one press."""
    found = request.session.get(KEPT)
    if found is None:
        return redirect("home")
    context = {"path": found["path"], "fields": found["fields"], "kept_at": datetime.fromisoformat(found["at"]), "is_out_of_date": False}
    return render(request, "web/kept.jinja", context)


@require_POST
def sign_in_as(request: HttpRequest, username: str) -> HttpResponse:
    """Demo only, at this machine only: no pass phrase."""
    user = User.objects.filter(username=username, is_active=True).first() if demo_sign_in_allowed(request) else None
    if user is None:
        raise Http404
    note_try(username=username, user=user, address=from_where(request), how=SignInTry.DEMO, worked=True)
    request.is_one_click = True  # type: ignore[attr-defined]
    return let_in(request, user, request.POST.get("next", ""))


class DemoPerson(NamedTuple):
    name: str
    username: str
    where: str


class DemoRole(NamedTuple):
    title: str
    does: str
    people: list[DemoPerson]


# Who they are, by the first of these that holds: a duty; a post that manages, or works in, a team of this purpose.
ROLES: tuple[tuple[str, str, str], ...] = (
    ("worker:front_door", "Screening social worker", "Takes calls, writes contacts and finds out who they are about."),
    ("manager:front_door", "Front-door manager", "Decides what happens to each contact and referral."),
    ("manager:assessment", "Assessment team manager", "Allocates new work, authorises assessments or sends them back."),
    ("worker:assessment", "Assessing social worker", "Sees the children, writes the assessment and the plan."),
    ("manager:family_help", "Family help team manager", "Allocates families, decides on plans and on closing."),
    ("worker:family_help", "Family help worker", "Works with families under a plan and reviews it with them."),
    ("manager:protection", "Protection team manager", "Answers for the children at most risk in the borough."),
    ("worker:protection", "Protection social worker", "Works with children who have a protection plan."),
    ("duty:out_of_hours", "Out-of-hours worker", "Answers the telephone at night, alone, for every child in the borough."),
    ("duty:restricted_lead", "Restricted-records lead", "Permits who may see a restricted record, and reviews emergency openings."),
    ("duty:information_governance", "Information governance officer", "Sees who has looked at a child’s record, and asks why."),
    ("duty:data_officer", "Data officer", "Reads in the census and watches the figures."),
    ("duty:principal_social_worker", "Principal social worker", "Looks through the dated rules and signs them off."),
    ("duty:administrator", "Administrator", "Looks after sign-ins, teams and posts."),
    ("manager:", "Manager", "Answers for several teams and sees their load."),
    ("worker:", "Worker in another team", "Sees only the children of their own team."),
)


def demo_people() -> list[DemoRole]:
    """Everybody with a sign-in today, under the role they are known by."""
    day = localdate()
    duties: dict[int, set[str]] = {}
    for worker, role in Duty.objects.on(day).values_list("worker_id", "role"):
        duties.setdefault(worker, set()).add(role)
    posts = {held.worker_id: held.post for held in Holding.objects.on(day).select_related("post__team")}
    found: dict[str, list[DemoPerson]] = {}
    for sign_in in SignIn.objects.on(day).filter(user__is_active=True).select_related("worker", "user").order_by("worker__name"):
        post = posts.get(sign_in.worker_id)
        keys = _keys(post, duties.get(sign_in.worker_id, set()))
        title = next((title for key, title, _ in ROLES if key in keys), ROLES[-1][1])
        where = ", ".join(filter(None, [post.title, post.team.name])) if post else ""
        found.setdefault(title, []).append(DemoPerson(sign_in.worker.name, sign_in.user.get_username(), where))
    return [DemoRole(title, does, found[title]) for _, title, does in ROLES if title in found]


def _keys(post: Any, duties: Iterable[str]) -> set[str]:
    keys = {f"duty:{duty}" for duty in duties}
    if post is not None:
        place = "manager" if post.is_manager else "worker"
        keys |= {f"{place}:{post.team.purpose}", f"{place}:"}
    return keys
