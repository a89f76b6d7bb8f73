"""Samples for auditors: information governance or an administrator says which records an auditor reads, what for and until when.

The records are named by reference: whoever chooses them need not be allowed to see the children.
"""

import re
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods

from goldthread.core.agencies.actions import SAMPLE, end_sample, give_sample
from goldthread.core.agencies.models import Duty, Worker
from goldthread.core.agencies.queries import last_day_of, sights_of
from goldthread.core.people.models import Person
from goldthread.face.web.child.asking import Ask, Form, answered, prose
from goldthread.face.web.frame import GOVERNS, is_administrator
from goldthread.ground.access.predicate import AUDITOR, standing
from goldthread.ground.audit.middleware import Refused
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.boot.trouble import Impossible
from goldthread.ground.time.queries import rule
from goldthread.ground.time.words import short_day
from goldthread.pathway.questions import Day, One

FORM = "web/form.jinja"


def chooses_samples(request: HttpRequest) -> None:
    if GOVERNS not in standing(request.user).duties and not is_administrator(request.user):
        raise Refused("samples for auditors")


def auditors() -> list[Worker]:
    """Who holds the duty today, by name."""
    held = Duty.objects.on(localdate()).filter(role=AUDITOR)
    return list(Worker.objects.filter(pk__in=held.values("worker")).order_by("name", "pk"))


@login_required
@require_GET
def samples(request: HttpRequest) -> HttpResponse:
    """Each auditor, and the references of what they read."""
    chooses_samples(request)
    found = {worker.pk: {"worker": worker, "rows": []} for worker in auditors()}
    rows = list(sights_of().filter(is_sample=True))
    for row in rows:
        one: dict[str, Any] = found.setdefault(row.worker_id, {"worker": row.worker, "rows": []})
        one["rows"].append([row.child.reference, row.purpose, short_day(last_day_of(row))])
    log_reading(request.user, "list", "samples for auditors", {row.child_id for row in rows})
    return render(request, "web/samples.jinja", {"shown": list(found.values())})


@login_required
@require_http_methods(["GET", "POST"])
def choose_sample(request: HttpRequest) -> HttpResponse:
    """Who reads, which records, what for and until when."""
    chooses_samples(request)
    found = {str(worker.pk): worker for worker in auditors()}
    longest = rule(SAMPLE).limit
    asks = [
        Ask("worker", One("Which auditor?"), options=[(pk, worker.name) for pk, worker in found.items()], needed=True),
        Ask("references", prose("Which records?", "The references of children, one after another. What is restricted stays out of sight."), needed=True),
        Ask("purpose", prose("What is the audit?"), needed=True),
        Ask("last_on", Day("Until which day?", hint=f"The last day, within {longest} days.", may_be_ahead=True), needed=True),
    ]  # fmt: skip

    def keep(values: dict[str, Any]) -> str:
        children = _children(values["references"])
        log_reading(request.user, "list", "sample for an auditor", children)
        worker = found[values["worker"]]
        given = give_sample(worker=worker, children=children, purpose=values["purpose"], last_on=values["last_on"], by=request.user)
        return f"{worker.name}: {len(given)} {'record' if len(given) == 1 else 'records'} until {short_day(values['last_on'])}."

    context = {
        "heading": "Choose a sample for an auditor",
        "button": "Let them read it",
        "back": (reverse("samples"), "Samples for auditors"),
    }
    return answered(request, Form.of(request, asks), do=keep, done="", to=reverse("samples"), context=context, template=FORM)


def _children(words: str) -> list[int]:
    """The keys behind the references. Impossible where one is nobody’s, or not a child’s."""
    references = list(dict.fromkeys(one for one in re.split(r"[\s,;]+", words.upper()) if one))
    rows = Person.objects.filter(reference__in=references, merged_into=None, recorded_as_adult=False)
    keys = dict(rows.values_list("reference", "pk"))
    if wrong := [one for one in references if one not in keys]:
        raise Impossible(f"There is no child with this reference: {', '.join(wrong[:5])}.", "references")
    return [keys[one] for one in references]


@login_required
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, key: int) -> HttpResponse:
    """The whole sample of one auditor, before its day."""
    chooses_samples(request)
    worker = get_object_or_404(Worker.objects.filter(sights__in=sights_of().filter(is_sample=True)).distinct(), pk=key)

    def keep(values: dict[str, Any]) -> str:
        count = end_sample(worker=worker, why=values["why"])
        return f"{worker.name} no longer reads {'that record' if count == 1 else f'those {count} records'}."

    context = {"heading": f"End the sample of {worker.name}", "button": "End it now", "back": (reverse("samples"), "Samples for auditors")}
    form = Form.of(request, [Ask("why", prose("Why does it end now?"), needed=True)])
    return answered(request, form, do=keep, done="", to=reverse("samples"), context=context, template=FORM)
