"""What a room may set beside its forms without drawing it itself."""

from typing import Any

from goldthread.core.records.models import Record
from goldthread.pathway.queries import what_it_follows
from goldthread.pathway.registry import Sitting

LATEST = 12


def what_came_before(sitting: Sitting) -> tuple[str, dict[str, Any]]:
    """What the record follows, in its own words, and the latest of its children's chronology: so that nothing is asked twice."""
    seen = Record.objects.standing().seen_by(sitting.user)
    before, copy = what_it_follows(sitting.record, sitting.user)
    keys = {child.pk for child in sitting.children}
    latest = seen.filter(children__child__in=keys, children__removed_at=None).exclude(pk=sitting.record.pk).order_by("-happened_on", "-pk")
    own = [part for part in (copy.content["each"] if copy else []) if part["person"] in keys]
    lines = [line for line in (copy.content["shared"] if copy else []) if line["answer"] and not line.get("is_protected")]
    return "pathway/before_panel.jinja", {"before": before, "lines": lines, "each": own, "latest": list(latest.distinct()[:LATEST])}
