"""Who a call is about: the list of those described, and each with the people on file it may be."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_POST

from goldthread.core.people.models import Person
from goldthread.core.people.queries import where_living
from goldthread.core.records.models import Record
from goldthread.ground.audit.middleware import Refused
from goldthread.pathway.archetypes import RECORD
from goldthread.pathway.opening import open_record
from goldthread.pathway.queries import children_of
from goldthread.pathway.typed_in import UNREADABLE, clock_of, revision_in, sent_in
from goldthread.pathway.who import who
from goldthread.practice.front_door.contact import Contact
from goldthread.practice.front_door.describing import actions
from goldthread.practice.front_door.describing.form import fields_of
from goldthread.practice.front_door.describing.person import DescribedPerson
from goldthread.practice.front_door.describing.queries import described, matches_for
from goldthread.practice.front_door.describing.told import Unclear, place

CLOSED = "The contact has gone on, so who it is about can no longer be changed here. Put the record right instead."


def opened(request: HttpRequest, reference: str) -> Record:
    """A contact still being written. 404 for anything else."""
    record = open_record(request.user, reference)
    if record.kind != Contact.kind() or record.step != RECORD:
        raise Http404(CLOSED)
    return record


def row_of(record: Record, position: int) -> tuple[DescribedPerson, list[DescribedPerson]]:
    rows = described(record)
    row = next((one for one in rows if one.position == position), None)
    if row is None:
        raise Http404("Nobody is described there.")
    return row, rows


@login_required
@require_http_methods(["GET", "POST"])
def people_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Everyone described so far, and a button for each kind of person to add."""
    record = opened(request, reference)
    if request.method == "POST":
        role = request.POST.get("role", "")
        if role in DescribedPerson.ROLES:
            row = actions.describe(record=record, role=role)
            return redirect("contact_person", reference=reference, position=row.position)
    rows = described(record)
    context = {
        "record": record,
        "children": who(children_of(record)),
        "people": [{"row": row, "told": told_in_words(row, rows), "elsewhere": other_address(row, rows)} for row in rows],
        "roles": list(DescribedPerson.ROLES.items()),
    }
    return render(request, "front_door/people.jinja", context)


def told_in_words(row: DescribedPerson, rows: list[DescribedPerson]) -> str:
    """What was said of them, on one line."""
    born = "/".join(filter(None, [row.born_day, row.born_month, row.born_year]))
    due = "/".join(filter(None, [row.expected_day, row.expected_month, row.expected_year]))
    where = place(row, rows)
    said = [
        " ".join(filter(None, [row.given, row.family])),
        f"born {born}" if born else f"aged {row.age}" if row.age else "",
        f"due {due}" if due else "",
        ", ".join(filter(None, [where.line1, where.town, where.postcode])) if where else "",
        row.school,
        row.phone,
    ]
    return "; ".join(filter(None, said)) or "Nothing written yet"


def other_address(row: DescribedPerson, rows: list[DescribedPerson]) -> str | None:
    """The address told, where somebody already on file is not known to live there."""
    where = place(row, rows)
    if row.person is None or row.is_new or where is None or not where.key:
        return None
    stays = row.person.addresses.filter(until_on=None).select_related("address")
    if any(stay.is_confidential for stay in stays) or where.key in {stay.address.place_key for stay in stays}:
        return None
    now = where_living(row.person, localtime().date())
    return f"Told: {', '.join(filter(None, [where.line1, where.town, where.postcode]))}. On file: {now.address if now else 'no address'}."


@login_required
@require_http_methods(["GET", "POST"])
def person_page(request: HttpRequest, reference: str, position: int) -> HttpResponse:
    """Describe one person; below, who on file they may be."""
    record = opened(request, reference)
    row, rows = row_of(record, position)
    if request.method == "GET":
        return _person(request, record, row, rows)
    typed = _typed(request)
    if actions.save_description(row=row, revision=revision_in(request), answers=typed) is None:
        for name, value in typed.items():
            setattr(row, name, value)
        words = "Somebody else saved this description after you opened it. Yours is shown here and not yet saved: press again to save it."
        return _person(request, record, row, rows, {"draft": words}, status=409)
    press = request.POST.get("press", "look")
    if press == "aside":
        actions.set_aside(row=row, by=request.user)
        messages.success(request, "Set aside.")
        return redirect("contact_people", reference=reference)
    if press == "new":
        return _add(request, record, row)
    return redirect(request.path + "#matches")


def _typed(request: HttpRequest) -> dict[str, Any]:
    typed: dict[str, Any] = {name.replace("-", "_"): value for name, value in request.POST.items()}
    typed["related_to"] = request.POST.getlist("related_to")
    return typed


def _add(request: HttpRequest, record: Record, row: DescribedPerson) -> HttpResponse:
    try:
        person = actions.add_as_new(row=row, by=request.user)
    except Unclear as unclear:
        wrong = {unclear.name: str(unclear)}
    except ValidationError as refused:
        wrong = {{"expected": "expected", "nothing": "given"}.get(str(refused.code), "matches"): " ".join(refused.messages)}
    else:
        messages.success(request, f"{person} is now on file.")
        return redirect("contact_people", reference=record.reference)
    return _person(request, record, *row_of(record, row.position), wrong, status=422)


def _person(
    request: HttpRequest,
    record: Record,
    row: DescribedPerson,
    rows: list[DescribedPerson],
    wrong: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    wrong = wrong or {}
    matches = matches_for(row, rows, request.user) if row.person is None else None
    ids = {"born": "born-day", "expected": "expected-day"}
    context = {
        "record": record,
        "children": who(children_of(record)),
        "row": row,
        "fields": fields_of(row, rows, wrong),
        "errors": [{"text": words, "href": f"#{ids.get(name, name)}"} for name, words in wrong.items()],
        "matches": matches,
        "settled": who([row.person])[0] if row.person else None,
        "saved": clock_of(row),
        "typed_why": request.POST.get("why", ""),
        "typed_lead_said": request.POST.get("lead_said", ""),
        "role": DescribedPerson.ROLES[row.role],
    }
    return render(request, "front_door/person.jinja", context, status=status)


@login_required
@require_POST
def verdict(request: HttpRequest, reference: str, position: int) -> HttpResponse:
    """This is them; not this person; or it was not them after all."""
    record = opened(request, reference)
    row, _ = row_of(record, position)
    said = request.POST.get("verdict")
    if said == "undo":
        actions.unsettle(row=row, by=request.user)
        messages.success(request, "Taken back. The description stands; look again.")
        return redirect("contact_person", reference=reference, position=position)
    person = Person.objects.seen_by(request.user).filter(reference=request.POST.get("person", "")).first()
    if person is None:
        raise Refused(f"matching a person of contact {reference}")
    if said == "this":
        actions.settle(row=row, person=person, by=request.user)
        messages.success(request, f"{person}: found.")
        return redirect("contact_people", reference=reference)
    actions.is_somebody_else(row=row, person=person, by=request.user)
    messages.success(request, f"Not {person}. They will not be offered for this description again.")
    return redirect("contact_person", reference=reference, position=position)


@login_required
@require_POST
def address(request: HttpRequest, reference: str, position: int) -> HttpResponse:
    """The address told becomes the address on file."""
    record = opened(request, reference)
    row, _ = row_of(record, position)
    actions.record_address(row=row)
    messages.success(request, f"{row}: the new address is on file; the old one is kept as a former one.")
    return redirect("contact_people", reference=reference)


@login_required
@require_POST
def restricted(request: HttpRequest, reference: str, position: int) -> HttpResponse:
    """Break the glass, or write what the restricted-records lead said. Only for somebody this description may be."""
    record = opened(request, reference)
    row, rows = row_of(record, position)
    possible = matches_for(row, rows, request.user).restricted
    one = next((r for r in possible if str(r.pk) == request.POST.get("restriction")), None)
    if one is None:
        raise Refused(f"a restricted record by way of contact {reference}")
    try:
        if request.POST.get("press") == "open":
            actions.open_restricted(row=row, person_id=one.person, by=request.user, why=request.POST.get("why", ""))
            messages.warning(request, "Opened for eight hours. Your reason is on record and somebody else reviews it.")
        else:
            lead_said = request.POST.get("lead_said", "")
            actions.restricted_is_somebody_else(row=row, person_id=one.person, by=request.user, lead_said=lead_said)
            messages.success(request, "Written down. That record is not offered for this description again.")
    except ValueError as refused:
        field = "why" if request.POST.get("press") == "open" else "lead_said"
        return _person(request, record, row, rows, {f"{field}-{one.pk}": str(refused)}, status=422)
    return redirect("contact_person", reference=reference, position=position)


@login_required
@require_POST
def save(request: HttpRequest, reference: str, position: int) -> JsonResponse:
    """The description saved as it is typed; the same exchange as any draft's (ground/design, drafts.js)."""
    record = Record.objects.seen_by(request.user).filter(reference=reference, kind=Contact.kind()).first()
    if record is None:
        request.refusal = Refused(f"saving a description of {reference}")  # type: ignore[attr-defined]
        return JsonResponse({"problem": CLOSED}, status=410)
    row = DescribedPerson.objects.filter(record=record, position=position, set_aside_at=None).first() if record.step == RECORD else None
    if row is None:
        return JsonResponse({"problem": CLOSED}, status=410)
    sent = sent_in(request)
    if sent is None:
        return JsonResponse(UNREADABLE, status=400)
    answers = {name.replace("-", "_"): value for name, value in sent.answers.items()}
    saved = actions.save_description(row=row, revision=sent.revision, answers=answers, tab=sent.tab)
    shown = saved or DescribedPerson.objects.get(pk=row.pk)
    held = {"revision": shown.revision, "saved_at": clock_of(shown), "open_by": []}
    if saved is None:
        return JsonResponse({**held, "saved_by": "somebody else", "answers": _whole(shown)}, status=409)
    return JsonResponse(held)


def _whole(row: DescribedPerson) -> dict[str, Any]:
    days = {name: {part: getattr(row, f"{name}_{part}") for part in ("day", "month", "year")} for name in ("born", "expected")}
    return {name: getattr(row, name) for name in DescribedPerson.TYPED if not name.startswith(("born_", "expected_"))} | days
