"""Child protection visit. How often is set by the plan; rule `visit.cp` is LOCAL and holds where the plan says nothing.

Working Together leaves the number to the plan. The clock is met only for a child who was seen (inspection: seen, and seen alone).
"""

from django.db.models import Q

from goldthread.pathway.archetypes import RECORD, Visit, VisitedChild
from goldthread.pathway.definition import Clock
from goldthread.pathway.questions import One
from goldthread.practice.protection.protection_plan import VISIT


class ProtectionVisit(Visit):
    """A visit to a child on a protection plan."""

    title, plural = "Child protection visit", "Child protection visits"
    kept_as = "child_protection"
    purpose = "To see how each child is, alone wherever possible, and what the plan has moved."

    clocks = (Clock(VISIT, starts="visited_on", is_link=True, each="is_seen"),)


class ProtectionVisitChild(VisitedChild):
    """One child’s part in a child protection visit."""

    of = ProtectionVisit

    bedroom = One("Was the bedroom seen?", codes="visit.bedroom", when=Q(is_seen=True), needed=RECORD)
