"""Saving what is being typed: never refused for what is missing, never overwriting someone else in silence."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.timezone import localdate

from goldthread.core.records.models import Draft, DraftOpen, Effort, Record

HEARD_WITHIN = timedelta(seconds=90)
HELD_BACK = timedelta(minutes=1)
PAUSE = timedelta(minutes=5)  # a longer silence is not writing


def open_draft(*, record: Record, step: str, by: Any) -> Draft:
    """The one draft of this step, made if there is none, and a note that this person (if it is one) has it open."""
    draft, _ = Draft.objects.get_or_create(
        record=record, step=step, defaults={"author": by, "definition_version": record.definition_version}
    )
    if by is not None:
        if draft.author_id is None:
            draft.author = by  # begun by nobody: what was arranged stood in it
            draft.save(update_fields=["author"])
        hear_from(draft=draft, user=by)
    return draft


def discard_draft(*, record: Record, step: str) -> None:
    """What was typed is thrown away, or has been written where it belongs."""
    Draft.objects.filter(record=record, step=step).delete()


def hear_from(*, draft: Draft, user: Any) -> None:
    """This person has the draft open now."""
    DraftOpen.objects.bulk_create(
        [DraftOpen(draft=draft, user=user, heard_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["draft", "user"],
        update_fields=["heard_at"],
    )


def others_in(draft: Draft, user: Any) -> list[int]:
    """Keys of the other users who have had the draft open in the last minute and a half."""
    since = timezone.now() - HEARD_WITHIN
    return list(DraftOpen.objects.filter(draft=draft, heard_at__gte=since).exclude(user=user).values_list("user_id", flat=True))


def save_draft(
    *, draft: Draft, revision: int, answers: dict[str, Any], by: Any, tab: str | None = None, held: timedelta = timedelta()
) -> Draft | None:
    """Write these answers over the draft's, if nobody saved since `revision`; None if somebody did, and then nothing is written.

    `answers` holds only what changed, exactly as typed; a value of None takes the answer away. `tab` names the open page:
    a save on leaving may overtake one still on its way, so an older revision is taken from the page that saved last.
    `held` is for how long an outage kept them back.
    """
    merged = {key: value for key, value in {**draft.answers, **answers}.items() if value is not None}
    now = timezone.now()
    fresh = Q(revision=revision)
    if tab and draft.last_tab == tab:
        fresh |= Q(revision=draft.revision, last_tab=tab)
    late = _held_back(draft, now, held)
    typed = next((name for name in reversed(answers) if answers[name] is not None), draft.last_question)
    written = Draft.objects.filter(fresh, pk=draft.pk).update(
        answers=merged, revision=F("revision") + 1, saved_at=now, last_tab=tab, last_question=typed,
        active_seconds=F("active_seconds") + _writing(draft, now), **late,
    )  # fmt: skip
    if not written:
        return None
    draft.answers, draft.revision, draft.saved_at, draft.last_tab = merged, draft.revision + 1, now, tab
    hear_from(draft=draft, user=by)
    return draft


def _writing(draft: Draft, now: datetime) -> int:
    """Seconds since it was saved last, or begun; none after a pause."""
    since = now - (draft.saved_at or draft.begun_at)
    return round(since.total_seconds()) if since <= PAUSE else 0


def keep_effort(*, draft: Draft, record: Record, raw: dict[str, Any], asked: int, answered: int) -> None:
    """What this form cost, when its step is completed with these answers as typed."""
    now = timezone.now()
    changed = sum((raw.get(name) or None) != (stood or None) for name, stood in draft.known.items())
    Effort.objects.create(
        kind=record.kind, step=draft.step, definition_version=record.definition_version, written_on=localdate(now),
        seconds=None if draft.saved_at is None else draft.active_seconds + _writing(draft, now),
        asked=asked, answered=answered, known=len(draft.known), changed=changed,
    )  # fmt: skip


def _held_back(draft: Draft, now: datetime, held: timedelta) -> dict[str, datetime]:
    """Nothing for the blink of a minute. Never before the draft was begun, whatever the browser says."""
    if held < HELD_BACK:
        return {}
    since = max(now - held, draft.begun_at)
    return {"held_from": min(since, draft.held_from or since), "held_until": now}
