"""Setting up teams and posts; allocating, covering, and saying who is involved."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate

from goldthread.core.agencies.models import (
    Agency,
    Allocation,
    Cover,
    Duty,
    Holding,
    Involvement,
    Post,
    Service,
    Sight,
    SignIn,
    Team,
    Worker,
)
from goldthread.core.agencies.queries import sights_of, user_of
from goldthread.core.agencies.seeing import sees_of_own
from goldthread.core.people.models import Person
from goldthread.ground.access.models import User
from goldthread.ground.access.predicate import AUDITOR, standing, withheld_among
from goldthread.ground.boot.many_rows import insert_many
from goldthread.ground.boot.trouble import Impossible
from goldthread.ground.time.queries import rule

SIGHT, SAMPLE = "sight.colleague", "sight.sample"  # for how long a colleague, or an auditor, may be let in at once


def create_agency(*, name: str, kind: str, **details: Any) -> Agency:
    """The agency of that kind and name, made if there is none."""
    return Agency.objects.get_or_create(name=name, kind=kind, defaults=details)[0]


def create_team(*, agency: Agency, service: str, name: str, purpose: str, phone: str | None = None) -> Team:
    """A team in a service of an agency."""
    return Team.objects.create(
        service=Service.objects.get_or_create(agency=agency, name=service)[0], name=name, purpose=purpose, phone=phone
    )


def create_post(*, team: Team, title: str, is_manager: bool = False, reports_to: Post | None = None) -> Post:
    return Post.objects.create(team=team, title=title, is_manager=is_manager, reports_to=reports_to)


def appoint(*, worker: Worker, post: Post, from_on: date) -> Holding:
    """A worker takes a post."""
    return Holding.objects.create(worker=worker, post=post, from_on=from_on)


def create_worker(
    *, name: str, user: Any = None, from_on: date, post: Post | None = None, duties: Iterable[str] = (), **details: Any
) -> Worker:
    """A worker, with the sign-in, post and duties that go with the job."""
    worker = Worker.objects.create(name=name, **details)
    if user is not None:
        SignIn.objects.create(worker=worker, user=user, from_on=from_on)
    if post is not None:
        appoint(worker=worker, post=post, from_on=from_on)
    for role in duties:
        give_duty(worker=worker, role=role, from_on=from_on)
    return worker


def give_duty(*, worker: Worker, role: str, from_on: date, until: date | None = None) -> Duty:
    return Duty.objects.create(worker=worker, role=role, from_on=from_on, until_on=until)


def cover(*, away: Worker, covering: Worker, from_on: date, until: date) -> Cover:
    """One worker sees and does another's work for a time."""
    return Cover.objects.create(away=away, covering=covering, from_on=from_on, until_on=until)


def allocate(
    *, child: int, team: Team, worker: Worker | None, on: date, role: str = Allocation.LEAD, why: str = "Reallocated"
) -> Allocation:
    """Name who answers for a child from a day; whoever held that role until then stops on it."""
    live = Allocation.objects.filter(child_id=child, role=role, until_on=None).first()
    if live is not None:
        if live.team_id == team.pk and live.worker_id == (worker.pk if worker else None):
            return live
        live.until_on, live.why_ended = max(on, live.from_on or on), why
        live.save(update_fields=["until_on", "why_ended"])
    return Allocation.objects.create(child_id=child, team=team, worker=worker, from_on=on, role=role)


def end_allocations(*, child: int, on: date, why: str) -> None:
    """Nobody answers for this child any more: the case is closed."""
    for live in Allocation.objects.filter(child_id=child, until_on=None):
        live.until_on, live.why_ended = max(on, live.from_on or on), why
        live.save(update_fields=["until_on", "why_ended"])


def allocate_many(rows: Iterable[Allocation]) -> None:
    """The batch form: whole histories of allocations, ended ones with their reason."""
    insert_many(rows)


def involve(*, child: int, agency: Agency, role: str, from_on: date, **details: Any) -> Involvement:
    """A professional knows this child from a day. The same agency and role again changes nothing."""
    live = Involvement.objects.filter(child_id=child, agency=agency, role=role, until_on=None).first()
    return live or Involvement.objects.create(child_id=child, agency=agency, role=role, from_on=from_on, **details)


def end_involvement(*, involvement: Involvement, on: date) -> None:
    """The professional no longer knows this child; the row stays as history. ValueError for a day before it began."""
    if involvement.from_on and on < involvement.from_on:
        raise ValueError("The last day is before the first.")
    involvement.until_on = on
    involvement.save(update_fields=["until_on"])


def involve_many(rows: Iterable[Involvement]) -> None:
    """The batch form of `involve`."""
    insert_many(rows)


def let_see(*, child: Person, worker: Worker, purpose: str, last_on: date, by: Any) -> Sight:
    """A colleague may see this child from today until the last day; what they had already ends today.

    Impossible for oneself, for somebody from whom the child is kept, who only reads or cannot sign in, for longer than the rule
    allows, and where the one who gives it sees the child only for a time themselves.
    """
    today, longest = localdate(), rule(SIGHT).limit or 0
    if not purpose.strip():
        raise Impossible("Say what they need to see the record for.", "purpose")
    if not sees_of_own(standing(by), child.pk):
        raise Impossible(
            "You see this record yourself for a time only. Ask whoever answers for the child to let your colleague in.", "worker"
        )
    if worker.pk == standing(by).worker_id:
        raise Impossible("You see this record already. Choose a colleague.", "worker")
    user = User.objects.filter(pk=user_of(worker.pk) or 0, is_active=True).first()
    if user is None:
        raise Impossible(f"{worker.name} has no sign-in.", "worker")
    if standing(user).reads_only or withheld_among(user.pk, [child.pk]):
        raise Impossible(f"{worker.name} may not be given this child. Choose somebody else.", "worker")
    if not today <= last_on <= today + timedelta(days=longest):
        raise Impossible(f"The last day must be today or later, and within {longest} days. It can be given again.", "last_on")
    for live in sights_of(children=[child.pk], worker=worker.pk).filter(is_sample=False):
        end_sight(sight=live, why="Given again")
    until = last_on + timedelta(days=1)
    return Sight.objects.create(child=child, worker=worker, purpose=purpose.strip(), from_on=today, until_on=until, given_by=by)


def end_sight(*, sight: Sight, why: str) -> None:
    """They see the child no longer, from now on."""
    sight.until_on, sight.ended_why = localdate(), why.strip() or None
    sight.save(update_fields=["until_on", "ended_why"])


def give_sample(*, worker: Worker, children: Iterable[int], purpose: str, last_on: date, by: Any) -> list[Sight]:
    """An auditor may read these children (their keys) from today until the last day; whichever they had already goes on as it was given.

    Impossible for whoever is no auditor, for oneself, or for longer than the rule allows. Whom the auditor may not see stays unseen.
    """
    today, longest = localdate(), rule(SAMPLE).limit or 0
    if not purpose.strip():
        raise Impossible("Say what the audit is.", "purpose")
    if worker.pk == standing(by).worker_id:
        raise Impossible("Nobody chooses a sample for themselves.", "worker")
    user = User.objects.filter(pk=user_of(worker.pk) or 0, is_active=True).first()
    if user is None or AUDITOR not in standing(user).duties:
        raise Impossible(f"{worker.name} is not an auditor. An administrator gives that duty, until a day.", "worker")
    if not today <= last_on <= today + timedelta(days=longest):
        raise Impossible(f"The last day must be today or later, and within {longest} days. A sample can be given again.", "last_on")
    told = {"worker": worker, "purpose": purpose.strip(), "from_on": today, "until_on": last_on + timedelta(days=1)}
    return [Sight.objects.create(child_id=child, given_by=by, is_sample=True, **told) for child in dict.fromkeys(children)]


def end_sample(*, worker: Worker, why: str) -> int:
    """The auditor reads none of the sample any more; how many children they read until now."""
    rows = list(sights_of(worker=worker.pk).filter(is_sample=True))
    for row in rows:
        end_sight(sight=row, why=why)
    return len({row.child_id for row in rows})
