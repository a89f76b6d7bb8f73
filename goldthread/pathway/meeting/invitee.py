"""One invitee in full: who it is, what they answered and brought, leaving out with a reason, taking back what was wrong."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from goldthread.core.agencies.queries import names_of_users
from goldthread.core.records.models import Record
from goldthread.pathway.actions import NotNow
from goldthread.pathway.meeting import actions
from goldthread.pathway.meeting.archetype import MEETING
from goldthread.pathway.meeting.forms import FILED_ON, Small, asked, day_parts, listed
from goldthread.pathway.meeting.grid import onward_words, title_of
from goldthread.pathway.meeting.models import Contribution, Invitee
from goldthread.pathway.meeting.pages import opened
from goldthread.pathway.meeting.queries import is_held
from goldthread.pathway.meeting.reports import presses
from goldthread.pathway.meeting.stages import STAGES, has_come_to, refusal_to_take_back
from goldthread.pathway.queries import children_of
from goldthread.pathway.who import who

DEFAULT_MARK = {"police": "police_and_social_care"}


@login_required
@require_http_methods(["GET", "POST"])
def invitee_page(request: HttpRequest, reference: str, one: str) -> HttpResponse:
    record, _ = opened(request, reference)
    row = get_object_or_404(record.invitees.select_related("agency"), reference=one)
    form = Small(request)
    if request.method == "POST":
        try:
            said = _do(request.POST.get("press", ""), row, form, request.user)
        except (NotNow, ValueError) as refused:
            form.problems.append((request.POST.get("press", "main").replace(" ", "-"), str(refused)))
        else:
            if not form.problems:
                messages.success(request, said)
                return redirect("meeting_invitee", reference=reference, one=one) if said == TAKEN_BACK else redirect("step", reference=reference, step=MEETING)  # fmt: skip
    return _draw(request, record, row, form)


TAKEN_BACK = "Taken back. What was written stays in the trail."


def _do(press: str, row: Invitee, form: Small, by: Any) -> str:
    """What this press of the page writes down, and the sentence that says so."""
    if press == "describe":
        actions.describe(
            invitee=row, name=form.text("name"), role=form.text("role") or "", phone=form.text("phone"), email=form.text("email")
        )
    elif press == "reply":
        if row.invited_at is None:
            actions.invite(invitee=row, how="telephone", by=by)
        actions.reply(
            invitee=row, answer=form.text("answer") or "", by=by, words=form.text("reply_words"),
            delegate_name=form.text("delegate_name"), delegate_role=form.text("delegate_role"),
        )  # fmt: skip
    elif press == "attend":
        actions.attend(invitee=row, attended=form.text("attended") or "", by=by, why_absent=form.text("why_absent"))
    elif press == "contribute":
        actions.contribute(invitee=row, words=form.text("words") or "", onward=form.text("onward") or "", by=by)
    elif press == "file":
        on = form.read(FILED_ON, "filed_on")
        if on is None:
            raise ValueError("Write the day on which they filed it.")
        actions.file(invitee=row, on=on, by=by, number=form.text("filed_as"))
    elif press == "leave_out":
        actions.leave_out(invitee=row, why=form.text("left_out_why") or "", by=by)
    elif press == "put_back":
        actions.put_back(invitee=row)
    elif press.startswith("back "):
        actions.take_back(invitee=row, stage=press.removeprefix("back "))
        return TAKEN_BACK
    elif not presses.keep(press, row, form, by):
        raise ValueError("There is no such press.")
    return "Kept."


def _draw(request: HttpRequest, record: Record, row: Invitee, form: Small) -> HttpResponse:
    typed: Any = request.POST if request.method == "POST" else {}
    held = is_held(record)
    brought = list(row.contributions.order_by("pk"))
    names = names_of_users(one.noted_by_id for one in brought)
    context = {
        "record": record,
        "children": who(children_of(record)),
        "invitee": row,
        "title": title_of(row),
        "errors": form.errors,
        "groups": [group for group in _groups(row, typed, held) if group],
        "brought": [
            {"words": one.words, "note": f"{one.given_on.day} {one.given_on:%B %Y}. {onward_words(one)}. Written down by {names.get(one.noted_by_id or 0, 'somebody')}"}
            for one in brought
        ],
        "undo": [(f"back {name}", stage.title) for name, stage in STAGES.items() if has_come_to(row, name) and not refusal_to_take_back(row, name, is_held=held)],
        "others": others(record, row),
    }  # fmt: skip
    return render(request, "meeting/invitee.jinja", context, status=422 if form.problems else 200)


def others(record: Record, row: Invitee) -> QuerySet[Invitee]:
    return record.invitees.filter(left_out_at=None).exclude(pk=row.pk).order_by("pk")


def _groups(row: Invitee, typed: Any, held: bool) -> list[dict[str, Any] | None]:
    """The forms of the page: press, heading, button, fields."""
    if row.left_out_at:
        return [{"press": "put_back", "heading": "Ask them after all", "button": "Put back in the list", "fields": []}, _who(row, typed)]
    filed = {"press": "file", "heading": "On their own system", "button": "It is filed", "fields": [
        asked("filed_on", "day", "On which day did they file it?", day_parts(localdate())),
        asked("filed_as", "line", "Under what number of theirs?", typed.get("filed_as")),
    ]} if row.sent_at and row.filed_on is None and row.agency_id else None  # fmt: skip
    return [
        _brings(row, typed),
        None if held or row.attended else _answers(row, typed),
        None if row.attended else {"press": "attend", "heading": "Did they take part?", "button": "Write it down", "fields": [
            asked("attended", "one", "How?", typed.get("attended"), options=list(Invitee.ATTENDED.items())),
            asked("why_absent", "line", "Why not, if you know?", typed.get("why_absent")),
        ]},
        *presses.groups(row, typed),
        filed,
        _who(row, typed),
        None if row.invited_at or row.attended else {"press": "leave_out", "heading": "Leave them out", "button": "Leave out, with this reason", "fields": [
            asked("left_out_why", "words", "Why are they not asked?", typed.get("left_out_why"), rows=2, hint="The reason stays in the list, and in the record of the meeting."),
        ]},
    ]  # fmt: skip


def _who(row: Invitee, typed: Any) -> dict[str, Any]:
    return {"press": "describe", "heading": "Who it is", "button": "Keep", "fields": [
        asked("name", "line", "Name", typed.get("name", row.name)), asked("role", "line", "Role", typed.get("role", row.role)),
        asked("phone", "line", "Telephone", typed.get("phone", row.phone)), asked("email", "line", "E-mail at work", typed.get("email", row.email)),
    ]}  # fmt: skip


def _answers(row: Invitee, typed: Any) -> dict[str, Any]:
    hint = "" if row.invited_at else "Keeping an answer also keeps that you asked them by telephone."
    return {"press": "reply", "heading": "Their answer", "button": "Keep their answer", "fields": [
        asked("answer", "one", "Do they come?", typed.get("answer", row.reply), options=list(Invitee.REPLIES.items()), hint=hint),
        asked("delegate_name", "line", "Who comes in their place?", typed.get("delegate_name", row.delegate_name),
              when={"name": "answer", "values": [Invitee.DELEGATED], "words": "somebody else comes"}),
        asked("delegate_role", "line", "What is that person’s role?", typed.get("delegate_role", row.delegate_role),
              when={"name": "answer", "values": [Invitee.DELEGATED], "words": "somebody else comes"}),
        asked("reply_words", "line", "What did they say?", typed.get("reply_words", row.reply_words)),
    ]}  # fmt: skip


def _brings(row: Invitee, typed: Any) -> dict[str, Any]:
    mark = typed.get("onward") or DEFAULT_MARK.get(row.agency_kind or "", "ask_first")
    return {"press": "contribute", "heading": "What they bring", "button": "Keep what they bring", "fields": [
        asked("words", "words", "What do they know, say or propose?", typed.get("words"), hint="It stays theirs: write whose words they are if not their own."),
        asked("onward", "one", "How far may it travel?", mark, options=listed("meeting.onward")),
    ]}  # fmt: skip


def contributions_of(record: Record) -> QuerySet[Contribution]:
    """Everything brought to the meeting, in the order it was written down."""
    return Contribution.objects.filter(invitee__record=record).select_related("invitee__agency").order_by("pk")
