"""How long this child's record is kept, and why: for whoever reads it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from goldthread.core.people.models import Person
from goldthread.face.web.child.opening import about_child
from goldthread.face.web.child.page import ChildPage
from goldthread.ground.time.words import short_day
from goldthread.out.rights.queries import kept


@require_GET
@about_child
def kept_until(request: HttpRequest, person: Person) -> HttpResponse:
    """That it is on hold stands here, why it is does not: that is for information governance."""
    child = ChildPage(request, person)
    found = kept([person])[0]
    rows = [[one.rule.process, one.words, one.rule.kind, {"words": one.why, "note": one.rule.exceptions}] for one in found.keeping.asked]
    context = child.context(
        "child_shared",
        f"How long {child.name}’s record is kept",
        section_title=person.reference,
        until=short_day(found.keeping.until) if found.keeping.until else "",
        unless=found.keeping.unless,
        is_past=found.keeping.is_past(localdate()),
        is_held=bool(found.holds),
        longer=short_day(found.decided.until_on) if found.decided and found.decided.until_on else "",
        rows=rows,
    )
    return render(request, "web/child/kept.jinja", context)
