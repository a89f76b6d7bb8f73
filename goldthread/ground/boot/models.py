"""Whose database this is."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Installation(models.Model):
    """The authority this database belongs to: one row, or none before the first run.

    Whether it is a demo is decided with the first row and never changes (a trigger of migration 0002 holds that).
    """

    ONLY = 1

    id = models.SmallIntegerField(primary_key=True, default=ONLY)
    authority = models.TextField()
    la_code = models.CharField(max_length=3)
    ons_code = models.CharField(max_length=9)
    is_demo = models.BooleanField(default=False)
    set_up_at = models.DateTimeField(db_default=Now())
    demo_size = models.TextField(null=True)
    demo_filled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="one_installation"),
            models.CheckConstraint(condition=Q(la_code__regex=r"^\d{3}$"), name="la_code_is_three_digits"),
            models.CheckConstraint(condition=Q(ons_code__regex=r"^E\d{8}$"), name="ons_code_is_e_and_eight_digits"),
            models.CheckConstraint(condition=Q(is_demo=True) | Q(demo_size=None, demo_filled_at=None), name="only_a_demo_is_filled"),
        ]

    def __str__(self) -> str:
        return self.authority
