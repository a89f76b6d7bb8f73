"""Workers: finding, adding and changing them, and one worker's page with posts, sign-in, duties and cover."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods

from goldthread.core.agencies.actions import create_worker
from goldthread.core.agencies.models import Cover, Duty, Holding, Worker
from goldthread.core.agencies.setting_up import actions
from goldthread.core.agencies.setting_up.queries import Member, members, sign_in_of, vacant_posts
from goldthread.face.web.child.asking import Ask, Form, answered, line
from goldthread.face.web.set_up.pages import (
    FORM,
    duty_in_words,
    for_administrators,
    post_in_words,
    standing_on,
    times_in_words,
    to_team,
    to_worker,
)
from goldthread.face.web.set_up.sign_ins import USERNAME_HINT, tell_phrase
from goldthread.ground.time.words import moment_in_words, short_day
from goldthread.pathway.questions import Day, One

WHICH = [("here", "Working here"), ("left", "Not, or no longer"), ("", "Everybody")]


@require_GET
@for_administrators
def workers(request: HttpRequest) -> HttpResponse:
    """Everybody on file who works or has worked here, found by any part of a name, number or user name."""
    words, only = request.GET.get("q", "").strip()[:100], request.GET.get("only", "here")
    found, count = members(words, localdate(), only=only)
    context = {"rows": [_row(one) for one in found], "count": count, "words": words, "only": only, "which": WHICH}
    return render(request, "web/set_up/workers.jinja", context)


def _row(one: Member) -> list[Any]:
    posts = "; ".join(post_in_words(held.post) for held in one.holdings)
    signing = one.sign_in.user.get_username() if one.sign_in else "No sign-in"
    name = {"words": one.worker.name, "href": to_worker(one.worker), "note": one.worker.profession}
    return [name, posts or "No post", signing, "; ".join(one.duties) or "None"]


@require_GET
@for_administrators
def worker(request: HttpRequest, key: int) -> HttpResponse:
    """One worker: what is held now and to come, and below it what was held before."""
    found, today = get_object_or_404(Worker, pk=key), localdate()
    now = Q(until_on=None) | Q(until_on__gt=today)
    covers = Cover.objects.filter(Q(away=found) | Q(covering=found)).filter(until_on__gt=today).select_related("away", "covering")
    sign_in = sign_in_of(key)
    context = {
        "worker": found,
        "sign_in": sign_in,
        "signing": _signing_in_words(sign_in),
        "holdings": [
            {"key": held.pk, "words": post_in_words(held.post), "href": to_team(held.post.team_id), "when": times_in_words(held)}
            for held in Holding.objects.filter(now, worker=found).select_related("post__team").order_by("from_on")
        ],
        "duties": [
            {"key": duty.pk, "words": duty_in_words(duty), "when": times_in_words(duty)}
            for duty in Duty.objects.filter(now, worker=found).order_by("from_on", "pk")
        ],
        "covers": [
            {
                "key": cover.pk,
                "words": f"Covered by {cover.covering.name}" if cover.away_id == key else f"Covers for {cover.away.name}",
                "when": times_in_words(cover),
            }
            for cover in covers.order_by("from_on")
        ],
        "before": _before(found),
    }
    return render(request, "web/set_up/worker.jinja", context)


def _signing_in_words(sign_in: Any) -> list[dict[str, Any]]:
    if sign_in is None:
        return [{"key": "User name", "value": None, "unknown": "No sign-in"}]
    user = sign_in.user
    if user.temporary_until is None:
        phrase = "Chosen by the worker" if user.has_usable_password() else "None yet"
    elif user.temporary_until > timezone.now():
        phrase = f"Temporary, until {moment_in_words(user.temporary_until)}; not used yet"
    else:
        phrase = "The temporary one has run out unused"
    last = moment_in_words(user.last_login) if user.last_login else None
    return [
        {"key": "User name", "value": user.get_username(), "note": f"since {short_day(sign_in.from_on)}" if sign_in.from_on else None},
        {"key": "Pass phrase", "value": phrase},
        {"key": "Last signed in", "value": last, "unknown": "Never"},
    ]


def _before(found: Worker) -> list[list[str]]:
    """What ended, newest first: posts and duties."""
    today = localdate()
    held = [
        (row, post_in_words(row.post)) for row in Holding.objects.filter(worker=found, until_on__lte=today).select_related("post__team")
    ]
    duties = [(row, duty_in_words(row)) for row in Duty.objects.filter(worker=found, until_on__lte=today)]
    rows: list[tuple[Any, str]] = sorted([*held, *duties], key=lambda pair: (pair[0].until_on, pair[0].pk), reverse=True)
    return [[words, times_in_words(row)] for row, words in rows]


def _particulars() -> list[Ask]:
    return [
        Ask("name", line("Their name", "As colleagues and families know it."), needed=True),
        Ask("profession", line("Their profession or role", "Social worker, Family help worker, Business support.")),
        Ask("registration", line("Registration number", "With Social Work England or another body, as they tell it.")),
        Ask("phone", line("Telephone")),
        Ask("email", line("Email")),
    ]


@require_http_methods(["GET", "POST"])
@for_administrators
def add_worker(request: HttpRequest) -> HttpResponse:
    """Who they are, and at once, if wanted, their post and their sign-in."""
    posts = {str(post.pk): post for post in vacant_posts(localdate())}
    asks = [
        *_particulars(),
        Ask("post", One("Which post do they take?", hint="Posts that nobody holds. Leave empty if there is none yet."), options=[(pk, post_in_words(post)) for pk, post in posts.items()], heading="Their post"),
        Ask("from_on", Day("From which day?", may_be_ahead=True)),
        Ask("username", line("User name", USERNAME_HINT + " Leave empty if they need no sign-in."), heading="Their sign-in"),
    ]  # fmt: skip
    team = request.GET.get("post", "")
    form = Form.of(request, asks, {"from_on": localdate(), "post": team if team in posts else None})
    made: list[Worker] = []

    def keep(values: dict[str, Any]) -> Any:
        told = {ask.name: values[ask.name] for ask in _particulars()}
        made[:] = [create_worker(from_on=localdate(), **told)]
        if values["post"]:
            actions.put_in_post(worker=made[0], post=posts[values["post"]], from_on=values["from_on"] or localdate(), by=request.user)
        if not values["username"]:
            return f"{made[0].name} is on file."
        phrase = actions.give_sign_in(worker=made[0], username=values["username"])
        return tell_phrase(request, made[0], phrase)

    context = standing_on("Add a worker", "Add the worker", (reverse("set_up_workers"), "Workers"))
    answer = answered(request, form, do=keep, done="", to=reverse("set_up_workers"), context=context, template=FORM)
    return redirect(to_worker(made[0])) if made and answer.status_code == 302 else answer


@require_http_methods(["GET", "POST"])
@for_administrators
def change_worker(request: HttpRequest, key: int) -> HttpResponse:
    found = get_object_or_404(Worker, pk=key)
    asks = _particulars()

    def keep(values: dict[str, Any]) -> None:
        actions.change_worker(worker=found, **{ask.name: values[ask.name] for ask in asks})

    context = standing_on(f"Change {found.name}", "Keep", (to_worker(found), found.name))
    form = Form.of(request, asks, {ask.name: getattr(found, ask.name) for ask in asks})
    return answered(request, form, do=keep, done="Kept.", to=to_worker(found), context=context, template=FORM)
