from goldthread.practice.protection.meetings.section_47 import Section47, Section47Child, Section47Parent
from goldthread.practice.protection.meetings.strategy_discussion import StrategyDiscussion, StrategyDiscussionChild
from goldthread.practice.protection.protection_plan import PlanCategory, ProtectionPlan
from goldthread.practice.protection.records import InitialConference, PreProceedings, ReviewConference
from goldthread.practice.protection.visit import ProtectionVisit, ProtectionVisitChild
from goldthread.practice.protection.written_plan import WrittenPlan, WrittenPlanChild, WrittenPlanNeed, WrittenPlanParent

__all__ = [
    "InitialConference",
    "PlanCategory",
    "PreProceedings",
    "ProtectionPlan",
    "ProtectionVisit",
    "ProtectionVisitChild",
    "ReviewConference",
    "Section47",
    "Section47Child",
    "Section47Parent",
    "StrategyDiscussion",
    "StrategyDiscussionChild",
    "WrittenPlan",
    "WrittenPlanChild",
    "WrittenPlanNeed",
    "WrittenPlanParent",
]
