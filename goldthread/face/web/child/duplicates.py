"""Is this child on file twice? Evidence shown, one person proposes, another approves, and it can be undone."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldthread.core.agencies.queries import names_of_users
from goldthread.core.people.actions import approve_merge, decline_merge, propose_merge, remember_not_this_person, undo_merge
from goldthread.core.people.hits import Hit
from goldthread.core.people.matching import describe_person, possible_matches
from goldthread.core.people.models import Merge, Person
from goldthread.core.people.queries import preview_merge
from goldthread.face.web.ages import age_in_words
from goldthread.face.web.child.asking import Ask, Form, answered, prose
from goldthread.face.web.child.opening import about_person, open_person
from goldthread.face.web.child.page import ChildPage
from goldthread.face.web.child.particulars import chosen_row
from goldthread.face.web.child.queries import seen_or_hidden
from goldthread.ground.audit.middleware import Refused
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.time.words import short_day
from goldthread.pathway.questions import One


@require_GET
@about_person
def duplicates(request: HttpRequest, person: Person) -> HttpResponse:
    """Who else this may be; merges proposed and standing. A child without a name is never offered for joining."""
    child = ChildPage(request, person)
    hits = possible_matches(describe_person(person), request.user, but=person) if person.is_named else []
    shown = [hit for hit in hits if hit.person]
    log_reading(request.user, "search", f"likely duplicates of {person.reference}", [hit.person_id for hit in shown])
    context = child.context(
        "child_about", f"Is {child.name} on file twice?", section_title=person.reference, hits=[card(hit, child) for hit in shown],
        has_restricted=len(shown) < len(hits), merges=merges(child), is_named=person.is_named,
    )  # fmt: skip
    return render(request, "web/child/duplicates.jinja", context)


def card(hit: Hit, child: ChildPage) -> dict[str, Any]:
    assert hit.person is not None
    weight = "strong" if hit.score >= 0.8 else "some"
    return {
        "id": hit.person.reference,
        "name": str(hit.person),
        "born": age_in_words(hit.person, child.today) + (f", born {short_day(hit.person.born_on)}" if hit.person.born_on else ""),
        "reference": hit.person.reference,
        "evidence": [{"words": words, "weight": weight} for words in hit.why]
        + [{"words": words, "weight": "against"} for words in hit.against],
        "compare": child.to("child_merge", other=hit.person.reference),
    }


def merges(child: ChildPage) -> list[dict[str, Any]]:
    """Those proposed and those that stand, each with what this user may do. Others who must not appear are left out."""
    rows = list(
        Merge.objects.filter(Q(kept__in=child.rows) | Q(duplicate__in=child.rows), declined_at=None, undone_at=None)
        .select_related("kept", "duplicate")
        .order_by("-proposed_at")
    )
    _, hidden = seen_or_hidden(child.request.user, {key for row in rows for key in (row.kept_id, row.duplicate_id)} - child.rows)
    names = names_of_users([user for row in rows for user in (row.proposed_by_id, row.approved_by_id)])
    return [
        {
            "key": row.pk,
            "words": f"{row.duplicate} ({row.duplicate.reference}) is {row.kept} ({row.kept.reference})",
            "reason": row.reason,
            "by": names.get(row.proposed_by_id, "somebody"),
            "approved_by": names.get(row.approved_by_id or 0, "somebody") if row.approved_at else "",
            "is_own": row.proposed_by_id == child.request.user.pk,
        }
        for row in rows
        if not {row.kept_id, row.duplicate_id} & hidden
    ]


@require_http_methods(["GET", "POST"])
@about_person
def merge(request: HttpRequest, person: Person, other: str) -> HttpResponse:
    """Side by side: what agrees, what differs, what a merge would do. Then propose it, or say that they are two people."""
    child, them = ChildPage(request, person), open_person(request.user, other)
    preview = preview_merge(person, them)
    asks = [
        Ask(
            "verdict",
            One("Are they the same person?"),
            options=[("same", "Yes: propose to join them"), ("two", "No: they are two people")],
            needed=True,
        ),
        Ask("reason", prose("How do you know?"), needed=True),
    ]
    form = Form.of(request, asks)

    def do(values: dict[str, Any]) -> str:
        if values["verdict"] == "two":
            remember_not_this_person(person=them, described_key=f"person:{person.pk}", by=request.user, reason=values["reason"])  # type: ignore[arg-type]
            return "Remembered: they will not be offered to each other again."
        propose_merge(kept=person, duplicate=them, reason=values["reason"], by=request.user)  # type: ignore[arg-type]
        return "Proposed. Nothing changes until a second person approves it."

    context = child.context(
        "child_about", f"{child.name} and {them}", button="Keep", leave=child.to("child_duplicates"), section_title=person.reference, preview=preview,
        other=them, other_age=age_in_words(them, child.today),
    )  # fmt: skip
    return answered(request, form, do=do, done="Kept.", to=child.to("child_duplicates"), context=context, template="web/child/merge.jinja")


@require_POST
@about_person
def decide_merge(request: HttpRequest, person: Person) -> HttpResponse:
    """A second person approves or declines; anybody who may see the child undoes a merge, with the reason."""
    child = ChildPage(request, person)
    row: Merge = chosen_row(Merge.objects.filter(Q(kept__in=child.rows) | Q(duplicate__in=child.rows)), request)
    _, hidden = seen_or_hidden(request.user, {row.kept_id, row.duplicate_id} - child.rows)
    if hidden:
        raise Refused(f"merge {row.pk}", (row.kept_id, row.duplicate_id))
    press = request.POST.get("press")
    try:
        if press == "approve":
            approve_merge(merge=row, by=request.user)  # type: ignore[arg-type]
            messages.success(request, "Joined. Everything written about either stands together, and it can be undone.")
        elif press == "decline":
            decline_merge(merge=row, by=request.user)  # type: ignore[arg-type]
            messages.success(request, "Declined: they stay two people.")
        elif press == "undo":
            reason = request.POST.get("reason", "").strip()
            if not reason:
                raise ValidationError("Say why they are two people after all.")
            undo_merge(merge=row, by=request.user, reason=reason)  # type: ignore[arg-type]
            messages.success(request, "Undone: each is as before.")
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect(child.to("child_duplicates"))
