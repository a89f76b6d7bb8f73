"""Finding looks to look at again, closing them, watching a record, and setting this council's own limits."""

from datetime import date, timedelta

from django.utils import timezone

from goldthread.core.oversight.limits import LIMITS
from goldthread.core.oversight.looking import to_rows
from goldthread.core.oversight.models import Finding, Limit, Watched
from goldthread.ground.access.models import User
from goldthread.ground.boot.trouble import Impossible


def look_through(day: date) -> int:
    """Write down what one day gives reason to look at again; how much is new. What is found already is not found twice."""
    before = Finding.objects.filter(day=day).count()
    Finding.objects.bulk_create(to_rows(day), ignore_conflicts=True, batch_size=1000)
    return Finding.objects.filter(day=day).count() - before


def look_through_last_days(today: date) -> None:
    """Yesterday, and two days more: a worker that stood still for a night misses nothing."""
    for back in (3, 2, 1):
        look_through(today - timedelta(days=back))


def close(*, finding: Finding, by: User, outcome: str, words: str) -> None:
    """What it came to, in words. Impossible for whoever looked, and for what is closed."""
    if finding.user_id == by.pk:
        raise Impossible("Somebody else must close this: it is about what you looked at.", "outcome")
    if finding.closed_at is not None:
        raise Impossible("Somebody else has closed this meanwhile.", "outcome")
    finding.closed_at, finding.closed_by, finding.outcome, finding.words = timezone.now(), by, outcome, words
    finding.save(update_fields=["closed_at", "closed_by", "outcome", "words"])


def watch(*, person: int, why: str, by: User) -> Watched:
    """Looks at this record without a link to it are found from now on. A second call changes nothing."""
    live = Watched.objects.filter(person=person, ended_at=None).first()
    return live or Watched.objects.create(person=person, why=why, set_by=by)


def end_watch(*, watched: Watched, by: User) -> None:
    watched.ended_at, watched.ended_by = timezone.now(), by
    watched.save(update_fields=["ended_at", "ended_by"])


def set_limit(*, name: str, value: int, from_on: date, why: str, by: User) -> Limit:
    """This council's own number from a day. Impossible for a day that is over: what was found then stays as it was found."""
    if from_on < timezone.localdate():
        raise Impossible("A limit holds from today or a day to come.", "from_on")
    if value < (0 if name.startswith("night") else 1) or (name.startswith("night") and value > 23):
        raise Impossible(f"{value} cannot be a limit for “{LIMITS[name][0]}”.", "value")
    return Limit.objects.create(name=name, value=value, from_on=from_on, why=why, set_by=by)
