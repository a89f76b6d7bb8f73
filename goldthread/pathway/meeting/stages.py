"""How far an invitee has come, and what may come next: no reply before an invitation, no acknowledgement before the decisions.

The database holds the same laws as checks; here they are sentences.
"""

from dataclasses import dataclass

from goldthread.pathway.meeting.models import Invitee

INVITED, DELIVERED, REPLIED, ATTENDED, SENT, ACKNOWLEDGED, FILED = (
    "invited", "delivered", "replied", "attended", "sent", "acknowledged", "filed",
)  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """`columns` are written when it is reached, the first of them being what says that it was; `rests_on` is the stage before it."""

    name: str
    title: str
    columns: tuple[str, ...]
    rests_on: str = ""
    too_early: str = ""


STAGES = {
    stage.name: stage
    for stage in (
        Stage(INVITED, "Invited", ("invited_at", "invited_how", "invited_by")),
        Stage(DELIVERED, "Delivered", ("delivered_at", "delivered_by"), INVITED, "has not been invited yet"),
        Stage(
            REPLIED, "Answer", ("reply", "replied_at", "replied_by", "reply_words", "delegate_name", "delegate_role"), INVITED,
            "has not been invited yet",
        ),
        Stage(ATTENDED, "Came", ("attended", "attended_noted_at", "attended_by", "why_absent")),
        Stage(SENT, "Decisions sent", ("sent_at", "sent_how", "sent_by")),
        Stage(ACKNOWLEDGED, "Acknowledged", ("acknowledged_at", "acknowledged_by"), SENT, "has not been sent the decisions yet"),
        Stage(FILED, "Filed on their system", ("filed_on", "filed_as", "filed_noted_at", "filed_by"), SENT, "has not been sent the decisions yet"),
    )
}  # fmt: skip


def has_come_to(invitee: Invitee, stage: str) -> bool:
    return getattr(invitee, STAGES[stage].columns[0]) is not None


def refusal(invitee: Invitee, stage: str, *, is_held: bool) -> str | None:
    """Why this stage cannot be written down now; None when it can. Once reached, it must be taken back before it is written anew."""
    asked = STAGES[stage]
    if invitee.left_out_at is not None:
        return f"{invitee} is left out of this meeting: put them back in the list first."
    if has_come_to(invitee, stage) and stage != REPLIED:
        return f"{invitee}: “{asked.title.lower()}” is written down already."
    if asked.rests_on and not has_come_to(invitee, asked.rests_on):
        return f"{invitee} {asked.too_early}."
    if stage == SENT and not is_held:
        return "Record what was decided first: until then there is nothing to send."
    return None


def refusal_to_take_back(invitee: Invitee, stage: str, *, is_held: bool) -> str | None:
    """Why this stage cannot be taken back; None when it can. Who came to a meeting that was held is part of what was decided."""
    if not has_come_to(invitee, stage):
        return f"{invitee}: there is nothing to take back."
    if stage == ATTENDED and is_held:
        return f"{invitee}: it was held, and who came is part of it."
    resting = next((one for one in STAGES.values() if one.rests_on == stage and has_come_to(invitee, one.name)), None)
    return f"Take back “{resting.title.lower()}” first: it rests on this." if resting else None


def is_present(invitee: Invitee) -> bool:
    """They, or whom they sent, took part in person, by telephone or by video. A report alone makes no meeting quorate."""
    return invitee.attended in Invitee.PRESENT
