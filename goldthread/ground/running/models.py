"""How the product itself ran, minute by minute: how many answers, how quick, and whether it could answer at all."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Minute(models.Model):
    """One minute, of all web processes together. A minute without a row is one in which none of them was running.

    `took` counts the answers by how long each took: `BOUNDS` of measuring.py, milliseconds, and one more for those beyond.
    It tells nothing of anybody: no address, no name, no page.
    """

    is_audited: ClassVar[bool] = False

    at = models.DateTimeField(primary_key=True)
    answered = models.IntegerField()
    failed = models.IntegerField()  # answered with 500 or above, whatever the reason
    took = ArrayField(models.IntegerField())
    is_database_away = models.BooleanField()  # it could not be reached when the minute was to be written down
