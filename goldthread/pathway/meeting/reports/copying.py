"""What the fair copy of a meeting keeps of reports and views, from rows that stand or from those a batch is about to write."""

from collections.abc import Sequence
from typing import Any

from goldthread.core.records.models import Record
from goldthread.ground.time.words import short_day
from goldthread.pathway.meeting.reports.models import Report, Shared, View

NUMBERS = ("no", "one", "two", "three", "four")


def spelt(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def told_in_the_copy(definition: Any, record: Record, rows: Sequence[Any] | None) -> list[dict[str, Any]]:
    """Each agency's own view of each child, and when each report came and who has it."""
    found = []
    if definition.view_of:
        views = _of(View, rows) if rows is not None else list(
            View.objects.filter(invitee__record=record, invitee__left_out_at=None).select_related("invitee", "child").order_by("invitee", "child")
        )  # fmt: skip
        lines = [
            {"asked": f"{one.invitee} ({one.invitee.role}), of {one.child}", "answer": view_in_words(one), "person": one.child_id}
            for one in views
        ]
        found += [{"heading": "What each thinks", "lines": lines}] if lines else []
    if definition.reports_before:
        reports = _of(Report, rows) if rows is not None else list(
            Report.objects.filter(invitee__record=record, invitee__left_out_at=None).select_related("invitee").order_by("pk")
        )  # fmt: skip
        shared = _of(Shared, rows) if rows is not None else list(
            Shared.objects.filter(report__invitee__record=record).select_related("person", "report__invitee").order_by("pk")
        )  # fmt: skip
        lines = [{"asked": f"{one.invitee} ({one.invitee.role})", "answer": report_in_words(one, shared)} for one in reports]
        found += [{"heading": "Reports", "lines": lines}] if lines else []
    return found


def view_in_words(view: View) -> str:
    parts = [View.STANDS[view.stands], view.words or "", f"Disagrees with the decision: {view.disagrees_why}" if view.disagrees_why else ""]
    return ". ".join(part.rstrip(".") for part in parts if part)


def report_in_words(report: Report, shared: Sequence[Shared]) -> str:
    late = report.due_on and report.received_on and report.received_on > report.due_on
    came = f"Received {short_day(report.received_on)}{', late' if late else ''}" if report.received_on else "Not received"
    with_whom = [
        f"shared with {one.person} {short_day(one.shared_on)}" if one.shared_on else f"kept from {one.person}: {one.withheld_why}"
        for one in shared
        if one.report_id == report.pk
    ]
    due = f"due {short_day(report.due_on)}" if report.due_on else ""
    return "; ".join(part for part in (came, due, *with_whom) if part)


def _of(table: type, rows: Sequence[Any]) -> list[Any]:
    return [row for row in rows if isinstance(row, table)]
