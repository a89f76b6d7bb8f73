"""The summary, as the night team reads it; and who may not read it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from goldthread.core.people.actions import approve_merge, create_person, propose_merge
from goldthread.core.people.facts import Number
from goldthread.core.records.actions import write_note
from goldthread.core.records.models import Record, RecordChild
from goldthread.face.web.child.tests.conftest import POSTCODE, STREET
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.models import Reading

pytestmark = pytest.mark.django_db
NOT_OURS = ("set_config", "current_setting", "SAVEPOINT", "BEGIN", "COMMIT", "dated_", 'UPDATE "django_session"')


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_it_says_who_must_be_kept_away_where_the_child_is_and_when_last_seen_alone(home, signed_in):
    html = words(signed_in(home.worker).get(f"/child/{home.ada.reference}/"))
    assert "Must not collect the child: Femi Okonjo" in html
    assert "Do not visit alone" in html and "Should have been looked at again by" in html
    assert STREET in html and "Confidential" in html
    assert "4 days ago, seen alone, by Social Worker" in html
    assert "send the duty worker to her mother’s" in html
    assert "Visit weekly until the order is heard." in html


def test_immediate_danger_is_one_press_away_on_every_page_of_a_child(home, signed_in):
    client = signed_in(home.worker)
    for path in ("", "family/", "about/"):
        assert f'href="/front-door/danger/?child={home.ada.reference}"' in words(client.get(f"/child/{home.ada.reference}/{path}"))
    assert client.get(f"/front-door/danger/?child={home.ada.reference}").status_code == 200


def test_it_says_why_we_are_involved_and_what_the_child_says_newest_first(home, signed_in):
    html = words(signed_in(home.worker).get(f"/child/{home.ada.reference}/"))
    assert "Ada Okonjo needs quiet nights." in html
    assert html.index("I want to sleep at Gran’s.") < html.index("I like it when Gran stays")
    assert "the dark is loud" not in html, "a brother’s words are his own"


def test_a_reason_older_than_ninety_days_says_that_it_is_old(home, signed_in):
    long_ago = localdate() - timedelta(days=200)
    with acting(system="test"):
        Record.objects.filter(kind__in=["front_door.referral", "family_help.child_and_family_assessment"]).update(happened_on=long_ago)
        RecordChild.objects.filter(record__kind__startswith="f").update(happened_on=long_ago)
    assert "This is 6 months old. Check it before you act on it." in words(signed_in(home.worker).get(f"/child/{home.ada.reference}/"))


def test_what_is_due_says_which_kind_of_rule_and_from_when(home, signed_in):
    html = words(signed_in(home.worker).get(f"/child/{home.ada.reference}/"))
    assert "Authorise the assessment of Ada Okonjo and Leo Okonjo" in html
    assert "gt-rule--guidance" in html and "45 working days from" in html


def test_nothing_known_is_said_and_never_left_empty(home, signed_in):
    html = words(signed_in(home.worker).get(f"/child/{home.baby.reference}/"))
    assert "due " in html and "31 weeks" in html
    for said in (
        "No address is on file",
        "There is no plan now",
        "Nobody answers for",
        "No referral or assessment that you may see says why",
    ):
        assert said in html


def test_a_stranger_and_a_child_that_does_not_exist_look_the_same(home, signed_in):
    client = signed_in(home.council.other_worker)
    refused, absent = client.get(f"/child/{home.ada.reference}/"), client.get("/child/ZZZZZZZZ/")
    assert refused.status_code == absent.status_code == 404
    without_the_time = [re.sub(r"<time.*?</time>", "", answer.content.decode()) for answer in (refused, absent)]
    assert without_the_time[0] == without_the_time[1]
    assert Reading.objects.filter(act="refused", people__contains=[home.ada.pk]).exists()


def test_a_restricted_child_is_not_opened_and_a_stranger_does_not_learn_of_it(home, signed_in):
    screener = signed_in(home.council.screener).get(f"/child/{home.cousin.reference}/")
    assert screener.status_code == 302 and screener.url == f"/restricted/{home.cousin.reference}/"
    assert signed_in(home.council.other_worker).get(f"/child/{home.cousin.reference}/").status_code == 404


@pytest.mark.parametrize(
    "path", ["", "chronology/", "chronology/?whose=family", "family/", "about/", "people/", "alerts/add/", "note/", "plans/"]
)
def test_a_restricted_relative_is_absent_everywhere(home, signed_in, path):
    html = words(signed_in(home.worker).get(f"/child/{home.ada.reference}/{path}"))
    assert "Secretia" not in html and home.cousin.reference not in html and "Both cousins were out late" not in html


def test_every_look_is_written_down(home, signed_in):
    signed_in(home.worker).get(f"/child/{home.ada.reference}/")
    assert Reading.objects.filter(user_id=home.worker.pk, act="view", people=[home.ada.pk]).exists()


def test_a_merged_duplicate_leads_to_the_one_kept(home, signed_in):
    with acting(system="test"):
        from goldthread.face.web.child.tests.conftest import person

        twice = person("Ada", "Okonjo", 9, "F")
        approve_merge(merge=propose_merge(kept=home.ada, duplicate=twice, reason="Same", by=home.worker), by=home.manager)
        write_note(children=[twice.pk], kind="other", words="Written on the duplicate.", by=home.worker, happened_on=localdate())
    client = signed_in(home.council.screener)
    assert client.get(f"/child/{twice.reference}/").url == f"/child/{home.ada.reference}/"
    assert "Written on the duplicate." in words(client.get(f"/child/{home.ada.reference}/"))


def test_an_imported_child_without_a_name_is_said_to_be_one(home, signed_in):
    with acting(system="test"):
        imported = create_person(
            origin="imported", born_on=localdate() - timedelta(days=3000), numbers=[Number("urn:goldthread:la-child-id:own", "LA77812")]
        )
    html = words(signed_in(home.council.screener).get(f"/child/{imported.reference}/"))
    assert "Imported from the children in need census: no name held" in html and "LA77812" in html


def asked(client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len([one for one in queries.captured_queries if not any(word in one["sql"] for word in NOT_OURS)])


def test_the_summary_takes_no_more_queries_with_three_hundred_records(home, signed_in):
    client, path = signed_in(home.worker), f"/child/{home.ada.reference}/"
    few = asked(client, path)
    with acting(system="test"):
        for n in range(300):
            write_note(children=[home.ada.pk], kind="other", words=f"Note {n}", by=home.worker, happened_on=localdate() - timedelta(days=n))
    assert asked(client, path) == few <= 22
    assert asked(client, path + "chronology/") <= 20
    assert "1 to 100 of 30" in words(client.get(path + "chronology/"))


def test_no_confidential_address_is_printed(home, signed_in):
    from lxml import html as parser

    for path in ("", "about/", "chronology/", "family/", "people/"):
        page = parser.fromstring(signed_in(home.worker).get(f"/child/{home.ada.reference}/{path}").content)
        for hidden in page.xpath("//*[contains(concat(' ', @class, ' '), ' gt-no-print ')]"):
            hidden.drop_tree()
        text = " ".join(page.text_content().split())
        assert STREET not in text and POSTCODE not in text and POSTCODE.replace(" ", "") not in text, path
