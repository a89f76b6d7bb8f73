"""Sign-in users, restrictions and the grants that pass them.

Who someone is at work (post, agency, person) is linked by rooms above, with dates. This floor knows people only by key.
"""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q


class User(AbstractUser):
    """A sign-in, nothing more: people change jobs and hold several capacities.

    `temporary_until` is set while the pass phrase is one that an administrator gave out: until then it opens nothing
    but the page where its owner chooses their own; afterwards it opens nothing at all.
    """

    temporary_until = models.DateTimeField(null=True)


class Restriction(models.Model):
    """This person's record is shown only to those named in a grant (staff families, adoption, those at risk)."""

    person = models.BigIntegerField(db_index=True)
    why = models.TextField()
    lead_name = models.TextField()
    lead_phone = models.TextField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at=None), name="one_live_restriction_a_person"),
        ]


class Grant(models.Model):
    """A person may be seen by a user, for a reason, until a time.

    PERMIT is given by the restricted-records lead; BREAK_GLASS is taken by the user, with a reason, and reviewed by another.
    """

    PERMIT, BREAK_GLASS = "permit", "break_glass"
    KINDS = [(PERMIT, "Permitted"), (BREAK_GLASS, "Break-glass")]

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    person = models.BigIntegerField(db_index=True)
    kind = models.CharField(max_length=20, choices=KINDS)
    why = models.TextField()
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    review_words = models.TextField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "until_at"], name="grant_of_user")]
        constraints = [
            models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="a_grant_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(reviewed_by=F("user")), name="nobody_reviews_their_own_grant"),
        ]


class Conflict(models.Model):
    """A worker knows this person outside work: the record is kept from them, whatever their post or duty.

    Practice rule (who has looked): a worker with a declared conflict is blocked. No grant passes it and nobody ends
    their own. `person` is None while what the worker said in `whom` has not been matched with anybody on file.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="conflicts")
    person = models.BigIntegerField(null=True, db_index=True)
    whom = models.TextField(null=True)
    why = models.TextField()
    declared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    why_ended = models.TextField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "person"], condition=Q(ended_at=None), name="one_live_conflict_a_person"),
            models.CheckConstraint(condition=Q(person__isnull=False) | Q(whom__isnull=False), name="a_conflict_is_with_somebody"),
            models.CheckConstraint(condition=~Q(ended_by=F("user")), name="nobody_ends_their_own_conflict"),
            models.CheckConstraint(condition=Q(ended_at=None) | Q(why_ended__isnull=False), name="an_ended_conflict_says_why"),
        ]


class SignInTry(models.Model):
    """One try at signing in. What is counted to slow guessing down, and what shows a sign-in used by somebody else."""

    PASS_PHRASE, CODE, RECOVERY, PASSKEY, PROVIDER, DEMO = "pass_phrase", "code", "recovery", "passkey", "provider", "demo"
    HOW = [
        (PASS_PHRASE, "Pass phrase"),
        (CODE, "Code from an app"),
        (RECOVERY, "Recovery code"),
        (PASSKEY, "Passkey"),
        (PROVIDER, "Single sign-on"),
        (DEMO, "Demo, one click"),
    ]

    at = models.DateTimeField(db_default=models.functions.Now())
    username = models.TextField()  # as typed, folded; there need be no such user
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    address = models.GenericIPAddressField(null=True)
    how = models.CharField(max_length=20, choices=HOW)
    worked = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(fields=["username", "at"], condition=Q(worked=False), name="failed_try_by_name"),
            models.Index(fields=["address", "at"], condition=Q(worked=False), name="failed_try_by_address"),
        ]


class Moment(models.Model):
    """What every process must know for a moment and nobody later, such as that a code was used: Django's cache in the database."""

    is_audited: ClassVar[bool] = False

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)
