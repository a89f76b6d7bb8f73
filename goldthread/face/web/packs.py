"""Visit packs: what a worker needs at a door without a network, for some hours, encrypted with a phrase of their own.

A pack holds what the product would print of each child (front sheet, alerts, plan, who to ring), so nothing that stays off paper
is in it, and the form of the visit that stands ready. Each is written down as exported, with the hour it ends.
"""

from copy import copy
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from lxml import html

from goldthread.core.agencies.queries import children_of
from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.ground.access.models import Restriction
from goldthread.ground.access.predicate import standing
from goldthread.ground.audit.middleware import Refused
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.boot.settings import settings
from goldthread.ground.time.words import moment_in_words
from goldthread.pathway.archetypes import Plan, Visit
from goldthread.pathway.queries import may_do
from goldthread.pathway.registry import definition_of, definitions

FRONT = "Front sheet"
PAGES = (("child", FRONT), ("child_alerts", "Alerts"), ("child_people", "Who to ring"))
AT_MOST = 12
LEFT_OUT = ("gt-no-print", "gt-title", "gt-identity__cover", "gt-identity__danger")


def may_be_taken(user: Any) -> list[Person]:
    """The children this worker or team answers for. A restricted record never leaves."""
    restricted = Restriction.objects.filter(ended_at=None).values("person")
    children = Person.objects.seen_by(user).filter(pk__in=children_of(standing(user)), merged_into=None, is_named=True)
    return sorted(children.exclude(pk__in=restricted).exclude(died_on__isnull=False), key=str)


@login_required
@require_GET
def packs(request: HttpRequest) -> HttpResponse:
    """Choose whom to take along; the packs on this computer."""
    children = may_be_taken(request.user)
    log_reading(request.user, "list", "visit packs", [child.pk for child in children])
    return render(request, "web/packs.jinja", {"children": children, "hours": hours_to_choose(), "at_most": AT_MOST})


def hours_to_choose() -> list[int]:
    most = settings.pack_hours
    return sorted({hours for hours in (2, 4, 8, 12, 24) if hours < most} | {most})


@login_required
@require_POST
def take(request: HttpRequest) -> JsonResponse:
    """The packs of the children chosen, as JSON for packs.js to seal: {"until": …, "packs": [{"child", "pages", "visit"}]}.

    422 with a sentence where nothing, too much or too long is asked for; the same answer as for nobody where a child is not
    one of the worker's own.
    """
    chosen, hours = request.POST.getlist("child"), request.POST.get("hours", "")
    if not chosen or len(chosen) > AT_MOST:
        return JsonResponse({"problem": f"Choose the children you will visit: one or more, and no more than {AT_MOST}."}, status=422)
    if hours not in {str(each) for each in hours_to_choose()}:
        return JsonResponse({"problem": "Choose for how many hours."}, status=422)
    children = [child for child in may_be_taken(request.user) if child.reference in chosen]
    if len(children) != len(set(chosen)):
        raise Refused("a visit pack of a child who is not theirs")
    until = timezone.now() + timedelta(hours=int(hours))
    packed = [pack_of(request, child, until) for child in children]
    return JsonResponse({"until": until.isoformat(), "until_words": moment_in_words(until), "packs": packed})


def pack_of(request: HttpRequest, child: Person, until: datetime) -> dict[str, Any]:
    log_reading(request.user, "export", f"visit pack until {moment_in_words(until)}", [child.pk])
    pages = [(words, reverse(name, args=[child.reference])) for name, words in PAGES]
    records = Record.objects.about(child).standing().seen_by(request.user)
    plan = records.filter(kind__in=kinds_of(Plan), state=Record.AGREED).order_by("-happened_on", "-pk").first()
    if plan is not None:
        pages.insert(2, (definition_of(plan.kind).title, reverse("record", args=[plan.reference])))
    return {
        "child": str(child),
        "pages": [{"heading": words, "html": on_paper(shown(request, address, "print=1"), words == FRONT)} for words, address in pages],
        "visit": visit_of(request, records),
    }


def visit_of(request: HttpRequest, records: Any) -> dict[str, str] | None:
    """The form of the visit that stands ready, as the server draws it; None where none does."""
    for record in records.filter(kind__in=kinds_of(Visit), state=Record.DRAFT).order_by("happened_on", "pk"):
        definition = definition_of(record.kind)
        if record.step and not may_do(request.user, record, definition.step(record.step)):
            address = reverse("step", args=[record.reference, record.step])
            (form,) = html.fromstring(shown(request, address)).xpath("//form[@data-draft-url]")
            return {"page": address, "title": definition.title, "form": html.tostring(form, encoding="unicode")}
    return None


def kinds_of(archetype: type) -> list[str]:
    return [kind for kind, definition in definitions().items() if issubclass(definition, archetype)]


def shown(request: HttpRequest, address: str, query: str = "") -> str:
    """One of our own pages, as it answers this user at this address: the same access, the same line in the reading log."""
    asked, match = copy(request), resolve(address)
    asked.method, asked.path, asked.path_info = "GET", address, address
    asked.GET, asked.resolver_match = QueryDict(query), match
    answer: HttpResponse = match.func(asked, *match.args, **match.kwargs)
    if answer.status_code != 200:
        raise Refused(address)
    return answer.content.decode()


def on_paper(page: str, with_bar: bool = False) -> str:
    """What of a page would be printed, its identity bar first where wanted, without its title and without anything to press."""
    whole = html.fromstring(page)
    (main,) = whole.xpath("//main[@id='main']")
    for bar in whole.xpath("//section[contains(@class, 'gt-identity')]") if with_bar else ():
        bar.set("class", "gt-identity gt-identity--packed")
        main.insert(0, bar)
    classes = " or ".join(f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')" for name in LEFT_OUT)
    for gone in main.xpath(f".//*[{classes} or self::form or self::button or self::script or self::svg]"):
        gone.drop_tree()
    for link in main.xpath(".//a[@href and not(starts-with(@href, 'tel:'))]"):
        link.drop_tag()
    for part in main.xpath(".//*[@id or @aria-labelledby]"):
        part.attrib.pop("id", None)
        part.attrib.pop("aria-labelledby", None)
    for printed in main.xpath(".//*[contains(@class, 'gt-print-only')]"):
        printed.set("class", printed.get("class", "").replace("gt-print-only", ""))
    return (main.text or "") + "".join(html.tostring(part, encoding="unicode") for part in main)
