"""What the figures need besides the records: counts of a little while ago, so that not everybody who opens the dashboard counts
again, and how many children live here, as an administrator entered it.
"""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

EARLIEST = 1991  # from which on there are estimates of authorities by age


class CountedMonth(models.Model):
    """One month of one indicator, as the dashboard over these days was counted at that moment (see docs/decisions/counting.md)."""

    is_audited: ClassVar[bool] = False  # about nobody; what is counted here stands in the trail

    from_on = models.DateField()
    until_on = models.DateField()
    key = models.TextField()  # of an indicator
    month = models.DateField()  # its first day
    counting = models.IntegerField()
    known = models.IntegerField()
    unknown = models.IntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["from_on", "until_on", "key", "month"], name="a_month_once_a_dashboard"),
            models.CheckConstraint(condition=Q(from_on__lte=F("until_on")), name="a_dashboard_runs_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.key} in {self.month:%B %Y}: {self.counting}"


class CountedPlaces(models.Model):
    """Who came to meetings in these days, split and narrowed in one way, as it was counted at that moment."""

    is_audited: ClassVar[bool] = False  # about nobody; what is counted here stands in the trail

    from_on = models.DateField()
    until_on = models.DateField()
    asked = models.TextField()  # how it is split, and what it is narrowed to
    lines = models.JSONField()  # of each line its key, then what each column counts
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["from_on", "until_on", "asked"], name="places_once_a_report"),
            models.CheckConstraint(condition=Q(from_on__lte=F("until_on")), name="a_report_runs_forward"),
        ]

    def __str__(self) -> str:
        return f"Places {self.from_on} to {self.until_on}, {self.asked}"


class Population(models.Model):
    """How many children aged 0 to 17 lived in the authority at 30 June of a year, and who says so. Never changed: taken back, and entered anew."""

    mid_year = models.SmallIntegerField()
    children = models.IntegerField()
    source = models.TextField()
    entered_at = models.DateTimeField(db_default=Now())
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mid_year"], condition=Q(taken_back_at=None), name="one_population_a_mid_year"),
            models.CheckConstraint(condition=Q(children__gt=0), name="somebody_lives_here"),
            models.CheckConstraint(condition=Q(mid_year__gte=EARLIEST), name="a_mid_year_of_which_there_are_estimates"),
            models.CheckConstraint(condition=~Q(source=""), name="a_population_has_a_source"),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None) | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="taken_back_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.children:,} children at mid-{self.mid_year}"

    @property
    def of_day(self) -> date:
        return date(self.mid_year, 6, 30)
