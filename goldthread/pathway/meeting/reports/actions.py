"""A report asked for, received, and shared with each adult; each invitee's own view; who carries on what was decided."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate

from goldthread.core.people.models import Person
from goldthread.core.records.models import FairCopy, Record
from goldthread.ground.time.queries import due_under
from goldthread.ground.time.words import short_day
from goldthread.pathway.actions import NotNow
from goldthread.pathway.fair_copy import seal
from goldthread.pathway.meeting.models import Arrangement, Invitee
from goldthread.pathway.meeting.queries import is_held
from goldthread.pathway.meeting.reports.models import Report, Shared, View
from goldthread.pathway.meeting.sharing import note_report, take_back_report
from goldthread.pathway.registry import definition_of


def due_day(record: Record) -> date | None:
    """When reports for this meeting are due; None while it has no day."""
    definition: Any = definition_of(record.kind)
    planned_on = Arrangement.objects.filter(record=record).values_list("planned_on", flat=True).first()
    return due_under(definition.reports_before, planned_on).on if planned_on and definition.reports_before else None


def ask_report(*, invitee: Invitee, by: Any) -> Report:
    """They are asked for a report, due before the meeting. NotNow where it was asked for already, or they are left out."""
    _still_asked(invitee)
    report, is_new = Report.objects.get_or_create(
        invitee=invitee, defaults={"asked_at": timezone.now(), "asked_by": by, "due_on": due_day(invitee.record)}
    )
    if not is_new:
        raise NotNow(f"{invitee} has been asked for a report already.")
    return report


def date_reports(*, record: Record) -> None:
    """The meeting has another day: reports that are still to come are due before that one."""
    Report.objects.filter(invitee__record=record, received_on=None).update(due_on=due_day(record))


def receive_report(*, invitee: Invitee, on: date, by: Any) -> Report:
    """It came on that day, asked for or not. ValueError for a day to come; NotNow where it is here already."""
    _still_asked(invitee)
    if on > localdate():
        raise ValueError("The day is in the future: write when the report came.")
    with transaction.atomic():
        report = Report.objects.select_for_update().filter(invitee=invitee).first() or Report(
            invitee=invitee, due_on=due_day(invitee.record)
        )
        if report.received_on:
            raise NotNow(f"The report of {invitee} is here already.")
        report.received_on, report.received_noted_at, report.received_by = on, timezone.now(), by
        report.save()
        _seal_report(invitee, by)
    return report


def not_received(*, invitee: Invitee, by: Any) -> None:
    """Written down in error. NotNow once it has been shared: take that back first."""
    report = Report.objects.filter(invitee=invitee).first()
    if report is None or report.received_on is None or report.shared.exists():
        raise NotNow(f"{invitee}: there is no receipt to take back, or the report has been shared since.")
    if report.asked_at is None:
        report.delete()
    else:
        report.received_on = report.received_noted_at = report.received_by = None
        report.save(update_fields=["received_on", "received_noted_at", "received_by"])
    _seal_report(invitee, by)


def share_report(*, invitee: Invitee, person: Person, on: date, by: Any) -> Shared:
    """This adult of the family has had the report since that day. ValueError for a day to come or before it came."""
    report = _received(invitee)
    if on > localdate():
        raise ValueError("The day is in the future: write when it was shared.")
    if report.received_on and on < report.received_on:
        raise ValueError(f"The report came on {short_day(report.received_on)}: it cannot have been shared before.")
    values = {"shared_on": on, "withheld_why": None, "noted_by": by}
    made = Shared.objects.update_or_create(report=report, person=person, defaults=values)[0]
    take_back_report(invitee, person)
    note_report(invitee, person, on, by)
    _seal_report(invitee, by)
    return made


def withhold_report(*, invitee: Invitee, person: Person, why: str, by: Any) -> Shared:
    """It is kept from this adult, for a reason. ValueError without one."""
    if not why.strip():
        raise ValueError(f"Say why the report is kept from {person}.")
    report = _received(invitee)
    values = {"shared_on": None, "withheld_why": why.strip(), "noted_by": by}
    made = Shared.objects.update_or_create(report=report, person=person, defaults=values)[0]
    take_back_report(invitee, person)
    _seal_report(invitee, by)
    return made


def unshare(*, invitee: Invitee, person: Person, by: Any) -> None:
    """Written down in error. What was there stays in the trail."""
    Shared.objects.filter(report__invitee=invitee, person=person).delete()
    take_back_report(invitee, person)
    _seal_report(invitee, by)


def _seal_report(invitee: Invitee, by: Any) -> None:
    seal_again(invitee=invitee, why=f"Written down later: the report of {invitee}, and who has had it.", by=by)


def give_view(*, invitee: Invitee, child: Person, stands: str, by: Any, words: str | None = None) -> View:
    """What they themselves think of this child; said anew, it takes the place of what was said. ValueError for an unknown answer."""
    _still_asked(invitee)
    if stands not in View.STANDS:
        raise ValueError("Choose what they think.")
    values: dict[str, Any] = {"stands": stands, "noted_by": by}
    if words is not None:
        values["words"] = words.strip() or None
    made = View.objects.update_or_create(invitee=invitee, child=child, defaults=values)[0]
    seal_again(invitee=invitee, why=f"Written down later: what {invitee} thinks.", by=by)
    return made


def disagree(*, invitee: Invitee, child: Person, why: str | None, by: Any) -> None:
    """They do not agree with what was decided for this child, and why; None takes it back. NotNow before they have given a view."""
    if not View.objects.filter(invitee=invitee, child=child).update(disagrees_why=(why or "").strip() or None, noted_by=by) and why:
        raise NotNow(f"Write first what {invitee} thinks of {child}.")
    seal_again(
        invitee=invitee, why=f"Written down later: the dissent of {invitee}." if why else f"Taken back: the dissent of {invitee}.", by=by
    )


def set_in_group(*, invitee: Invitee, is_in: bool) -> None:
    """They are, or are not, among those who carry on what was decided."""
    _still_asked(invitee)
    invitee.in_group = is_in
    invitee.save(update_fields=["in_group"])


def seal_again(*, invitee: Invitee, why: str, by: Any) -> FairCopy | None:
    """What comes after a meeting was held is in its copy too: a new version, with the reason. None where nothing reads otherwise."""
    record = Record.objects.select_for_update().get(pk=invitee.record_id)
    last = record.newest_copy()
    if not is_held(record) or last is None:
        return None
    content = {**last.content, "further": definition_of(record.kind).further(record)}
    if seal(content) == last.sha256:
        return None
    record.version += 1
    record.save(update_fields=["version"])
    return FairCopy.objects.create(
        record=record, version=last.version + 1, step=last.step, made_by=by, why=why, content=content,
        definition_version=last.definition_version, sha256=seal(content),
    )  # fmt: skip


def _received(invitee: Invitee) -> Report:
    if invitee.record.state == Record.VOID:
        raise NotNow("This meeting is withdrawn.")
    report = Report.objects.filter(invitee=invitee, received_on__isnull=False).first()
    if report is None:
        raise NotNow(f"The report of {invitee} has not come yet.")
    return report


def _still_asked(invitee: Invitee) -> None:
    if invitee.left_out_at is not None:
        raise NotNow(f"{invitee} is left out of this meeting: put them back in the list first.")
    if invitee.record.state == Record.VOID:
        raise NotNow("This meeting is withdrawn.")
