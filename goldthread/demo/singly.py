"""What is too rare for a batch: work sent back, restrictions, alerts, a merge proposed, a meeting called. The same single actions as anyone's."""

from datetime import time
from typing import Any

from django.utils.timezone import localdate

from goldthread.core.people.actions import propose_merge, raise_alert
from goldthread.core.people.models import Person
from goldthread.demo import places
from goldthread.demo.people import Happening, Life
from goldthread.demo.people_to_meet import CHAIR
from goldthread.demo.writing_staff import Standing
from goldthread.ground.access.actions import permit, restrict
from goldthread.ground.time.working_days import add_working_days
from goldthread.pathway.actions import complete, send_back
from goldthread.pathway.meeting.actions import arrange, invite, list_proposed, reply
from goldthread.pathway.meeting.archetype import Meeting
from goldthread.pathway.meeting.reports.actions import ask_report
from goldthread.pathway.queries import load_answers
from goldthread.pathway.registry import definition_of
from goldthread.practice.protection.conferences.conference import PREPARE, Conference

LEAD = "patience.eshun"
MERGE_BY = "yasmin.haddad"
ARRANGED_WITHIN = 28  # days before a conference must be held


def finish(life: Life, people: dict[tuple[int, int], Person], standing: Standing) -> None:
    """The rest of one life, after its batch."""
    for happening in life.happenings:
        if happening.sent_back:
            manager, words = happening.sent_back
            send_back(record=happening.record, by=standing.users[manager], words=words)
        if issubclass(definition_of(happening.kind), Meeting) and not happening.done:
            _call(happening, standing)
    _restrict(life, people, standing)
    _warn(life, people, standing)
    _keep_safe_tonight(life, people, standing)
    family = life.family
    if family.script == "recorded twice":
        _suspect(life, people, standing)


def _call(happening: Happening, standing: Standing) -> None:
    """Those who should come stand in the list. A conference that is near has its day and is on its chair's list: all partners are asked,
    and every other one has answered."""
    record, by = happening.record, standing.users[happening.by]
    list_proposed(record=record, by=by)
    days = (happening.jobs[-1].due_on - localdate()).days if happening.jobs[-1].due_on else 0
    if not issubclass(definition_of(happening.kind), Conference) or days > ARRANGED_WITHIN:
        return
    held_on = add_working_days(max(happening.jobs[-1].due_on or localdate(), localdate()), 0)
    arrange(record=record, planned_on=held_on, planned_at=time(10), how="in_person", chair=standing.workers[CHAIR])
    for number, invitee in enumerate(record.invitees.exclude(agency=None).order_by("pk")):
        invite(invitee=invitee, how="telephone", by=by)
        ask_report(invitee=invitee, by=by)
        if number % 2:
            reply(invitee=invitee, answer="accepted", by=by)
    _prepare(happening, by)


def _prepare(happening: Happening, by: Any) -> None:
    """The chair has decided each adult's place, and how each child is heard."""
    known = happening.values if "worry" in happening.values or not happening.follows else happening.follows.values
    raw = {"worry": known["worry"]}
    for sheet in load_answers(definition_of(happening.kind), happening.record).each:
        if "place" in sheet.values:
            raw[sheet.name_of("place")] = "whole"
        elif "takes_part" in sheet.values:
            raw[sheet.name_of("takes_part")] = "worker"
    complete(record=happening.record, step=PREPARE, by=by, raw=raw)


def _keep_safe_tonight(life: Life, people: dict[tuple[int, int], Person], standing: Standing) -> None:
    """What a strategy discussion decided stands on the child's page while its enquiry is open."""
    for enquiry in life.happenings:
        discussion = enquiry.follows
        if enquiry.kind != "protection.section47" or discussion is None or (enquiry.done and enquiry.done[-1][0] == "decide"):
            continue
        for child, answers in discussion.each.items():
            raise_alert(
                person=people[life.family.number, child], kind="tonight", what=answers["tonight"], by=standing.users[discussion.by],
                source=f"Strategy discussion {discussion.record.reference}", from_on=discussion.on, review_on=enquiry.on,
            )  # fmt: skip


def _restrict(life: Life, people: dict[tuple[int, int], Person], standing: Standing) -> None:
    """A restricted family: only the lead and its own worker see it."""
    family = life.family
    if not family.restricted:
        return
    lead, held = standing.users[LEAD], life.held[-1] if life.held else None
    for place, human in enumerate(family.people):
        person = people[family.number, place].pk
        restrict(person=person, why=family.restricted, lead_name=standing.workers[LEAD].name, lead_phone=places.landline(901), by=lead)
        permit(user=lead, person=person, why="Leads on restricted records.", by=lead)
        if held and held.worker and not human.is_copy:
            permit(user=standing.users[held.worker], person=person, why="The family’s own worker.", by=lead)


def _warn(life: Life, people: dict[tuple[int, int], Person], standing: Standing) -> None:
    family = life.family
    for child in family.children:
        stay = family.people[child].stays[-1] if family.people[child].stays else None
        if stay and stay.confidential_reason:
            raise_alert(
                person=people[family.number, child], kind="must_not_know_address", what=stay.confidential_reason, about_whom=stay.confidential_from,
                by=standing.users[life.held[-1].worker] if life.held and life.held[-1].worker else None, from_on=stay.from_on, source="The mother",
            )  # fmt: skip
    mother = family.people[0]
    if mother.phone and mother.phone_is_safe is False:
        raise_alert(
            person=people[family.number, 0],
            kind="safe_contact",
            what="Do not ring this number after four. Never leave a message.",
            from_on=family.first_on,
        )


def _suspect(life: Life, people: dict[tuple[int, int], Person], standing: Standing) -> None:
    """Somebody has noticed that two are one, and waits for a second person to agree."""
    family = life.family
    for place, human in enumerate(family.people):
        if human.is_copy:
            twin = next(
                child
                for child in family.children
                if family.people[child].family == human.family and family.people[child].school == human.school
            )
            propose_merge(
                kept=people[family.number, twin], duplicate=people[family.number, place],
                reason="Same mother and school; the name was misheard on the telephone.", by=standing.users[MERGE_BY],
            )  # fmt: skip
