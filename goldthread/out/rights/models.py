"""What keeps a record beyond its day, and what was decided once the day is past. The product destroys nothing."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

USER = settings.AUTH_USER_MODEL


class Hold(models.Model):
    """Nothing of this may be destroyed: for a court, an inquiry, a complaint. Of one child, of a class of record, or, with neither, of all.

    It beats every rule, and holds until somebody other than who placed it ends it.
    """

    child = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="holds")
    kept_as = models.TextField(null=True)  # a class of `classes`
    asked_by = models.TextField()
    why = models.TextField()
    from_on = models.DateField()
    review_on = models.DateField()
    set_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    set_at = models.DateTimeField(db_default=models.functions.Now())
    ended_on = models.DateField(null=True)
    ended_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    ended_why = models.TextField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(child=None) | Q(kept_as=None), name="a_hold_is_on_a_child_or_a_class"),
            models.CheckConstraint(condition=Q(review_on__gt=F("from_on")), name="a_hold_is_looked_at_after_it_begins"),
            models.CheckConstraint(condition=~Q(ended_by=F("set_by")), name="nobody_ends_their_own_hold"),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_by=None) | Q(ended_on__isnull=False, ended_by__isnull=False, ended_why__isnull=False),
                name="an_ended_hold_says_by_whom_and_why",
            ),
        ]

    @property
    def is_live(self) -> bool:
        return self.ended_on is None


class Decided(models.Model):
    """What was decided of a record whose day is past: kept longer until a day, or free to be destroyed, once a second person agrees."""

    KEEP, MAY_GO = "keep", "may_go"
    OUTCOMES: ClassVar = {KEEP: "Keep it longer", MAY_GO: "It may be destroyed"}

    child = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="kept_decisions")
    outcome = models.TextField(choices=list(OUTCOMES.items()))
    until_on = models.DateField(null=True)
    why = models.TextField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(db_default=models.functions.Now())
    agreed_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    agreed_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.TextField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(ended_at=None), name="one_decision_on_keeping_a_child"),
            models.CheckConstraint(
                condition=Q(outcome="keep", until_on__isnull=False) | Q(outcome="may_go", until_on=None), name="kept_longer_until_a_day"
            ),
            models.CheckConstraint(condition=~Q(agreed_by=F("by")), name="nobody_agrees_to_their_own_decision"),
            models.CheckConstraint(condition=Q(ended_at=None) | Q(ended_why__isnull=False), name="an_ended_decision_says_why"),
        ]

    def keeps_on(self, day: date) -> bool:
        return self.outcome == self.KEEP and self.until_on is not None and day < self.until_on
