"""Child protection conferences: what every one of them asks, whichever kind it is.

Working Together, "Child protection conferences": those who know the family bring what they know, the family hears it and
answers, and together they judge each child's risk. The chair stands outside the line of management. Who must come has no
national number: children's social care and two more agencies that know the children is LOCAL, counted by agency and not by
heads. Every adult's place is the chair's own decision, one by one: to exclude or split is an exception with a reason, and
whoever is kept out is met and heard apart.
"""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db.models import Q

from goldthread.core.records.models import Record
from goldthread.pathway.definition import Clock, EachAdult, EachChild, Step
from goldthread.pathway.meeting.archetype import HOLD, Meeting, Required
from goldthread.pathway.questions import Day, Line, One, Words, YesNo
from goldthread.practice.protection.meetings.strategy_discussion import HEALTH

PREPARE, PLAN = "prepare", "plan"
BEFORE, HEARD, FOLLOWS = "Before the conference", "What was heard", "What follows"
APART = ("split", "excluded")
SOCIAL_CARE = Required("social_care", "Children’s social care", ("local_authority",))
OTHERS = (
    Required("police", "Police", ("police",), is_needed=False),
    Required("health", "Health", (*HEALTH, "ambulance"), is_needed=False),
    Required("education", "Education", ("school", "college", "nursery", "education_services"), is_needed=False),
)
FURTHER = (
    Required("probation", "Probation or youth justice", ("probation", "youth_justice", "prison"), is_needed=False, is_proposed=False),
    Required("adults", "Services for the adults", ("drug_and_alcohol", "adult_social_care", "domestic_abuse"), is_needed=False, is_proposed=False),
    Required("home", "Housing", ("housing",), is_needed=False, is_proposed=False),
    Required("community", "Early help or a voluntary service", ("early_help", "voluntary", "faith", "childrens_home", "fostering_agency"), is_needed=False, is_proposed=False),
)  # fmt: skip

IN_LAW, CENSUS = "conference.initial", "conference.initial.census"
SENT = Clock("conference.outcome.sent", starts="held_on")


class Conference(Meeting):
    """Those who know the family, and the family, judge each child's risk together."""

    kept_as = "child_protection"
    shared_for = "child_protection"
    version = 2  # the first held only what a census says
    steps = (
        Step(PREPARE, "Prepare", "Ready for the conference", ends_in=Record.DRAFT),
        Step(HOLD, "Hold", "Record what was decided"),
    )
    required: ClassVar[tuple[Required, ...]] = (SOCIAL_CARE, *OTHERS, *FURTHER)
    at_least: ClassVar[int] = 2
    chair_is_independent: ClassVar[bool] = True
    chaired_from: ClassVar[tuple[str, ...]] = ("quality",)
    reports_before: ClassVar[str] = "conference.report"
    group: ClassVar[str] = "core group"
    sent_clock: ClassVar[str] = SENT.key

    worry = Words("What is the worry that brings this conference?", needed=PREPARE, since=2, section=BEFORE)
    getting_there = Words(
        "What do the family need to take part?",
        asked=PREPARE,
        since=2,
        section=BEFORE,
        hint="An interpreter, a room they can reach, a time that suits, somebody to look after the children.",
    )
    good = Words("What is going well, and who and what protects the children?", needed=HOLD, section=HEARD)
    heard = Words("What was heard, and what does it mean together?", needed=HOLD, section=HEARD)
    in_confidence = Words(
        "What was heard in confidence, without an adult of the family?",
        asked=HOLD,
        section=HEARD,
        kept_from_family=True,
        hint="From whom, who was there, and who must not learn it. It never goes to the family.",
    )
    may_complain = YesNo("Have the family been told how to complain about the conference?", needed=HOLD, section=HEARD)
    lead = Line("Which social worker leads the plan?", asked=HOLD, section=FOLLOWS, place=1)
    family_help_lead = Line("Who leads family help beside them, if somebody does?", asked=HOLD, section=FOLLOWS, place=1)

    @classmethod
    def apart(cls, record: Record) -> set[int]:
        """By the chair's decision."""
        adults: Any = next(part for part in cls.parts() if issubclass(part, ConferenceAdult))
        return set(adults.objects.filter(record=record, place__in=APART).values_list("person", flat=True))

    class Meta:
        abstract = True


class ConferenceAdult(EachAdult):
    """One adult of the family: their place, decided by the chair before the day; whom they met, and what they say."""

    heading = "Each adult of the family"

    place = One("What is the chair’s decision about this adult’s place?", codes="conference.place", needed=PREPARE)
    place_why = Words(
        "What is the chair’s reason?",
        when=Q(place__in=APART),
        needed=PREPARE,
        hint="Violence, bail, an order, or a child’s safety: an exception, never a convenience. Parental responsibility does not decide it.",
    )
    apart = Words("Who meets this adult apart, when, and how does the conference hear them?", when=Q(place__in=APART), needed=PREPARE)
    arrives = Words("What keeps everybody safe as they arrive, sit and leave?", when=Q(place__in=("whole", "split")), asked=PREPARE)
    comes_with = Line("Who comes with them?", asked=PREPARE, hint="An advocate, an interpreter, a solicitor, a friend.")
    is_met_by_chair = YesNo("Did the chair meet this adult before the conference?", needed=HOLD)
    says = Words(
        "What does this adult say of the worry, the reports and the decision?", needed=HOLD, hint="If nobody could ask them, say why."
    )

    class Meta:
        abstract = True


class ConferenceChild(EachChild):
    """One child: how the conference hears the child, what it decides, and why."""

    heading = "Each child"

    takes_part = One("How does the conference hear this child?", codes="conference.child_part", needed=PREPARE)
    childs_words = Words(
        "What does this child want the conference to know?",
        needed=HOLD,
        is_own=True,
        hint="In the child’s own words, or what a small child shows. The family hears it: leave out what it would not be safe for them to know.",
    )

    class Meta:
        abstract = True


def says_who_leads(answers: Any, decided: str, code: Any, again: str = "") -> Iterable[tuple[str, str]]:
    """A plan has a lead and a day on which it is looked at (`again`)."""
    if any(sheet.values.get(decided) == code for sheet in answers.each):
        if not answers.lead:
            yield "lead", "Say which social worker leads the plan."
        if not answers.next_on:
            yield "next_on", f"Say on which day the plan is reviewed{again}: it is agreed at the conference."


class DecidingChild(ConferenceChild):
    """One child, at a conference that decides whether a plan begins."""

    decision = One("What is decided for this child?", codes="conference.decision", needed=HOLD, is_own=True)
    category = One("Under which category?", codes="cin.abuse_category", when=Q(decision=PLAN), needed=HOLD, is_own=True)
    rationale = Words("What are the chair’s reasons for this child?", needed=HOLD, is_own=True)
    contingency = Words(
        "What happens if this child is not safe, or nothing changes?",
        when=Q(decision=PLAN),
        needed=HOLD,
        hint="What would show it, who does what that same day, and what would make us go to court. The family hears it, and it goes on into the plan.",
    )

    class Meta:
        abstract = True


class DecidingConference(Conference):
    """A conference that decides whether a plan begins."""

    view_of: ClassVar[str] = "Does this child suffer significant harm, or is the child likely to?"
    told_by_link: ClassVar[tuple[str, ...]] = ("decision", "category")

    held_by: ClassVar[tuple[str, ...]] = (IN_LAW, CENSUS, "conference.transfer_in")

    core_group_on = Day("When does the core group first meet?", asked=HOLD, may_be_ahead=True, section=FOLLOWS, place=1)

    class Meta:
        abstract = True


def a_plan_has_a_lead_and_its_days(answers: Any) -> Iterable[tuple[str, str]]:
    yield from says_who_leads(answers, "decision", PLAN)
    if any(sheet.values.get("decision") == PLAN for sheet in answers.each) and not answers.core_group_on:
        yield "core_group_on", "Say when the core group first meets: within ten working days."
