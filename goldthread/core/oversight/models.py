"""Looks that somebody looks at again: why, and what it came to. Who opens much or unlike others has mostly a good reason."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Finding(models.Model):
    """One reason to look again at what one user looked at on one day; found once, closed by somebody else."""

    REASONS: ClassVar = {
        "own_family": "May know them outside work",
        "watched": "A record that is watched",
        "restricted": "Asked for a restricted record",
        "no_relationship": "Nothing links them with the child",
        "bulk": "Many records at once",
        "night": "At night without duty",
        "refused": "Refused several times",
    }
    OUTCOMES: ClassVar = {
        "in_order": "In order: there was a good reason",
        "talked": "Talked through: a reminder was given",
        "passed_on": "Passed on, to be looked into formally",
    }

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    person = models.BigIntegerField(null=True, db_index=True)  # where it is about one
    reason = models.TextField(choices=list(REASONS.items()))
    day = models.DateField()
    sentence = models.TextField()  # names nobody who was looked at: whoever reads it may not be allowed to know
    found_at = models.DateTimeField(db_default=models.functions.Now())
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.TextField(null=True, choices=list(OUTCOMES.items()))
    words = models.TextField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "person", "reason", "day"], nulls_distinct=False, name="a_finding_once"),
            models.CheckConstraint(condition=~Q(closed_by=F("user")), name="nobody_closes_a_finding_about_themselves"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_by__isnull=False, outcome__isnull=False, words__isnull=False),
                name="a_closed_finding_says_what_it_came_to",
            ),
        ]


class Watched(models.Model):
    """A person in the public eye, say: everybody who may see the record still does, and looks without a link to it are found."""

    person = models.BigIntegerField()
    why = models.TextField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person"], condition=Q(ended_at=None), name="watched_once_at_a_time")]


class Limit(models.Model):
    """A number of this council's own, from a day: how much is looked at again (`limits.LIMITS` says which there are)."""

    name = models.TextField()
    value = models.IntegerField()
    from_on = models.DateField()
    why = models.TextField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)
