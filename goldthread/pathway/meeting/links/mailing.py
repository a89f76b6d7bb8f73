"""What goes out by e-mail: a reference, a day, a link. No name of anybody, no place, no authority, and one recipient a message."""

import secrets
from datetime import UTC, datetime, timedelta

from django.conf import settings as django_settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse
from django.utils import timezone

from goldthread.ground.boot.queries import is_demo
from goldthread.ground.boot.settings import settings
from goldthread.ground.time.words import day_in_words
from goldthread.pathway.meeting.links.secret import address_of
from goldthread.pathway.meeting.models import Arrangement, Link

OUTBOX = "outbox"  # below the data folder, in a demo
FIGURES = "You need six figures, which are told to you by telephone or by text. If you do not have them, ring the person who asked you."


def mail_server() -> BaseEmailBackend | None:
    """How e-mail leaves; None when no server is set. A demo never sends: its e-mail is written into a folder."""
    if is_demo():
        folder = settings.data_dir / OUTBOX
        return get_connection("django.core.mail.backends.filebased.EmailBackend", file_path=str(folder))
    return get_connection() if settings.email_url or "locmem" in django_settings.EMAIL_BACKEND else None


def has_mail_server() -> bool:
    return mail_server() is not None


def link_address(link: Link) -> str:
    base = settings.public_url or link.base or f"http://{settings.host}:{settings.port}"
    return base + reverse("meeting_link", kwargs={"token": address_of(link.seed or "")})


def subject(link: Link) -> str:
    return f"Meeting {link.invitee.reference}"


def text(link: Link, *, again: bool = False) -> str:
    """The whole message, as it is sent or copied."""
    lines = [f"Reference: {link.invitee.reference}"]
    if link.purpose == Link.REPLY:
        first = (
            "You have been asked to take part in a meeting, and your answer is awaited."
            if again
            else "You are asked to take part in a meeting."
        )
        when = when_in_words(Arrangement.objects.filter(record=link.invitee.record).first())
        lines += [f"When: {when}"] if when else []
        lines += ["Say whether you come, and read how to join:"]
    else:
        first = "Please say that you have what was decided at a meeting." if again else "What was decided at a meeting is there for you."
        lines += ["Read it, and say that you have it:"]
    return "\n".join([first, "", *lines, link_address(link), "", FIGURES, "", "Please do not answer this message.", ""])


def when_in_words(arrangement: Arrangement | None) -> str:
    if arrangement is None or arrangement.planned_on is None:
        return ""
    return day_in_words(arrangement.planned_on) + (f" at {arrangement.planned_at:%H:%M}" if arrangement.planned_at else "")


def message(link: Link, *, again: bool = False) -> EmailMessage:
    """To this one invitee alone; with a calendar entry that gives nothing away where the day and time are known."""
    domain = settings.email_from.rpartition("@")[2]
    made = EmailMessage(
        subject(link), text(link, again=again), settings.email_from, [str(link.invitee.email)],
        headers={"Message-ID": f"<{secrets.token_hex(16)}@{domain}>", "Auto-Submitted": "auto-generated"}, connection=mail_server(),
    )  # fmt: skip
    entry = calendar_entry(link) if link.purpose == Link.REPLY else None
    if entry is not None:
        made.attach("meeting.ics", entry, "text/calendar")
    return made


def calendar_entry(link: Link) -> str | None:
    """An iCalendar file of the reference and the hour: no place, no people, no organiser. None without a day and time."""
    arrangement = Arrangement.objects.filter(record=link.invitee.record).first()
    if arrangement is None or arrangement.planned_on is None or arrangement.planned_at is None:
        return None
    start = timezone.make_aware(datetime.combine(arrangement.planned_on, arrangement.planned_at))
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Meeting//EN", "METHOD:PUBLISH", "BEGIN:VEVENT", f"UID:{link.invitee.reference}@meeting",
        f"DTSTAMP:{_utc(timezone.now())}", f"DTSTART:{_utc(start)}", f"DTEND:{_utc(start + timedelta(hours=1))}",
        f"SUMMARY:Meeting {link.invitee.reference}", "CLASS:PRIVATE", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return "\r\n".join(lines) + "\r\n"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
