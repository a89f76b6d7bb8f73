"""Figures that were counted a little while ago, kept so that not everybody who opens the dashboard counts them again."""

from typing import ClassVar

from django.db import models


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
            models.CheckConstraint(condition=models.Q(from_on__lte=models.F("until_on")), name="a_dashboard_runs_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.key} in {self.month:%B %Y}: {self.counting}"
