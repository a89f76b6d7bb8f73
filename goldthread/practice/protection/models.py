from goldthread.practice.protection.meetings.section_47 import Section47, Section47Child, Section47Parent
from goldthread.practice.protection.meetings.strategy_discussion import StrategyDiscussion, StrategyDiscussionChild
from goldthread.practice.protection.records import InitialConference, PreProceedings, ProtectionPlan, ReviewConference

__all__ = [
    "InitialConference",
    "PreProceedings",
    "ProtectionPlan",
    "ReviewConference",
    "Section47",
    "Section47Child",
    "Section47Parent",
    "StrategyDiscussion",
    "StrategyDiscussionChild",
]
