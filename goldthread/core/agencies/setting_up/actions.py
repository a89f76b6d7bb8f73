"""Setting up who works here, each step refused in one sentence when it cannot be.

Days asked of people are the last days on which something held; rows keep the first day on which it no longer did.
Nobody changes what they themselves may see: a post or a duty is given by somebody else.
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate

from goldthread.core.agencies import actions
from goldthread.core.agencies.models import Agency, Cover, Duty, Holding, Post, SignIn, Team, Worker
from goldthread.core.agencies.queries import user_of
from goldthread.core.agencies.setting_up.queries import is_unused, line_above, open_teams, other_administrators, sign_in_of
from goldthread.ground.access.actions import create_sign_in, give_temporary_phrase, know_by
from goldthread.ground.access.predicate import AUDITOR, READ_ONLY
from goldthread.ground.boot.single_sign_on import PROVIDER
from goldthread.ground.boot.trouble import Impossible
from goldthread.ground.time.words import short_day

A_DAY = timedelta(days=1)
AHEAD = timedelta(days=366)
LONGEST_COVER = timedelta(days=92)


def not_for_oneself(worker: Worker, by: Any, about: str = "") -> None:
    """Impossible for the one it is about: an administrator looks after others."""
    if user_of(worker.pk) == by.pk:
        raise Impossible("Somebody else must do this for you: nobody changes what they themselves may see.", about)


def add_team(*, agency: Agency, service: str, name: str, purpose: str, phone: str | None = None) -> Team:
    """A team of our own. Impossible while another of the name is open."""
    if open_teams().filter(name__iexact=name, service__agency=agency).exists():
        raise Impossible(f"There is a team called {name} already.", "name")
    return actions.create_team(agency=agency, service=service, name=name, purpose=purpose, phone=phone)


def change_team(*, team: Team, name: str, phone: str | None) -> None:
    if open_teams().filter(name__iexact=name, service__agency=team.service.agency_id).exclude(pk=team.pk).exists():
        raise Impossible(f"There is a team called {name} already.", "name")
    team.name, team.phone = name, phone
    team.save(update_fields=["name", "phone"])


def add_agency(*, name: str, kind: str, phone: str | None, email: str | None, address: str | None) -> Agency:
    """Another agency we work with. Impossible when it is on file."""
    if Agency.objects.filter(name__iexact=name, kind=kind).exists():
        raise Impossible(f"{name} is on file already.", "name")
    return actions.create_agency(name=name, kind=kind, phone=phone, email=email, address=address)


def add_post(*, team: Team, title: str, is_manager: bool, reports_to: Post | None) -> Post:
    if team.closed_on:
        raise Impossible(f"{team.name} was closed on {short_day(team.closed_on)}.")
    return actions.create_post(team=team, title=title, is_manager=is_manager, reports_to=reports_to)


def change_post(*, post: Post, title: str, is_manager: bool, reports_to: Post | None, by: Any) -> None:
    """Its title, whether it answers for the team, and its line. Impossible when the line would run in a ring."""
    holding = Holding.objects.on(localdate()).filter(post=post).select_related("worker").first()
    if holding is not None:
        not_for_oneself(holding.worker, by)
    if reports_to is not None and post.pk in line_above(reports_to):
        raise Impossible(f"{reports_to.title} reports to this post already: the line would run in a ring.", "reports_to")
    post.title, post.is_manager, post.reports_to = title, is_manager, reports_to
    post.save(update_fields=["title", "is_manager", "reports_to"])


def close_post(*, post: Post, last_on: date) -> None:
    """The post is no more. Impossible while somebody holds it later, or a post still reports to it."""
    holding = _held_after(post, last_on + A_DAY)
    if holding is not None:
        raise Impossible(f"{holding.worker.name} holds this post{_until(holding)}. End that first.", "last_on")
    below = Post.objects.filter(reports_to=post, closed_on=None).select_related("team").first()
    if below is not None:
        raise Impossible(f"{below.title} in {below.team.name} reports to this post. Say first to whom it reports.", "last_on")
    post.closed_on = last_on + A_DAY
    post.save(update_fields=["closed_on"])


def _held_after(post: Post, day: date) -> Holding | None:
    later = Holding.objects.filter(post=post).filter(Q(until_on=None) | Q(until_on__gt=day)).select_related("worker")
    return later.order_by("from_on", "pk").first()


def _until(dated: Any) -> str:
    """ " from 6 January 2020", " from 6 January 2020 to 3 March 2026"."""
    begun = f" from {short_day(dated.from_on)}" if dated.from_on else ""
    return f"{begun} to {short_day(dated.until_on - A_DAY)}" if dated.until_on else begun


def put_in_post(*, worker: Worker, post: Post, from_on: date, by: Any) -> Holding:
    """A worker takes a post that nobody holds from that day on."""
    not_for_oneself(worker, by)
    post = Post.objects.select_for_update(of=("self",)).select_related("team").get(pk=post.pk)
    if post.closed_on or post.team.closed_on:
        raise Impossible(f"{post.title} in {post.team.name} is no more.", "post")
    if from_on > localdate() + AHEAD:
        raise Impossible("Choose a day within the next year.", "from_on")
    held = _held_after(post, from_on)
    if held is not None:
        raise Impossible(f"{held.worker.name} holds this post{_until(held)}. End that first, or choose a later day.", "from_on")
    return actions.appoint(worker=worker, post=post, from_on=from_on)


def end_holding(*, holding: Holding, last_on: date) -> None:
    """The last day of a worker in a post."""
    _end(holding, last_on, "post")


def _end(dated: Any, last_on: date, what: str) -> None:
    """The day before the first is taken too: it never began."""
    if dated.from_on and last_on < dated.from_on - A_DAY:
        raise Impossible(f"The {what} began on {short_day(dated.from_on)}: the last day cannot come before it.", "last_on")
    dated.until_on = last_on + A_DAY
    dated.save(update_fields=["until_on"])


def change_worker(*, worker: Worker, **told: str | None) -> None:
    """Name, profession, registration, telephone, e-mail."""
    for name, value in told.items():
        setattr(worker, name, value)
    worker.save(update_fields=list(told))


def give_sign_in(*, worker: Worker, username: str) -> str:
    """A sign-in from today; gives back the temporary phrase, which is kept nowhere. One who comes back gets their old one."""
    if sign_in_of(worker.pk) is not None:
        raise Impossible(f"{worker.name} has a sign-in already.", "username")
    before = SignIn.objects.filter(worker=worker).select_related("user").order_by("-until_on").first()
    if before is not None:
        user, phrase = before.user, give_temporary_phrase(user=before.user)
    else:
        user, phrase = create_sign_in(username=username, name=worker.name)
    SignIn.objects.create(worker=worker, user=user, from_on=localdate())
    return phrase


def give_phrase_again(*, worker: Worker, by: Any) -> str:
    """The first temporary phrase anew, for somebody who never chose one of their own: nothing stands behind it that was theirs.

    Impossible for oneself; and for a sign-in in use, which wants a second person's yes (`ways_back`).
    """
    not_for_oneself(worker, by)
    held = sign_in_of(worker.pk)
    if held is None:
        raise Impossible(f"{worker.name} has no sign-in.")
    if not is_unused(held.user):
        raise Impossible(f"{worker.name} has signed in before: somebody else must agree.")
    return give_temporary_phrase(user=held.user)


def know_by_provider(*, worker: Worker, by: Any, subject: str) -> None:
    """By what the council's provider knows this worker. Impossible for oneself, and without a sign-in."""
    not_for_oneself(worker, by)
    held = sign_in_of(worker.pk)
    if held is None:
        raise Impossible(f"{worker.name} has no sign-in.")
    know_by(user=held.user, provider=PROVIDER, subject=subject)


def give_duty(*, worker: Worker, role: str, from_on: date, last_on: date | None, by: Any) -> Duty:
    """A duty for a time. Impossible when the worker has it on one of these days already."""
    not_for_oneself(worker, by)
    until = last_on + A_DAY if last_on else None
    if last_on and last_on < from_on:
        raise Impossible("The last day comes before the first.", "last_on")
    if role == "inspector" and last_on is None:
        raise Impossible(
            "Enter the last day: an inspector reads every child who is not restricted, for as long as it takes and no longer.", "last_on"
        )
    if role == AUDITOR and last_on is None:
        raise Impossible("Enter the last day: an auditor reads a chosen sample, for as long as the audit takes.", "last_on")
    if role in READ_ONLY and Duty.objects.on(from_on).filter(worker=worker, role="administrator").exists():
        raise Impossible(
            f"{worker.name} is administrator, and whoever only reads is nothing else besides. Give it to a worker of their own.", "role"
        )
    same = Duty.objects.filter(worker=worker, role=role).filter(Q(until_on=None) | Q(until_on__gt=from_on))
    held = (same.filter(Q(from_on=None) | Q(from_on__lt=until)) if until else same).first()
    if held is not None:
        raise Impossible(f"{worker.name} has this duty{_until(held)} already.", "from_on")
    return actions.give_duty(worker=worker, role=role, from_on=from_on, until=until)


def end_duty(*, duty: Duty, last_on: date) -> None:
    """Impossible for the last administrator: nobody could let anybody in again."""
    if duty.role == "administrator" and not other_administrators(duty.worker_id, localdate()):
        raise Impossible("Nobody else is administrator. Give somebody else that duty first.", "last_on")
    _end(duty, last_on, "duty")


def set_cover(*, away: Worker, covering: Worker, from_on: date, last_on: date, by: Any) -> Cover:
    """One worker sees and does another's work from the first day to the last. LOCAL: three months, then the children are reallocated."""
    if away == covering:
        raise Impossible("Choose somebody else to cover.", "covering")
    not_for_oneself(covering, by, "covering")
    if not from_on <= last_on <= from_on + LONGEST_COVER:
        raise Impossible("The last day must come after the first, and within three months: reallocate the children for longer.", "last_on")
    until = last_on + A_DAY
    for cover in Cover.objects.filter(from_on__lt=until, until_on__gt=from_on).select_related("away", "covering"):
        if cover.away_id == away.pk:
            raise Impossible(
                f"{away.name} is covered by {cover.covering.name}{_until(cover)}. End that first, or choose other days.", "from_on"
            )
        if cover.away_id == covering.pk:
            raise Impossible(f"{covering.name} is away{_until(cover)}. Choose somebody else.", "covering")
    return actions.cover(away=away, covering=covering, from_on=from_on, until=until)


def end_cover(*, cover: Cover, last_on: date) -> None:
    """Back earlier than was thought."""
    if cover.until_on and last_on >= cover.until_on:
        raise Impossible(f"It ends on {short_day(cover.until_on - A_DAY)} already.", "last_on")
    _end(cover, last_on, "cover")
