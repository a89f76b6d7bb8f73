"""Two append-only trails: what was changed (written by a database trigger) and what was looked at."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Change(models.Model):
    """One changed row, as the database saw it; `was` and `now` hold only the columns that differ."""

    is_audited: ClassVar[bool] = False

    at = models.DateTimeField(db_default=models.functions.Now())
    transaction = models.BigIntegerField()
    table = models.TextField()
    row = models.BigIntegerField(null=True)
    op = models.CharField(max_length=1)
    was = models.JSONField(null=True)
    now = models.JSONField(null=True)
    actor = models.TextField()
    purpose = models.TextField()
    request = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["table", "row"], name="change_of_row")]


class Reading(models.Model):
    """One look at people: a page, a list, a search, an export, or a refusal. Same transaction as the page."""

    is_audited: ClassVar[bool] = False

    ACTS = [
        ("view", "Viewed"),
        ("list", "Listed"),
        ("search", "Searched"),
        ("export", "Exported"),
        ("print", "Printed"),
        ("refused", "Refused"),
    ]

    at = models.DateTimeField(db_default=models.functions.Now())
    actor = models.TextField()
    user_id = models.BigIntegerField(null=True)
    act = models.CharField(max_length=10, choices=ACTS)
    what = models.TextField()
    people = ArrayField(models.BigIntegerField(), default=list)
    purpose = models.TextField(default="")
    request = models.TextField(default="")

    class Meta:
        indexes = [
            models.Index(fields=["user_id", "at"], name="reading_by_user"),
        ]
