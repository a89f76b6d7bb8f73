"""Ways round a page that would tell what the page does not: each is refused as the page refuses, and written down as it is."""

import json

import pytest
from django.utils.timezone import localdate

from goldthread.core.people.actions import approve_merge, propose_merge
from goldthread.core.records.models import Record
from goldthread.core.sharing.models import Share
from goldthread.face.web.child.tests.test_letting_in import let_in
from goldthread.ground.access.actions import restrict
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.models import Reading
from goldthread.out.insight.indicators import FD06
from goldthread.out.insight.queries import behind, last_twelve_months

pytestmark = pytest.mark.django_db
CLOSURE = "/api/family_help/closure/"


def send(client, address, body):
    return client.post(address, json.dumps(body), content_type="application/json")


def test_search_says_the_last_thing_that_the_reader_may_read_and_no_headline_of_a_record_kept_from_them(home, signed_in):
    """A note’s headline is made of its words, and this one is about a restricted cousin, too."""
    note = Record.objects.get(case_note__words="Both cousins were out late.")
    assert not Record.objects.seen_by(home.worker).filter(pk=note.pk).exists()
    shown = signed_in(home.worker).get("/search/?q=Ada+Okonjo").content.decode()
    assert "Ada Okonjo" in shown and "cousins" not in shown
    assert "Last:" in shown, "something else was last, and is said"


def test_a_record_refused_by_the_api_is_not_there_and_the_refusal_is_written_down(home, signed_in):
    record = Record.objects.filter(kind="front_door.referral").get()
    answer = signed_in(home.council.other_worker).get(f"/api/records/{record.reference}")
    nowhere = signed_in(home.council.other_worker).get("/api/records/none")
    assert (answer.status_code, answer.content) == (404, nowhere.content)
    refused = Reading.objects.filter(act="refused", what__contains=record.reference).get()
    assert refused.user_id == home.council.other_worker.pk


def test_a_draft_that_is_not_theirs_to_save_is_closed_to_them_and_the_try_is_written_down(home, signed_in):
    record = Record.objects.filter(kind="family_help.child_and_family_assessment").get()
    sent = {"revision": 1, "tab": "a", "answers": {"analysis": "Mine"}}
    refused = send(signed_in(home.council.other_worker), f"/record/{record.reference}/write/draft", sent)
    done = send(signed_in(home.worker), f"/record/{record.reference}/write/draft", sent)
    assert (refused.status_code, refused.content) == (done.status_code, done.content), "as one that is closed: it tells of no record"
    tries = Reading.objects.filter(act="refused", what=f"saving a draft of {record.reference}")
    assert [one.user_id for one in tries] == [home.council.other_worker.pk], "and for its worker it is closed, not refused"


def test_the_api_begins_what_the_page_would_let_them_begin(home, signed_in):
    let_in(home)
    colleague = signed_in(home.council.other_worker)
    assert colleague.get(f"/child/{home.ada.reference}/").status_code == 200
    answer = send(colleague, CLOSURE, [home.ada.reference])
    assert answer.status_code == 403 and "Whoever answers for the child begins this" in answer.content.decode()
    assert send(signed_in(home.worker), CLOSURE, [home.mum.reference]).status_code == 403, "of an adult nothing begins"
    assert send(signed_in(home.worker), CLOSURE, [home.ada.reference]).status_code == 201


def test_a_duplicate_merged_into_somebody_restricted_leads_a_search_to_nobody(home, signed_in):
    by = home.council.front_door_manager
    page = signed_in(home.worker)
    assert home.leo.reference in page.get("/search/?q=Leo+Okonjo").content.decode()
    with acting(by):
        restrict(person=home.ada.pk, why="Staff family", lead_name="R. Lead", lead_phone="020 7946 0000", by=by)
        merge = propose_merge(kept=home.ada, duplicate=home.leo, reason="One and the same.", by=by)
    with acting(home.manager):
        approve_merge(merge=merge, by=home.manager)
    shown = page.get("/search/?q=Leo+Okonjo").content.decode()
    assert home.ada.reference not in shown and home.leo.reference not in shown


def test_an_export_that_goes_to_somebody_says_what_for(home, signed_in):
    address = f"/child/{home.ada.reference}/chronology/export/"
    refused = signed_in(home.worker).get(address, {"as": "csv", "purpose": "own_work", "to_whom": "St Anne’s School"})
    assert refused.status_code == 422 and "for our own work it is given to nobody else" in refused.content.decode()
    assert not Share.objects.filter(what=Share.EXPORT).exists()
    assert signed_in(home.worker).get(address, {"as": "csv", "purpose": "own_work"}).status_code == 200
    assert Share.objects.get(what=Share.EXPORT).to_whom == "Ourselves"


def test_behind_a_figure_stand_the_records_that_the_reader_may_read_and_how_many_more_there_are(home):
    """A record about two children, of whom one is restricted afterwards, is told of neither."""
    referrals = FD06
    window = last_twelve_months(localdate())
    shown, more = behind(referrals, *window, home.worker)
    assert {one.person.pk for one in shown if one.person} >= {home.ada.pk, home.leo.pk}
    with acting(home.council.front_door_manager):
        restrict(
            person=home.leo.pk, why="Staff family", lead_name="R. Lead", lead_phone="020 7946 0000", by=home.council.front_door_manager
        )
    after, hidden = behind(referrals, *window, home.worker)
    assert home.ada.pk not in {one.person.pk for one in after if one.person}
    assert (len(after) + hidden, hidden > more) == (len(shown) + more, True)
