"""The first run of an empty database: whose it is, who looks after it, and on to the rules."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from goldthread.core.agencies.actions import create_agency, create_worker
from goldthread.core.agencies.models import SignIn
from goldthread.face.web.signing_in import let_in
from goldthread.ground.access.actions import create_first_administrator
from goldthread.ground.access.models import User
from goldthread.ground.access.phrases import problem_with
from goldthread.ground.audit.acting import actor_of, name_actor
from goldthread.ground.boot.actions import set_up
from goldthread.ground.boot.queries import installation, is_at_this_machine
from goldthread.ground.boot.trouble import Trouble

FIELDS = ("authority", "la_code", "ons_code", "name", "username")


@require_http_methods(["GET", "POST"])
def first_run(request: HttpRequest) -> HttpResponse:
    """Open only while the database has no authority: to somebody at this machine, or to an administrator made by the command."""
    if installation() is not None:
        return redirect("rules" if request.user.is_authenticated else "sign_in")
    needs_administrator = not User.objects.exists()
    if (needs_administrator and not is_at_this_machine(request)) or (not needs_administrator and not request.user.is_superuser):
        return render(request, "web/first_run_elsewhere.jinja", {"needs_administrator": needs_administrator})
    typed = {name: request.POST.get(name, "").strip() for name in FIELDS}
    problems: dict[str, str] = {}
    if request.method == "POST":
        problems = _problems(request, typed, needs_administrator)
        if not problems:
            return _set_up(request, typed, needs_administrator)
    context = {"typed": typed, "problems": problems, "needs_administrator": needs_administrator}
    return render(request, "web/first_run.jinja", context, status=422 if problems else 200)


def _problems(request: HttpRequest, typed: dict[str, str], needs_administrator: bool) -> dict[str, str]:
    """What is wrong, by field, in the words that stand at the question."""
    found: dict[str, str] = {}
    if not typed["authority"]:
        found["authority"] = "Give the authority’s name, as families know it."
    if not (len(typed["la_code"]) == 3 and typed["la_code"].isascii() and typed["la_code"].isdigit()):
        found["la_code"] = "Give the authority’s three-digit code, such as 202."
    code = typed["ons_code"]
    if not (len(code) == 9 and code[0] == "E" and code.isascii() and code[1:].isdigit()):
        found["ons_code"] = "Give the authority’s nine-character code, such as E09000007."
    if not typed["name"]:
        found["name"] = "Give your name, as colleagues will see it."
    if needs_administrator:
        found |= _sign_in_problems(request, typed)
    return found


def _sign_in_problems(request: HttpRequest, typed: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    if not typed["username"]:
        found["username"] = "Choose a user name."
    phrase = request.POST.get("pass_phrase", "")
    problem = problem_with(phrase)
    if problem:
        found["pass_phrase"] = problem
    elif phrase != request.POST.get("again", ""):
        found["again"] = "The second pass phrase is not the same as the first."
    return found


def _set_up(request: HttpRequest, typed: dict[str, str], needs_administrator: bool) -> HttpResponse:
    """Authority, own agency, and the administrator as a worker with the duty: all or nothing."""
    user: Any = request.user
    try:
        with transaction.atomic():
            set_up(authority=typed["authority"], la_code=typed["la_code"], ons_code=typed["ons_code"])
            if needs_administrator:
                user = create_first_administrator(username=typed["username"], pass_phrase=request.POST["pass_phrase"])
            name_actor(actor_of(user), "first run", getattr(request, "request_key", ""))
            create_agency(name=typed["authority"], kind="local_authority", is_own_authority=True)
            if not SignIn.objects.filter(user=user).exists():
                create_worker(name=typed["name"], user=user, from_on=localdate(), duties=["administrator"])
    except Trouble as trouble:
        messages.warning(request, str(trouble))
        return redirect("sign_in")
    messages.success(
        request,
        f"This is now the database of {typed['authority']}. Look through the rules it will count by, and set up its teams and workers under Set-up.",
    )
    return let_in(request, user, reverse("rules")) if needs_administrator else redirect("rules")
