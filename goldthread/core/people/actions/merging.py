"""Deciding that two are one, or are not. Never automatic: a person proposes, a second approves, and it can be undone."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from goldthread.core.people.actions.finding import lock
from goldthread.core.people.events import merge_undone, people_merged
from goldthread.core.people.models import Merge, NotThisPerson, Person
from goldthread.core.people.queries import preview_merge
from goldthread.ground.access.models import User


def remember_not_this_person(*, person: Person, described_key: str, by: User | None = None, reason: str | None = None) -> NotThisPerson:
    """The description was compared with this person and is someone else. `described_key`: `DescribedPerson.key`, or "person:<id>"."""
    said, _ = NotThisPerson.objects.get_or_create(person=person, described_key=described_key, defaults={"by": by, "reason": reason})
    if described_key.startswith("person:"):
        NotThisPerson.objects.get_or_create(
            person_id=int(described_key.removeprefix("person:")), described_key=f"person:{person.pk}", defaults={"by": by, "reason": reason}
        )
    return said


def propose_merge(*, kept: Person, duplicate: Person, reason: str, by: User) -> Merge:
    """Say that `duplicate` is `kept`. Nothing changes until a second person approves."""
    if problems := preview_merge(kept, duplicate).refused:
        raise ValidationError(problems, code="merge")
    try:
        with transaction.atomic():
            return Merge.objects.create(kept=kept, duplicate=duplicate, reason=reason, proposed_by=by)
    except IntegrityError:
        raise ValidationError("This person is already part of a merge, or one is proposed.", code="merge") from None


def approve_merge(*, merge: Merge, by: User) -> Merge:
    """A second person agrees: from now on the duplicate stands as the one kept. No key is rewritten."""
    if merge.proposed_by_id == by.pk:
        raise ValidationError("Somebody else must approve this: you proposed it yourself.", code="second_person")
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    held = {person.pk: person for person in lock([merge.kept_id, merge.duplicate_id])}
    kept, duplicate = held[merge.kept_id], held[merge.duplicate_id]
    if merge.approved_at or merge.declined_at or merge.undone_at:
        raise ValidationError("This merge has already been decided.", code="decided")
    if problems := preview_merge(kept, duplicate).refused:
        raise ValidationError(problems, code="merge")
    _point(duplicate, kept)
    merge.approved_by, merge.approved_at = by, timezone.now()
    merge.save(update_fields=["approved_by", "approved_at"])
    people_merged.send(Merge, kept=kept, duplicate=duplicate)
    return merge


def decline_merge(*, merge: Merge, by: User) -> Merge:
    """They are two people, or it cannot be told. Remembered, so that they are not offered to each other again."""
    merge.declined_by, merge.declined_at = by, timezone.now()
    merge.save(update_fields=["declined_by", "declined_at"])
    remember_not_this_person(person=merge.kept, described_key=f"person:{merge.duplicate_id}", by=by, reason="Merge declined")
    return merge


def undo_merge(*, merge: Merge, by: User, reason: str) -> Merge:
    """They were two people after all; each is again as before, and what was written since stays where it was written."""
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if merge.approved_at is None or merge.undone_at is not None:
        raise ValidationError("There is no merge here to undo.", code="decided")
    held = {person.pk: person for person in lock([merge.kept_id, merge.duplicate_id])}
    _point(held[merge.duplicate_id], None)
    merge.undone_by, merge.undone_at, merge.undone_reason = by, timezone.now(), reason
    merge.save(update_fields=["undone_by", "undone_at", "undone_reason"])
    merge_undone.send(Merge, kept=held[merge.kept_id], duplicate=held[merge.duplicate_id])
    return merge


def _point(duplicate: Person, at: Person | None) -> None:
    duplicate.merged_into = at
    duplicate.version += 1
    duplicate.save(update_fields=["merged_into", "version"])
