"""Restricting a record, permitting someone, breaking the glass."""

from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from goldthread.ground.access.models import Grant, Restriction, SignInTry, User
from goldthread.ground.access.queries import fold
from goldthread.ground.boot.many_rows import insert_many

BREAK_GLASS_HOURS = 8


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


def restrict(*, person: int, why: str, lead_name: str, lead_phone: str, by: User) -> Restriction:
    """Withhold a person's record from everyone without a grant. A second call changes nothing."""
    live = Restriction.objects.filter(person=person, ended_at=None).first()
    return live or Restriction.objects.create(person=person, why=why, lead_name=lead_name, lead_phone=lead_phone, set_by=by)


def end_restriction(*, restriction: Restriction, by: User) -> None:
    """The record is ordinary again; the row stays."""
    restriction.ended_at, restriction.ended_by = timezone.now(), by
    restriction.save(update_fields=["ended_at", "ended_by"])


def permit(*, user: User, person: int, why: str, by: User, days: int = 180) -> Grant:
    """The restricted-records lead lets a named user see a restricted person."""
    now = timezone.now()
    return Grant.objects.create(
        user=user, person=person, kind=Grant.PERMIT, why=why, given_by=by, from_at=now, until_at=now + timedelta(days=days)
    )


def break_glass(*, user: User, person: int, why: str) -> Grant:
    """A user opens a restricted record in an emergency, for eight hours, to be reviewed by someone else."""
    if len(why.split()) < 3:
        raise ValueError("Say in a sentence why you must see this record now.")
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
