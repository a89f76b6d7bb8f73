"""Failures of the records at a return's rules, and what somebody has said of those that are only queries."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from goldthread.core.people.models import Person
from goldthread.core.records.models import Record


class Failure(models.Model):
    """One rule failed at one place. Without a child the whole return fails it; without a record it is the child's own fact."""

    is_audited: ClassVar[bool] = False  # reckoned from the records, and reckoned again every night

    year = models.SmallIntegerField()  # of the 31 March on which the census year ends
    child = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    record = models.ForeignKey(Record, null=True, on_delete=models.CASCADE, related_name="+")
    code = models.TextField()
    element = models.TextField()
    value = models.TextField()
    is_query = models.BooleanField()
    found_on = models.DateField()
    gone_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["year", "-found_on"], condition=Q(gone_on=None), name="failures_that_stand")]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "child", "code", "record", "element"],
                condition=Q(gone_on=None),
                nulls_distinct=False,
                name="a_failure_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.element}"


class Explanation(models.Model):
    """Why what a query asks about is right as it stands. It stays: the same query is not asked a second time."""

    child = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    record = models.ForeignKey(Record, null=True, on_delete=models.CASCADE, related_name="+")
    code = models.TextField()
    element = models.TextField()
    words = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child", "code", "record", "element"], nulls_distinct=False, name="an_explanation_once"),
            models.CheckConstraint(condition=~Q(words=""), name="an_explanation_says_something"),
        ]

    def __str__(self) -> str:
        return self.words
