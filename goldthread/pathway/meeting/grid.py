"""The meeting as a matrix: a row for each who should be there, a column for each stage, one press where the next thing can be done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.timezone import localtime

from goldthread.core.agencies.queries import names_of_users
from goldthread.core.records.models import Record
from goldthread.ground.codes.code_lists import codes
from goldthread.pathway.meeting.archetype import Meeting, Required
from goldthread.pathway.meeting.models import Contribution, Invitee, Link
from goldthread.pathway.meeting.queries import invitees_of, is_held
from goldthread.pathway.meeting.stages import ACKNOWLEDGED, ATTENDED, DELIVERED, FILED, INVITED, REPLIED, SENT, has_come_to, is_present

BROUGHT = "brought"
COLUMNS = (
    (INVITED, "Invited"), (DELIVERED, "Has it"), (REPLIED, "Answered"), (ATTENDED, "Came"), (BROUGHT, "Brought"), (SENT, "Decisions sent"),
    (ACKNOWLEDGED, "Acknowledged"), (FILED, "Filed on their system"),
)  # fmt: skip
AHEAD = 5  # so many of them matter before there is a decision to send


@dataclass
class Cell:
    """One stage of one invitee. `press` is [(value, words)]: what can be written down with one press."""

    heading: str
    words: str = ""
    note: str = ""
    is_gap: bool = False
    press: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Line:
    invitee: Invitee
    who: str
    title: str
    counts_as: str
    cells: list[Cell]


@dataclass
class Grid:
    columns: Sequence[tuple[str, str]]
    lines: list[Line]
    left_out: list[Invitee]
    gaps: list[tuple[str, list[str]]]
    lacking: list[str]
    present: list[Required]
    is_held: bool
    waiting: dict[str, int]


def grid_of(definition: type[Meeting], record: Record, chair: int | None) -> Grid:
    """In four queries, however many are asked. `chair`: the worker’s key of whoever is in the chair."""
    invitees = list(invitees_of(record))
    asked = [one for one in invitees if one.left_out_at is None]
    brought: dict[int, list[Contribution]] = {}
    for one in Contribution.objects.filter(invitee__in=asked).order_by("pk"):
        brought.setdefault(one.invitee_id, []).append(one)
    mailed = {link.invitee_id: link for link in Link.objects.filter(invitee__in=asked, ended_at=None).order_by("pk")}
    names = names_of_users(_users(asked))
    held, apart = is_held(record), definition.apart(record)
    titles = {role.key: role.title.lower() for role in definition.required}
    columns = COLUMNS if held else COLUMNS[:AHEAD]
    lines = [
        Line(
            one, str(one), title_of(one) + (", apart from the others" if one.person_id in apart else ""), titles.get(one.required or "", "") if chair is None or one.worker_id != chair else "",
            [_cell(one, stage, heading, held, names, brought.get(one.pk, []), mailed.get(one.pk), one.person_id in apart) for stage, heading in columns],
        )
        for one in asked
    ]  # fmt: skip
    waiting = {
        "attended": sum(one.attended is None for one in asked),
        "told": sum(one.sent_at is None and is_present(one) and one.person_id not in apart for one in asked),
        "sent": sum(one.sent_at is None for one in asked),
    }
    left_out = [one for one in invitees if one.left_out_at]
    return Grid(
        columns, lines, left_out, gaps_of(asked, held), definition.lacking(asked, chair), definition.roles_here(asked, chair), held, waiting
    )


def gaps_of(asked: Sequence[Invitee], held: bool) -> list[tuple[str, list[str]]]:
    """What a tired manager must see: who has not answered, who did not come, who does not have the decisions or has not said so."""
    silent = [one for one in asked if one.invited_at and not one.reply and not one.attended]
    absent = [one for one in asked if one.attended == Invitee.NOT]
    unsent = [one for one in asked if held and one.sent_at is None]
    unacknowledged = [one for one in asked if one.sent_at and one.acknowledged_at is None and one.person_id is None]
    found = [
        ("Has not answered", silent), ("Did not come", absent), ("Does not have the decisions", unsent), ("Has not acknowledged them", unacknowledged),
    ]  # fmt: skip
    return [(words, [who_in_a_line(one) for one in people]) for words, people in found if people]


def who_in_a_line(invitee: Invitee) -> str:
    """ "Ruth Amadi (School nurse)"; "Police, nobody named yet"."""
    return f"{invitee.name} ({invitee.role})" if invitee.name else str(invitee)


def title_of(invitee: Invitee) -> str:
    agency = invitee.agency.name if invitee.agency else "Ours" if invitee.worker_id else "Family" if invitee.person_id else ""
    role = invitee.role if invitee.name and not agency.startswith(invitee.role) else ""
    return ", ".join(part for part in (role, agency) if part)


def _users(invitees: Iterable[Invitee]) -> set[int | None]:
    columns = ("invited_by_id", "delivered_by_id", "replied_by_id", "attended_by_id", "sent_by_id", "acknowledged_by_id", "filed_by_id")
    return {getattr(one, column) for one in invitees for column in columns}


def _cell(
    one: Invitee,
    stage: str,
    heading: str,
    held: bool,
    names: dict[int, str],
    brought: list[Contribution],
    link: Link | None,
    is_apart: bool,
) -> Cell:
    if stage == BROUGHT:
        return _brought(one, heading, brought)
    if not has_come_to(one, stage):
        cell = Cell(heading, press=[(f"{one.reference} {verb}", words) for verb, words in _presses(one, stage, held, is_apart)])
        cell.is_gap = _is_gap(one, stage, held)
        if stage == INVITED and (held or one.attended):
            cell.words = "Not invited beforehand"
        return cell
    return Cell(heading, *_said(one, stage, names, link), is_gap=one.attended == Invitee.NOT if stage == ATTENDED else False)


def _is_gap(one: Invitee, stage: str, held: bool) -> bool:
    if stage == REPLIED:
        return bool(one.invited_at) and not one.attended and not held
    if stage == SENT:
        return held
    return stage == ACKNOWLEDGED and one.sent_at is not None and one.person_id is None


def _presses(one: Invitee, stage: str, held: bool, is_apart: bool) -> list[tuple[str, str]]:
    """(verb, words): the likely answer first; everything else is on the invitee's own page."""
    ahead = not held and one.attended is None
    if stage == INVITED and ahead:
        return [("invite telephone", "Rang them")]
    if stage == DELIVERED and one.invited_at and ahead:
        return [("deliver", "Has it")]
    if stage == REPLIED and one.invited_at and ahead:
        return [("reply accepted", "Comes"), ("reply declined", "Cannot")]
    if stage == ATTENDED:
        return [("attend telephone", "Telephone"), ("attend video", "Video"), ("attend in_person", "In person"), ("attend report", "Report"), ("attend not", "No")]  # fmt: skip
    if stage == SENT and held:
        first = ("send at_the_meeting", "Heard them") if is_present(one) and not is_apart else ("send telephone", "Rang them")
        return [first, ("send secure_email", "Sent")]
    if stage == ACKNOWLEDGED and one.sent_at and one.person_id is None:
        return [("acknowledge", "Has them")]
    if stage == FILED and one.sent_at and one.agency_id:
        return [("file", "Filed today")]
    return []


def _brought(one: Invitee, heading: str, brought: list[Contribution]) -> Cell:
    if not brought:
        return Cell(heading)
    marks = {codes("meeting.onward").label(contribution.onward) for contribution in brought}
    first = " ".join(brought[0].words.split())
    more = f" and {len(brought) - 1} more" if len(brought) > 1 else ""
    return Cell(heading, (first if len(first) <= 60 else first[:59].rsplit(" ", 1)[0] + "…") + more, "; ".join(sorted(marks)))


def _said(one: Invitee, stage: str, names: dict[int, str], link: Link | None) -> tuple[str, str]:
    """(what, when and by whom) of a stage that was reached."""
    told = codes("meeting.told_how")
    if stage == INVITED:
        mail = _mail_words(link) if one.invited_how == "email_without_names" and link is not None else ""
        return told.label(one.invited_how or "") + mail, _when(one.invited_at, one.invited_by_id, names)
    if stage == DELIVERED:
        return "Yes", _when(one.delivered_at, one.delivered_by_id, names)
    if stage == REPLIED:
        words = Invitee.REPLIES[str(one.reply)] + (f": {one.delegate_name}" if one.delegate_name else "")
        return words, _when(one.replied_at, one.replied_by_id, names, own="by link")
    if stage == ATTENDED:
        delegate = f" ({one.delegate_name})" if one.delegate_name and is_present(one) else ""
        return Invitee.ATTENDED[str(one.attended)] + delegate, one.why_absent or ""
    if stage == SENT:
        return told.label(one.sent_how or ""), _when(one.sent_at, one.sent_by_id, names)
    if stage == ACKNOWLEDGED:
        return "Yes", _when(one.acknowledged_at, one.acknowledged_by_id, names, own="by link")
    return _short(one.filed_on), one.filed_as or ""


def _mail_words(link: Link) -> str:
    """An e-mail may still wait for the mail server, which is said: taken by it is not yet delivered either."""
    return ", sent by hand" if link.by_hand else "" if link.mailed_at else ", waits for the mail server"


def _when(at: datetime | None, by: int | None, names: dict[int, str], own: str = "") -> str:
    if at is None:
        return ""
    moment = localtime(at)
    who = names.get(by, "") if by else own
    return f"{_short(moment.date())} {moment:%H:%M}" + (f", {who}" if who else "")


def _short(day: date | None) -> str:
    return f"{day.day} {day:%b}" if day else ""


def onward_words(contribution: Contribution) -> str:
    return codes("meeting.onward").label(contribution.onward)
