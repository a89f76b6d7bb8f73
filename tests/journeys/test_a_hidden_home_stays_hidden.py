"""Every way in which the youngest child's father might learn where his former partner lives with all three children: none tells him."""

from collections.abc import Callable, Iterator
from datetime import time, timedelta
from pathlib import Path

import pytest
from django.utils.timezone import localdate

from goldthread.core.agencies.actions import allocate, create_agency, involve
from goldthread.core.agencies.models import Team, Worker
from goldthread.core.people.actions import move_to_address, raise_alert
from goldthread.core.people.facts import Place
from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.ground.access.models import User
from goldthread.ground.audit.acting import acting
from goldthread.ground.design.tests import browser
from goldthread.pathway.actions import complete
from goldthread.pathway.meeting import actions as meeting
from goldthread.pathway.meeting.links.actions import write_to
from goldthread.pathway.meeting.models import Link
from goldthread.pathway.meeting.reports.actions import give_view
from goldthread.pathway.meeting.tests.a_meeting import day, part
from goldthread.pathway.queries import adults_around, children_of
from goldthread.practice.protection.conferences.actions import call_conference
from goldthread.practice.protection.meetings.actions import call_strategy_discussion
from goldthread.practice.protection.tests.conferring import decided
from tests.journeys.hidden_place import HOME, VENUE, WAYS_OUT, Given, Hidden, found_in
from tests.journeys.walking import Newcomer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not browser.is_built(), reason="the front end is not built: make front-end"),
]

CARELESS = (
    f"They live at {HOME[0]}, {HOME[1]}, {HOME[2].lower()}, near Mill Lane  Surgery; he goes to little lantern nursery with Bronagh Kelly."
)


@pytest.fixture
def hidden(family: dict[str, Person], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hidden:
    """The youngest and his half-brother are on a plan; everybody who wrote about them was careless once."""
    monkeypatch.setattr("goldthread.pathway.meeting.links.mailing.settings.data_dir", tmp_path)
    with acting(system="test"):
        _live_hidden(family)
        by = {name: User.objects.get(username=name) for name in ("social_worker", "assessment_manager")}
        both = [family["Niall"].pk, family["Oisín"].pk]
        discussion = call_strategy_discussion(children=both, by=by["social_worker"], cause=CARELESS)
        meeting.arrange(record=discussion, planned_on=localdate() + timedelta(days=1), planned_at=time(10), how="in_person", joining=VENUE)
        conference = call_conference(children=both, by=by["assessment_manager"])
        found = Hidden(family, discussion, conference, discussion, tmp_path / "outbox")
        _write_to_all(found, discussion, Link.REPLY, by["social_worker"])
        chair = Worker.objects.get(name="Ada Okafor")
        meeting.arrange(record=conference, planned_on=localdate(), planned_at=time(11), how="in_person", joining=VENUE, chair=chair)
        _write_to_all(found, conference, Link.REPLY, by["social_worker"])
        _hold(conference, by)
        _write_to_all(found, conference, Link.ACKNOWLEDGE, by["social_worker"])
        found.plan = _agree(by["social_worker"])
    return found


def _live_hidden(family: dict[str, Person]) -> None:
    nursery = create_agency(name="Little Lantern Nursery", kind="nursery", email="nursery@example.org")
    involve(child=family["Oisín"].pk, agency=nursery, role="Nursery manager", name="Bronagh Kelly", from_on=localdate())
    move_to_address(
        people=[family[one] for one in ("Aoife", "Siobhán", "Niall", "Oisín")], place=Place(HOME[0], HOME[1], "London", HOME[2]), from_on=localdate(),
        is_confidential=True, confidential_reason="Declan has looked for them", confidential_from_whom="Declan Byrne",
    )  # fmt: skip
    raise_alert(person=family["Oisín"], kind="must_not_know_address", what="He must never find it.", about_whom="Declan Byrne")
    worker, team = Worker.objects.get(name="Social Worker"), Team.objects.get(name="Assessment North")
    for child in ("Niall", "Oisín"):
        allocate(child=family[child].pk, team=team, worker=worker, on=localdate())


def _write_to_all(hidden: Hidden, record: Record, purpose: str, by: User) -> None:
    for invitee in record.invitees.filter(left_out_at=None, person=None).exclude(email=None):
        made = write_to(invitee=invitee, purpose=purpose, by=by)
        hidden.figures[made.link.pk] = made.figures


def _hold(conference: Record, by: dict[str, User]) -> None:
    raw = {"worry": CARELESS}
    for adult in adults_around(children_of(conference)):
        raw |= part(adult, "adult", place="whole")
    for child in children_of(conference):
        raw |= part(child, takes_part="worker")
    complete(record=conference, step="prepare", by=by["social_worker"], raw=raw)
    for invitee in conference.invitees.filter(left_out_at=None):
        meeting.attend(invitee=invitee, attended="in_person", by=by["social_worker"])
        for child in children_of(conference) if invitee.agency_id else []:
            give_view(invitee=invitee, child=child, stands="yes", by=by["social_worker"])
    raw = decided(conference, children_of(conference), heard=CARELESS, in_confidence=CARELESS)
    for child in children_of(conference):
        raw |= part(child, contingency=CARELESS, rationale=f"{child}: {CARELESS}")
    complete(record=conference, step="hold", by=by["assessment_manager"], raw=raw)


def _agree(by: User) -> Record:
    """The plan in words, with a need of each child, and a copy for each parent."""
    record = Record.objects.get(kind="protection.written_plan")
    children = children_of(record)
    raw = day("written_on", localdate()) | {
        "made_at": "conference",
        "lead": "Social Worker, at Mill Lane Surgery on Mondays",
        "if_unsafe": CARELESS,
    }
    for number, about in enumerate((children, [one for one in children if str(one).startswith("Oisín")]), 1):
        said = dict.fromkeys(("worry", "must_change", "how_we_know", "who_helps", "if_not"), CARELESS)
        raw |= {f"need-{number}-{name}": words for name, words in said.items()} | {f"need-{number}-about": [one.reference for one in about]}
        raw |= day(f"need-{number}-by_on", localdate() + timedelta(days=30))
    for child in children:
        raw |= part(child, childs_view=f"{child}: {CARELESS}", visit_within="5")
    for parent in adults_around(children):
        raw |= part(parent, "parent", does=CARELESS, says=CARELESS, gets_copy="yes")
    return complete(record=record, step="write", by=by, raw=raw).record


@pytest.mark.parametrize("way_out", WAYS_OUT, ids=lambda way: way.__name__)
def test_nothing_that_leaves_by_this_way_tells_him_where_they_live(
    newcomer: Newcomer, hidden: Hidden, way_out: Callable[[Newcomer, Hidden], Iterator[Given]]
):
    told = [(given.what, found) for given in way_out(newcomer, hidden) if (found := found_in(given))]
    assert told == []


def test_the_search_itself_finds_the_home_however_it_is_written():
    assert found_in(Given("a page", "<b>HARBOUR&nbsp;house</b>, 12 Lantern-Walk, hw34ab")) == list(HOME)
    assert found_in(Given("a page", f"We meet at {VENUE}.")) == [VENUE]
    assert found_in(Given("a page", f"We meet at {VENUE}.", may_say_where_to_meet=True)) == []
