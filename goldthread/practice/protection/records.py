"""Section 47 enquiry, conference, protection plan and review, as a census holds them.

Nobody can write these here yet: "Nobody missing from the meeting" gives them pages. Until then they come from
imports, stand in the chronology and are counted. Census: Section47, DateOfInitialCPC, ChildProtectionPlans, Reviews.
"""

from goldthread.pathway.archetypes import RECORD
from goldthread.pathway.definition import Clock, Detail, Step
from goldthread.pathway.questions import Day, Number, One, YesNo

ONE_STEP = (Step(RECORD, "Record", "Record"),)


class Section47(Detail):
    """An enquiry under section 47 of the Children Act 1989."""

    is_written_here = False
    title, plural, steps, happened = "Section 47 enquiry", "Section 47 enquiries", ONE_STEP, "started_on"

    started_on = Day("When did the enquiry start?", needed=RECORD)
    conference_target_on = Day("By when was the conference to be held?", may_be_ahead=True)
    conference_on = Day("When was the initial conference held?")
    conference_not_required = YesNo("Was a conference not required?")

    clocks = (Clock("conference.initial.census", starts="started_on", met_by="conference_on"),)

    def headline(self) -> str:
        return "Section 47 enquiry: no conference required" if self.conference_not_required else "Section 47 enquiry"


class InitialConference(Detail):
    """An initial child protection conference, after an enquiry or on transfer in."""

    is_written_here = False
    title, plural, steps, happened = "Initial child protection conference", "Initial child protection conferences", ONE_STEP, "held_on"

    held_on = Day("When was the conference held?", needed=RECORD)
    without_section_47 = YesNo("Was it held without a section 47 enquiry here?")


class ProtectionPlan(Detail):
    """A period on a child protection plan."""

    is_written_here = False
    title, plural, steps, happened = "Child protection plan", "Child protection plans", ONE_STEP, "started_on"

    started_on = Day("When did the plan start?", needed=RECORD)
    ended_on = Day("When did it end?")
    initial_category = One("What was the category at first?", codes="cin.abuse_category")
    latest_category = One("What is the category now?", codes="cin.abuse_category")
    previous_plans = Number("How many plans were there before?")

    def headline(self) -> str:
        category = self._meta.get_field("latest_category").shown(self.latest_category).lower()  # type: ignore[union-attr]
        words = f"Child protection plan{': ' + category if category else ''}"
        return f"{words} (ended)" if self.ended_on else words


class ReviewConference(Detail):
    """A review of a protection plan."""

    is_written_here = False
    title, plural, steps, happened = "Review child protection conference", "Review child protection conferences", ONE_STEP, "held_on"

    held_on = Day("When was the review held?", needed=RECORD)
