"""E-mail leaves after the answer; who has not answered, or not acknowledged, is chased until they have."""

from datetime import timedelta

from django.utils import timezone
from django.utils.timezone import localdate

from goldthread.core.records.models import Record
from goldthread.core.work.actions import give_task
from goldthread.core.work.models import Task
from goldthread.ground import jobs
from goldthread.ground.time.queries import calendar
from goldthread.pathway.meeting.archetype import CHASE
from goldthread.pathway.meeting.grid import who_in_a_line
from goldthread.pathway.meeting.links import actions
from goldthread.pathway.meeting.links.mailing import has_mail_server, message
from goldthread.pathway.meeting.models import Invitee, Link
from goldthread.pathway.meeting.queries import WAITS_FOR_ACKNOWLEDGEMENT, WAITS_FOR_REPLY, about_somebody_still_there, holder_of
from goldthread.pathway.meeting.wording import ACKNOWLEDGE, ANSWER, chasing

# LOCAL practice: somebody is asked to ring two hours after an unanswered invitation, and a working day after decisions
# that nobody has acknowledged; ten working days later it is left to the report.
REPLY_AFTER, GIVEN_UP_AFTER = timedelta(hours=2), 10


@jobs.task
def mail(link: int, again: bool = False) -> None:
    """One message to one invitee; tried again by the queue while the server does not take it."""
    found = Link.objects.filter(pk=link, ended_at=None).select_related("invitee__record").first()
    if found is None or not has_mail_server() or not found.invitee.email:
        return
    if not Invitee.objects.filter(about_somebody_still_there(), pk=found.invitee_id).exclude(record__state=Record.VOID).exists():
        return
    message(found, again=again).send()
    actions.mailed(link=found, again=again)


@jobs.every("20 * * * *")
def chase() -> None:
    """Once an hour: a reminder a day to each, and one task a meeting for whoever answers for it."""
    now = timezone.now()
    actions.forget_old_tries()
    standing = (
        Invitee.objects.filter(about_somebody_still_there())
        .exclude(record__state=Record.VOID)
        .select_related("record", "agency")
        .order_by("record_id", "pk")
    )
    silent = standing.filter(WAITS_FOR_REPLY, record__step__isnull=False, invited_at__lt=now - REPLY_AFTER)
    _ask_for(list(silent), ANSWER, Link.REPLY)
    today = localdate()
    since, until = calendar().add(today, -GIVEN_UP_AFTER), calendar().add(today, -1)
    unacknowledged = standing.filter(WAITS_FOR_ACKNOWLEDGEMENT, sent_at__date__gte=since, sent_at__date__lte=until)
    _ask_for(list(unacknowledged), ACKNOWLEDGE, Link.ACKNOWLEDGE)


def _ask_for(waited_for: list[Invitee], what: str, purpose: str) -> None:
    by_record: dict[int, list[Invitee]] = {}
    for invitee in waited_for:
        by_record.setdefault(invitee.record_id, []).append(invitee)
    for invitees in by_record.values():
        _remind(invitees, purpose)
        record = invitees[0].record
        if not Task.objects.filter(Task.OPEN, record=record, what__startswith=what).exists():
            words = chasing(what, [who_in_a_line(one) for one in invitees])
            give_task(record=record, step=CHASE, what=words, due_on=localdate(), **holder_of(record))


def _remind(invitees: list[Invitee], purpose: str) -> None:
    a_day_ago = timezone.now() - timedelta(hours=20)
    links = Link.objects.filter(invitee__in=invitees, purpose=purpose, ended_at=None, by_hand=False, expires_at__gt=timezone.now())
    for link in links.filter(mailed_at__lt=a_day_ago).exclude(reminded_at__gt=a_day_ago):
        jobs.enqueue(mail, link=link.pk, again=True, only_once=f"remind {link.pk}")
