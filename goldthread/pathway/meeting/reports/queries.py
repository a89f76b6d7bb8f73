"""Reading reports and views: the second matrix of a meeting, what is missing, and who sees a child otherwise than was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localdate

from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.ground.time.words import short_day
from goldthread.pathway.meeting.archetype import Meeting
from goldthread.pathway.meeting.grid import Cell, Line, title_of, who_in_a_line
from goldthread.pathway.meeting.models import Invitee
from goldthread.pathway.meeting.queries import chair_of, invitees_of
from goldthread.pathway.meeting.reports.models import Report, Shared, View
from goldthread.pathway.meeting.stages import is_present
from goldthread.pathway.queries import adults_asked, children_of


@dataclass
class Papers:
    """A line for each who is asked for more than coming; `gaps` says of whom something is still missing."""

    headings: list[str]
    lines: list[Line]
    gaps: list[tuple[str, list[str]]]


def asks_more(definition: type[Meeting]) -> bool:
    return bool(definition.reports_before or definition.view_of or definition.group)


def papers_of(definition: type[Meeting], record: Record) -> Papers | None:
    """In seven queries, however many are asked. None for a meeting that asks for nothing of the kind."""
    if not asks_more(definition):
        return None
    invitees = professionals(record)
    children, adults = children_of(record), adults_asked(record) if definition.reports_before else []
    reports = {one.invitee_id: one for one in Report.objects.filter(invitee__in=invitees)}
    shared = {(one.report_id, one.person_id): one for one in Shared.objects.filter(report__in=reports)}
    views = {(one.invitee_id, one.child_id): one for one in View.objects.filter(invitee__in=invitees)}
    lines = []
    for one in invitees:
        cells = _report_cells(one, reports.get(one.pk), adults, shared) if definition.reports_before else []
        cells += [_view_cell(one, child, views.get((one.pk, child.pk))) for child in children] if definition.view_of else []
        cells += [_group_cell(one, definition.group)] if definition.group else []
        lines.append(Line(one, str(one), title_of(one), "", cells))
    if definition.group:
        lines += [Line(one, str(one), title_of(one), "", [*_blank(lines), _group_cell(one, definition.group)]) for one in family_of(record)]
    headings = [cell.heading for cell in lines[0].cells] if lines else []
    return Papers(headings, lines, _gaps(invitees, reports, adults, shared))


def _blank(lines: list[Line]) -> list[Cell]:
    return [Cell(cell.heading) for cell in lines[0].cells[:-1]] if lines else []


def professionals(record: Record) -> list[Invitee]:
    """Those asked who are neither family nor in the chair."""
    chair = chair_of(record)
    asked = invitees_of(record).filter(left_out_at=None, person=None)
    return [one for one in asked if chair is None or one.worker_id != chair]


def family_of(record: Record) -> list[Invitee]:
    return list(invitees_of(record).filter(left_out_at=None, person__isnull=False))


def _report_cells(one: Invitee, report: Report | None, adults: list[Person], shared: dict[tuple[int, int], Shared]) -> list[Cell]:
    asked = Cell("Report asked for", "Yes" if report and report.asked_at else "Came unasked" if report else "")
    if report is None:
        asked.press = [(f"{one.reference} ask_report", "Asked")]
    due_on, came_on = (report.due_on, report.received_on) if report else (None, None)
    due = Cell("Due", short_day(due_on) if due_on else "")
    came = Cell("Received", short_day(came_on) if came_on else "")
    came.note = "late" if due_on and came_on and came_on > due_on else ""
    if came_on is None:
        came.press = [(f"{one.reference} report_in", "Today")]
        came.is_gap = bool(due_on and due_on < localdate())
    return [asked, due, came, *(_shared_cell(one, report, adult, shared.get((one.pk, adult.pk))) for adult in adults)]


def _shared_cell(one: Invitee, report: Report | None, adult: Person, shared: Shared | None) -> Cell:
    cell = Cell(f"Shared with {adult}")
    if shared is not None:
        cell.words = short_day(shared.shared_on) if shared.shared_on else "Kept from them"
        cell.note = shared.withheld_why or ""
    elif report is not None and report.received_on:
        cell.press, cell.is_gap = [(f"{one.reference} shared {adult.reference}", "Today")], True
    return cell


def _view_cell(one: Invitee, child: Person, view: View | None) -> Cell:
    cell = Cell(f"View of {child}")
    if view is not None:
        cell.words, cell.note = View.STANDS[view.stands], "disagrees with the decision" if view.disagrees_why else view.words or ""
        cell.is_gap = bool(view.disagrees_why)
    elif one.attended != Invitee.NOT:
        cell.press = [(f"{one.reference} view {child.reference}:{code}", words) for code, words in View.STANDS.items()]
    return cell


def _group_cell(one: Invitee, group: str) -> Cell:
    press = [(f"{one.reference} group {'out' if one.in_group else 'in'}", "Take out" if one.in_group else "Put in")]
    return Cell(group.capitalize(), "In it" if one.in_group else "", press=press)


def _gaps(
    invitees: Sequence[Invitee], reports: dict[int, Report], adults: list[Person], shared: dict[tuple[int, int], Shared]
) -> list[Any]:
    today = localdate()
    overdue, late, unseen = [], [], []
    for one in invitees:
        report = reports.get(one.pk)
        if report is None:
            continue
        if report.received_on is None and report.due_on and report.due_on < today:
            overdue.append(who_in_a_line(one))
        if report.received_on and report.due_on and report.received_on > report.due_on:
            late.append(who_in_a_line(one))
        without = [str(adult) for adult in adults if report.received_on and (one.pk, adult.pk) not in shared]
        if without:
            unseen.append(f"{who_in_a_line(one)} ({', '.join(without)})")
    found = [("Report overdue", overdue), ("Report came late", late), ("Report not shared yet", unseen)]
    return [(words, names) for words, names in found if names]


def views_missing(definition: type[Meeting], record: Record) -> list[str]:
    """Partners who took part and of whom it is not written what they think of a child: "Ruth Amadi (School nurse), of Maya"."""
    if not definition.view_of:
        return []
    came = [one for one in professionals(record) if one.agency_id and is_present(one)]
    children = children_of(record)
    there = set(View.objects.filter(invitee__in=came).values_list("invitee", "child"))
    return [f"{who_in_a_line(one)}, of {child}" for one in came for child in children if (one.pk, child.pk) not in there]


def views_by_child(record: Record) -> dict[int, list[View]]:
    found: dict[int, list[View]] = {}
    for view in View.objects.filter(invitee__record=record, invitee__left_out_at=None).select_related("invitee").order_by("stands", "pk"):
        found.setdefault(view.child_id, []).append(view)
    return found
