"""What must be known before anyone knocks, rings, writes or hands a child over."""

from django.conf import settings
from django.db import models

from goldthread.core.people.models.dated import Dated, ends_after_it_begins
from goldthread.core.people.models.person import Person


class Alert(Dated):
    """A typed warning with a review date; `about` is the one who must not know, collect or have contact.

    Only the kinds that the list `people.alert_kind` calls interrupting may stop someone at work; every other is
    shown and waits, or all of them stop being read.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="alerts")
    kind = models.CharField(max_length=40)
    what = models.TextField()
    about = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="named_in_alerts")
    about_whom = models.TextField(null=True, blank=True)
    source = models.TextField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_reason = models.TextField(null=True, blank=True)

    class Meta:
        constraints = [ends_after_it_begins("alert_ends_after_it_begins")]
