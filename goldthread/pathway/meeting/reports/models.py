"""What some meetings ask of each who is invited besides coming: a report beforehand, and their own view of each child."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from goldthread.core.people.models import Person


def _by() -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)


class Report(models.Model):
    """One invitee's written report. It may come unasked. `due_on` is NULL while nobody knows when the meeting is."""

    invitee = models.OneToOneField("meeting.Invitee", primary_key=True, on_delete=models.PROTECT, related_name="report")
    asked_at = models.DateTimeField(null=True)
    asked_by = _by()
    due_on = models.DateField(null=True)
    received_on = models.DateField(null=True)
    received_noted_at = models.DateTimeField(null=True)
    received_by = _by()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(asked_at__isnull=False) | Q(received_on__isnull=False), name="a_report_is_asked_for_or_here"),
            models.CheckConstraint(condition=Q(received_on=None, received_noted_at=None) | Q(received_on__isnull=False, received_noted_at__isnull=False), name="a_report_is_received_at_a_moment"),
        ]  # fmt: skip


class Shared(models.Model):
    """An adult of the family has had this report since that day, or it is kept from them for a reason."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="shared")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    shared_on = models.DateField(null=True)
    withheld_why = models.TextField(null=True)
    noted_at = models.DateTimeField(db_default=models.functions.Now())
    noted_by = _by()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "person"], name="a_report_shared_once_with_each"),
            models.CheckConstraint(condition=Q(shared_on__isnull=False, withheld_why=None) | Q(shared_on=None, withheld_why__isnull=False), name="shared_or_withheld_with_a_reason"),
        ]  # fmt: skip


class View(models.Model):
    """What one invitee thinks of one child, and whether they disagree with what was decided: theirs, not the meeting's."""

    YES, NO, NONE = "yes", "no", "none"
    STANDS: ClassVar = {YES: "Yes", NO: "No", NONE: "Gives no view"}

    invitee = models.ForeignKey("meeting.Invitee", on_delete=models.PROTECT, related_name="views")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    stands = models.TextField(choices=list(STANDS.items()))
    words = models.TextField(null=True)
    disagrees_why = models.TextField(null=True)  # with the decision; NULL: does not
    noted_at = models.DateTimeField(db_default=models.functions.Now())
    noted_by = _by()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["invitee", "child"], name="one_view_of_a_child_each")]
