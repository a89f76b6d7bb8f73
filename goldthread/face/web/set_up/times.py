"""What a worker holds for a time: posts, duties, cover. Begun from a day, ended on a last day."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from goldthread.core.agencies.models import Cover, Duty, Holding, Post, Worker
from goldthread.core.agencies.setting_up import actions
from goldthread.core.agencies.setting_up.queries import members, vacant_posts
from goldthread.face.web.child.asking import Ask, Form, answered
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
from goldthread.pathway.questions import Day, One


def first_day(words: str = "From which day?") -> Ask:
    return Ask("from_on", Day(words, may_be_ahead=True), needed=True)


def last_day(words: str = "What is the last day?", *, needed: bool = True, hint: str = "") -> Ask:
    return Ask("last_on", Day(words, may_be_ahead=True, hint=hint), needed=needed)


@require_http_methods(["GET", "POST"])
@for_administrators
def put_in_post(request: HttpRequest, key: int) -> HttpResponse:
    """A post that nobody holds from a day on, for one worker."""
    worker = get_object_or_404(Worker, pk=key)
    posts = {
        str(post.pk): post
        for post in Post.objects.filter(closed_on=None, team__closed_on=None).select_related("team").order_by("team__name", "title")
    }
    vacant = {post.pk for post in vacant_posts(localdate())}
    options = [(pk, f"{post_in_words(post)}{'' if post.pk in vacant else ' (held)'}") for pk, post in posts.items()]
    asks = [Ask("post", One("Which post?"), options=options, needed=True), first_day()]

    def keep(values: dict[str, Any]) -> str:
        held = actions.put_in_post(worker=worker, post=posts[values["post"]], from_on=values["from_on"], by=request.user)
        return f"{worker.name}: {post_in_words(posts[values['post']])}, {times_in_words(held)}."

    context = standing_on(f"Put {worker.name} in a post", "Put in the post", (to_worker(worker), worker.name))
    form = Form.of(request, asks, {"from_on": localdate()})
    return answered(request, form, do=keep, done="", to=to_worker(worker), context=context, template=FORM)


@require_http_methods(["GET", "POST"])
@for_administrators
def fill_post(request: HttpRequest, key: int) -> HttpResponse:
    """The same from the post's side: who takes it."""
    post = get_object_or_404(Post.objects.select_related("team"), pk=key, closed_on=None)
    found, _ = members("", localdate())
    workers = {str(one.worker.pk): one for one in found}
    options = [
        (pk, f"{one.worker.name}{', ' + post_in_words(one.holdings[0].post) if one.holdings else ''}") for pk, one in workers.items()
    ]
    asks = [Ask("worker", One("Who takes the post?", hint="Somebody who is not in the list is added under Workers first."), options=options, needed=True), first_day()]  # fmt: skip

    def keep(values: dict[str, Any]) -> str:
        worker = workers[values["worker"]].worker
        held = actions.put_in_post(worker=worker, post=post, from_on=values["from_on"], by=request.user)
        return f"{worker.name}: {post_in_words(post)}, {times_in_words(held)}."

    back = (to_team(post.team_id), post.team.name)
    context = standing_on(f"Who takes the post {post.title}?", "Put in the post", back)
    return answered(request, Form.of(request, asks, {"from_on": localdate()}), do=keep, done="", to=back[0], context=context, template=FORM)


@require_http_methods(["GET", "POST"])
@for_administrators
def end_holding(request: HttpRequest, key: int) -> HttpResponse:
    holding = get_object_or_404(Holding.objects.select_related("worker", "post__team"), pk=key)

    def keep(values: dict[str, Any]) -> None:
        actions.end_holding(holding=holding, last_on=values["last_on"])

    return _ended(
        request,
        holding.worker,
        post_in_words(holding.post),
        times_in_words(holding),
        keep,
        "Children stay with the worker until they are reallocated.",
    )


def _ended(request: HttpRequest, worker: Worker, what: str, when: str, keep: Any, lead: str = "") -> HttpResponse:
    context = standing_on(f"End for {worker.name}: {what}", "End it", (to_worker(worker), worker.name), lead=f"Held {when}. {lead}".strip())
    form = Form.of(request, [last_day("What is the last day?")], {"last_on": localdate()})
    return answered(request, form, do=keep, done="Ended. The history keeps it.", to=to_worker(worker), context=context, template=FORM)


@require_http_methods(["GET", "POST"])
@for_administrators
def give_duty(request: HttpRequest, key: int) -> HttpResponse:
    worker = get_object_or_404(Worker, pk=key)
    asks = [
        Ask("role", One("Which duty?", hint="Front door, out of hours and inspectors see every child who is not restricted. An inspector or analyst writes nothing, and is nothing else besides."), options=list(Duty.ROLES.items()), needed=True),
        first_day(),
        last_day("Until which day?", needed=False, hint="The last day. Leave empty if it has no end yet."),
    ]  # fmt: skip

    def keep(values: dict[str, Any]) -> str:
        duty = actions.give_duty(worker=worker, by=request.user, **{name: values[name] for name in ("role", "from_on", "last_on")})
        return f"{worker.name}: {duty_in_words(duty)}, {times_in_words(duty)}."

    context = standing_on(f"Give {worker.name} a duty", "Give the duty", (to_worker(worker), worker.name))
    form = Form.of(request, asks, {"from_on": localdate()})
    return answered(request, form, do=keep, done="", to=to_worker(worker), context=context, template=FORM)


@require_http_methods(["GET", "POST"])
@for_administrators
def end_duty(request: HttpRequest, key: int) -> HttpResponse:
    duty = get_object_or_404(Duty.objects.select_related("worker"), pk=key)

    def keep(values: dict[str, Any]) -> None:
        actions.end_duty(duty=duty, last_on=values["last_on"])

    return _ended(request, duty.worker, duty_in_words(duty), times_in_words(duty), keep)


@require_http_methods(["GET", "POST"])
@for_administrators
def set_cover(request: HttpRequest, key: int) -> HttpResponse:
    """Who has the list and sees the children while a worker is away."""
    worker = get_object_or_404(Worker, pk=key)
    found, _ = members("", localdate(), only="here")
    workers = {str(one.worker.pk): one.worker for one in found if one.sign_in and one.worker != worker}
    asks = [
        Ask("covering", One("Who covers?"), options=[(pk, one.name) for pk, one in workers.items()], needed=True),
        first_day("First day away"),
        last_day("Last day away"),
    ]

    def keep(values: dict[str, Any]) -> str:
        covering = workers[values["covering"]]
        cover = actions.set_cover(away=worker, covering=covering, from_on=values["from_on"], last_on=values["last_on"], by=request.user)
        return f"{covering.name} sees {worker.name}’s children and list, {times_in_words(cover)}."

    context = standing_on(f"Cover while {worker.name} is away", "Set the cover", (to_worker(worker), worker.name))
    form = Form.of(request, asks, {"from_on": localdate()})
    return answered(request, form, do=keep, done="", to=to_worker(worker), context=context, template=FORM)


@require_http_methods(["GET", "POST"])
@for_administrators
def end_cover(request: HttpRequest, key: int) -> HttpResponse:
    cover = get_object_or_404(Cover.objects.select_related("away", "covering"), pk=key)

    def keep(values: dict[str, Any]) -> None:
        actions.end_cover(cover=cover, last_on=values["last_on"])

    return _ended(request, cover.away, f"cover by {cover.covering.name}", times_in_words(cover), keep)
