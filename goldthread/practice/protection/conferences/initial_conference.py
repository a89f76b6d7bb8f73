"""Initial child protection conference: does each child need a protection plan?

Working Together: within 15 working days of the strategy discussion that began the enquiry (`conference.initial`); the census
counts from the enquiry's start (`conference.initial.census`). Both run on the enquiry. The day it is held meets the second; the first is met by a conference that is quorate.
Census: DateOfInitialCPC. An imported conference has its day, and whether there was an enquiry; everything else is unknown.
"""

from goldthread.pathway.questions import YesNo
from goldthread.practice.protection.conferences.conference import (
    BEFORE,
    SENT,
    ConferenceAdult,
    DecidingChild,
    DecidingConference,
    a_plan_has_a_lead_and_its_days,
)


class InitialConference(DecidingConference):
    """The first conference about a child, after a section 47 enquiry."""

    title, plural = "Initial child protection conference", "Initial child protection conferences"
    purpose = "To judge with the family and everyone who knows them whether each child needs a child protection plan, and why."

    without_section_47 = YesNo("Is it held without a section 47 enquiry here?", section=BEFORE)

    clocks = (SENT,)
    rules = (a_plan_has_a_lead_and_its_days,)

    def headline(self) -> str:
        return "Initial child protection conference" if self.held_on else "Initial child protection conference, to be held"


class InitialConferenceAdult(ConferenceAdult):
    of = InitialConference


class InitialConferenceChild(DecidingChild):
    of = InitialConference
