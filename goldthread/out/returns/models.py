"""Which returns were written, when, as at which day and by whom; how far each came, and the file itself."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from goldthread.out.returns.failures.models import Explanation, Failure

__all__ = ["Explanation", "Failure", "ReturnPiece", "ReturnRun", "ReturnWork"]


class ReturnRun(models.Model):
    """One writing of one return: finished, refused with a sentence, or broken off in the middle and to be asked for again."""

    kind = models.TextField(default="cin")
    year = models.SmallIntegerField()  # of the 31 March on which the census year ends
    authority = models.CharField(max_length=3)
    at = models.DateField()  # what was true on this day, and never later than the end of the year
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)
    broken_off_at = models.DateTimeField(null=True)
    refused = models.TextField(null=True)
    file_name = models.TextField()
    sha256 = models.CharField(max_length=64, null=True)
    size = models.BigIntegerField(null=True)
    children = models.IntegerField(null=True)
    left_out = models.IntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-asked_at"], name="newest_return")]
        constraints = [
            models.CheckConstraint(condition=Q(finished_at=None) | Q(refused=None, broken_off_at=None), name="a_return_ends_in_one_way"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_going(self) -> bool:
        return self.finished_at is None and self.refused is None and self.broken_off_at is None


class ReturnWork(models.Model):
    """How far a return has come, and in the end what was counted in it and what was left out."""

    is_audited: ClassVar[bool] = False  # about a file, not about a child's record

    run = models.OneToOneField(ReturnRun, primary_key=True, on_delete=models.CASCADE, related_name="work")
    done = models.IntegerField(default=0)
    total = models.IntegerField(null=True)  # children; NULL until they are counted
    heard_at = models.DateTimeField(db_default=Now())
    manifest = models.JSONField(null=True)


class ReturnPiece(models.Model):
    """A piece of a written file, compressed: whoever serves the page need not be the machine that wrote it."""

    is_audited: ClassVar[bool] = False  # what it says stands in the children's records; its hash is in the run

    run = models.ForeignKey(ReturnRun, on_delete=models.CASCADE, related_name="pieces", db_index=False)
    number = models.IntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="a_piece_once_a_return")]
