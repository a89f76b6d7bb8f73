"""What has left for whom, and why: a row for each thing and recipient; what was decided for one record's shares; agreements with agencies."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

USER = settings.AUTH_USER_MODEL
CONSENT = "consent"
SAID = Q(purpose__isnull=False, basis__isnull=False, condition__isnull=False)


class Agreement(models.Model):
    """An information-sharing agreement with one agency, or with every agency of a kind; signed elsewhere, kept in the register here.

    It holds from `from_on` to `until_on`, both counted. Ended early, `until_on` is its last day and `ended_why` says why.
    """

    agency = models.ForeignKey("agencies.Agency", null=True, on_delete=models.PROTECT, related_name="agreements")
    agency_kind = models.TextField(null=True)  # codes agency.kind
    title = models.TextField()
    purposes = ArrayField(models.TextField())  # codes sharing.purpose
    information = models.TextField()
    basis = models.TextField()  # codes sharing.lawful_basis
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    review_on = models.DateField()
    kept_at = models.TextField()
    signed_by = models.TextField()
    entered_at = models.DateTimeField(db_default=models.functions.Now())
    entered_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    reviewed_on = models.DateField(null=True)
    ended_why = models.TextField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agency__isnull=True, agency_kind__isnull=False) | Q(agency__isnull=False, agency_kind__isnull=True),
                name="an_agreement_is_with_one_or_a_kind",
            ),
            models.CheckConstraint(condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="an_agreement_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(purposes__len__gt=0), name="an_agreement_has_a_purpose"),
        ]

    def __str__(self) -> str:
        return self.title

    def holds_on(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


class Share(models.Model):
    """One thing that was shared with one recipient. Its purpose and basis stay as they were that day.

    `thing` tells which of its kind: the invitee's, letter's or record's reference. `children` are keys of those it tells of.
    Without a purpose it went before that was asked.
    """

    INVITATION, DECISIONS, LETTER, TOLD, REPORT, PLAN, EXPORT = "invitation", "decisions", "letter", "told", "report", "plan", "export"
    WHAT: ClassVar = {
        INVITATION: "Invitation to a meeting",
        DECISIONS: "What a meeting decided",
        LETTER: "Letter",
        TOLD: "Told in person",
        REPORT: "An agency’s report",
        PLAN: "Copy of a plan",
        EXPORT: "File or printed list",
    }

    what = models.TextField(choices=list(WHAT.items()))
    thing = models.TextField()
    record = models.ForeignKey("records.Record", null=True, on_delete=models.PROTECT, related_name="shares")
    children = ArrayField(models.BigIntegerField())
    agency = models.ForeignKey("agencies.Agency", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency_kind = models.TextField(null=True)  # codes agency.kind, as it was then
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    to_whom = models.TextField()
    how = models.TextField(null=True)  # in words
    purpose = models.TextField(null=True)  # codes sharing.purpose
    basis = models.TextField(null=True)  # codes sharing.lawful_basis
    condition = models.TextField(null=True)  # codes sharing.condition
    why = models.TextField(null=True)
    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)  # in force that day
    at = models.DateTimeField()
    by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    taken_back_at = models.DateTimeField(null=True)  # it was written down in error: nothing went

    class Meta:
        indexes = [
            GinIndex(fields=["children"], name="shared_about_child", fastupdate=False),
            models.Index(fields=["-at"], name="shared_at"),
            models.Index(fields=["what", "thing"], name="share_of_thing"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=SAID | Q(purpose__isnull=True, basis__isnull=True, condition__isnull=True), name="a_share_says_all_or_nothing"
            ),
            models.CheckConstraint(condition=~Q(basis=CONSENT) | Q(why__isnull=False), name="a_share_by_agreement_says_whose"),
        ]


class Grounds(models.Model):
    """What somebody decided that the shares of one record are for, and on what basis; the newest holds, for what goes from then on."""

    record = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="grounds")
    purpose = models.TextField()  # codes sharing.purpose
    basis = models.TextField()  # codes sharing.lawful_basis
    condition = models.TextField()  # codes sharing.condition
    why = models.TextField(null=True)
    decided_at = models.DateTimeField(db_default=models.functions.Now())
    decided_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(basis=CONSENT) | Q(why__isnull=False), name="grounds_by_agreement_say_whose"),
        ]
