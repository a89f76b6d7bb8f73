"""Reports and views on the meeting's own pages: one press in the second matrix, and the small forms beside an invitee."""

from typing import Any

from django.utils.timezone import localdate

from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.pathway.meeting.archetype import Meeting
from goldthread.pathway.meeting.forms import RECEIVED_ON, Small, asked, day_parts
from goldthread.pathway.meeting.models import Invitee
from goldthread.pathway.meeting.reports import actions
from goldthread.pathway.meeting.reports.models import Report, View
from goldthread.pathway.queries import adults_asked, children_of
from goldthread.pathway.registry import definition_of

VERBS = ("ask_report", "report_in", "shared", "view", "group")
SHARED = (("shared", "Shared with them"), ("withheld", "Kept from them"))


def press(invitee: Invitee, verb: str, argument: str, by: Any) -> None:
    """What one button of the second matrix writes down: today, and nothing that needs a word more. ValueError for what is no press of it."""
    if verb == "ask_report":
        actions.ask_report(invitee=invitee, by=by)
    elif verb == "report_in":
        actions.receive_report(invitee=invitee, on=localdate(), by=by)
    elif verb == "shared":
        actions.share_report(invitee=invitee, person=_one_of(adults_asked(invitee.record), argument), on=localdate(), by=by)
    elif verb == "view":
        child, _, stands = argument.partition(":")
        actions.give_view(invitee=invitee, child=_one_of(children_of(invitee.record), child), stands=stands, by=by)
    elif verb == "group":
        actions.set_in_group(invitee=invitee, is_in=argument == "in")


def everyone_is_asked_for_a_report(record: Record, by: Any) -> None:
    for invitee in record.invitees.filter(left_out_at=None, person=None, agency__isnull=False, report=None):
        actions.ask_report(invitee=invitee, by=by)


def _one_of(people: list[Person], reference: str) -> Person:
    found = next((one for one in people if one.reference == reference), None)
    if found is None:
        raise ValueError("This is nobody of the family around these children.")
    return found


def groups(row: Invitee, typed: Any) -> list[dict[str, Any]]:
    """The forms of an invitee's page about their report and their views."""
    definition: Any = definition_of(row.record.kind)
    if not issubclass(definition, Meeting) or row.person_id or row.left_out_at:
        return []
    found = [*_report_forms(row, typed)] if definition.reports_before else []
    if definition.view_of:
        views = {view.child_id: view for view in row.views.all()}
        found += [_view_form(child, views.get(child.pk), definition.view_of, typed) for child in children_of(row.record)]
    return found


def _report_forms(row: Invitee, typed: Any) -> list[dict[str, Any]]:
    report = Report.objects.filter(invitee=row).first()
    if report is None or report.received_on is None:
        return [{"press": "received", "heading": "Their report", "button": "It has come", "fields": [
            asked("received_on", "day", "On which day did it come?", day_parts(localdate())),
        ]}]  # fmt: skip
    shared = {one.person_id: one for one in report.shared.all()}
    forms: list[dict[str, Any]] = []
    for adult in adults_asked(row.record):
        one, name = shared.get(adult.pk), adult.reference
        said = "" if one is None else "shared" if one.shared_on else "withheld"
        when = {"name": f"share-{name}", "values": ["shared"], "words": "shared with them"}
        why = {"name": f"share-{name}", "values": ["withheld"], "words": "kept from them"}
        forms.append({"press": f"share {name}", "heading": f"Their report, and {adult}", "button": "Keep", "fields": [
            asked(f"share-{name}", "one", "Has this adult had the report?", typed.get(f"share-{name}", said), options=list(SHARED)),
            asked(f"shared_on-{name}", "day", "On which day?", day_parts(one.shared_on if one and one.shared_on else localdate()), when=when),
            asked(f"withheld-{name}", "words", "Why is it kept from them?", typed.get(f"withheld-{name}", one.withheld_why if one else ""), rows=2, when=why),
        ]})  # fmt: skip
    if not shared:
        forms.append({"press": "not_received", "heading": "The report has not come after all", "button": "Take it back", "fields": []})
    return forms


def _view_form(child: Person, view: View | None, question: str, typed: Any) -> dict[str, Any]:
    name = child.reference
    return {"press": f"view {name}", "heading": f"What they think of {child}", "button": "Keep", "fields": [
        asked(f"stands-{name}", "one", question, typed.get(f"stands-{name}", view.stands if view else ""), options=list(View.STANDS.items())),
        asked(f"words-{name}", "words", "Why do they think so?", typed.get(f"words-{name}", view.words if view else ""), rows=2),
        asked(f"disagrees-{name}", "words", "Do they disagree with what is decided for this child? Why?",
              typed.get(f"disagrees-{name}", view.disagrees_why if view else ""), rows=2, hint="Leave it empty if they agree. It stays in the record, under their name."),
    ]}  # fmt: skip


def keep(pressed: str, row: Invitee, form: Small, by: Any) -> bool:
    """Writes down one of these forms; False where the press is none of them."""
    verb, _, name = pressed.partition(" ")
    if verb == "received":
        on = form.read(RECEIVED_ON, "received_on")
        if on is None:
            raise ValueError("Write the day on which the report came.")
        actions.receive_report(invitee=row, on=on, by=by)
    elif verb == "not_received":
        actions.not_received(invitee=row, by=by)
    elif verb == "share":
        _share(row, _one_of(adults_asked(row.record), name), name, form, by)
    elif verb == "view":
        child = _one_of(children_of(row.record), name)
        actions.give_view(invitee=row, child=child, stands=form.text(f"stands-{name}") or "", by=by, words=form.text(f"words-{name}") or "")
        actions.disagree(invitee=row, child=child, why=form.text(f"disagrees-{name}"), by=by)
    else:
        return False
    return True


def _share(row: Invitee, adult: Person, name: str, form: Small, by: Any) -> None:
    said = form.chosen(f"share-{name}", list(SHARED))
    if said == "withheld":
        actions.withhold_report(invitee=row, person=adult, why=form.text(f"withheld-{name}") or "", by=by)
    elif said == "shared":
        on = form.read(RECEIVED_ON, f"shared_on-{name}")
        if on is None:
            raise ValueError("Write the day on which it was shared.")
        actions.share_report(invitee=row, person=adult, on=on, by=by)
    else:
        actions.unshare(invitee=row, person=adult, by=by)
