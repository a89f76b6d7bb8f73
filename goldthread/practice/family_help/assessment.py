"""Child and family assessment.

Children Act 1989 s17 and s47(5A) (wishes and feelings); Working Together, "Assessing need": at most 45 working days
from the referral. The children in need census counts from the assessment's own start: both clocks run.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q

from goldthread.pathway.archetypes import AUTHORISE, WRITE, Assessment
from goldthread.pathway.definition import Clock, EachChild, EachParent
from goldthread.pathway.questions import Day, Many, One, Words, YesNo


def starts_on_or_after_the_referral(answers: Any) -> Iterable[tuple[str, str]]:
    """Census rule 1103: an assessment starts on or after its referral."""
    if answers.started_on and answers.referred_on and answers.started_on < answers.referred_on:
        yield "started_on", "The assessment starts before the referral. Check both days."


def is_authorised_on_or_after_its_start(answers: Any) -> Iterable[tuple[str, str]]:
    """Census rule 8608: authorised on or after the start."""
    if answers.authorised_on and answers.started_on and answers.authorised_on < answers.started_on:
        yield "authorised_on", "The assessment is authorised before it starts. Check both days."


class ChildAndFamilyAssessment(Assessment):
    """What life is like for each child, what must change, and who will help."""

    title, plural = "Child and family assessment", "Child and family assessments"
    kept_as = "child_in_need"
    purpose = "To understand each child’s life, hear each parent, and decide what help is needed."

    referred_on = Day("When was the referral received?", needed=WRITE, section="Dates")
    why_now = Words("Why are we assessing?", needed=WRITE, section="The family")
    history = Words(
        "What has happened before?",
        section="The family",
        hint="The chronology stands beside this page: write what it means, not what it says.",
    )
    home_and_family = Words("What is family life like, and who helps?", needed=WRITE, section="The family")
    analysis = Words(
        "What does all this mean?", needed=WRITE, section="The family", hint="Strengths, worries, and what will happen if nothing changes."
    )

    internal_review_on = models.DateField(null=True)  # census AssessmentInternalReviewDate; only imports hold it

    rules = (starts_on_or_after_the_referral, is_authorised_on_or_after_its_start)
    clocks = (
        Clock("assessment.complete", starts="referred_on", met_by="authorised_on"),
        Clock("assessment.complete.census", starts="started_on", met_by="authorised_on"),
    )

    def headline(self) -> str:
        if self.authorised_on:
            return "Child and family assessment authorised"
        return "Child and family assessment, waiting for authorisation"


class AssessmentChild(EachChild):
    """One child’s own part: seen, heard, understood."""

    of = ChildAndFamilyAssessment
    heading = "Each child’s own part"

    is_seen = YesNo("Has the child been seen?", needed=WRITE)
    seen_on = Day("When was the child last seen?", when=Q(is_seen=True), needed=WRITE)
    is_seen_alone = YesNo("Was the child seen alone?", when=Q(is_seen=True), needed=WRITE, is_own=True)
    why_not_alone = Words("Why not alone?", when=Q(is_seen_alone=False), needed=WRITE)
    why_not_seen = Words("Why has the child not been seen?", when=Q(is_seen=False), needed=WRITE)
    childs_words = Words(
        "What does the child say?",
        needed=WRITE,
        is_own=True,
        hint="In the child’s own words, or what a baby or a child who does not speak shows us.",
    )
    daily_life = Words("What is a day like for this child?", needed=WRITE)
    factors = Many("Which factors did the assessment find?", codes="cin.assessment_factors", needed=WRITE)
    analysis = Words("What does this mean for this child?", needed=WRITE, is_own=True)
    outcome = One("What should happen for this child?", codes="family_help.outcome", needed=WRITE, is_own=True)
    authorised_outcome = One("What is decided for this child?", codes="family_help.outcome", needed=AUTHORISE, is_own=True)


class AssessmentParent(EachParent):
    """Each parent is covered, the one who lives elsewhere too, or a reason says why not."""

    of = ChildAndFamilyAssessment
    heading = "Each parent"

    took_part = YesNo("Has this parent taken part?", needed=WRITE)
    views = Words("What does this parent say?", when=Q(took_part=True), needed=WRITE)
    why_not = Words("Why has this parent not taken part?", when=Q(took_part=False), needed=WRITE)
