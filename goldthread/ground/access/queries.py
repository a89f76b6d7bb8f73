"""Who has tried to sign in, which restricted records were opened in an emergency, and what keeps a record from whom."""

from collections.abc import Iterable
from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import F, QuerySet
from django.utils import timezone

from goldthread.ground.access.models import Conflict, Grant, Restriction, SignInTry

# The name and address together are slowed first, so that guessing elsewhere never locks out the worker on duty tonight.
WITHIN = timedelta(minutes=15)
FROM_ONE_PLACE, ONE_NAME, ONE_ADDRESS = 8, 60, 120


def fold(username: str) -> str:
    """A user name as it is counted: capitals and spaces at the ends make no difference."""
    return username.strip().lower()[:150]


def must_wait(username: str, address: str | None) -> bool:
    """Whether too many tries have failed lately: for this name from this place, for this name anywhere, or from this place."""
    failed = SignInTry.objects.filter(worked=False, at__gt=timezone.now() - WITHIN)
    named = failed.filter(username=fold(username))
    if named.filter(address=address).count() >= FROM_ONE_PLACE or named.count() >= ONE_NAME:
        return True
    return must_wait_at(address)


def must_wait_at(address: str | None) -> bool:
    """Whether too many tries of whatever kind and name have failed lately from this place."""
    failed = SignInTry.objects.filter(worked=False, at__gt=timezone.now() - WITHIN)
    return address is not None and failed.filter(address=address).count() >= ONE_ADDRESS


def has_second_step(user: int) -> bool:
    """Whether this user has a passkey or an app that gives codes; recovery codes alone are neither."""
    return Authenticator.objects.filter(user_id=user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def known_by(user: int, provider: str) -> str:
    """As whom the provider knows this user; empty when they do not come in by it."""
    return SocialAccount.objects.filter(user_id=user, provider=provider).values_list("uid", flat=True).first() or ""


def live_restriction(person: int) -> Restriction | None:
    """The restriction on this person now, if there is one."""
    return Restriction.objects.filter(person=person, ended_at=None).first()


def live_grant(user: int, person: int) -> Grant | None:
    """What lets this user past a restriction now, if anything does."""
    now = timezone.now()
    return Grant.objects.filter(user_id=user, person=person, from_at__lte=now, until_at__gt=now).order_by("-until_at").first()


def live_grants() -> QuerySet[Grant]:
    """Everything that lets somebody past a restriction now, with the user."""
    now = timezone.now()
    return Grant.objects.filter(from_at__lte=now, until_at__gt=now).select_related("user").order_by("until_at", "pk")


def live_restrictions() -> QuerySet[Restriction]:
    """Every record that is restricted now, the oldest first."""
    return Restriction.objects.filter(ended_at=None).order_by("set_at", "pk")


def live_conflicts() -> QuerySet[Conflict]:
    """Every declaration that holds, those not matched with anybody first."""
    return (
        Conflict.objects.filter(ended_at=None)
        .select_related("user", "declared_by")
        .order_by(F("person").desc(nulls_first=True), "declared_at", "pk")
    )


def may_be_told(user: int, people: Iterable[int]) -> bool:
    """Whether none of these people is somebody the user has told of knowing outside work."""
    return not Conflict.objects.filter(user_id=user, person__in=list(people), ended_at=None).exists()


def known_to(user: int) -> set[int]:
    """Keys of everybody whom the user has told of knowing outside work."""
    found = Conflict.objects.filter(user_id=user, ended_at=None).values_list("person", flat=True)
    return {person for person in found if person is not None}


def unreviewed() -> QuerySet[Grant]:
    """Restricted records opened in an emergency that nobody else has looked into yet, oldest first."""
    return Grant.objects.filter(kind=Grant.BREAK_GLASS, reviewed_at=None).select_related("user").order_by("from_at")
