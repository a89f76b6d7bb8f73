"""Shapes that processes share, so that each file states only its differences."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value

from goldthread.core.records.models import Record
from goldthread.pathway.definition import Detail, EachChild, Rule, Several, Step
from goldthread.pathway.questions import TODAY, Day, Line, One, Whom, Words, YesNo

RECORD, DECIDE, WRITE, AUTHORISE = "record", "decide", "write", "authorise"
BEGIN, END = "begin", "end"


class Arrival(Detail):
    """Something reaches us: what was said first, then who it is about, then what becomes of it."""

    steps = (
        Step(RECORD, "Record", "Send for a decision", ends_in=Record.SUBMITTED),
        Step(DECIDE, "Decide", "Record the decision", by_manager=True, may_send_back=True),
    )
    happened = "received_on"

    received_on = Day("When was it received?", needed=RECORD, time=True, prefill=TODAY, section="The call")
    decided_on = Day("When is it decided?", needed=DECIDE, time=True, prefill=TODAY)

    class Meta:
        abstract = True


class Decision(Detail):
    """A matter to be decided by a manager, with a reason, within a time."""

    steps = (Step(DECIDE, "Decide", "Record the decision", by_manager=True),)
    happened = "received_on"

    received_on = Day("When was it received?", needed=DECIDE, time=True)
    decided_on = Day("When was it decided?", needed=DECIDE, prefill=TODAY, place=1)
    why = Words("What is the reason for the decision?", needed=DECIDE, place=1)

    class Meta:
        abstract = True


class Assessment(Detail):
    """Each child seen and heard, each parent covered, analysed, then authorised by a manager or sent back with comments."""

    steps = (
        Step(WRITE, "Write", "Send for authorisation", ends_in=Record.SUBMITTED),
        Step(AUTHORISE, "Authorise", "Authorise", by_manager=True, may_send_back=True),
    )
    happened = "started_on"

    started_on = Day("When did the assessment start?", needed=WRITE)
    authorised_on = Day("When is it authorised?", needed=AUTHORISE, prefill=TODAY)
    authorising_words = Words(
        "What does the manager say about this assessment?", needed=AUTHORISE, hint="What you agree with, what must happen next and by when."
    )

    class Meta:
        abstract = True


def ends_no_sooner_than_it_begins(answers: Any) -> Iterable[tuple[str, str]]:
    if answers.ended_on and answers.started_on and answers.ended_on < answers.started_on:
        yield "ended_on", "It ends before it began. Check both days."


class Episode(Detail):
    """A period of one child's life: it begins, may change on the way, and ends only in one of the ways its list names.

    Two that stand never overlap for one child; the database sees to that. Its last day is the first it does not hold on.
    """

    is_of_one_child = True
    steps = (
        Step(BEGIN, "Begin", "Begin", by_manager=True),
        Step(END, "End", "End", by_manager=True),
    )
    happened = "started_on"
    rules: ClassVar[tuple[Rule, ...]] = (ends_no_sooner_than_it_begins,)

    started_on = Day("When did it begin?", needed=BEGIN)
    ended_on = Day("When did it end?", needed=END, prefill=TODAY)

    # Never NULL: the check below sees to it, as a column that is added to a table in use.
    child = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    stands = models.BooleanField(
        default=True, db_default=True
    )  # not once withdrawn, nor where a file tells of two at once and nobody knows which is true

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(child__isnull=False, started_on__isnull=False) & (Q(ended_on=None) | Q(ended_on__gte=F("started_on"))),
                name="%(app_label)s_%(class)s_runs_forward",
            ),
            ExclusionConstraint(
                name="%(app_label)s_%(class)s_never_twice",
                expressions=[
                    (Func(F("child"), F("child"), Value("[]"), function="int8range"), "&&"),
                    (Func(F("started_on"), F("ended_on"), Value("[)"), function="daterange"), "&&"),
                ],
                condition=Q(stands=True),
            ),
        ]


MADE, FAILED = "made", ("nobody_in", "refused")


class Visit(Detail):
    """Somebody goes to see children: who was seen, alone or why not, what they said, and what moved. A failed one says what happens next.

    Short enough to be finished on a telephone at the kerb. A clock of visits is met only for a child who was seen.
    """

    steps = (Step(RECORD, "Record", "Record the visit"),)
    happened = "visited_on"

    visited_on = Day("When was the visit?", needed=RECORD, time=True, prefill=TODAY, section="The visit")
    place = One("Where?", codes="visit.place", needed=RECORD, section="The visit")
    was_expected = YesNo("Did the family know that you were coming?", needed=RECORD, section="The visit")
    aim = Line("What was the visit for?", needed=RECORD, section="The visit")
    outcome = One("What happened?", codes="visit.outcome", needed=RECORD, section="The visit")
    what_next = Words(
        "What have you done about it, and what happens next?",
        when=Q(outcome__in=FAILED),
        needed=RECORD,
        section="The visit",
        hint="The clock runs on: nobody has seen how the child is.",
    )
    try_again_on = Day("When will you try again?", when=Q(outcome__in=FAILED), needed=RECORD, may_be_ahead=True, section="The visit")
    what_moved = Words("What has moved in the plan since last time?", when=Q(outcome=MADE), needed=RECORD, section="The visit")

    class Meta:
        abstract = True

    @property
    def has_failed(self) -> bool:
        return self.outcome in FAILED

    def headline(self) -> str:
        if self.has_failed:
            return f"{self.title}: {'nobody answered' if self.outcome == FAILED[0] else 'refused'}"
        return self.title if self.was_expected else f"{self.title}, unannounced"


class VisitedChild(EachChild):
    """One child at a visit: seen or not, alone or why not, and the child’s own words."""

    heading = "Each child"

    is_seen = YesNo("Was this child seen?", when=Q(record__outcome=MADE), needed=RECORD, is_own=True)
    why_not_seen = One("Why not?", codes="visit.why_not_seen", when=Q(is_seen=False), needed=RECORD, is_own=True)
    where_instead = Line("Where is the child, and who says so?", when=Q(is_seen=False), needed=RECORD)
    is_seen_alone = YesNo("Was this child seen alone?", when=Q(is_seen=True), needed=RECORD, is_own=True)
    why_not_alone = One("Why not alone?", codes="visit.why_not_alone", when=Q(is_seen_alone=False), needed=RECORD, is_own=True)
    childs_words = Words(
        "What did this child say, or show?",
        when=Q(is_seen=True),
        needed=RECORD,
        is_own=True,
        hint="In the child’s own words, or what a baby or a child who does not speak shows us.",
    )

    class Meta:
        abstract = True


LATER = ("core_group", "review", "change")  # codes plan.made_at, but for the first version's


class Plan(Detail):
    """What must change, how we shall know, who helps, by when, and what happens if not: in words the family can use.

    A new version is a record of its own that follows the one before (`plans.actions.begin_version`); what changed is shown.
    """

    steps = (Step(WRITE, "Write", "Agree the plan"),)
    happened = "written_on"
    asked_anew: ClassVar[tuple[str, ...]] = ("written_on", "made_at", "what_changed")  # of a new version

    written_on = Day("From which day does this version hold?", needed=WRITE, prefill=TODAY, section="This version")
    made_at = One("Where was it agreed?", codes="plan.made_at", needed=WRITE, section="This version")
    what_changed = Words(
        "What is different from the version before, and why?",
        when=Q(made_at__in=LATER),
        needed=WRITE,
        for_family=True,
        section="This version",
    )

    class Meta:
        abstract = True


class PlannedNeed(Several):
    """One need or danger, and everything the plan does about it."""

    prefix, heading, row_words = "need", "What must change", "Need"

    about = Whom(
        "Which children is this about?",
        hint="Leave empty for all of them. A parent’s copy holds only what is about that parent’s own children.",
    )
    worry = Words("What are we worried about?", needed=WRITE, for_family=True)
    must_change = Words("What must change?", needed=WRITE, for_family=True, hint="What the child will see and hear when it has.")
    how_we_know = Words("How shall we know?", needed=WRITE, for_family=True, hint="What can be counted or seen, and who will see it.")
    who_helps = Words("Who does what to help?", needed=WRITE, for_family=True)
    by_on = Day("By when?", needed=WRITE, may_be_ahead=True)
    if_not = Words(
        "What happens if it does not change?", needed=WRITE, for_family=True, hint="What we shall do, and what would make us do it sooner."
    )

    class Meta:
        abstract = True
