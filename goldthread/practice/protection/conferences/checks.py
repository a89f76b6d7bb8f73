"""What is asked of the database before a conference is ready, held, or ends a plan."""

from collections.abc import Iterable

from goldthread.core.records.models import Record
from goldthread.ground.time.words import short_day
from goldthread.pathway.answers import Answers
from goldthread.pathway.definition import Problem
from goldthread.pathway.meeting.archetype import HOLD
from goldthread.pathway.meeting.queries import chair_of
from goldthread.pathway.registry import before
from goldthread.practice.protection.conferences.conference import APART, PLAN, PREPARE, Conference, DecidingConference
from goldthread.practice.protection.conferences.review_conference import ReviewConference
from goldthread.practice.protection.queries import plans_of


@before(Conference, PREPARE, also_corrected=True)
def the_chair_has_decided(record: Record, answers: Answers) -> Iterable[Problem]:
    """To keep an adult out, or apart, is the chair's decision alone: so there is a chair."""
    apart = [sheet for sheet in answers.each if sheet.person and sheet.values.get("place") in APART]
    if apart and chair_of(record) is None:
        name = apart[0].name_of("place")
        yield Problem("Only the chair decides that an adult is kept out or apart: name the chair first, under “Arrange”.", name, "place")


@before(DecidingConference, HOLD)
def has_no_plan_yet(record: Record, answers: Answers) -> Iterable[Problem]:
    sheets = answers.of_children()
    plans = plans_of(sheets, answers.held_on) if answers.held_on else {}
    for child, sheet in sheets.items():
        if sheet.decision == PLAN and child in plans:
            since = short_day(plans[child].started_on or answers.held_on)
            yield Problem(
                f"{sheet.person} is on a protection plan since {since}: a review looks at it.", sheet.name_of("decision"), "decision", child
            )


@before(ReviewConference, HOLD)
def has_a_plan_to_review(record: Record, answers: Answers) -> Iterable[Problem]:
    sheets = answers.of_children()
    plans = plans_of(sheets, answers.held_on) if answers.held_on else {}
    for child, sheet in sheets.items():
        name = sheet.name_of("goes_on")
        if answers.held_on and child not in plans:
            yield Problem(f"{sheet.person} was on no protection plan on that day: take the record off this child.", name, "goes_on", child)
        elif sheet.goes_on is False and plans[child].started_on == answers.held_on:
            yield Problem(f"{sheet.person}: a protection plan never begins and ends on the same day.", name, "goes_on", child)
