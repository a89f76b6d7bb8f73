"""What was imported, when, by whom, and what was wrong with it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class ImportRun(models.Model):
    """One attempt to import one file: finished, refused with a sentence, or broken off in the middle and to be run again."""

    kind = models.TextField(default="cin")
    file_name = models.TextField()
    sha256 = models.CharField(max_length=64, null=True)
    size = models.BigIntegerField(null=True)
    year = models.SmallIntegerField(null=True)  # of the 31 March on which the census year ends
    authority = models.CharField(max_length=3, null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)
    broken_off_at = models.DateTimeField(null=True)  # noticed by the next run
    refused = models.TextField(null=True)
    same_as = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")  # this very file, imported before

    children = models.IntegerField(default=0)
    children_new = models.IntegerField(default=0)
    children_changed = models.IntegerField(default=0)
    children_unchanged = models.IntegerField(default=0)
    children_refused = models.IntegerField(default=0)
    records_new = models.IntegerField(default=0)
    records_changed = models.IntegerField(default=0)
    faults_found = models.IntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["sha256"], name="import_run_of_file")]
        constraints = [
            models.CheckConstraint(condition=Q(refused=None) | Q(finished_at=None), name="a_refused_file_is_not_imported"),
        ]

    def __str__(self) -> str:
        return f"{self.file_name}, {self.started_at:%d %B %Y}"


class ImportFault(models.Model):
    """One thing wrong in a file, as the reader said it."""

    is_audited: ClassVar[bool] = False  # about a file, not about a child's record

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="faults")
    line = models.IntegerField()
    la_child_id = models.TextField(null=True)
    element = models.TextField()
    what_is_wrong = models.TextField()
    what_to_do = models.TextField()
    severity = models.TextField()


class CensusChild(models.Model):
    """What a census of one year last said of a child, by its hash: said again, it is passed over."""

    is_audited: ClassVar[bool] = False  # what it says stands in the child's record, and in the trail there

    authority = models.CharField(max_length=3)
    year = models.SmallIntegerField()
    la_child_id = models.TextField()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="+", db_index=False)
    line = models.IntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "la_child_id", "year"], name="a_child_once_a_census")]


class Arrival(models.Model):
    """Everything of another database was brought here from a folder: its rows, days, authors and both trails are that one's."""

    at = models.DateTimeField(db_default=Now())
    by = models.TextField()
    made_at = models.DateTimeField()  # when the folder was written
    version = models.TextField()  # of the product that wrote it
    sums = models.CharField(max_length=64)  # SHA-256 of its list of sums
    rows = models.BigIntegerField()
