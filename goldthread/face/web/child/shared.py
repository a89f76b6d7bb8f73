"""What was shared about a child, with whom, when and why: for whoever may see the child."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET

from goldthread.core.agencies.queries import names_of_users
from goldthread.core.people.models import Person
from goldthread.core.sharing.queries import Shown, laws, shares_about, shown_to
from goldthread.face.web.child.opening import about_child
from goldthread.face.web.child.page import ChildPage
from goldthread.ground.time.words import short_day

A_PAGE = 100
COLUMNS = [{"text": words} for words in ("When", "What", "To whom", "What for", "Lawful basis", "By")]


@require_GET
@about_child
def shared(request: HttpRequest, person: Person) -> HttpResponse:
    """The newest first. What tells of a brother or sister kept from this user is not in it."""
    child = ChildPage(request, person)
    page = max(1, int(request.GET["page"])) if request.GET.get("page", "").isdecimal() else 1
    found = list(shares_about(child.rows)[(page - 1) * A_PAGE : page * A_PAGE + 1])
    shown = shown_to(request.user, found[:A_PAGE])
    names = names_of_users(one.share.by_id for one in shown)
    context = child.context(
        "child_shared",
        f"Shared about {child.name} with others",
        section_title=person.reference,
        columns=COLUMNS,
        rows=[row_of(one, names) for one in shown],
        laws=laws(shown),
        page=page,
        has_more=len(found) > A_PAGE,
    )
    return render(request, "web/child/shared.jinja", context)


def row_of(one: Shown, names: dict[int, str]) -> list[Any]:
    """A line of the table."""
    share = one.share
    note = "Taken back: written down in error" if share.taken_back_at else ""
    what: Any = {"words": one.what, "note": note}
    if share.record is not None:
        what["href"] = f"/record/{share.record.reference}/"
    basis = {"words": one.basis, "note": one.note}
    return [short_day(localtime(share.at).date()), what, one.to_whom, one.purpose, basis, names.get(share.by_id or 0, "")]
