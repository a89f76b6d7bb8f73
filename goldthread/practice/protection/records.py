"""Conference and review, as a census holds them.

Nobody can write these here yet. Until then they come from imports, stand in the chronology and are counted.
Census: DateOfInitialCPC, Reviews.
"""

from goldthread.pathway.archetypes import RECORD
from goldthread.pathway.definition import Detail, Step
from goldthread.pathway.questions import Day, Line, Number, YesNo

ONE_STEP = (Step(RECORD, "Record", "Record"),)


class InitialConference(Detail):
    """An initial child protection conference, after an enquiry or on transfer in."""

    is_written_here = False
    title, plural, steps, happened = "Initial child protection conference", "Initial child protection conferences", ONE_STEP, "held_on"

    held_on = Day("When was the conference held?", needed=RECORD)
    without_section_47 = YesNo("Was it held without a section 47 enquiry here?")


class ReviewConference(Detail):
    """A review of a protection plan."""

    is_written_here = False
    title, plural, steps, happened = "Review child protection conference", "Review child protection conferences", ONE_STEP, "held_on"

    held_on = Day("When was the review held?", needed=RECORD)


class PreProceedings(Detail):
    """Pre-proceedings and family group decision making, as the census has asked for them since 2025-26; a room for court work will take it over."""

    is_written_here = False
    title, plural, steps, happened = "Pre-proceedings", "Pre-proceedings", ONE_STEP, "started_on"

    started_on = Day("When did pre-proceedings start?")
    letter_sent_on = Day("When was the letter before proceedings sent?")
    is_fgdm_offered = YesNo("Was a family group decision making meeting offered?")
    is_fgdm_held = YesNo("Was a family group decision making meeting held?")
    first_meeting_on = Day("When was the first pre-proceedings meeting?")
    review_meetings = Number("How many review meetings were there?")
    step_decided_on = Day("When was it decided to step up or down?")
    outcome = Line("What was the outcome?", hint="The census’s own code; its meanings are to be checked against the guide.")
    court_application_on = Day("When was the application made to court?")
    letter_initial_cp_on = Day("When was the letter that begins care proceedings sent?")
