"""Decisions about who is, and who is not, the same person."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from goldthread.core.people.models.person import Person


class SearchKeys(models.Model):
    """What a person is found by; see `keys`. Worked out again from the person's facts whenever one changes.

    Apart from Person, so that the change trail holds facts only and a person's row stays short.
    A protected identity (adoption) has no keys at all, and a child without a name only its numbers.
    """

    is_audited: ClassVar[bool] = False

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="search")
    keys = ArrayField(models.TextField())

    class Meta:
        indexes = [GinIndex(fields=["keys"], name="search_keys_gin", fastupdate=False)]


class NotThisPerson(models.Model):
    """Someone compared a description with a person and said no; it is not offered again.

    `described_key` is the description's hash (`DescribedPerson.key`), or "person:<id>" where the
    description was itself a person on file. The description itself is not kept.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    described_key = models.TextField()
    reason = models.TextField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["described_key", "person"], name="not_this_person_said_once")]


class Merge(models.Model):
    """One person found to be another: proposed, approved by a second person, and always undoable.

    Nothing is rewritten: `Person.merged_into` points from `duplicate` to `kept` while the merge
    stands, so fair copies and the change trail still resolve.
    """

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_kept")
    duplicate = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_as_duplicate")
    reason = models.TextField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(db_default=Now(), editable=False)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    declined_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    declined_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_reason = models.TextField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("duplicate")), name="merge_is_of_two_people"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")), name="merge_is_approved_by_a_second_person"
            ),
            models.UniqueConstraint(
                fields=["duplicate"],
                condition=Q(undone_at__isnull=True, declined_at__isnull=True),
                name="merge_of_a_person_is_one_at_a_time",
            ),
        ]
