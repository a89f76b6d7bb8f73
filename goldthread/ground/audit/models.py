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


class Replay(models.Model):
    """One file of looks at the standby, taken into the reading log: its name stands here once, in the same transaction."""

    spool = models.TextField(unique=True)
    looks = models.IntegerField()
    at = models.DateTimeField(db_default=models.functions.Now())


class Seal(models.Model):
    """A closed day of one trail, sealed: the rows between two keys, and the seal before. Both trails share one chain.

    Written by the database's own function, which the product may ask and may not imitate. That a seal was made stands
    in the trail, too.
    """

    number = models.BigIntegerField(primary_key=True)  # 1, 2, 3 …: one that is missing is missed
    trail = models.TextField()  # the table
    day = models.DateField()
    first_key = models.BigIntegerField()
    last_key = models.BigIntegerField()
    count = models.BigIntegerField()
    digest = models.BinaryField()  # of the blocks
    before = models.BinaryField(null=True)  # the hash of the seal before
    hash = models.BinaryField()
    form = models.SmallIntegerField()  # how a row is written down before it is hashed
    sealed_at = models.DateTimeField()
    version = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["trail", "day"], name="one_seal_a_day")]


class SealedBlock(models.Model):
    """Up to a thousand rows of a sealed day. `marks` are six bytes a row, by which a changed row is found again: where its
    key stands in the block, and the beginning of its hash."""

    is_audited: ClassVar[bool] = False

    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="blocks")
    block = models.BigIntegerField()
    count = models.IntegerField()
    hash = models.BinaryField()
    marks = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seal", "block"], name="one_block_a_seal")]


class Verification(models.Model):
    """Somebody read the trail again and compared it with its seals."""

    is_audited: ClassVar[bool] = False

    at = models.DateTimeField(db_default=models.functions.Now())
    actor = models.TextField()
    since = models.DateField(null=True)
    seals = models.IntegerField()
    newest = models.BinaryField()
    is_whole = models.BooleanField()
    found = models.JSONField(default=list)  # the sentences
