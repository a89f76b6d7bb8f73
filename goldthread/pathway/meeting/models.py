"""What every meeting keeps besides its answers: how it is arranged, who is asked, and how far each of them has come."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from goldthread.core.records.models import new_reference
from goldthread.pathway.meeting.reports.models import Report, Shared, View

__all__ = ["Arrangement", "Contribution", "Invitee", "Link", "Report", "Shared", "View", "WrongTry"]

USER = settings.AUTH_USER_MODEL


def _by() -> models.ForeignKey:
    """Who wrote it down. NULL beside a moment: they did it themselves, by a link."""
    return models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)


def _pair(one: str, other: str) -> Q:
    """Both are known, or neither."""
    return Q(**{f"{one}__isnull": True, f"{other}__isnull": True}) | Q(**{f"{one}__isnull": False, f"{other}__isnull": False})


class Arrangement(models.Model):
    """When and how a meeting is to be held, and who chairs it. Where it is and how to join never leave by e-mail."""

    record = models.OneToOneField("records.Record", primary_key=True, on_delete=models.PROTECT, related_name="arrangement")
    planned_on = models.DateField(null=True)
    planned_at = models.TimeField(null=True)
    how = models.TextField(null=True)  # codes meeting.how
    joining = models.TextField(null=True)  # the room, the number to ring, the address of the video call: told by voice or behind the secret
    chair = models.ForeignKey("agencies.Worker", null=True, on_delete=models.PROTECT, related_name="+")
    called_off_on = models.DateField(null=True)  # the day it was withdrawn


class Invitee(models.Model):
    """One who should be there, and each stage they have come to, with its moment and who wrote it down.

    A partner is an agency (with or without a name yet), one of ours a worker, family a person. `required` is the key of
    the role without which the meeting is not quorate. One left out stays in the list, with the reason.
    """

    ACCEPTED, DECLINED, DELEGATED = "accepted", "declined", "delegated"
    REPLIES: ClassVar = {ACCEPTED: "Will come", DECLINED: "Cannot come", DELEGATED: "Sends somebody else"}
    NOT, REPORT = "not", "report"
    ATTENDED: ClassVar = {
        "in_person": "In person",
        "telephone": "By telephone",
        "video": "By video",
        REPORT: "Report only",
        NOT: "Did not come",
    }
    PRESENT: ClassVar = ("in_person", "telephone", "video")

    record = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="invitees")
    reference = models.CharField(max_length=10, default=new_reference)
    agency = models.ForeignKey("agencies.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey("agencies.Worker", null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    agency_kind = models.TextField(null=True)  # codes agency.kind, as it was then; NULL for family
    required = models.TextField(null=True)
    name = models.TextField(null=True)  # NULL while only the role or the agency is known
    role = models.TextField()
    phone = models.TextField(null=True)
    email = models.TextField(null=True)
    proposed_as = models.TextField(null=True)  # as `queries.Proposed.key`, so that a name put right is not proposed a second time
    listed_at = models.DateTimeField(db_default=models.functions.Now())
    listed_by = _by()

    left_out_at = models.DateTimeField(null=True)
    left_out_by = _by()
    left_out_why = models.TextField(null=True)

    invited_at = models.DateTimeField(null=True)
    invited_how = models.TextField(null=True)  # codes meeting.told_how
    invited_by = _by()
    delivered_at = models.DateTimeField(null=True)
    delivered_by = _by()

    reply = models.TextField(null=True, choices=list(REPLIES.items()))
    replied_at = models.DateTimeField(null=True)
    replied_by = _by()
    reply_words = models.TextField(null=True)
    delegate_name = models.TextField(null=True)
    delegate_role = models.TextField(null=True)

    in_group = models.BooleanField(default=False, db_default=False)  # of those who carry on what was decided (a core group)

    attended = models.TextField(null=True, choices=list(ATTENDED.items()))
    attended_noted_at = models.DateTimeField(null=True)
    attended_by = _by()
    why_absent = models.TextField(null=True)

    sent_at = models.DateTimeField(null=True)  # the decisions
    sent_how = models.TextField(null=True)  # codes meeting.told_how
    sent_by = _by()
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = _by()
    filed_on = models.DateField(null=True)  # on their own system: the day they say
    filed_as = models.TextField(null=True)  # their own number for it
    filed_noted_at = models.DateTimeField(null=True)
    filed_by = _by()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="one_invitee_a_reference"),
            models.UniqueConstraint(fields=["record", "proposed_as"], name="proposed_once_a_meeting"),
            models.UniqueConstraint(fields=["record", "worker"], condition=Q(left_out_at=None), name="a_worker_once_a_meeting"),
            models.UniqueConstraint(fields=["record", "person"], condition=Q(left_out_at=None), name="a_relative_once_a_meeting"),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(agency__isnull=True, worker__isnull=True, agency_kind__isnull=True),
                name="family_or_professional",
            ),
            models.CheckConstraint(condition=_pair("left_out_at", "left_out_why"), name="leaving_out_has_a_reason"),
            models.CheckConstraint(condition=Q(left_out_at=None) | Q(attended=None), name="left_out_never_came"),
            models.CheckConstraint(condition=_pair("invited_at", "invited_how"), name="invited_somehow"),
            models.CheckConstraint(
                condition=Q(delivered_at=None) | Q(invited_at__isnull=False, delivered_at__gte=F("invited_at")),
                name="delivered_once_invited",
            ),
            models.CheckConstraint(condition=_pair("reply", "replied_at"), name="replied_at_a_moment"),
            models.CheckConstraint(
                condition=Q(replied_at=None) | Q(invited_at__isnull=False, replied_at__gte=F("invited_at")), name="replied_once_invited"
            ),
            models.CheckConstraint(condition=~Q(reply="delegated") | Q(delegate_name__isnull=False), name="a_delegate_has_a_name"),
            models.CheckConstraint(condition=_pair("attended", "attended_noted_at"), name="attendance_at_a_moment"),
            models.CheckConstraint(condition=_pair("sent_at", "sent_how"), name="sent_somehow"),
            models.CheckConstraint(
                condition=Q(acknowledged_at=None) | Q(sent_at__isnull=False, acknowledged_at__gte=F("sent_at")),
                name="acknowledged_once_sent",
            ),
            models.CheckConstraint(
                condition=Q(filed_on=None) | Q(sent_at__isnull=False, filed_noted_at__isnull=False), name="filed_once_sent"
            ),
        ]
        indexes = [
            models.Index(fields=["agency_kind", "agency"], name="invitee_of_agency"),
            models.Index(
                fields=["record"], condition=Q(invited_at__isnull=False, replied_at=None, attended=None), name="invitee_not_answered"
            ),
            models.Index(fields=["record"], condition=Q(sent_at__isnull=False, acknowledged_at=None), name="invitee_not_acknowledged"),
        ]

    def __str__(self) -> str:
        """ "Ruth Amadi"; "School nurse, nobody named yet" where only the role is known."""
        return self.name or f"{self.role}, nobody named yet"


class Contribution(models.Model):
    """What an invitee brought, and how far it may travel: the mark goes wherever the words go."""

    invitee = models.ForeignKey(Invitee, on_delete=models.PROTECT, related_name="contributions")
    words = models.TextField()
    onward = models.TextField()  # codes meeting.onward
    given_on = models.DateField()
    noted_at = models.DateTimeField(db_default=models.functions.Now())
    noted_by = _by()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="a_contribution_says_something")]


class Link(models.Model):
    """One address that one invitee can open, with six figures told them in another way. Neither is kept, only what proves them.

    The address is made anew from `seed` and the server's own key, for a reminder; whoever reads the table alone cannot.
    """

    REPLY, ACKNOWLEDGE = "reply", "acknowledge"

    invitee = models.ForeignKey(Invitee, on_delete=models.PROTECT, related_name="links")
    purpose = models.TextField(choices=[(REPLY, "Answer the invitation"), (ACKNOWLEDGE, "Say that the decisions have come")])
    seed = models.CharField(max_length=32, null=True)  # NULL only for links made before there were reminders
    base = models.TextField(null=True)  # where the product was reached when it was made; the setting, where there is one, comes first
    address_hash = models.CharField(max_length=64)
    secret_hash = models.TextField()
    made_at = models.DateTimeField(db_default=models.functions.Now())
    made_by = _by()
    expires_at = models.DateTimeField()
    by_hand = models.BooleanField(default=False, db_default=False)  # no mail server: somebody copied the text
    mailed_at = models.DateTimeField(null=True)  # taken by the mail server, which is not yet delivered
    reminded_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)  # both proofs were right for the first time
    used_at = models.DateTimeField(null=True)
    wrong_tries = models.SmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)  # a newer one took its place

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address_hash"], name="one_link_an_address")]


class WrongTry(models.Model):
    """A try at a link that did not fit, from somewhere: what slows guessing down. It says nothing of any meeting."""

    is_audited: ClassVar[bool] = False

    at = models.DateTimeField(db_default=models.functions.Now())
    address = models.GenericIPAddressField(null=True)

    class Meta:
        indexes = [models.Index(fields=["address", "at"], name="wrong_try_by_address")]
