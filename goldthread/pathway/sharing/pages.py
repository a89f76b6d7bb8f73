"""Why what is sent about a record is shared: proposed from its kind, put right here, and then true of all that goes afterwards."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from goldthread.core.records.models import Record
from goldthread.core.sharing.actions import decide_grounds
from goldthread.core.sharing.reasons import Reason, proposed_for, reason_for
from goldthread.ground.boot.trouble import Impossible
from goldthread.ground.codes.code_lists import codes
from goldthread.pathway.meeting.forms import Small, asked
from goldthread.pathway.opening import open_record
from goldthread.pathway.queries import children_of
from goldthread.pathway.registry import definition_or_none
from goldthread.pathway.who import who

USUAL = "usual"  # as the chosen purpose proposes


def shared_for(record: Record) -> str:
    """The purpose that the kind of record proposes."""
    definition = definition_or_none(record.kind)
    return definition.shared_for if definition else "child_in_need"


@login_required
@require_http_methods(["GET", "POST"])
def why_page(request: HttpRequest, reference: str) -> HttpResponse:
    record = open_record(request.user, reference)
    form, held = Small(request), reason_for(record.pk, shared_for(record))
    if request.method == "POST":
        try:
            decide_grounds(record=record, reason=_read(form), by=request.user)
        except Impossible as refused:
            form.problems.append((refused.about, str(refused)))
        else:
            messages.success(request, "Kept. It is true of everything that is shared about this record from now on.")
            return redirect("record", reference=reference)
    typed: dict[str, Any] = request.POST.dict() if request.method == "POST" else _as_typed(held)
    context = {
        "record": record,
        "children": who(children_of(record)),
        "errors": form.errors,
        "fields": _fields(typed, dict(reversed(form.problems))),
        "held": held,
    }
    return render(request, "pathway/why_shared.jinja", context, status=422 if form.problems else 200)


def _as_typed(held: Reason) -> dict[str, Any]:
    usual = proposed_for(held.purpose)
    return {
        "purpose": held.purpose,
        "basis": USUAL if held.basis == usual.basis else held.basis,
        "condition": USUAL if held.condition == usual.condition else held.condition,
        "why": held.why or "",
    }


def _read(form: Small) -> Reason:
    purpose, basis, condition = (form.text(name) or "" for name in ("purpose", "basis", "condition"))
    if purpose not in codes("sharing.purpose"):
        raise Impossible("Choose what it is shared for.", "purpose")
    usual = proposed_for(purpose)
    return Reason(
        purpose,
        usual.basis if basis in ("", USUAL) else basis,
        usual.condition if condition in ("", USUAL) else condition,
        form.text("why"),
    )


def _fields(typed: dict[str, Any], wrong: dict[str, str]) -> list[dict[str, Any]]:
    usual: list[tuple[str, ...]] = [(USUAL, "The usual one for this purpose")]
    fields = [
        asked("purpose", "one", "What is it shared for?", typed.get("purpose"), options=codes("sharing.purpose").choices(), needed=True),
        asked("basis", "one", "On what lawful basis?", typed.get("basis", USUAL), options=[*usual, *((one.code, one.label, one.note or "") for one in codes("sharing.lawful_basis"))],
              hint="UK GDPR art 6. For safeguarding, the family’s agreement is not the usual basis."),
        asked("condition", "one", "What lets special categories of data be shared?", typed.get("condition", USUAL), options=[*usual, *codes("sharing.condition").choices()],
              hint="UK GDPR art 9: health, ethnicity, religion and the like."),
        asked("why", "words", "Why?", typed.get("why"), rows=2, hint="Needed where the basis is not the usual one. Where somebody agreed: who, when, and that they may take it back."),
    ]  # fmt: skip
    for one in fields:
        one["error"] = wrong.get(one["name"], "")
    return fields
