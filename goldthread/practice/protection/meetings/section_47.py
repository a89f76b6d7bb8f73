"""Section 47 enquiry: is this child suffering, or likely to suffer, significant harm, and what must be done?

Children Act 1989 s47, s47(5A) (wishes and feelings); Working Together, "Section 47 enquiries". It begins with the strategy
discussion that decided on it, by definition on that day; the conference is due within 15 working days of that discussion
(`conference.initial`), while the census counts from the enquiry's start: both clocks run. Census: Section47,
S47ActualStartDate, InitialCPCtarget, DateOfInitialCPC, ICPCnotRequired. An imported enquiry has the census's answers only,
and no strategy date: its conference clock runs on the census's basis alone.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q

from goldthread.core.records.models import Record
from goldthread.pathway.definition import Clock, Detail, EachChild, EachParent, Step
from goldthread.pathway.questions import TODAY, Day, Line, One, Words, YesNo

SEE, WRITE, DECIDE = "see", "write", "decide"
THE_CHILD, ENQUIRY, DECISION = "The enquiry", "What was found", "The decision"
RISK = "substantiated_risk"


def starts_with_its_strategy_discussion(answers: Any) -> Iterable[tuple[str, str]]:
    """Census: the start is by definition the initiating strategy discussion's date; a difference is to be queried."""
    if answers.started_on and answers.strategy_on and answers.started_on != answers.strategy_on:
        yield "started_on", "An enquiry starts on the day of the strategy discussion that decided on it. Check both days."


def is_decided_on_or_after_its_start(answers: Any) -> Iterable[tuple[str, str]]:
    if answers.decided_on and answers.started_on and answers.decided_on < answers.started_on:
        yield "decided_on", "The enquiry is decided before it starts. Check both days."


class Section47(Detail):
    """An enquiry under section 47 of the Children Act 1989: the child first, then what everyone knows, then a decision."""

    kept_as = "child_protection"
    shared_for = "section_47"
    version = 2  # the first held only what a census says
    title, plural, happened = "Section 47 enquiry", "Section 47 enquiries", "started_on"
    purpose = "To find out whether each child suffers or is likely to suffer significant harm, and what must be done."
    steps = (
        Step(SEE, "See the child", "Keep what the child said", ends_in=Record.DRAFT),
        Step(WRITE, "Write", "Send for a decision", ends_in=Record.SUBMITTED),
        Step(DECIDE, "Decide", "Record the decision", by_manager=True, may_send_back=True),
    )

    strategy_on = Day("When was the strategy discussion that decided on it?", needed=SEE, since=2, time=True, section=THE_CHILD)
    started_on = Day("When did the enquiry start?", needed=SEE, section=THE_CHILD, hint="The day of that strategy discussion.")
    lead = Line("Who leads the enquiry?", needed=SEE, since=2, section=THE_CHILD, hint="A social worker.")
    consulted = Words("Which agencies were asked, and what does each say?", needed=WRITE, since=2, section=ENQUIRY)
    found = Words(
        "What has been found, and how do we know?",
        needed=WRITE,
        since=2,
        section=ENQUIRY,
        hint="What was seen and said, by whom; what explains it.",
    )
    protective = Words("Who and what protects the children now?", needed=WRITE, since=2, section=ENQUIRY)
    decided_on = Day("When is it decided?", needed=DECIDE, since=2, prefill=TODAY, place=1, section=DECISION)
    conference_decided_by = Line("Who decides whether there is a conference?", needed=DECIDE, since=2, place=1, section=DECISION)
    why = Words("What is the reason for the decision?", needed=DECIDE, since=2, place=1, section=DECISION)

    # What the census says of an enquiry; the conference, or the decision that there is none, writes them.
    conference_target_on = models.DateField(null=True)
    conference_on = models.DateField(null=True)
    conference_not_required = models.BooleanField(null=True)

    rules = (starts_with_its_strategy_discussion, is_decided_on_or_after_its_start)
    clocks = (
        Clock("section_47.child_seen", starts="strategy_on"),
        Clock("section_47.complete", starts="strategy_on", met_by="decided_on"),
        Clock("conference.initial", starts="strategy_on"),
        Clock("conference.initial.census", starts="started_on"),
    )

    def headline(self) -> str:
        if self.conference_not_required:
            return "Section 47 enquiry: no conference required"
        return "Section 47 enquiry concluded" if self.decided_on else "Section 47 enquiry"


class Section47Child(EachChild):
    """One child: seen and heard first, what it means, and what is decided."""

    of = Section47
    heading = "Each child’s own part"

    is_seen = YesNo("Has the child been seen in this enquiry?", needed=SEE)
    seen_on = Day("When was the child first seen?", when=Q(is_seen=True), needed=SEE, time=True)
    is_seen_alone = YesNo("Was the child seen alone?", when=Q(is_seen=True), needed=SEE, is_own=True)
    why_not_alone = Words("Why not alone?", when=Q(is_seen_alone=False), needed=SEE)
    why_not_seen = Words("Why has the child not been seen, and when will that be?", when=Q(is_seen=False), needed=SEE)
    childs_words = Words(
        "What does the child say?",
        when=Q(is_seen=True),
        needed=SEE,
        is_own=True,
        hint="In the child’s own words, or what a baby or a child who does not speak shows us.",
    )
    medical = One("What came of a medical examination?", codes="protection.medical_came_of_it", needed=WRITE)
    medical_on = Day("When was it?", when=Q(medical="held"), needed=WRITE)
    medical_said = Words("What does the doctor say?", when=Q(medical="held"), needed=WRITE)
    meaning = Words("What does all this mean for this child?", needed=WRITE, is_own=True)
    recommended = One("What do you recommend?", codes="protection.enquiry_outcome", needed=WRITE)
    outcome = One("What is the outcome for this child?", codes="protection.enquiry_outcome", needed=DECIDE, is_own=True)
    conference = YesNo("Is a child protection conference called for this child?", needed=DECIDE)
    why_no_conference = Words("Why is there no conference?", when=Q(conference=False), needed=DECIDE, is_own=True)


class Section47Parent(EachParent):
    """Each parent is spoken with, the one who lives elsewhere too, or a reason says why not."""

    of = Section47
    heading = "Each parent"

    is_told = YesNo("Has this parent been told of the enquiry?", needed=WRITE)
    why_not_told = Words("Why would telling this parent be unsafe, or why has it not been done?", when=Q(is_told=False), needed=WRITE)
    says = Words("What does this parent say?", when=Q(is_told=True), needed=WRITE)
