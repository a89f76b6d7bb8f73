"""What people are told by e-mail of their own sign-in. It names nobody."""

from django.core.mail import EmailMessage

from goldthread.core.agencies.models import WayBack
from goldthread.ground import jobs
from goldthread.ground.boot.settings import settings
from goldthread.ground.time.words import moment_in_words
from goldthread.pathway.meeting.links.mailing import mail_server


@jobs.task
def tell_of_way_back(way: int) -> None:
    """To the one whose pass phrase it is, when it was asked for and when it was given; without an address or a mail server, My work alone says it."""
    found = WayBack.objects.select_related("worker").get(pk=way)
    server = mail_server()
    if server is None or not found.worker.email:
        return
    what, when = ("given out", found.given_at) if found.given_at else ("asked for", found.asked_at)
    text = (
        f"A new pass phrase for your sign-in was {what}, {moment_in_words(when)}.\n\n"
        "If it was not you who asked, sign in and stop it on My work, or ring whoever looks after sign-ins.\n\n"
        "Please do not answer this message.\n"
    )
    EmailMessage("Your sign-in", text, settings.email_from, [found.worker.email], connection=server).send()
