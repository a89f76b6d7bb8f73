"""What the room asks of the database before a protection plan begins or ends."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.ground.time.ages import birthday
from goldthread.ground.time.words import short_day
from goldthread.pathway.answers import Answers
from goldthread.pathway.archetypes import BEGIN, END, WRITE
from goldthread.pathway.definition import Problem
from goldthread.pathway.registry import before
from goldthread.practice.protection.protection_plan import DIED, EIGHTEEN, ProtectionPlan
from goldthread.practice.protection.written_plan import WrittenPlan

LONGEST_BETWEEN_VISITS = 30  # working days, six weeks: our own; four weeks is the longest heard of


@before(ProtectionPlan, BEGIN, also_corrected=True)
def is_on_no_plan_already(record: Record, answers: Answers) -> Iterable[Problem]:
    child, day = _child(record), answers.started_on
    if child is None or day is None:
        return
    other = _another(record, child, day, answers.ended_on)
    if other is not None:
        yield Problem(
            f"{child} is on a protection plan already, {_since(other, day)}. A child has one at a time.", "started_on-day", "started_on"
        )
        return
    if child.born_on and day >= birthday(child.born_on, 18):
        yield Problem(f"{child} was 18 on that day: a protection plan is for a child.", "started_on-day", "started_on")


def _another(record: Record, child: Person, from_on: date, until: date | None) -> ProtectionPlan | None:
    """The first other plan of this child that stands on a day of this period."""
    others = ProtectionPlan.objects.filter(Q(ended_on=None) | Q(ended_on__gt=from_on), child=child, stands=True).exclude(record=record)
    return (others if until is None else others.filter(started_on__lt=until)).order_by("started_on").first()


def _since(plan: ProtectionPlan, day: date) -> str:
    assert plan.started_on is not None
    return f"{'since' if plan.started_on <= day else 'from'} {short_day(plan.started_on)}"


@before(ProtectionPlan, END, also_corrected=True)
def the_ending_is_true(record: Record, answers: Answers) -> Iterable[Problem]:
    """At 18 and at death it ends on that very day, and the day is on the child's own record. It ends before the next begins."""
    child, day = _child(record), answers.ended_on
    if child is None or day is None:
        return
    other = _another(record, child, answers.started_on, day)
    if other is not None:
        yield Problem(f"{child} is on another protection plan {_since(other, day)}: this one ended before.", "ended_on-day", "ended_on")
    if answers.how_ended == EIGHTEEN and (child.born_on is None or day != birthday(child.born_on, 18)):
        known = f"turns 18 on {short_day(birthday(child.born_on, 18))}" if child.born_on else "has no date of birth on file"
        yield Problem(f"{child} {known}: a plan that ends at 18 ends on that day.", "ended_on-day", "ended_on")
    died_on = child.died_on or child.pregnancy_ended_on
    if answers.how_ended == DIED and died_on != day:
        known = f"{short_day(died_on)} is on file" if died_on else "no such day is on file: record it first"
        yield Problem(f"The plan ends on the day {child} died, or the pregnancy ended; {known}.", "ended_on-day", "ended_on")


@before(WrittenPlan, WRITE, also_corrected=True)
def visits_are_often_enough(record: Record, answers: Answers) -> Iterable[Problem]:
    """No law sets a number; a plan that leaves a child unseen for longer than this sets none either."""
    for sheet in answers.each:
        within = sheet.values.get("visit_within")
        if within is not None and not 1 <= within <= LONGEST_BETWEEN_VISITS:
            words = f"{sheet.called}: visits are at least 1 and at most {LONGEST_BETWEEN_VISITS} working days apart."
            yield Problem(words, sheet.name_of("visit_within"), "visit_within", sheet.person.pk if sheet.person else None)


def _child(record: Record) -> Person | None:
    link = record.children.filter(removed_at=None).select_related("child").first()
    return link.child if link else None
