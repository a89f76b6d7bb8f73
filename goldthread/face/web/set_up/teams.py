"""A team and its posts: adding, changing, closing, and who sits where."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods

from goldthread.core.agencies.models import Agency, Holding, Post, Service, Team
from goldthread.core.agencies.setting_up import actions
from goldthread.core.agencies.setting_up.queries import PURPOSES, open_teams, seats_of, unmanaged_teams
from goldthread.core.work.leaving.actions import close_team
from goldthread.face.web.child.asking import Ask, Form, answered, line
from goldthread.face.web.set_up.home import seat_in_words
from goldthread.face.web.set_up.pages import FORM, for_administrators, post_in_words, standing_on, times_in_words, to_team, to_worker
from goldthread.ground.time.words import short_day
from goldthread.pathway.questions import Day, One, YesNo

ANOTHER = "another"


@require_GET
@for_administrators
def team(request: HttpRequest, key: int) -> HttpResponse:
    """The team: its posts with their line, who holds each now and who comes next, and who held one before."""
    today, found = localdate(), get_object_or_404(Team.objects.select_related("service__agency"), pk=key)
    before = Holding.objects.filter(post__team=found, until_on__lte=today).select_related("worker", "post").order_by("-until_on", "-pk")
    context = {
        "team": found,
        "purpose": PURPOSES.get(found.purpose, found.purpose),
        "closed": short_day(found.closed_on) if found.closed_on else "",
        "seats": [seat_in_words(seat) for seat in seats_of([found.pk], today).get(found.pk, [])],
        "before": [[{"words": h.worker.name, "href": to_worker(h.worker)}, h.post.title, times_in_words(h)] for h in before[:100]],
        "is_unmanaged": found in unmanaged_teams(today),
    }
    return render(request, "web/set_up/team.jinja", context)


@require_http_methods(["GET", "POST"])
@for_administrators
def add_team(request: HttpRequest) -> HttpResponse:
    own = Agency.objects.filter(is_own_authority=True).order_by("pk").first()
    if own is None:
        return redirect("first_run")
    services = list(Service.objects.filter(agency=own).order_by("name").values_list("name", flat=True))
    choices = [*((name, name) for name in services), (ANOTHER, "A new service")]
    asks = [
        Ask("service", One("Which service is it in?"), options=choices, needed=True),
        Ask("service_name", line("What is the service called?"), needed=True, when=("service", (ANOTHER,), "it is a new service")),
        Ask("name", line("What is the team called?"), needed=True),
        Ask("purpose", One("Which work does it take?", hint="Work that nobody is named for goes to the team that takes it."), options=list(PURPOSES.items()), needed=True),
        Ask("phone", line("Telephone")),
    ]  # fmt: skip
    form = Form.of(request, asks, {"service": ANOTHER} if not services else None)
    made: list[Team] = []

    def keep(values: dict[str, Any]) -> str:
        service = values["service_name"] if values["service"] == ANOTHER else values["service"]
        made.append(actions.add_team(agency=own, service=service, name=values["name"], purpose=values["purpose"], phone=values["phone"]))
        return f"{made[0].name} is open. Next, add its posts."

    context = standing_on("Add a team", "Add the team", (reverse("set_up"), "Set-up"))
    answer = answered(request, form, do=keep, done="", to=reverse("set_up"), context=context, template=FORM)
    return redirect("set_up_team", made[0].pk) if made and answer.status_code == 302 else answer


@require_http_methods(["GET", "POST"])
@for_administrators
def change_team(request: HttpRequest, key: int) -> HttpResponse:
    found = get_object_or_404(Team.objects.select_related("service"), pk=key, closed_on=None)
    asks = [Ask("name", line("What is the team called?"), needed=True), Ask("phone", line("Telephone"))]

    def keep(values: dict[str, Any]) -> None:
        actions.change_team(team=found, name=values["name"], phone=values["phone"])

    context = standing_on(f"Change {found.name}", "Keep", (to_team(key), found.name))
    form = Form.of(request, asks, {"name": found.name, "phone": found.phone})
    return answered(request, form, do=keep, done="Kept.", to=to_team(key), context=context, template=FORM)


@require_http_methods(["GET", "POST"])
@for_administrators
def close(request: HttpRequest, key: int) -> HttpResponse:
    """The last day of a team; its children and what waits for it go to another."""
    found = get_object_or_404(Team, pk=key, closed_on=None)
    others = {str(team.pk): team for team in open_teams().exclude(pk=key)}
    asks = [
        Ask("last_on", Day("What was its last day?"), needed=True),
        Ask("to", One("Which team takes its children and what waits for it?", hint="Leave empty if nothing is open."), options=[(pk, one.name) for pk, one in others.items()]),
    ]  # fmt: skip

    def keep(values: dict[str, Any]) -> None:
        close_team(team=found, last_on=values["last_on"], to=others.get(values["to"] or ""))

    context = standing_on(f"Close {found.name}", "Close the team", (to_team(key), found.name), button_kind="danger")
    form = Form.of(request, asks, {"last_on": localdate()})
    return answered(request, form, do=keep, done=f"{found.name} is closed.", to=reverse("set_up"), context=context, template=FORM)


def _about_a_post(post: Post | None) -> tuple[list[Ask], dict[str, Post]]:
    """What is asked about a post, and the posts it may report to by key."""
    posts = (
        Post.objects.filter(closed_on=None, is_manager=True, team__closed_on=None).select_related("team").order_by("team__name", "title")
    )
    above = {str(one.pk): one for one in (posts.exclude(pk=post.pk) if post else posts)}
    return [
        Ask("title", line("What is the post called?", "Social worker, Team manager, Family help worker."), needed=True),
        Ask("is_manager", YesNo("Does it answer for the team?", hint="Whoever holds it sees the team’s children, decides and allocates."), needed=True),
        Ask("reports_to", One("To whom does it report?", hint="The managers above see the teams below. Leave empty at the top of the line."), options=[(pk, post_in_words(one)) for pk, one in above.items()]),
    ], above  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_administrators
def add_post(request: HttpRequest, key: int) -> HttpResponse:
    found = get_object_or_404(Team, pk=key, closed_on=None)
    asks, above = _about_a_post(None)

    def keep(values: dict[str, Any]) -> str:
        line_to = above.get(values["reports_to"] or "")
        post = actions.add_post(team=found, title=values["title"], is_manager=values["is_manager"], reports_to=line_to)
        return f"{post.title} is added. Nobody holds it yet."

    own = next((pk for pk, post in above.items() if post.team_id == key), None)
    context = standing_on(f"Add a post to {found.name}", "Add the post", (to_team(key), found.name))
    form = Form.of(request, asks, {"is_manager": own is None, "reports_to": own})
    return answered(request, form, do=keep, done="", to=to_team(key), context=context, template=FORM)


@require_http_methods(["GET", "POST"])
@for_administrators
def change_post(request: HttpRequest, key: int) -> HttpResponse:
    post = get_object_or_404(Post.objects.select_related("team"), pk=key, closed_on=None)
    asks, above = _about_a_post(post)

    def keep(values: dict[str, Any]) -> None:
        line_to = above.get(values["reports_to"] or "")
        actions.change_post(post=post, title=values["title"], is_manager=values["is_manager"], reports_to=line_to, by=request.user)

    context = standing_on(f"Change {post.title}", "Keep", (to_team(post.team_id), post.team.name))
    known = {"title": post.title, "is_manager": post.is_manager, "reports_to": str(post.reports_to_id) if post.reports_to_id else None}
    return answered(request, Form.of(request, asks, known), do=keep, done="Kept.", to=to_team(post.team_id), context=context, template=FORM)


@require_http_methods(["GET", "POST"])
@for_administrators
def close_post(request: HttpRequest, key: int) -> HttpResponse:
    post = get_object_or_404(Post.objects.select_related("team"), pk=key, closed_on=None)

    def keep(values: dict[str, Any]) -> None:
        actions.close_post(post=post, last_on=values["last_on"])

    context = standing_on(f"End the post {post.title}", "End the post", (to_team(post.team_id), post.team.name), lead=post.team.name)
    form = Form.of(request, [Ask("last_on", Day("What was its last day?"), needed=True)], {"last_on": localdate()})
    return answered(request, form, do=keep, done="The post has ended.", to=to_team(post.team_id), context=context, template=FORM)
