"""Letters about a record: who gets one, what each will read, and how far each has come."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods

from goldthread.core.documents import actions as documents
from goldthread.core.documents.models import Addressee, Letter
from goldthread.core.documents.queries import ways_to
from goldthread.core.records.models import Record
from goldthread.core.sharing.reasons import reason_for
from goldthread.ground.audit.middleware import Refused
from goldthread.pathway.letters import actions
from goldthread.pathway.letters.actions import NotSo, recipient_of
from goldthread.pathway.letters.composing import CannotBeSet
from goldthread.pathway.letters.declared import LetterKind, Recipient, kind_named, kinds_of
from goldthread.pathway.letters.forms import decision_from, decision_questions, news_from, news_questions, told_from, told_questions
from goldthread.pathway.letters.table import (
    RESTRICTED,
    STANDINGS,
    is_hidden,
    is_one_hidden,
    lines_of,
    story_of,
    warnings_about,
    ways_in_words,
)
from goldthread.pathway.meeting.forms import Small
from goldthread.pathway.opening import open_record
from goldthread.pathway.queries import children_of
from goldthread.pathway.registry import definition_of
from goldthread.pathway.who import who

LETTERS = "letters"


def letters_page(request: HttpRequest, record: Record) -> HttpResponse:
    """Registered by rooms with `page_for`; the kernel has opened the record and written down the look."""
    if request.method == "POST":
        _press(request, record)
        return redirect("step", reference=record.reference, step=LETTERS)
    kinds = kinds_of(definition_of(record.kind))
    recipients = {kind: kind.recipients(record) for kind in kinds}
    sections = [(kind, kind.is_due(record), lines_of(kind, record, request.user, whom)) for kind, whom in recipients.items()]
    everybody = {one.person for whom in recipients.values() for one in whom}
    context = {
        "record": record,
        "children": who(children_of(record)),
        # What may still go first; what is over, or not yet due, below.
        "sections": sorted(sections, key=lambda section: bool(section[1])),
        "restricted": RESTRICTED if is_one_hidden(everybody, request.user) else "",
        "story_of": story_of,
        "shared_for": reason_for(record.pk, kinds[0].shared_for) if kinds else None,
        "is_void": record.state == Record.VOID,
    }
    return render(request, "pathway/letters.jinja", context)


def _press(request: HttpRequest, record: Record) -> None:
    """“seal kind person”, “gone letter” or “stop letter”."""
    words = request.POST.get("press", "").split(" ")
    try:
        if words[0] == "seal" and len(words) == 3:
            kind, recipient = _whom(request, record, words[1], words[2])
            actions.seal(kind=kind, record=record, recipient=recipient, by=request.user)
            messages.success(request, f"Sealed for {recipient.person}. Print it, and say when it has gone.")
        elif words[0] in ("gone", "stop") and len(words) == 2:
            letter, kind = _letter(request, record, words[1])
            if words[0] == "stop":
                documents.stop(letter=letter, why="Somebody decided that it does not go.")
            elif why := actions.send_off(kind=kind, letter=letter, by=request.user):
                messages.warning(request, f"It was stopped, and must not go. {why}")
    except (NotSo, CannotBeSet) as refused:
        messages.warning(request, str(refused))


def _whom(request: HttpRequest, record: Record, kind: str, person: str) -> tuple[type[LetterKind], Recipient]:
    """The kind and its recipient. 404 for any other; refused for a restricted person."""
    found = kind_named(kind)
    if found is None or found not in kinds_of(definition_of(record.kind)):
        raise Http404("There is no such kind of letter.")
    recipient = recipient_of(found, record, person)
    if recipient is None:
        raise Http404("Letters about this record do not go to them.")
    if is_hidden(recipient.person, request.user):
        raise Refused(f"letter about {record.reference}", (recipient.person.pk,))
    return found, recipient


def _letter(request: HttpRequest, record: Record, reference: str) -> tuple[Letter, type[LetterKind]]:
    letter = get_object_or_404(Letter.objects.select_related("person", "record"), record=record, reference=reference)
    if is_hidden(letter.person, request.user):
        raise Refused(f"letter {reference}", (letter.person_id,))
    kind = kind_named(letter.kind)
    if kind is None:
        raise Http404("There is no such kind of letter any more.")
    return letter, kind


@login_required
@require_http_methods(["GET", "POST"])
def decide_page(request: HttpRequest, reference: str, kind: str, person: str) -> HttpResponse:
    """Which children this person may be told of, the safe way, and what is theirs alone."""
    record = open_record(request.user, reference)
    found, recipient = _whom(request, record, kind, person)
    form = Small(request)
    kept = Addressee.objects.filter(record=record, kind=kind, person=recipient.person).first()
    ways = ways_to(recipient.person, localdate())
    if request.method == "POST":
        decision = decision_from(form, recipient, ways, request.user)
        if decision is not None and not form.problems:
            try:
                actions.decide(kind=found, record=record, recipient=recipient, decision=decision, by=request.user)
                return _back(record)
            except NotSo as refused:
                form.problems.append((refused.about or "way", str(refused)))
    fields = decision_questions(found, record, recipient, ways, kept, request.POST if request.method == "POST" else None)
    lead = f"{found.title}, for {recipient.person}. {STANDINGS.get(recipient.standing, '')}."
    return _small(
        request,
        record,
        form,
        f"What {recipient.person} may be told",
        fields,
        lead=lead,
        known=ways_in_words(ways),
        warnings=warnings_about(recipient.person),
        button="Decide",
    )


@login_required
@require_GET
def preview_page(request: HttpRequest, reference: str, kind: str, person: str) -> HttpResponse:
    """The PDF exactly as this person will have it; that it was read so is written down."""
    record = open_record(request.user, reference, "print")
    found, recipient = _whom(request, record, kind, person)
    addressee = Addressee.objects.filter(record=record, kind=kind, person=recipient.person).first()
    if addressee is None:
        raise Http404("Nobody has decided what this letter may tell.")
    try:
        _, pdf = actions.look(kind=found, record=record, recipient=recipient, addressee=addressee, by=request.user)
    except (NotSo, CannotBeSet) as refused:
        messages.warning(request, str(refused))
        return _back(record)
    return as_pdf(pdf, addressee.reference)


@login_required
@require_GET
def sealed_page(request: HttpRequest, reference: str, letter: str) -> HttpResponse:
    """The letter as it was sealed, byte for byte."""
    record = open_record(request.user, reference, "print")
    found, _ = _letter(request, record, letter)
    return as_pdf(bytes(found.sealed.pdf), found.reference)


def as_pdf(pdf: bytes, reference: str) -> HttpResponse:
    """Shown in the browser, kept by nobody between; a file that is saved has a reference for its name and nothing else."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="letter-{reference}.pdf"'
    response["Cache-Control"] = "no-store, private"
    return response


@login_required
@require_http_methods(["GET", "POST"])
def news_page(request: HttpRequest, reference: str, letter: str) -> HttpResponse:
    """It arrived, came back, or they said that they have it."""
    record = open_record(request.user, reference)
    found, kind = _letter(request, record, letter)
    if found.gone_at is None:
        raise Http404("This letter has not gone.")
    form = Small(request)
    if request.method == "POST" and (said := news_from(form)) is not None:
        try:
            actions.news(kind=kind, letter=found, by=request.user, **said)
            return _back(record)
        except NotSo as refused:
            form.problems.append((refused.about or "on", str(refused)))
    fields = news_questions(request.POST if request.method == "POST" else None)
    lead = f"{kind.title}, to {found.person}. Nobody in a family is chased for an answer."
    return _small(request, record, form, "What became of the letter", fields, lead=lead, button="Keep")


@login_required
@require_http_methods(["GET", "POST"])
def told_page(request: HttpRequest, reference: str, kind: str, person: str) -> HttpResponse:
    """They were told in person, because no safe way is known or it was decided so."""
    record = open_record(request.user, reference)
    found, recipient = _whom(request, record, kind, person)
    form = Small(request)
    if request.method == "POST" and (said := told_from(form)) is not None:
        try:
            actions.told(kind=found, record=record, recipient=recipient, by=request.user, **said)
            return _back(record)
        except NotSo as refused:
            form.problems.append((refused.about or "words", str(refused)))
    fields = told_questions(request.POST if request.method == "POST" else None)
    lead = f"{found.title}, for {recipient.person}, in the place of a letter."
    return _small(request, record, form, "Told in person", fields, lead=lead, button="Keep")


def _back(record: Record) -> HttpResponse:
    return redirect(f"{reverse('step', kwargs={'reference': record.reference, 'step': LETTERS})}")


def _small(request: HttpRequest, record: Record, form: Small, heading: str, fields: list[dict[str, Any]], **more: Any) -> HttpResponse:
    wrong = dict(reversed(form.problems))
    for one in fields:
        one["error"] = wrong.get(one["name"], "")
    context = {"record": record, "children": who(children_of(record)), "errors": form.errors, "heading": heading, "fields": fields, **more}
    return render(request, "pathway/letter_form.jinja", context, status=422 if form.problems else 200)
