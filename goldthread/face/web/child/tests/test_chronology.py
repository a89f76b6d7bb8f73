"""The chronology: found again, marked, and taken to court without what must not leave."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from goldthread.core.records.models import CaseNote, Record
from goldthread.face.web.child.tests.conftest import POSTCODE, SCHOOL, STREET
from goldthread.ground.audit.models import Reading

pytestmark = pytest.mark.django_db


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_search_finds_words_of_notes_and_of_answers_as_written(home, signed_in):
    client, path = signed_in(home.worker), f"/child/{home.ada.reference}/chronology/"
    assert "1 entry" in words(client.get(path, {"words": "weekly"}))
    found = words(client.get(path, {"words": "loved afraid"}))
    assert "Child and family assessment" in found and "1 entry" in found
    assert "Nothing that you may see answers to this" in words(client.get(path, {"words": 'no "such\\ (thing'}))


def test_the_whole_family_adds_brothers_and_sisters_each_entry_once(home, signed_in):
    client, path = signed_in(home.worker), f"/child/{home.ada.reference}/chronology/"
    assert "the dark is loud" not in words(client.get(path))
    family = words(client.get(path, {"whose": "family"}))
    assert "the dark is loud" in family and family.count("Referral from police: accepted</a>") == 1
    assert Reading.objects.filter(act="list", people__contains=[home.leo.pk]).exists()


def test_filters_are_read_back_in_words(home, signed_in):
    html = words(signed_in(home.worker).get(f"/child/{home.ada.reference}/chronology/", {"kind": "note.voice", "only": "significant"}))
    assert "what the child says" in html and "marked as significant" in html


def test_significance_is_marked_by_a_person_and_taken_off_again(home, signed_in):
    client, path = signed_in(home.worker), f"/child/{home.ada.reference}/chronology/"
    record = Record.objects.get(case_note__kind="call")
    client.post(path + "mark/", {"record": [record.reference], "press": "mark"})
    record.refresh_from_db()
    assert record.is_significant is True
    client.post(path + "mark/", {"record": [record.reference], "press": "unmark", "here": path + "?only=significant"})
    record.refresh_from_db()
    assert record.is_significant is False


def test_a_quick_note_is_one_press_with_and_without_javascript(home, signed_in):
    client, path = signed_in(home.worker), f"/child/{home.ada.reference}/quick-note/"
    assert client.post(path, {"words": "Seen at the bus stop."}).status_code == 302
    said = client.post(path, {"words": "And home safe."}, headers={"Accept": "application/json"})
    assert said.json()["said"].startswith("Kept at ")
    assert client.post(path, {"words": " "}, headers={"Accept": "application/json"}).status_code == 422
    assert CaseNote.objects.filter(kind="quick").count() == 2


def test_one_note_stands_on_several_files_and_each_childs_words_on_their_own(home, signed_in):
    client, today = signed_in(home.worker), localdate()
    typed = {
        "kind": "visit", "on-day": today.day, "on-month": today.month, "on-year": today.year, "on-time": "16:10", "words": "Both at home.",
        "children": [home.ada.reference, home.leo.reference], f"voice-{home.leo.reference}": "I drew a dragon.",
    }  # fmt: skip
    assert client.post(f"/child/{home.ada.reference}/note/", typed).status_code == 302
    shared = Record.objects.get(case_note__words="Both at home.")
    assert {link.child_id for link in shared.children.all()} == {home.ada.pk, home.leo.pk}
    assert [link.child_id for link in Record.objects.get(case_note__words="I drew a dragon.").children.all()] == [home.leo.pk]


def test_words_of_a_child_who_is_not_ticked_are_refused_and_kept_in_the_form(home, signed_in):
    today = localdate()
    typed = {
        "on-day": today.day,
        "on-month": today.month,
        "on-year": today.year,
        "children": home.ada.reference,
        f"voice-{home.leo.reference}": "Mine.",
    }
    answer = signed_in(home.worker).post(f"/child/{home.ada.reference}/note/", typed)
    assert answer.status_code == 422 and "Leo Okonjo said. Tick the name too" in words(answer) and "Mine." in words(answer)


def test_a_note_is_not_dated_ahead(home, signed_in):
    ahead = localdate() + timedelta(days=3)
    typed = {"on-day": ahead.day, "on-month": ahead.month, "on-year": ahead.year, "words": "Later.", "children": home.ada.reference}
    assert signed_in(home.worker).post(f"/child/{home.ada.reference}/note/", typed).status_code == 422


def test_a_direction_is_a_managers(home, signed_in):
    path = f"/child/{home.ada.reference}/direction/"
    assert signed_in(home.worker).post(path, {"words": "Do it."}).status_code == 404
    assert signed_in(home.manager).post(path, {"words": "See the school today."}).status_code == 302
    assert "See the school today." in words(signed_in(home.worker).get(f"/child/{home.ada.reference}/"))


@pytest.mark.parametrize("out", ["csv", "print"])
def test_an_export_leaves_out_who_told_us_and_every_confidential_place(home, signed_in, out):
    path = f"/child/{home.ada.reference}/chronology/export/"
    text = signed_in(home.worker).get(path, {"as": out, "column": ["date", "what", "words", "by"]}).content.decode()
    for secret in (STREET, POSTCODE, POSTCODE.replace(" ", ""), SCHOOL, "police", "Feedback", "Secretia"):
        assert secret not in text, secret
    assert "[withheld]" in text and "Referral: accepted" in text
    kept = Reading.objects.get(act="export")
    assert kept.people == [home.ada.pk] and "columns date, what, words, by" in kept.what


def test_an_export_holds_only_the_ticked_entries_and_columns(home, signed_in):
    record = Record.objects.get(case_note__kind="direction")
    answer = signed_in(home.worker).get(
        f"/child/{home.ada.reference}/chronology/export/", {"as": "csv", "record": record.reference, "column": "words"}
    )
    assert answer.content.decode("utf-8-sig").split() == [
        "Words",
        "of",
        "notes",
        *["Visit", "weekly", "until", "the", "order", "is", "heard."],
    ]


def test_police_entries_go_out_only_when_ticked(home, signed_in):
    path = f"/child/{home.ada.reference}/chronology/export/"
    assert "Referral from police: accepted" in signed_in(home.worker).get(path, {"as": "csv", "with": "police"}).content.decode()
