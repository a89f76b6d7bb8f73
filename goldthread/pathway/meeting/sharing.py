"""What a meeting shares with partners and family, written down with its purpose and basis. Our own workers are no one else."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from goldthread.core.people.models import Person
from goldthread.core.records.models import RecordChild
from goldthread.core.sharing.actions import keep_shares, share, take_back_share
from goldthread.core.sharing.agreements import covering, holding_on, needs_agreement
from goldthread.core.sharing.models import Agreement, Share
from goldthread.core.sharing.reasons import Reason, proposed_for, reason_for
from goldthread.ground.codes.code_lists import codes
from goldthread.ground.design.words import listed
from goldthread.pathway.meeting.models import Invitee
from goldthread.pathway.meeting.reports.models import Shared
from goldthread.pathway.meeting.stages import INVITED, SENT
from goldthread.pathway.registry import definition_of

WHAT = {INVITED: Share.INVITATION, SENT: Share.DECISIONS}


def note_stage(invitee: Invitee, stage: str) -> None:
    """The invitation or the decisions went to this invitee; no other stage shares anything."""
    if stage in WHAT and invitee.worker_id is None:
        keep_shares([_of_stage(invitee, stage, _reason(invitee), _about(invitee))])


def take_back_stage(invitee: Invitee, stage: str) -> None:
    if stage in WHAT:
        take_back_share(what=WHAT[stage], thing=invitee.reference)


def note_report(invitee: Invitee, person: Person, on: date, by: Any) -> None:
    """This adult has had the invitee's report."""
    keep_shares([_of_report(invitee, person, on, _reason(invitee), _about(invitee), by)])


def take_back_report(invitee: Invitee, person: Person) -> None:
    take_back_share(what=Share.REPORT, thing=_report_to(invitee, person))


def note_many(rows: Iterable[Any]) -> None:
    """The batch form: what went to these invitees, and which of their reports to whom, as the kind of each meeting proposes."""
    rows = list(rows)
    invitees = [one for one in rows if isinstance(one, Invitee) and one.worker_id is None]
    shared = [one for one in rows if isinstance(one, Shared) and one.shared_on]
    records = {one.record_id for one in invitees} | {one.report.invitee.record_id for one in shared}
    about: dict[int, list[int]] = {}
    for record, child in RecordChild.objects.filter(record__in=records, removed_at=None).values_list("record", "child"):
        about.setdefault(record, []).append(child)
    found, agreements = [], list(Agreement.objects.all())
    for one in invitees:
        stages = ((INVITED, one.invited_at), (SENT, one.sent_at))
        found += [_of_stage(one, stage, _proposed(one), about.get(one.record_id, []), agreements) for stage, at in stages if at]
    for row in shared:
        one = row.report.invitee
        found.append(_of_report(one, row.person, row.shared_on, _proposed(one), about.get(one.record_id, []), row.noted_by))  # type: ignore[arg-type]
    keep_shares(found)


def said_of_agreements(lines: Iterable[Invitee], reason: Reason) -> str:
    """With whom of these no agreement is in force, and what that means; empty where there is one with each."""
    among, today = list(holding_on(localdate())), localdate()
    without = {
        one.agency.name if one.agency else codes("agency.kind").label(one.agency_kind or "")
        for one in lines
        if one.worker_id is None and one.agency_kind and covering(among, reason.purpose, one.agency_id, one.agency_kind, today) is None
    }
    if not without:
        return ""
    whom = f"No information-sharing agreement for this is in force with {listed(sorted(without))}."
    if needs_agreement(reason.purpose):
        return f"{whom} Nothing can go to them until information governance has entered one."
    return f"{whom} This purpose does not wait for one."


def _proposed(invitee: Invitee) -> Reason:
    return proposed_for(definition_of(invitee.record.kind).shared_for)


def _reason(invitee: Invitee) -> Reason:
    return reason_for(invitee.record_id, definition_of(invitee.record.kind).shared_for)


def _about(invitee: Invitee) -> Iterable[int]:
    return invitee.record.children.filter(removed_at=None).values_list("child", flat=True)


def _of_stage(invitee: Invitee, stage: str, reason: Reason, about: Iterable[int], agreements: Sequence[Agreement] | None = None) -> Share:
    names = ("invited_how", "invited_at", "invited_by") if stage == INVITED else ("sent_how", "sent_at", "sent_by")
    how, at, by = (getattr(invitee, name) for name in names)
    return share(
        what=WHAT[stage], thing=invitee.reference, reason=reason, children=about, to_whom=_whom(invitee), by=by, record=invitee.record,
        agency=invitee.agency, agency_kind=invitee.agency_kind, person=invitee.person, how=codes("meeting.told_how").label(how or ""), at=at,
        agreements=agreements,
    )  # fmt: skip


def _of_report(invitee: Invitee, person: Person, on: date, reason: Reason, about: Iterable[int], by: Any) -> Share:
    return share(
        what=Share.REPORT, thing=_report_to(invitee, person), reason=reason, children=about, to_whom=str(person), by=by,
        record=invitee.record, person=person, how=f"The report of {_whom(invitee)}", on=on,
    )  # fmt: skip


def _report_to(invitee: Invitee, person: Person) -> str:
    return f"{invitee.reference} {person.reference}"


def _whom(invitee: Invitee) -> str:
    """ "Ruth Amadi, School nurse (Hallowmere School Nursing)"."""
    who = f"{invitee.name}, {invitee.role}" if invitee.name else invitee.role
    return f"{who} ({invitee.agency.name})" if invitee.agency else who
