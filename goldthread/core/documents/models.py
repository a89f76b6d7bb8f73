"""Letters: what was decided for each addressee before anything was printed, what went out, and how far it has come."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from goldthread.core.records.models import new_reference

USER = settings.AUTH_USER_MODEL
POST, BY_HAND, SECURE_EMAIL, NO_LETTER = "post", "by_hand", "secure_email", "none"
WAYS = {POST: "By post", BY_HAND: "Handed over", SECURE_EMAIL: "By the council’s secure e-mail"}


def _by() -> models.ForeignKey:
    return models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)


class Addressee(models.Model):
    """One person to whom one kind of letter about a record may go: what theirs may tell, and the safe way to them.

    `children` are references of the children this person may be told of, each decided by somebody; none until then.
    `seen_*` say who read it exactly as it would go; `seen_as` is the hash of what they read.
    """

    record = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="addressees")
    kind = models.TextField()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=10, default=new_reference)  # of the next letter
    children = ArrayField(models.TextField(), default=list)
    way = models.TextField(null=True)  # WAYS, or NO_LETTER: somebody tells them in person
    own_time = models.TimeField(null=True)  # when they come, if not with the others
    come_to = models.TextField(null=True)
    reach_us = models.TextField(null=True)  # how somebody who does not come is heard
    own_words = models.TextField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = _by()
    seen_as = models.CharField(max_length=64, null=True)
    seen_at = models.DateTimeField(null=True)
    seen_by = _by()
    stopped_why = models.TextField(null=True)  # what was decided no longer holds: it is decided again
    told_on = models.DateField(null=True)  # in person, in the place of a letter
    told_at = models.DateTimeField(null=True)  # when that was written down
    told_by = _by()
    told_words = models.TextField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "kind", "person"], name="an_addressee_once_a_kind"),
            models.UniqueConstraint(fields=["reference"], name="one_addressee_a_reference"),
            models.CheckConstraint(condition=Q(way=None) | Q(way__in=[*WAYS, NO_LETTER]), name="a_letter_goes_a_known_way"),
            models.CheckConstraint(
                condition=Q(told_on=None, told_words=None) | Q(told_on__isnull=False, told_words__isnull=False), name="told_in_some_words"
            ),
        ]


class Letter(models.Model):
    """One letter to one person, sealed: what is in it and the way it goes never change. How far it has come is added.

    The PDF is kept whole in `Sealed`; its hash stands here and in the trail. One that has not gone can be stopped.
    """

    HOW: ClassVar = {"rang": "They rang", "in_person": "They said so in person", "wrote": "They wrote", "signed": "They signed for it"}

    reference = models.CharField(max_length=10)
    record = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="letters")
    kind = models.TextField()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="letters")
    children = ArrayField(models.TextField(), default=list)  # references of those it tells of
    way = models.TextField()
    made_of = models.CharField(max_length=64)  # hash of the words, without the day
    sha256 = models.CharField(max_length=64)  # of the PDF
    sealed_at = models.DateTimeField(db_default=models.functions.Now())
    sealed_by = _by()
    gone_at = models.DateTimeField(null=True)
    gone_by = _by()
    stopped_at = models.DateTimeField(null=True)
    stopped_why = models.TextField(null=True)
    arrived_on = models.DateField(null=True)
    came_back_on = models.DateField(null=True)
    acknowledged_on = models.DateField(null=True)
    acknowledged_how = models.TextField(null=True)  # HOW
    answer_words = models.TextField(null=True)
    answer_noted_by = _by()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="one_letter_a_reference"),
            models.UniqueConstraint(
                fields=["record", "kind", "person"], condition=Q(gone_at=None, stopped_at=None), name="one_letter_waits_to_go"
            ),
            models.CheckConstraint(condition=Q(way__in=list(WAYS)), name="a_sealed_letter_has_a_way"),
            models.CheckConstraint(condition=Q(gone_at=None) | Q(stopped_at=None), name="a_letter_that_went_is_not_stopped"),
            models.CheckConstraint(condition=Q(gone_at=None) | Q(gone_at__gte=F("sealed_at")), name="a_letter_goes_once_sealed"),
            models.CheckConstraint(
                condition=Q(stopped_at=None, stopped_why=None) | Q(stopped_at__isnull=False, stopped_why__isnull=False),
                name="a_letter_is_stopped_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(arrived_on=None, came_back_on=None, acknowledged_on=None) | Q(gone_at__isnull=False),
                name="a_letter_is_answered_once_gone",
            ),
            models.CheckConstraint(condition=Q(came_back_on=None) | Q(arrived_on=None, acknowledged_on=None), name="came_back_or_arrived"),
            models.CheckConstraint(
                condition=Q(acknowledged_on=None, acknowledged_how=None) | Q(acknowledged_on__isnull=False, acknowledged_how__isnull=False),
                name="acknowledged_somehow",
            ),
        ]

    @property
    def waits(self) -> bool:
        return self.gone_at is None and self.stopped_at is None


class Sealed(models.Model):
    """The letter itself, byte for byte as it went. Outside the trail, which holds its hash; the database lets nobody change it."""

    is_audited: ClassVar[bool] = False

    letter = models.OneToOneField(Letter, primary_key=True, on_delete=models.PROTECT, related_name="sealed")
    pdf = models.BinaryField()
