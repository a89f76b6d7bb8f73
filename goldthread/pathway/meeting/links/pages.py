"""Writing to invitees, and the figures to tell each of them; in a demo, what would have been sent."""

import email
import email.policy
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from goldthread.core.records.models import Record
from goldthread.ground.boot.queries import is_demo
from goldthread.ground.boot.settings import settings
from goldthread.pathway.actions import NotNow
from goldthread.pathway.meeting.links.actions import Made, write_to
from goldthread.pathway.meeting.links.mailing import OUTBOX, has_mail_server, subject, text
from goldthread.pathway.meeting.links.secret import spoken
from goldthread.pathway.meeting.models import Invitee, Link
from goldthread.pathway.meeting.pages import opened
from goldthread.pathway.meeting.queries import invitees_of, is_held
from goldthread.pathway.queries import children_of
from goldthread.pathway.who import who

SHOWN = 30


def can_be_written_to(record: Record, purpose: str) -> list[Invitee]:
    """Those to whom an e-mail without names can go now: partners and ours with an address, who have not answered or acknowledged."""
    asked = [one for one in invitees_of(record) if one.left_out_at is None and one.email and one.person_id is None]
    if purpose == Link.ACKNOWLEDGE:
        return [one for one in asked if one.acknowledged_at is None] if is_held(record) else []
    return [] if is_held(record) else [one for one in asked if one.attended is None and one.reply is None]


@login_required
@require_http_methods(["GET", "POST"])
def write_page(request: HttpRequest, reference: str, purpose: str) -> HttpResponse:
    """Whom to write to; then, once, the six figures that each must be told by voice or by text."""
    record, _ = opened(request, reference)
    if purpose not in (Link.REPLY, Link.ACKNOWLEDGE):
        raise Http404("There is no such e-mail.")
    could = can_be_written_to(record, purpose)
    problem = ""
    made: list[Made] = []
    if request.method == "POST":
        chosen = [one for one in could if one.reference in request.POST.getlist("invitee")]
        made, problem = _write(chosen, purpose, request.user, request.build_absolute_uri("/").rstrip("/"))
    context: dict[str, Any] = {
        "record": record,
        "children": who(children_of(record)),
        "purpose": purpose,
        "could": could,
        "without": [one for one in invitees_of(record) if one.left_out_at is None and not one.email and one.person_id is None],
        "problem": problem,
        "made": [{"invitee": one.link.invitee, "figures": spoken(one.figures), "subject": subject(one.link), "text": text(one.link)} for one in made],
        "has_server": has_mail_server(),
        "is_demo": is_demo(),
    }  # fmt: skip
    return render(request, "meeting/write.jinja", context, status=422 if problem else 200)


def _write(chosen: list[Invitee], purpose: str, by: Any, base: str) -> tuple[list[Made], str]:
    if not chosen:
        return [], "Choose at least one person."
    made = []
    for invitee in chosen:
        try:
            made.append(write_to(invitee=invitee, purpose=purpose, by=by, base=base))
        except (ValueError, NotNow) as refused:
            return made, str(refused)
    return made, ""


@login_required
@require_GET
def outbox_page(request: HttpRequest) -> HttpResponse:
    """A demo sends nothing: here stands what would have gone, newest first."""
    if not is_demo():
        raise Http404("Only a demo keeps its e-mail.")
    folder = settings.data_dir / OUTBOX
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)[:SHOWN] if folder.is_dir() else []
    messages = [_read(part) for file in files for part in file.read_bytes().split(b"-" * 79 + b"\n") if part.strip()]
    return render(request, "meeting/outbox.jinja", {"messages": messages})


def _read(raw: bytes) -> dict[str, Any]:
    parsed = email.message_from_bytes(raw, policy=email.policy.default)
    body = parsed.get_body(("plain",))
    return {
        "to": str(parsed["To"] or ""),
        "subject": str(parsed["Subject"] or ""),
        "date": str(parsed["Date"] or ""),
        "text": body.get_content() if body is not None else "",
        "files": [(part.get_filename() or "", part.get_content()) for part in parsed.iter_attachments()],
    }
