"""What a census says and no page of this room writes yet. It comes from imports, stands in the chronology and is counted."""

from goldthread.pathway.archetypes import RECORD
from goldthread.pathway.definition import Detail, Step
from goldthread.pathway.questions import Day, Line, Number, YesNo

ONE_STEP = (Step(RECORD, "Record", "Record"),)


class PreProceedings(Detail):
    """Pre-proceedings and family group decision making, as the census asks for them from 2026-27; a room for court work will take it over."""

    kept_as = "child_protection"
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
