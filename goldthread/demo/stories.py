"""Families whose lives are told beforehand, so that on any day every list has something in it.

Everything else about them is left to chance, like everyone's. `working_days_ago` is the first call.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Story:
    name: str
    theme: str
    working_days_ago: int
    told: dict[str, Any] = field(default_factory=dict)


PLANNED = {"outcome": "referral", "no further action": False, "section 47": False, "after": "child_in_need", "assessment days": 30}

STORIES = (
    Story("siobhán", "parents_conflict", 24, {**PLANNED, "assessment days": 44, "assessor": "grace.boateng", "outcome": "referral"}),
    Story("unborn twins", "domestic_abuse", 15, {**PLANNED, "assessment days": 40, "assessor": "grace.boateng"}),
    Story("confidential", "domestic_abuse", 95, {**PLANNED, "plan months": 11, "worker": "dele.afolayan", "new worry": True, "decision days": 0}),
    Story("restricted", "parents_health", 120, {**PLANNED, "plan months": 12}),
    Story("recorded twice", "neglect", 70, {**PLANNED, "after": "early_help"}),
    Story("kinship", "nobody_to_care", 80, {**PLANNED, "plan months": 9, "moved in": True}),
    Story("two fathers", "physical_harm", 66, {**PLANNED, "section 47": True, "conference": True, "plan": True, "protector": "keisha.bartley", "reviews": 3}),
    Story("conference ahead", "physical_harm", 7, {**PLANNED, "section 47": True, "conference": True, "conference days": 14, "plan": True, "assessor": "rhys.prosser"}),
    Story("assessment late", "neglect", 58, {**PLANNED, "assessment days": 72, "assessor": "rhys.prosser", "cause": "family_not_available"}),
    Story("assessment waiting", "parents_health", 42, {**PLANNED, "assessment days": 44, "days to authorise": 4, "assessor": "grace.boateng"}),
    Story("assessment sent back", "domestic_abuse", 36, {**PLANNED, "assessment days": 42, "days to authorise": 8, "assessor": "rhys.prosser", "sent back": True}),
    Story("not allocated", "substance_use", 3, {**PLANNED, "days to allocate": 12, "decision days": 0}),
    Story("referral waiting", "acute_stress", 1, {**PLANNED, "decision days": 0, "referral days": 3}),
    Story("call waiting", "own_distress", 1, {**PLANNED, "decision days": 3, "danger": True}),
    Story("call half written", "neglect", 0, {**PLANNED, "half written": True}),
    Story("feedback waiting", "disability", 2, {**PLANNED, "decision days": 0, "referral days": 0, "source": "3D", "feedback days": 5}),
    Story("plan waiting", "disability", 33, {**PLANNED, "days to plan": 9, "decision days": 0}),
    Story("review late", "parents_conflict", 135, {**PLANNED, "plan months": 14, "review late": 60, "worker": "dele.afolayan"}),
    Story("closure half written", "acute_stress", 33, {**PLANNED, "after": "no_further_action", "closure days": 6, "decision days": 0, "assessor": "grace.boateng"}),
    Story("closure waiting", "parents_conflict", 32, {**PLANNED, "after": "early_help", "closure days": 1, "closing days": 5, "decision days": 0, "assessor": "rhys.prosser"}),
    Story("plan with reviews", "sexual_harm", 290, {**PLANNED, "section 47": True, "conference": True, "conference days": 13, "plan": True, "reviews": 5, "protector": "keisha.bartley", "pre-proceedings": True}),
)  # fmt: skip
