"""What every meeting does as it is opened and held, whatever its kind: registered on the archetype, run for each process of it."""

from collections.abc import Iterable

from django.utils.timezone import localdate

from goldthread.core.records.models import Record
from goldthread.core.work.actions import finish_tasks, give_task
from goldthread.ground.time.queries import calendar
from goldthread.pathway.actions import Completed
from goldthread.pathway.answers import Answers
from goldthread.pathway.definition import Problem
from goldthread.pathway.meeting.actions import list_proposed
from goldthread.pathway.meeting.archetype import HOLD, MEETING, Meeting
from goldthread.pathway.meeting.models import Arrangement
from goldthread.pathway.meeting.queries import chair_of, holder_of, required_left_unanswered
from goldthread.pathway.meeting.reports.queries import views_missing
from goldthread.pathway.meeting.wording import ask_to_send
from goldthread.pathway.queries import children_of
from goldthread.pathway.registry import BEGUN, after, before, definition_of

LIST = "invitees"  # where the problems of the list lead


@after(Meeting, BEGUN)
def draw_up_the_list(done: Completed) -> None:
    list_proposed(record=done.record, by=done.by)


@before(Meeting, HOLD)
def everyone_is_accounted_for(record: Record, answers: Answers) -> Iterable[Problem]:
    """Who came is known of everyone, and what each thinks; a required role is in the list or left out with a reason."""
    definition = definition_of(record.kind)
    assert issubclass(definition, Meeting)
    yield from _the_chair_is_independent(definition, record)
    invitees = list(record.invitees.order_by("pk"))
    for title in required_left_unanswered(definition, invitees):
        yield Problem(f"{title} must be there and is not in the list. Add somebody, or leave the role out with a reason.", LIST)
    unknown = [str(one) for one in invitees if one.left_out_at is None and one.attended is None]
    if unknown:
        yield Problem(f"Say for each whether they took part: {'; '.join(unknown)}.", LIST)
    elif views := views_missing(definition, record):
        yield Problem(f"Write down what each thinks, child by child: {'; '.join(views)}.", LIST)


@before(Meeting, HOLD, also_corrected=True)
def an_inquorate_meeting_says_why(record: Record, answers: Answers) -> Iterable[Problem]:
    """Once it is known of everyone whether they came."""
    definition = definition_of(record.kind)
    assert issubclass(definition, Meeting)
    invitees = list(record.invitees.order_by("pk"))
    if any(one.left_out_at is None and one.attended is None for one in invitees):
        return
    lacking = definition.lacking(invitees, chair_of(record))
    if lacking and not answers.own.values.get("why_inquorate"):
        words = f"Without {' and '.join(lacking).lower()} it was not quorate. Say why it was held all the same."
        yield Problem(words, "why_inquorate", "why_inquorate")


def _the_chair_is_independent(definition: type[Meeting], record: Record) -> Iterable[Problem]:
    """Asked again when it is held: since it was arranged, the chair may have come into the line."""
    if not definition.chair_is_independent:
        return
    arrangement = Arrangement.objects.filter(record=record).select_related("chair").first()
    if arrangement is None or arrangement.chair is None:
        yield Problem("Name the chair: press “Arrange” on the page of who is asked.", LIST)
    elif why := definition.may_not_chair(arrangement.chair, children_of(record)):
        yield Problem(why, LIST)


@after(Meeting, HOLD)
def ask_for_the_decisions_to_be_sent(done: Completed) -> None:
    """It has been held: whoever recorded it sends the decisions, to those who came and those who did not."""
    holder = holder_of(done.record)
    finish_tasks(record=done.record, step=MEETING, by=done.by)
    waiting = done.record.invitees.filter(left_out_at=None, sent_at=None).count()
    if waiting:
        what = ask_to_send(done.detail.title, waiting)
        give_task(record=done.record, step=MEETING, what=what, by=done.by, due_on=calendar().add(localdate(), 1), **holder)
