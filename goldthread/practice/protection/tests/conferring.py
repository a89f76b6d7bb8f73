"""A conference about Maya and Leo, walked through as people would: for tests."""

from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate

from goldthread.core.agencies.actions import create_post, create_team, create_worker, give_duty
from goldthread.core.agencies.models import Agency, Team, Worker
from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.pathway.actions import begin, complete
from goldthread.pathway.meeting.actions import arrange, attend
from goldthread.pathway.meeting.reports.actions import give_view
from goldthread.pathway.meeting.tests.a_meeting import Scene, a_scene, day, part
from goldthread.pathway.queries import adults_around, children_of
from goldthread.pathway.tests.people import LONG_AGO, user
from goldthread.practice.protection.conferences.actions import call_conference
from goldthread.practice.protection.models import Section47


def a_chair(name: str = "Ada Okafor") -> Worker:
    """One of ours outside every line, who chairs."""
    team = Team.objects.filter(name="Conference Chairs").first() or create_team(
        agency=Agency.objects.get(is_own_authority=True), service="Quality", name="Conference Chairs", purpose="quality"
    )
    post = create_post(team=team, title="Conference chair")
    worker = create_worker(name=name, user=user(name.lower().replace(" ", ".")), from_on=LONG_AGO, post=post)
    give_duty(worker=worker, role="conference_chair", from_on=LONG_AGO)
    return worker


def called(*, on: date | None = None) -> tuple[Scene, Record, Worker]:
    """An enquiry about both that asks for a conference, arranged for today under an independent chair."""
    scene = a_scene()
    start = on or localdate() - timedelta(days=14)
    opening = {"strategy_on": start, "started_on": start}
    enquiry = begin(Section47, children=[scene.maya.pk, scene.leo.pk], by=scene.council.social_worker, opening=opening)
    Section47.objects.create(record=enquiry, found="Bruises of two ages.")
    record = call_conference(children=[scene.maya.pk, scene.leo.pk], by=scene.council.assessment_manager, enquiry=enquiry)
    chair = a_chair()
    arrange(record=record, planned_on=localdate(), chair=chair)
    return scene, record, chair


def prepare(scene: Scene, record: Record, **more: Any) -> None:
    raw: dict[str, Any] = {"worry": "Bruises of two ages."}
    for adult in adults_around(children_of(record)):
        raw |= part(adult, "adult", place="whole")
    for child in children_of(record):
        raw |= part(child, takes_part="worker")
    complete(record=record, step="prepare", by=scene.council.social_worker, raw=raw | more)


def came(scene: Scene, record: Record, *, stands: str = "yes", only: tuple[str, ...] = ()) -> None:
    """Everyone not yet accounted for takes part (or only those filling these roles do), and each partner has a view of each child."""
    for invitee in record.invitees.filter(left_out_at=None, attended=None):
        is_there = not only or invitee.required in only or invitee.person_id
        attend(invitee=invitee, attended="in_person" if is_there else "not", by=scene.council.social_worker)
        for child in children_of(record) if is_there and invitee.agency_id else []:
            give_view(invitee=invitee, child=child, stands=stands, by=scene.council.social_worker)


def decided(record: Record, planned: list[Person], **more: Any) -> dict[str, Any]:
    """The whole form: a plan for these of the children, help by agreement for the others."""
    today = localdate()
    raw: dict[str, Any] = {
        "held_how": "in_person",
        "good": "An aunt next door.",
        "heard": "All are worried.",
        "may_complain": "yes",
        "lead": "Social Worker",
    }
    raw |= day("held_on", today) | day("next_on", today + timedelta(days=80)) | day("core_group_on", today + timedelta(days=7))
    for adult in adults_around(children_of(record)):
        raw |= part(adult, "adult", is_met_by_chair="yes", says=f"{adult} did not know.")
    for child in children_of(record):
        raw |= part(child, childs_words=f"{child} wants to go home.", rationale=f"What {child} lives with.")
        raw |= (
            part(child, decision="plan", category="PHY", contingency="The night team.")
            if child in planned
            else part(child, decision="in_need")
        )
    return raw | more


def held(scene: Scene, record: Record, planned: list[Person], **more: Any) -> Record:
    came(scene, record)
    return complete(record=record, step="hold", by=scene.council.assessment_manager, raw=decided(record, planned) | more).record
