"""What is asked of the database before a strategy discussion or an enquiry goes on."""

from collections.abc import Iterable

from goldthread.core.records.models import Record
from goldthread.pathway.answers import Answers
from goldthread.pathway.definition import Problem
from goldthread.pathway.meeting.archetype import HOLD
from goldthread.pathway.queries import open_of
from goldthread.pathway.registry import before
from goldthread.practice.protection.meetings.section_47 import Section47
from goldthread.practice.protection.meetings.strategy_discussion import GOES_ON, STARTS, StrategyDiscussion


@before(StrategyDiscussion, HOLD)
def one_enquiry_at_a_time(record: Record, answers: Answers) -> Iterable[Problem]:
    """Children in need census, rules 8839 and 8890: only one enquiry may be open about a child."""
    sheets = answers.of_children()
    going = open_of(Section47.kind(), sheets)
    for sheet in sheets.values():
        child, name = sheet.person, sheet.name_of("decision")
        if child is None:
            continue
        if sheet.decision == STARTS and child.pk in going:
            yield Problem(f"An enquiry about {child} is open already: choose that it goes on.", name, "decision", child.pk)
        if sheet.decision == GOES_ON and child.pk not in going:
            yield Problem(
                f"No enquiry about {child} is open here: choose that one starts, or another decision.", name, "decision", child.pk
            )
