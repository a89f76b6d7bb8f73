"""One search box: people by anything they may be known by, and records by their reference."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from goldthread.core.agencies.models import Allocation
from goldthread.core.agencies.queries import allocations_of
from goldthread.core.people.hits import Hit
from goldthread.core.people.models import Person
from goldthread.core.people.search import find
from goldthread.core.records.models import Record, RecordChild
from goldthread.face.web.ages import age_in_words
from goldthread.face.web.links import to_child
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.time.words import short_day


@dataclass
class Found:
    """One person as the results show them."""

    name: str
    href: str
    age: str
    reference: str
    strength: str
    why: list[str]
    against: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    last: str = ""
    who: str = ""
    is_child: bool = False


@login_required
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """People this person may see who answer to the words, each with its reasons. The search and whom it showed are written down."""
    asked = request.GET.get("q", "").strip()[:200]
    if not asked:
        return render(request, "web/search.jinja", {"asked": "", "found": [], "heading": "Search"})
    record = Record.objects.seen_by(request.user).filter(reference=asked.lower()).first()
    if record is not None:
        return redirect("record", reference=record.reference)
    hits = [hit for hit in find(asked, request.user) if hit.person is not None]
    log_reading(request.user, "search", f"search “{asked}”", [hit.person_id for hit in hits])
    context = {"asked": asked, "found": results(hits, request.user), "heading": f"Search: {asked}"}
    return render(request, "web/search.jinja", context)


def results(hits: list[Hit], user: Any) -> list[Found]:
    """The hits with who answers for each and when something last happened: three queries, however many."""
    keys = [hit.person_id for hit in hits]
    allocations, last = allocations_of(keys), last_involvement(keys, user)
    return [_found(hit, hit.person, allocations.get(hit.person_id, []), last.get(hit.person_id)) for hit in hits if hit.person]


def _found(hit: Hit, person: Person, allocations: list[Allocation], last: tuple[date, str] | None) -> Found:
    today = localdate()
    who = ", ".join(f"{a.worker.name}, {a.team.name}" if a.worker else f"{a.team.name}, nobody named yet" for a in allocations)
    return Found(
        name=str(person),
        href=to_child(person),
        age=age_in_words(person, today),
        reference=person.reference,
        strength=hit.strength,
        why=hit.why,
        against=hit.against,
        also=hit.also,
        last=f"{last[1]}, {short_day(last[0])}" if last else "",
        who=who,
        is_child=person.is_child,
    )


def last_involvement(children: list[int], user: Any) -> dict[int, tuple[date, str]]:
    """Of each child: when something last happened that this person may read, and what. A note’s headline is made of its words."""
    newest: Any = (
        RecordChild.objects.filter(child=OuterRef("pk"), removed_at=None, record__in=Record.objects.seen_by(user))
        .exclude(record__state=Record.VOID)
        .order_by("-happened_on", "-record")
    )
    rows = Person.objects.filter(pk__in=children).annotate(
        last_on=Subquery(newest.values("happened_on")[:1]), last_what=Subquery(newest.values("record__headline")[:1])
    )
    return {pk: (on, what) for pk, on, what in rows.values_list("pk", "last_on", "last_what") if on is not None}
