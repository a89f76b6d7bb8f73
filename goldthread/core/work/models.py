"""Clocks (what the law asks, by when, and why) and tasks (what somebody should do next)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

OPEN = Q(is_current=True, met_on=None, stopped_on=None)


class Clock(models.Model):
    """One running of one rule for one child. Never overwritten: a corrected date makes a new row that supersedes it."""

    rule = models.ForeignKey("dated.Rule", on_delete=models.PROTECT, related_name="clocks", db_index=False)
    key = models.TextField()
    child = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="clocks")
    record = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="clocks", db_index=False)  # indexed below
    started_on = models.DateField()
    started_at = models.DateTimeField(null=True)  # hour clocks run from an instant
    due_on = models.DateField(null=True)  # NULL where the rule's unit cannot be counted here (school days)
    due_at = models.DateTimeField(null=True)
    met_on = models.DateField(null=True)
    met_at = models.DateTimeField(null=True)
    stopped_on = models.DateField(null=True)
    stopped_why = models.TextField(null=True)
    breach_cause = models.TextField(null=True)  # codes work.breach_cause
    breach_words = models.TextField(null=True)
    note = models.TextField(null=True)  # what is not known of this running, said beside the due day
    limit_set = models.PositiveSmallIntegerField(null=True)  # the time a plan sets in the rule’s place, in the rule’s unit
    is_link = models.BooleanField(default=False, db_default=False)  # met by the next running of its key for the child: see chains
    is_current = models.BooleanField(default=True)  # false once superseded
    superseded_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="supersedes", db_index=False)
    why_superseded = models.TextField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["child"], condition=OPEN, name="open_clock_of_child"),
            models.Index(fields=["key", "due_on"], condition=OPEN, name="open_clock_by_due"),
            models.Index(fields=["record"], name="clock_of_record"),
            models.Index(fields=["key", "met_on"], name="clock_met"),
            models.Index(fields=["child", "key", "started_on"], condition=Q(is_link=True, is_current=True), name="link_of_child"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["record", "child", "key"], condition=Q(is_current=True), name="one_running_of_a_clock"),
            models.CheckConstraint(condition=Q(stopped_on=None) | Q(stopped_why__isnull=False), name="a_stopped_clock_says_why"),
        ]


class Task(models.Model):
    """Something to do next, for a worker, a team, or whoever is on a duty. Opens exactly one form."""

    record = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="tasks")
    step = models.TextField(default="")  # the step of the record that does it; empty: read it
    what = models.TextField()
    worker = models.ForeignKey("agencies.Worker", null=True, on_delete=models.PROTECT, related_name="tasks")
    team = models.ForeignKey("agencies.Team", null=True, on_delete=models.PROTECT, related_name="tasks")
    duty = models.TextField(null=True)
    clock = models.ForeignKey(Clock, null=True, on_delete=models.PROTECT, related_name="tasks")
    due_on = models.DateField(null=True)
    is_urgent = models.BooleanField(default=False)  # a child is in danger now: before everything else, whatever its day
    made_at = models.DateTimeField(db_default=models.functions.Now())
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    dropped_why = models.TextField(null=True)

    OPEN: ClassVar = Q(done_at=None, dropped_why=None)

    class Meta:
        indexes = [
            models.Index(fields=["worker", "due_on"], condition=Q(done_at=None, dropped_why=None), name="open_task_of_worker"),
            models.Index(fields=["team", "due_on"], condition=Q(done_at=None, dropped_why=None), name="open_task_of_team"),
            models.Index(fields=["duty", "due_on"], condition=Q(done_at=None, dropped_why=None), name="open_task_of_duty"),
            models.Index(fields=["made_by"], condition=Q(done_at=None, dropped_why=None), name="open_task_made_by"),
            models.Index(fields=["record"], name="task_of_record"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(worker__isnull=False) | Q(team__isnull=False) | Q(duty__isnull=False), name="a_task_is_somebodys"
            ),
        ]


class Nudge(models.Model):
    """A reminder on somebody else's task from the one who waits for it: at most one a day."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="nudges")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(db_default=models.functions.Now())
    words = models.TextField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "by", "on"], name="one_nudge_a_day")]
