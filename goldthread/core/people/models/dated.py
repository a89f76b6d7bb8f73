"""Facts that hold from one day until another."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now


def holding_on(day: dt.date, prefix: str = "") -> Q:
    """The facts that held on `day`; a missing beginning or end is taken as open."""
    return (Q(**{f"{prefix}from_on__isnull": True}) | Q(**{f"{prefix}from_on__lte": day})) & (
        Q(**{f"{prefix}until_on__isnull": True}) | Q(**{f"{prefix}until_on__gt": day})
    )


class DatedQuerySet(models.QuerySet["Dated"]):
    def on(self, day: dt.date) -> Self:
        return self.filter(holding_on(day))

    def current(self) -> Self:
        """Those not ended, whatever day it is: the form a partial index can serve."""
        return self.filter(until_on__isnull=True)


class Dated(models.Model):
    """`until_on` is the first day on which the fact no longer held."""

    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    def held_on(self, day: dt.date) -> bool:
        return (self.from_on is None or self.from_on <= day) and (self.until_on is None or day < self.until_on)


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(until_on__isnull=True) | Q(from_on__isnull=True) | Q(until_on__gte=F("from_on")), name=name)
