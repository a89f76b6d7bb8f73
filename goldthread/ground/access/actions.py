"""Sign-ins; restricting a record, permitting someone, breaking the glass; declaring that one knows a family."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from goldthread.ground.access.models import Conflict, Grant, Restriction, SignInTry, User
from goldthread.ground.access.phrases import TEMPORARY, problem_with, temporary_phrase
from goldthread.ground.access.queries import fold, live_grants, live_restriction, may_be_told
from goldthread.ground.boot.many_rows import insert_many
from goldthread.ground.boot.trouble import Impossible

BREAK_GLASS_HOURS = 8
LONGEST_PERMIT = timedelta(days=366)


def create_sign_ins(people: Iterable[tuple[str, str]]) -> list[User]:
    """Many sign-ins without a pass phrase, (username, name) each: nobody can use them until one is set, except in a demo."""
    made = []
    for username, name in people:
        given, _, family = name.partition(" ")
        made.append(
            User(username=username, first_name=given, last_name=family, email=f"{username}@example.org", password=make_password(None))
        )
    insert_many(made)
    return made


def create_sign_in(*, username: str, name: str) -> tuple[User, str]:
    """A sign-in for somebody, and the temporary pass phrase by which they choose their own. Impossible for a name that is taken."""
    username = fold(username)
    if not re.fullmatch(r"[a-z0-9][a-z0-9.@_-]+", username):
        raise Impossible("Write the user name in small letters, figures, full stops and dashes, such as amina.mensah.", "username")
    if User.objects.filter(username__iexact=username).exists():
        raise Impossible(f"“{username}” is somebody’s user name already. Choose another.", "username")
    given, _, family = name.partition(" ")
    user = User.objects.create(username=username, first_name=given[:150], last_name=family[:150], password=make_password(None))
    return user, give_temporary_phrase(user=user)


def give_temporary_phrase(*, user: User) -> str:
    """A pass phrase for seven days that opens nothing but the page where its owner chooses their own; the old one ends at once."""
    phrase = temporary_phrase()
    user.set_password(phrase)
    user.temporary_until, user.is_active = timezone.now() + TEMPORARY, True
    user.save(update_fields=["password", "temporary_until", "is_active"])
    end_sessions(user=user)
    return phrase


def end_sessions(*, user: User) -> int:
    """Whoever is signed in by it is out at once, wherever they are; gives back how many sessions there were."""
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        session.end()
    return len(sessions)


def know_by(*, user: User, provider: str, subject: str) -> None:
    """This user comes in by the provider as `subject`, and as nobody else; empty: no longer at all. Impossible for somebody else's."""
    if subject and SocialAccount.objects.filter(provider=provider, uid=subject).exclude(user=user).exists():
        raise Impossible("That is somebody else’s already.", "subject")
    SocialAccount.objects.filter(user=user, provider=provider).exclude(uid=subject).delete()
    if subject and not SocialAccount.objects.filter(user=user, provider=provider).exists():
        SocialAccount.objects.create(user=user, provider=provider, uid=subject)


def remove_second_steps(*, user: User) -> None:
    """Passkeys, the app and the recovery codes are gone: at the next sign-in the owner sets up new ones."""
    Authenticator.objects.filter(user=user).delete()


def choose_phrase(*, user: User, phrase: str) -> None:
    """The owner chooses their own pass phrase. Impossible when it is too easily guessed, or the one they were given."""
    problem = problem_with(phrase)
    if problem is None and user.check_password(phrase):
        problem = "Choose another pass phrase than the one you were given."
    if problem:
        raise Impossible(problem, "pass_phrase")
    user.set_password(phrase)
    user.temporary_until = None
    user.save(update_fields=["password", "temporary_until"])


def end_sign_in(*, user: User) -> None:
    """Nobody signs in by it any more, whoever is signed in is out, and every grant ends."""
    user.set_unusable_password()
    user.is_active, user.temporary_until = False, None
    user.save(update_fields=["password", "is_active", "temporary_until"])
    end_sessions(user=user)
    for grant in live_grants().filter(user=user):
        end_grant(grant=grant)


def restrict(*, person: int, why: str, lead_name: str, lead_phone: str, by: User) -> Restriction:
    """Withhold a person's record from everyone without a grant. A second call changes nothing."""
    live = live_restriction(person)
    return live or Restriction.objects.create(person=person, why=why, lead_name=lead_name, lead_phone=lead_phone, set_by=by)


def end_restriction(*, restriction: Restriction, by: User) -> None:
    """The record is ordinary again; the row stays. Permits end with it: restricted again, it is restricted from everybody."""
    restriction.ended_at, restriction.ended_by = timezone.now(), by
    restriction.save(update_fields=["ended_at", "ended_by"])
    for grant in live_grants().filter(person=restriction.person):
        end_grant(grant=grant)


def permit(*, user: User, person: int, why: str, by: User, days: int = 180, until: datetime | None = None) -> Grant:
    """The restricted-records lead lets a named user see a restricted person, for `days` or `until` a moment.

    Impossible for somebody with a declared conflict, for longer than a year, or when they are permitted for as long already.
    """
    now = timezone.now()
    until = until or now + timedelta(days=days)
    if not now < until <= now + LONGEST_PERMIT:
        raise Impossible("A permit ends after today and within a year: it is looked at again then.", "until")
    if not may_be_told(user.pk, [person]):
        raise Impossible("This person may not be permitted: they have told that they know the family.", "user")
    if live_grants().filter(user=user, person=person, until_at__gte=until).exists():
        raise Impossible("This person is permitted until then already.", "user")
    return Grant.objects.create(user=user, person=person, kind=Grant.PERMIT, why=why, given_by=by, from_at=now, until_at=until)


def end_grant(*, grant: Grant) -> None:
    """A permit or an emergency opening ends now; the row stays."""
    grant.until_at = max(timezone.now(), grant.from_at + timedelta(microseconds=1))
    grant.save(update_fields=["until_at"])


def declare_conflict(*, user: User, by: User, why: str, person: int | None = None, whom: str | None = None) -> Conflict:
    """This user knows the person outside work: the record is kept from them from now on. Saying so again changes nothing.

    `whom` is who it is in the words of somebody who cannot look them up: it keeps nothing back until it is matched.
    """
    live = Conflict.objects.filter(user=user, person=person, ended_at=None).first() if person else None
    if live is not None:
        return live
    if person is not None:
        for grant in live_grants().filter(user=user, person=person):
            end_grant(grant=grant)
    return Conflict.objects.create(user=user, person=person, whom=whom, why=why, declared_by=by)


def end_conflict(*, conflict: Conflict, by: User, why: str) -> None:
    """It was a mistake, or was matched. Impossible for the one whose conflict it is: they would open what they may not."""
    if conflict.user_id == by.pk:
        raise Impossible("Somebody else must end this: it is your own.", "why")
    conflict.ended_at, conflict.ended_by, conflict.why_ended = timezone.now(), by, why
    conflict.save(update_fields=["ended_at", "ended_by", "why_ended"])


def break_glass(*, user: User, person: int, why: str) -> Grant:
    """A user opens a restricted record in an emergency, for eight hours, to be reviewed by someone else.

    ValueError without a sentence, and for somebody with a declared conflict: no emergency is theirs alone.
    """
    if len(why.split()) < 3:
        raise ValueError("Say in a sentence why you must see this record now.")
    if not may_be_told(user.pk, [person]):
        raise ValueError("You have told that you know this family: a colleague must look. Ring your manager.")
    now = timezone.now()
    return Grant.objects.create(
        user=user,
        person=person,
        kind=Grant.BREAK_GLASS,
        why=why,
        given_by=user,
        from_at=now,
        until_at=now + timedelta(hours=BREAK_GLASS_HOURS),
    )


def review_break_glass(*, grant: Grant, by: User, words: str) -> None:
    """Someone other than the user says whether the opening was right. ValueError when it is the same person."""
    if grant.user_id == by.pk:
        raise ValueError("Somebody else must review this: you opened the record yourself.")
    grant.reviewed_by, grant.reviewed_at, grant.review_words = by, timezone.now(), words
    grant.save(update_fields=["reviewed_by", "reviewed_at", "review_words"])


def note_try(*, username: str, user: User | None, address: str | None, how: str, worked: bool) -> SignInTry:
    """Write down a try at signing in."""
    return SignInTry.objects.create(username=fold(username), user=user, address=address, how=how, worked=worked)


def create_first_administrator(*, username: str, pass_phrase: str) -> User:
    """The first sign-in of an empty database. ValueError when there is one already."""
    if User.objects.exists():
        raise ValueError("There is somebody who can sign in already.")
    return User.objects.create_superuser(username, password=pass_phrase)
