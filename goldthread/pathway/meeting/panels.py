"""What stands on a meeting's form beside its questions: who is there, whether it is quorate, and what each brought."""

from typing import Any

from goldthread.core.records.models import Record
from goldthread.pathway.meeting.archetype import Meeting
from goldthread.pathway.meeting.grid import onward_words, who_in_a_line
from goldthread.pathway.meeting.invitee import contributions_of
from goldthread.pathway.meeting.models import Invitee
from goldthread.pathway.meeting.queries import chair_of, invitees_of, meeting_before
from goldthread.pathway.meeting.reports.copying import report_in_words, view_in_words
from goldthread.pathway.meeting.reports.models import Report, Shared
from goldthread.pathway.meeting.reports.queries import views_by_child
from goldthread.pathway.registry import TOP, Sitting, definition_of, panel


@panel(Meeting, TOP)
def who_is_here(sitting: Sitting) -> tuple[str, dict[str, Any]]:
    """A line each; the matrix is one press away, and saves what is typed here first."""
    definition = definition_of(sitting.record.kind)
    assert issubclass(definition, Meeting)
    asked = [one for one in invitees_of(sitting.record) if one.left_out_at is None]
    came = [(who_in_a_line(one), Invitee.ATTENDED[str(one.attended)]) for one in asked if one.attended]
    unknown = [who_in_a_line(one) for one in asked if one.attended is None]
    return "meeting/here_panel.jinja", {
        "reference": sitting.record.reference,
        "came": came,
        "unknown": unknown,
        "lacking": definition.lacking(asked, chair_of(sitting.record)),
        "is_one": bool(definition.required),
    }


@panel(Meeting)
def what_each_brought(sitting: Sitting) -> tuple[str, dict[str, Any]] | None:
    return _brought(sitting.record, "What each brought")


def what_was_brought_before(sitting: Sitting) -> tuple[str, dict[str, Any]] | None:
    """For a process that a meeting leads to: nobody writes again what each said there. A room registers it."""
    before = meeting_before(sitting.record.follows, sitting.user)
    return _brought(before, f"What each brought to the {definition_of(before.kind).title.lower()}") if before else None


def _brought(record: Record, heading: str) -> tuple[str, dict[str, Any]] | None:
    brought = [(who_in_a_line(one.invitee), one.words, onward_words(one)) for one in contributions_of(record)]
    return ("meeting/brought_panel.jinja", {"heading": heading, "brought": brought}) if brought else None


@panel(Meeting)
def what_each_thinks(sitting: Sitting) -> tuple[str, dict[str, Any]] | None:
    """Beside the decision: who sees each child how, and which reports came and were shared."""
    definition: Any = definition_of(sitting.record.kind)
    if not definition.view_of:
        return None
    views = views_by_child(sitting.record)
    shared = list(Shared.objects.filter(report__invitee__record=sitting.record).select_related("person").order_by("pk"))
    reports = Report.objects.filter(invitee__record=sitting.record, invitee__left_out_at=None).select_related("invitee").order_by("pk")
    return "meeting/views_panel.jinja", {
        "reference": sitting.record.reference,
        "question": definition.view_of,
        "said": [
            (str(child), [(who_in_a_line(v.invitee), view_in_words(v)) for v in views.get(child.pk, [])]) for child in sitting.children
        ],
        "reports": [(who_in_a_line(one.invitee), report_in_words(one, shared)) for one in reports],
    }
