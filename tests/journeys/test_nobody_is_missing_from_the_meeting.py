"""The newcomer goes on: a strategy discussion by telephone, an enquiry, a conference, a plan, a visit, and who knows of it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.core.work.models import Clock
from goldthread.ground.audit.acting import acting
from goldthread.ground.design.tests import browser
from goldthread.pathway.meeting import jobs
from goldthread.pathway.meeting.models import Invitee
from goldthread.practice.protection.models import ProtectionPlan
from tests.journeys import from_a_discussion as then
from tests.journeys.from_a_call import assess, authorise, decide, recommend, take_the_call
from tests.journeys.walking import Newcomer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not browser.is_built(), reason="the front end is not built: make front-end"),
]


def two_hours_later() -> None:
    """Nobody has answered for two hours: the hourly round looks who is silent."""
    with acting(system="test"):
        Invitee.objects.filter(invited_at__isnull=False).update(invited_at=timezone.now() - timedelta(hours=3))
        jobs.chase()


def test_the_newcomer_goes_on_from_a_strategy_discussion_to_a_plan_and_a_visit_with_nothing_typed_twice(
    newcomer: Newcomer, family: dict[str, Person]
):
    call = take_the_call(newcomer)
    recommend(newcomer, call)
    decide(newcomer, call)
    authorise(newcomer, assess(newcomer))

    discussion = then.discuss(newcomer, family)
    two_hours_later()
    newcomer.sign_in_as("Assessment Manager")
    newcomer.sees("Ring who has not answered: Dr Salim Haq (GP)")
    then.decide_on_an_enquiry(newcomer, discussion)
    enquiry = then.enquire(newcomer, family)
    conference = then.prepare_the_conference(newcomer, apart="Cormac")
    then.confer(
        newcomer,
        conference,
        came=("DC Priya Nair", "Comfort Boadu", "Ruth Lamb", "Social Worker", "Assessment Manager", "Aoife O’Connor", "Cormac O’Connor"),
    )
    then.send_the_decisions(newcomer, conference)
    then.write_the_plan(newcomer)
    visit = then.visit_and_find_nobody(newcomer)

    newcomer.go(f"/record/{conference}/meeting/")
    newcomer.sees("Has not acknowledged them: Ruth Lamb (Designated safeguarding lead); Dr Salim Haq (GP)")
    for who, still in (("Ruth Lamb", True), ("Dr Salim Haq", True), ("Comfort Boadu", False)):
        expect(then.row(newcomer, who).get_by_role("button", name="Has them")).to_have_count(int(still))
    on_plan = ProtectionPlan.objects.filter(record__state=Record.AGREED)
    assert {plan.child_id for plan in on_plan} == {family["Siobhán"].pk, family["Niall"].pk}, "the baby is on none"
    clocks = Clock.objects.filter(record=enquiry, key__startswith="conference.initial", is_current=True)
    assert clocks.count() == 4 and all(clock.met_on for clock in clocks)
    visit.refresh_from_db()
    assert "nobody answered" in visit.headline
    assert Clock.objects.filter(key="visit.cp", is_current=True, met_on=None, stopped_on=None).count() == 2, "nobody was seen: it runs on"
