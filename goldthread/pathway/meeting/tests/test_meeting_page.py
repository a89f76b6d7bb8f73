"""The page of a meeting: who has not answered, who did not come, who has not acknowledged; one press to a stage."""

import html5lib
import pytest
from django.test import Client

from goldthread.core.people.models import Alert
from goldthread.core.records.models import FairCopy, Record
from goldthread.core.work.models import Clock, Task
from goldthread.face.web.tests.pages import problems_of
from goldthread.ground.audit.acting import acting
from goldthread.ground.design.tests import browser as browser_tools
from goldthread.pathway.actions import Incomplete, complete
from goldthread.pathway.meeting import actions
from goldthread.pathway.meeting.links.actions import write_to
from goldthread.pathway.meeting.links.secret import address_of
from goldthread.pathway.meeting.models import Link
from goldthread.pathway.meeting.tests.a_meeting import a_scene, decided

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    with acting(None, system="test"):
        yield a_scene()


@pytest.fixture
def browser(scene):
    client = Client()
    client.force_login(scene.council.assessment_manager)
    return client


def words_of(page) -> str:
    html = page.content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    return " ".join("".join(html5lib.parse(html, namespaceHTMLElements=False).itertext()).split())


def address(scene) -> str:
    return f"/record/{scene.record.reference}/meeting/"


def press(browser, scene, words: str):
    return browser.post(address(scene), {"press": words})


def everyone_came(scene) -> None:
    for invitee in scene.record.invitees.filter(left_out_at=None, attended=None):
        actions.attend(invitee=invitee, attended="telephone", by=scene.council.social_worker)


def test_one_press_writes_a_stage_with_its_moment_and_who_pressed(scene, browser):
    nurse = scene.who("health")
    assert press(browser, scene, f"{nurse.reference} invite telephone").status_code == 302
    nurse.refresh_from_db()
    assert (nurse.invited_how, nurse.invited_by) == ("telephone", scene.council.assessment_manager)
    said = words_of(browser.get(address(scene)))
    assert "Has not answered: Ruth Amadi (School nurse)" in said
    assert "Not quorate yet:" in said
    press(browser, scene, f"{nurse.reference} reply accepted")
    assert "Has not answered" not in words_of(browser.get(address(scene)))


def test_a_press_that_comes_too_early_says_so_and_changes_nothing(scene, browser):
    nurse = scene.who("health")
    page = browser.post(address(scene), {"press": f"{nurse.reference} acknowledge"}, follow=True)
    assert "has not been sent the decisions yet" in words_of(page)


def test_a_meeting_recorded_afterwards_needs_no_invitation_but_an_answer_for_everyone_in_the_list(scene):
    manager = scene.council.assessment_manager
    with pytest.raises(Incomplete) as refused:
        complete(record=scene.record, step="hold", by=manager, raw=decided(scene))
    assert any("Say for each whether they took part" in problem.words for problem in refused.value.problems)
    everyone_came(scene)
    complete(record=scene.record, step="hold", by=manager, raw=decided(scene))
    scene.record.refresh_from_db()
    assert (scene.record.state, str(scene.record.happened_at)) == (Record.AGREED, "02:10:00")


def test_without_health_it_is_not_quorate_and_says_why_it_was_held(scene):
    nurse = scene.who("health")
    actions.attend(invitee=nurse, attended="report", by=scene.council.social_worker)
    everyone_came(scene)
    with pytest.raises(Incomplete) as refused:
        complete(record=scene.record, step="hold", by=scene.council.assessment_manager, raw=decided(scene))
    assert [problem.words for problem in refused.value.problems] == ["Without health it was not quorate. Say why it was held all the same."]
    raw = decided(scene) | {"why_inquorate": "No nurse answered at 02:00; her report was read out."}
    complete(record=scene.record, step="hold", by=scene.council.assessment_manager, raw=raw)


def test_the_fair_copy_keeps_who_was_asked_who_came_and_what_they_brought(scene):
    actions.contribute(invitee=scene.who("health"), words="She saw bruises in May.", onward="ask_first", by=scene.council.social_worker)
    everyone_came(scene)
    complete(record=scene.record, step="hold", by=scene.council.assessment_manager, raw=decided(scene))
    (table,) = FairCopy.objects.get(record=scene.record).content["further"]
    said = {line["asked"]: line["answer"] for line in table["lines"]}
    assert said["Ruth Amadi (School nurse)"] == "By telephone. She saw bruises in May. [Ask whoever gave it before it is passed on]"


def test_what_was_decided_becomes_an_enquiry_a_plan_for_the_night_and_a_task_to_send_it(scene, browser):
    everyone_came(scene)
    complete(record=scene.record, step="hold", by=scene.council.assessment_manager, raw=decided(scene))
    enquiry = Record.objects.get(kind="protection.section47")
    assert [link.child for link in enquiry.children.all()] == [scene.maya], "Leo’s decision was another"
    assert enquiry.follows == scene.record
    assert Alert.objects.get(person=scene.maya, kind="tonight").what.startswith("Sleeps at her aunt’s")
    assert Task.objects.get(record=scene.record, step="meeting", done_at=None).what.startswith("Send the decisions")
    said = words_of(browser.get(address(scene)))
    assert "Does not have the decisions:" in said
    press(browser, scene, "everyone heard")
    assert not Task.objects.filter(record=scene.record, step="meeting", done_at=None).exists(), "the last of them has the decisions"
    assert Clock.objects.filter(record=scene.record, key="strategy.decisions_sent", met_on__isnull=False).count() == 2, "one for each child"
    said = words_of(browser.get(address(scene)))
    assert "Has not acknowledged them: Social Worker (Social worker)" in said
    for invitee in scene.record.invitees.all():
        press(browser, scene, f"{invitee.reference} acknowledge")
    assert "Everyone has the decisions and has said so." in words_of(browser.get(address(scene)))


def test_the_small_pages_draw_and_keep(scene, browser):
    nurse = scene.who("health")
    own = f"/meeting/{scene.record.reference}/invitee/{nurse.reference}/"
    assert "What they bring" in words_of(browser.get(own))
    assert browser.post(own, {"press": "contribute", "words": "She saw bruises.", "onward": "ask_first"}).status_code == 302
    refused = browser.post(own, {"press": "contribute", "words": "", "onward": "ask_first"})
    assert refused.status_code == 422 and "Write what they brought." in words_of(refused)
    assert browser.post(own, {"press": "reply", "answer": "delegated", "delegate_name": "Femi Ojo"}).status_code == 302
    said = words_of(browser.get(address(scene)))
    assert "Sends somebody else: Femi Ojo" in said and "She saw bruises." in said
    arrange = f"/meeting/{scene.record.reference}/arrange/"
    form = {"planned_on-day": "25", "planned_on-month": "11", "planned_on-year": "2099", "planned_on-time": "10:00", "how": "video"}
    assert "Who chairs it?" in words_of(browser.get(arrange))
    assert browser.post(arrange, form).status_code == 302
    assert "25 November 2099 at 10:00, by video" in words_of(browser.get(address(scene)))
    add = f"/meeting/{scene.record.reference}/add/"
    assert "Family are not invited" in words_of(browser.get(add))
    assert "(family)" not in words_of(browser.get(add))
    agency = scene.who("police").agency
    assert browser.post(add, {"who": f"agency {agency.pk}", "role": "Detective", "name": "DC Kaur"}).status_code == 302
    assert scene.record.invitees.get(name="DC Kaur").required == "police"


def test_a_worker_with_no_reason_is_refused_every_page_of_a_meeting(scene):
    client = Client()
    client.force_login(scene.council.other_worker)
    reference, nurse = scene.record.reference, scene.who("health")
    for path in ("arrange/", "add/", f"invitee/{nurse.reference}/"):
        assert client.get(f"/meeting/{reference}/{path}").status_code == 404
        assert client.post(f"/meeting/{reference}/{path}", {"press": "put_back"}).status_code == 404
    assert client.post(address(scene), {"press": f"{nurse.reference} invite telephone"}).status_code == 404
    assert client.post(f"/meeting/{reference}/list/").status_code == 404


@pytest.mark.browser
@pytest.mark.skipif(not browser_tools.is_built(), reason="the front end is not built: make front-end")
def test_axe_finds_nothing_and_nothing_spills_at_320_pixels(scene, browser, browser_type, browser_type_launch_args):
    reference, nurse = scene.record.reference, scene.who("health")
    made = write_to(invitee=nurse, purpose=Link.REPLY, by=scene.council.social_worker)
    link = f"/m/{address_of(made.link.seed)}/"
    actions.leave_out(
        invitee=scene.record.invitees.get(role="Designated safeguarding lead"), why="Held at night", by=scene.council.social_worker
    )
    paths = [
        address(scene),
        *(f"/meeting/{reference}/{one}/" for one in ("arrange", "add", f"invitee/{nurse.reference}", "write/reply")),
        link,
    ]
    pages = {path: browser.get(path).content.decode() for path in paths}
    pages["behind the link"] = browser.post(link, {"figures": made.figures}).content.decode()
    pages["what to tell them"] = browser.post(f"/meeting/{reference}/write/reply/", {"invitee": [nurse.reference]}).content.decode()
    pages["the form"] = browser.get(f"/record/{reference}/hold/").content.decode()
    everyone_came(scene)
    complete(record=scene.record, step="hold", by=scene.council.assessment_manager, raw=decided(scene))
    pages["held"] = browser.get(address(scene)).content.decode()
    made = write_to(invitee=scene.who("police"), purpose=Link.ACKNOWLEDGE, by=scene.council.social_worker)
    pages["decided"] = browser.post(f"/m/{address_of(made.link.seed)}/", {"figures": made.figures}).content.decode()
    chromium = browser_type.launch(**browser_type_launch_args)
    try:
        context = chromium.new_context(viewport={"width": 320, "height": 800})
        for path, html in pages.items():
            assert problems_of(html) == [], path
            browser_tools.give(context, {"/": html})
            page = context.new_page()
            page.goto(browser_tools.HOME + "/")
            assert browser_tools.axe(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
            page.close()
            context.unroute_all()
    finally:
        chromium.close()
