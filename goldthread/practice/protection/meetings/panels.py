"""What stands beside the forms of a strategy discussion, an enquiry and a conference: what they follow."""

from goldthread.pathway.meeting.panels import what_was_brought_before
from goldthread.pathway.panels import what_came_before
from goldthread.pathway.registry import panel
from goldthread.practice.protection.conferences.conference import Conference
from goldthread.practice.protection.meetings.section_47 import Section47
from goldthread.practice.protection.meetings.strategy_discussion import StrategyDiscussion

for process in (StrategyDiscussion, Section47, Conference):
    panel(process)(what_came_before)
for then in (Section47, Conference):
    panel(then)(what_was_brought_before)
