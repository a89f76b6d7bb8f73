"""What stands beside the forms of a strategy discussion and an enquiry, so that nothing is asked twice."""

from typing import Any

from goldthread.core.records.models import Record
from goldthread.pathway.registry import Sitting, panel
from goldthread.practice.protection.meetings.section_47 import Section47
from goldthread.practice.protection.meetings.strategy_discussion import StrategyDiscussion

LATEST = 12


@panel(StrategyDiscussion)
@panel(Section47)
def what_came_before(sitting: Sitting) -> tuple[str, dict[str, Any]]:
    """What this follows, in its own words, and the latest of these children's chronology."""
    seen = Record.objects.standing().seen_by(sitting.user)
    before = seen.filter(pk=sitting.record.follows_id).first() if sitting.record.follows_id else None
    copy = before.fair_copies.order_by("-version").first() if before else None
    keys = {child.pk for child in sitting.children}
    latest = seen.filter(children__child__in=keys, children__removed_at=None).exclude(pk=sitting.record.pk).order_by("-happened_on", "-pk")
    own = [part for part in (copy.content["each"] if copy else []) if part["person"] in keys]
    lines = [line for line in (copy.content["shared"] if copy else []) if line["answer"] and not line.get("is_protected")]
    return "protection/before_panel.jinja", {"before": before, "lines": lines, "each": own, "latest": list(latest.distinct()[:LATEST])}
