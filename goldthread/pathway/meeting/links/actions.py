"""Making links, trying them, and what an invitee does behind one."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.utils import timezone

from goldthread.core.records.models import Record
from goldthread.ground.audit.acting import name_actor
from goldthread.ground.jobs import enqueue
from goldthread.pathway.meeting import actions
from goldthread.pathway.meeting.links.mailing import has_mail_server
from goldthread.pathway.meeting.links.secret import address_of, figures_in, hash_of, new_figures, new_seed
from goldthread.pathway.meeting.models import Arrangement, Invitee, Link, WrongTry
from goldthread.pathway.meeting.queries import is_held

TRIES = 5  # wrong figures after which a link is dead for ever
FROM_ONE_PLACE, WITHIN = 20, timedelta(minutes=15)
GOOD_FOR = {Link.REPLY: timedelta(days=14), Link.ACKNOWLEDGE: timedelta(days=28)}


@dataclass(frozen=True)
class Made:
    """A link with its figures, shown once to the one who made it."""

    link: Link
    figures: str


def write_to(*, invitee: Invitee, purpose: str, by: Any, base: str | None = None) -> Made:
    """Invite, or send the decisions, by an e-mail without names. A newer link ends the older. `base` is where the product is reached.

    ValueError for family, or for somebody without an address at work; NotNow as the stage itself says.
    """
    if invitee.person_id is not None:
        raise ValueError(f"{invitee} is family: nothing is sent to them by itself. Use the way recorded as safe.")
    if not invitee.email:
        raise ValueError(f"{invitee} has no e-mail address at work in the list.")
    if purpose == Link.REPLY and invitee.invited_at is None:
        actions.invite(invitee=invitee, how="email_without_names", by=by)
    elif purpose == Link.ACKNOWLEDGE and invitee.sent_at is None:
        actions.send_decisions(invitee=invitee, how="email_without_names", by=by)
    made = _make(invitee, purpose, by, base)
    if not made.link.by_hand:
        from goldthread.pathway.meeting.jobs import mail  # the job asks for the link's own words

        enqueue(mail, link=made.link.pk)
    return made


def _make(invitee: Invitee, purpose: str, by: Any, base: str | None) -> Made:
    now, seed, figures = timezone.now(), new_seed(), new_figures()
    Link.objects.filter(invitee=invitee, purpose=purpose, ended_at=None).update(ended_at=now)
    link = Link.objects.create(
        invitee=invitee, purpose=purpose, seed=seed, address_hash=hash_of(address_of(seed)), secret_hash=make_password(figures),
        made_by=by, expires_at=_expiry(invitee, purpose), base=base, by_hand=not has_mail_server(),
    )  # fmt: skip
    return Made(link, figures)


def _expiry(invitee: Invitee, purpose: str) -> datetime:
    """An invitation can be answered until the end of the day of the meeting, or for a fortnight where no day is set."""
    arrangement = Arrangement.objects.filter(record=invitee.record_id).first() if purpose == Link.REPLY else None
    if arrangement is not None and arrangement.planned_on is not None:
        midnight = datetime.combine(arrangement.planned_on + timedelta(days=1), time())
        return max(timezone.make_aware(midnight), timezone.now() + timedelta(hours=12))
    return timezone.now() + GOOD_FOR[purpose]


@cache
def _nobody() -> str:
    """Checked where there is no such link, so that it takes as long."""
    return make_password("no link")


def try_link(*, token: str, typed: str, address: str | None) -> Link | None:
    """The link, if both proofs are right and it is still good. None says nothing of which was wrong, nor whether there is one."""
    link = Link.objects.select_for_update().filter(address_hash=hash_of(token)).first()
    fits = check_password(figures_in(typed), link.secret_hash if link else _nobody())
    since = timezone.now() - WITHIN
    is_guessing = address is not None and WrongTry.objects.filter(address=address, at__gt=since).count() >= FROM_ONE_PLACE
    if link is not None and fits and not is_guessing and is_good(link):
        if link.opened_at is None:
            link.opened_at = timezone.now()
            link.save(update_fields=["opened_at"])
            _is_delivered(link)
        return link
    WrongTry.objects.create(address=address)
    if link is not None and not fits:
        link.wrong_tries = min(link.wrong_tries + 1, TRIES)
        link.save(update_fields=["wrong_tries"])
    return None


def is_good(link: Link) -> bool:
    """Neither used up by wrong tries, nor replaced, nor past its time; and the meeting stands."""
    invitee = Invitee.objects.select_related("record").get(pk=link.invitee_id)
    stands = invitee.left_out_at is None and invitee.record.state != Record.VOID
    return stands and link.ended_at is None and link.expires_at > timezone.now() and link.wrong_tries < TRIES


def _is_delivered(link: Link) -> None:
    """Whoever opened it has the invitation."""
    if link.purpose == Link.REPLY and link.invitee.invited_at and link.invitee.delivered_at is None:
        name_actor(f"link:{link.pk}", "opened an invitation by link")
        actions.deliver(invitee=link.invitee, by=None)


def answer_by_link(*, link: Link, answer: str, words: str, delegate_name: str, delegate_role: str) -> None:
    """ValueError or NotNow as `actions.reply`; NotNow too once the meeting was held."""
    if is_held(link.invitee.record):
        raise actions.NotNow("This meeting has been held.")
    name_actor(f"link:{link.pk}", "answered by link")
    actions.reply(invitee=link.invitee, answer=answer, by=None, words=words, delegate_name=delegate_name, delegate_role=delegate_role)
    _use(link)


def acknowledge_by_link(*, link: Link) -> None:
    """A second press changes nothing."""
    name_actor(f"link:{link.pk}", "acknowledged by link")
    if link.invitee.acknowledged_at is None:
        actions.acknowledge(invitee=link.invitee, by=None)
    _use(link)


def file_by_link(*, link: Link, number: str) -> None:
    """They say that it stands on their own system today."""
    name_actor(f"link:{link.pk}", "filed by link")
    if link.invitee.filed_on is None:
        actions.file(invitee=link.invitee, on=timezone.localdate(), by=None, number=number)
    _use(link)


def _use(link: Link) -> None:
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])


def mailed(*, link: Link, again: bool) -> None:
    """The mail server has taken it."""
    column = "reminded_at" if again else "mailed_at"
    setattr(link, column, timezone.now())
    link.save(update_fields=[column])


def forget_old_tries() -> None:
    """Wrong tries count for a quarter of an hour; after a day nobody needs to know where they came from."""
    WrongTry.objects.filter(at__lt=timezone.now() - timedelta(days=1)).delete()
