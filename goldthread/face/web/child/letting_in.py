"""Who else may see a child's record for a time: colleagues who were let in, and those of ours who are invited to a meeting."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from goldthread.core.agencies.actions import SIGHT, end_sight, let_see
from goldthread.core.agencies.models import Worker
from goldthread.core.agencies.queries import last_day_of, names_of_users, sights_of
from goldthread.core.agencies.seeing import sees_of_own
from goldthread.core.agencies.setting_up.queries import members
from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.face.web.child.asking import Ask, Form, answered, prose
from goldthread.face.web.child.opening import about_child
from goldthread.face.web.child.page import ChildPage
from goldthread.face.web.child.particulars import chosen_row
from goldthread.ground.access.predicate import standing
from goldthread.ground.audit.middleware import Refused
from goldthread.ground.time.queries import rule
from goldthread.ground.time.words import short_day
from goldthread.pathway.meeting.seeing import invited_to_see
from goldthread.pathway.questions import Day, One
from goldthread.pathway.registry import definition_of


def let_in(child: ChildPage, user: Any) -> list[dict[str, Any]]:
    """Colleagues let in, then those invited to a meeting that the reader may see: each with why and until which day."""
    sights = list(sights_of(children=child.rows))
    names = names_of_users(row.given_by_id for row in sights)
    shown: list[dict[str, Any]] = [
        {
            "key": None if row.is_sample else row.pk,
            "name": row.worker.name,
            "why": row.purpose,
            "until": short_day(last_day_of(row)),
            "by": f"{'In a sample for audit, chosen' if row.is_sample else 'Let in'} by {names.get(row.given_by_id, 'somebody who has no sign-in now')}",
        }
        for row in sights
    ]
    invited = invited_to_see(child.rows)
    records = Record.objects.seen_by(user).in_bulk({one.record for one in invited})
    workers = Worker.objects.in_bulk({one.worker for one in invited})
    for one in invited:
        if one.record in records:
            title = definition_of(records[one.record].kind).title
            shown.append({"key": None, "name": workers[one.worker].name, "why": title, "until": short_day(one.last_on), "by": "Invited"})
    return shown


def _of_own(request: HttpRequest, person: Person) -> None:
    if not sees_of_own(standing(request.user), person.pk):
        raise Refused(f"letting others see {person.reference}", (person.pk,))


@require_http_methods(["GET", "POST"])
@about_child
def let_colleague_see(request: HttpRequest, person: Person) -> HttpResponse:
    """One named colleague, for a purpose, until a day."""
    _of_own(request, person)
    child, today = ChildPage(request, person), localdate()
    own = standing(request.user).worker_id
    found = {str(one.worker.pk): one.worker for one in members("", today, only="here")[0] if one.sign_in and one.worker.pk != own}
    longest = rule(SIGHT).limit
    asks = [
        Ask("worker", One("Which colleague?"), options=[(pk, worker.name) for pk, worker in found.items()], needed=True),
        Ask("purpose", prose("What do they need to see it for?", "It stands on the child’s record, and in their list of work."), needed=True),
        Ask("last_on", Day("Until which day?", hint=f"The last day, within {longest} days. It can be given again.", may_be_ahead=True), needed=True),
    ]  # fmt: skip

    def keep(values: dict[str, Any]) -> str:
        worker = found[values["worker"]]
        let_see(child=person, worker=worker, purpose=values["purpose"], last_on=values["last_on"], by=request.user)
        return f"{worker.name} may see this record until {short_day(values['last_on'])}."

    context = child.context(
        "child_people", "Let a colleague see this record", button="Let them see it", leave=child.to("child_people"), section_title=child.name,
        lead="Only where they need it for their work. Whoever answers for the child sees it already, and so do those above them.",
    )  # fmt: skip
    return answered(request, Form.of(request, asks), do=keep, done="", to=child.to("child_people"), context=context)


@require_http_methods(["GET", "POST"])
@about_child
def end_colleague(request: HttpRequest, person: Person) -> HttpResponse:
    """Before its day."""
    _of_own(request, person)
    child = ChildPage(request, person)
    row = chosen_row(sights_of(children=child.rows).filter(is_sample=False), request)
    form = Form.of(request, [Ask("why", prose("Why does it end now?", "You may leave this empty."))])

    def end(values: dict[str, Any]) -> None:
        end_sight(sight=row, why=values["why"] or "")

    context = child.context(
        "child_people", f"{row.worker.name} may no longer see this record", button="End it now", leave=child.to("child_people"),
        hidden={"row": row.pk}, lead=f"They were let in until {short_day(last_day_of(row))}: {row.purpose}",
    )  # fmt: skip
    return answered(
        request, form, do=end, done=f"{row.worker.name} sees this record no longer.", to=child.to("child_people"), context=context
    )
