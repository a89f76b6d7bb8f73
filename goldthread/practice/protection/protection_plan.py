"""The period a child is on a child protection plan. What the plan says stands in `written_plan`.

Working Together, "Child protection": it begins with a conference's decision and ends by a review conference, at 18, at death,
on leaving the country for good, or by the new authority's conference. Closing a case cannot end it; becoming looked after does
not end it. Children in need census: ChildProtectionPlans (the start is the conference's day; it never begins and ends on one day).
"""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q

from goldthread.core.records.models import Record
from goldthread.ground.codes.code_lists import codes
from goldthread.pathway.archetypes import BEGIN, END, Episode
from goldthread.pathway.definition import Clock
from goldthread.pathway.questions import Number, One, Words
from goldthread.practice.protection.conferences.review_conference import FIRST_REVIEW

BY_REVIEW, EIGHTEEN, DIED = "review", "eighteen", "died"
VISIT = "visit.cp"


def does_not_begin_and_end_on_one_day(answers: Any) -> Iterable[tuple[str, str]]:
    """Census rule 8840. A death knows no such rule."""
    if answers.ended_on and answers.ended_on == answers.started_on and answers.how_ended != DIED:
        yield "ended_on", "A protection plan never begins and ends on the same day. Check the day."


class ProtectionPlan(Episode):
    """A period on a child protection plan."""

    version = 2
    title, plural = "Child protection plan", "Child protection plans"
    kept_as = "child_protection"
    purpose = "To say from when to when this child is protected by a plan, why it began and how it ended."

    decided_by = One("Which conference decided on the plan?", codes="protection.plan_decided_by", needed=BEGIN, since=2)
    initial_category = One("Under which category?", codes="cin.abuse_category", needed=BEGIN, since=2)
    previous_plans = Number("How many plans has the child had before, here or elsewhere?", needed=BEGIN, since=2)
    how_ended = One(
        "What ends it?",
        codes="protection.plan_ending",
        needed=END,
        hint="The law knows no other ending. Closing the case does not end a plan.",
        since=2,
    )
    why_ended = Words(
        "What shows it?", needed=END, hint="What has changed for the child and what risk remains; or where the fact is recorded.", since=2
    )

    latest_category = models.TextField(null=True)  # codes cin.abuse_category; each change with its day in PlanCategory

    rules = (*Episode.rules, does_not_begin_and_end_on_one_day)
    clocks = (Clock(FIRST_REVIEW, starts="started_on"), Clock(VISIT, starts="started_on", is_link=True))

    class Meta(Episode.Meta):
        constraints: ClassVar = [
            *Episode.Meta.constraints,
            CheckConstraint(
                condition=~Q(origin=Record.HERE)
                | Q(definition_version__lt=2)
                | Q(ended_on=None, how_ended=None)
                | Q(ended_on__isnull=False, how_ended__isnull=False),
                name="a_protection_plan_ends_in_a_lawful_way",
            ),
            CheckConstraint(
                condition=~Q(origin=Record.HERE) | Q(ended_on=None) | Q(ended_on__gt=F("started_on")) | Q(how_ended=DIED),
                name="a_protection_plan_lasts_a_day",
            ),
        ]

    def headline(self) -> str:
        category = self.latest_category or self.initial_category
        words = f"Child protection plan{': ' + codes('cin.abuse_category').label(category).lower() if category else ''}"
        return f"{words} (ended)" if self.ended_on else words


class PlanCategory(models.Model):
    """From this day the plan's category was this: the history of one period, oldest day first."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    category = models.TextField()
    decided_in = models.ForeignKey(Record, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "from_on"], name="one_category_a_day_of_a_plan")]
