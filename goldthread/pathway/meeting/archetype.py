"""Meeting: those who should be there are asked, come or do not, bring something, and know and keep what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from goldthread.core.agencies.models import Worker
from goldthread.core.agencies.queries import line_of
from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.ground.codes.code_lists import codes
from goldthread.pathway.definition import Detail, Step
from goldthread.pathway.meeting.models import Contribution, Invitee
from goldthread.pathway.meeting.reports.copying import spelt, told_in_the_copy
from goldthread.pathway.meeting.stages import is_present
from goldthread.pathway.questions import Day, One, Words

HOLD = "hold"
CHASE = "chase"  # the same page, asked for by the task of ringing who is silent: a line of its own in a list of work
NEVER_TO_FAMILY = ("not_family", "police_and_social_care")  # codes meeting.onward
MEETING = "meeting"  # the page of who was asked, came and knows; also the step of the tasks that ask for it


@dataclass(frozen=True)
class Required:
    """A role without which the meeting is not quorate: the kinds of agency (codes agency.kind) that can fill it.

    One that is not `is_needed` counts among the `at_least` others that must be there.
    """

    key: str
    title: str
    kinds: tuple[str, ...]
    is_needed: bool = True
    is_proposed: bool = True  # a seat stands in the list though the children’s records name nobody for it


class Meeting(Detail):
    """Held by several agencies together. What is asked of everyone, and who must be there, is each process's own.

    required        roles without which it is not quorate
    at_least        how many of the roles that are not needed one by one must be there, whoever they are
    invites_family  whether family may be asked at all
    chaired_from    purposes of teams whose managers may chair, besides those that answer for the children
    held_by         the rules whose clocks, its own or another record's, say by when it must be held
    sent_clock      the rule that is met when the last invitee has been sent the decisions
    chair_is_independent  whether the chair is named beforehand, and stands outside the line that answers for the children
    reports_before  the rule that says when a report is due from each agency; none is asked for without
    view_of         what each agency says of each child for itself
    group           what those are called who carry on what it decides
    is_of_group     whether it is a meeting of the group that the meeting it follows has named
    told_by_link    the children's coded answers that an invitee reads behind a link and its secret, without a name
    """

    steps: ClassVar[tuple[Step, ...]] = (Step(HOLD, "Hold", "Record what was decided"),)
    happened = "held_on"
    required: ClassVar[tuple[Required, ...]] = ()
    at_least: ClassVar[int] = 0
    invites_family: ClassVar[bool] = True
    chair_is_independent: ClassVar[bool] = False
    reports_before: ClassVar[str] = ""
    view_of: ClassVar[str] = ""
    group: ClassVar[str] = ""
    is_of_group: ClassVar[bool] = False
    told_by_link: ClassVar[tuple[str, ...]] = ()
    sent_clock: ClassVar[str] = ""
    chaired_from: ClassVar[tuple[str, ...]] = ()
    held_by: ClassVar[tuple[str, ...]] = ()

    held_on = Day("When was it held?", needed=HOLD, time=True, section="The meeting")
    held_how = One("How was it held?", codes="meeting.how", needed=HOLD, section="The meeting")
    why_inquorate = Words(
        "Why was it held without everyone who must be there?",
        asked=HOLD,
        hint="Needed when somebody who must be there did not take part; the list of who came says whether.",
        section="The meeting",
    )
    next_on = Day("When do you meet again, if you do?", asked=HOLD, may_be_ahead=True, place=1, section="What follows")

    class Meta:
        abstract = True

    @classmethod
    def lacking(cls, invitees: Sequence[Invitee], chair: int | None = None) -> list[str]:
        """What it lacks to be quorate, in words; empty when it is. Roles count, not heads; the chair (a worker’s key) fills none."""
        here = cls.roles_here(invitees, chair)
        lacking = [role.title for role in cls.required if role.is_needed and role not in here]
        others = sum(not role.is_needed for role in here)
        if others < cls.at_least:
            agencies = "agency" if cls.at_least == 1 else "agencies"
            lacking.append(f"At least {spelt(cls.at_least)} other {agencies} ({spelt(others) if others else 'none'} came)")
        return lacking

    @classmethod
    def roles_here(cls, invitees: Sequence[Invitee], chair: int | None = None) -> list[Required]:
        """The roles that somebody who took part fills, each once."""
        here = {invitee.required for invitee in invitees if is_present(invitee) and (chair is None or invitee.worker_id != chair)}
        return [role for role in cls.required if role.key in here]

    @classmethod
    def filled_by(cls, agency_kind: str | None) -> str | None:
        """The key of the required role that an agency of this kind can fill."""
        return next((role.key for role in cls.required if agency_kind in role.kinds), None)

    @classmethod
    def may_not_chair(cls, worker: Worker, children: Sequence[Person], line: dict[int, str] | None = None) -> str | None:
        """Why this worker may not chair a meeting about these children; None when they may. `line` is theirs, where it has been read."""
        if not cls.chair_is_independent:
            return None
        why = (line_of(child.pk for child in children) if line is None else line).get(worker.pk)
        return f"{worker.name} {why}: whoever chairs it stands outside that line." if why else None

    @classmethod
    def apart(cls, record: Record) -> set[int]:
        """Keys of those who take part apart from the others, and do not hear there what is decided."""
        return set()

    @classmethod
    def further(cls, record: Record, rows: Sequence[Any] | None = None) -> list[dict[str, Any]]:
        """For the fair copy, as it was known then: who was asked and who came, what they brought with how far it may travel, what each thinks and has reported."""
        invitees = [row for row in rows if isinstance(row, Invitee)] if rows is not None else list(record.invitees.order_by("pk"))
        brought = [row for row in rows if isinstance(row, Contribution)] if rows is not None else list(
            Contribution.objects.filter(invitee__record=record).order_by("pk")
        )  # fmt: skip
        said: dict[tuple[int, bool], list[str]] = {}
        for one in brought:
            mark = codes("meeting.onward").label(one.onward)
            said.setdefault((one.invitee_id, one.onward in NEVER_TO_FAMILY), []).append(f"{one.words} [{mark}]")
        lines: list[dict[str, Any]] = []
        for invitee in invitees:
            attended = "Left out: " + str(invitee.left_out_why) if invitee.left_out_at else Invitee.ATTENDED.get(str(invitee.attended), "")
            asked, own = f"{invitee} ({invitee.role})", said.get((invitee.pk, False), [])
            lines.append({"asked": asked, "answer": ". ".join([attended, *own]) if own else attended})
            if apart := said.get((invitee.pk, True)):
                lines.append({"asked": f"{asked}, not for the family", "answer": ". ".join(apart), "is_kept_from_family": True})
        came = [{"heading": "Who was asked and who came", "lines": lines}] if lines else []
        return came + told_in_the_copy(cls, record, rows)
