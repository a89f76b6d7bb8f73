"""What is known already when a conference, or the plan it begins, is first written: to be put right, never typed twice."""

from typing import Any

from goldthread.core.agencies.queries import lead_worker_of
from goldthread.core.records.models import Record
from goldthread.pathway.archetypes import WRITE
from goldthread.pathway.meeting.archetype import HOLD
from goldthread.pathway.queries import children_of
from goldthread.pathway.registry import likely
from goldthread.practice.protection.conferences.conference import Conference
from goldthread.practice.protection.conferences.initial_conference import InitialConferenceChild
from goldthread.practice.protection.conferences.review_conference import ReviewConference
from goldthread.practice.protection.conferences.transfer_in_conference import TransferInConferenceChild
from goldthread.practice.protection.written_plan import WrittenPlan


@likely(Conference, HOLD)
def who_leads_now(record: Record) -> dict[str, Any]:
    """Whoever led the plan so far; before there is one, the social worker who answers for the children."""
    worker = lead_worker_of(child.pk for child in children_of(record))
    before = ReviewConference.objects.filter(record=record.follows).first()
    return {"lead": (before and before.lead) or (worker.name if worker else "")}


@likely(WrittenPlan, WRITE)
def as_the_conference_left_it(record: Record) -> dict[str, Any]:
    """Who leads it, with the number the family rings; and what happens if a child of this plan is not safe, as the family heard it."""
    children = children_of(record)
    worker = lead_worker_of(child.pk for child in children)
    known = {"lead": ", ".join(part for part in (worker.name, worker.phone) if part)} if worker else {}
    conference = record.follows.follows if record.follows else None
    rows = [
        row
        for part in (InitialConferenceChild, TransferInConferenceChild)
        for row in part.objects.filter(record=conference, person__in=children, contingency__isnull=False)
        .select_related("person")
        .order_by("pk")
    ]
    if len({row.contingency for row in rows}) > 1:
        return known | {"if_unsafe": "\n".join(f"{row.person}: {row.contingency}" for row in rows)}
    return known | ({"if_unsafe": rows[0].contingency} if rows else {})
