from goldthread.practice.protection.conferences.core_group import CoreGroup, CoreGroupChild
from goldthread.practice.protection.conferences.initial_conference import InitialConference, InitialConferenceAdult, InitialConferenceChild
from goldthread.practice.protection.conferences.review_conference import ReviewConference, ReviewConferenceAdult, ReviewConferenceChild
from goldthread.practice.protection.conferences.transfer_in_conference import (
    TransferInConference,
    TransferInConferenceAdult,
    TransferInConferenceChild,
)
from goldthread.practice.protection.meetings.section_47 import Section47, Section47Child, Section47Parent
from goldthread.practice.protection.meetings.strategy_discussion import StrategyDiscussion, StrategyDiscussionChild
from goldthread.practice.protection.protection_plan import PlanCategory, ProtectionPlan
from goldthread.practice.protection.records import PreProceedings
from goldthread.practice.protection.visit import ProtectionVisit, ProtectionVisitChild
from goldthread.practice.protection.written_plan import WrittenPlan, WrittenPlanChild, WrittenPlanNeed, WrittenPlanParent

__all__ = [
    "CoreGroup",
    "CoreGroupChild",
    "InitialConference",
    "InitialConferenceAdult",
    "InitialConferenceChild",
    "PlanCategory",
    "PreProceedings",
    "ProtectionPlan",
    "ProtectionVisit",
    "ProtectionVisitChild",
    "ReviewConference",
    "ReviewConferenceAdult",
    "ReviewConferenceChild",
    "Section47",
    "Section47Child",
    "Section47Parent",
    "StrategyDiscussion",
    "StrategyDiscussionChild",
    "TransferInConference",
    "TransferInConferenceAdult",
    "TransferInConferenceChild",
    "WrittenPlan",
    "WrittenPlanChild",
    "WrittenPlanNeed",
    "WrittenPlanParent",
]
