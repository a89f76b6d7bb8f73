"""More than a page takes is refused in a sentence, before it is read; what was typed is given back; no reader is led astray."""

import io
import json
import tempfile
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import resolve

from goldthread.face.web import bounds
from goldthread.face.web.tests.pages import problems_of, signed_in
from goldthread.ground.boot import bodies

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def small(monkeypatch):
    """A form of 2,000 bytes, of which 8,000 are read; a file of 4,000."""
    for room in (bodies, bounds):
        monkeypatch.setattr(room, "FORM", 2_000)
    monkeypatch.setattr(bodies, "READ_AT_MOST", 8_000)
    monkeypatch.setattr(bodies, "FILE", 4_000)


def said(answer) -> str:
    html = answer.content.decode()
    assert problems_of(html) == []
    return " ".join(html.split())


def test_a_form_over_the_bound_is_given_back_in_full_and_nothing_is_saved(council, small):
    amina = signed_in(council.users["amina"])
    words = "She said it twice. " * 120
    answer = amina.post("/conflicts/mine/", f"whom={words}&csrfmiddlewaretoken=never-shown", content_type=FORM)
    html = said(answer)
    assert answer.status_code == 413 and "No form holds more than 5 MB. Nothing was saved from this press." in html
    assert words.strip() in html and "never-shown" not in html


def test_a_pass_phrase_is_not_given_back(council, small):
    answer = Client().post("/sign-in/", "username=amina&pass_phrase=" + "correct horse battery " * 150, content_type=FORM)
    assert answer.status_code == 413 and "correct horse" not in said(answer)


def test_a_form_far_over_the_bound_is_not_read(council, small, monkeypatch):
    monkeypatch.setattr(bounds, "THROWN_AWAY_AT_MOST", 0)
    request = RequestFactory().post("/sign-in/", b"x" * 8_001, content_type=FORM)
    answer = bounds.Bounds(lambda request: pytest.fail("it went on"))(request)
    assert answer.status_code == 413 and "was saved before" in answer.content.decode()
    assert len(request.read()) == 8_001, "all of it still lies there"


def test_a_draft_over_the_bound_is_told_why_in_json(council, small):
    body = json.dumps({"revision": 1, "answers": {"why": "x" * 3_000}})
    answer = signed_in(council.users["amina"]).post("/record/none/record/draft", body, content_type="application/json")
    assert answer.status_code == 413 and "A picture may have been pasted" in answer.json()["problem"]


def test_a_call_of_the_api_far_over_the_bound_is_refused_in_json(council, small):
    client = signed_in(council.users["amina"])
    answer = client.post("/api/none", b"{" + b" " * 9_000, content_type="application/json", headers={"accept": "application/json"})
    assert answer.status_code == 413 and answer.json()["problem"].startswith("No form holds more than")


def test_a_page_that_asks_for_no_file_keeps_none(council, small):
    """Neither on the disk nor in the form, whatever it calls itself."""
    before = set(Path(tempfile.gettempdir()).glob("*.upload*"))
    request = RequestFactory().post("/sign-in/", {"username": "amina", "file": SimpleUploadedFile("a.xml", b"<Message/>")})
    request.resolver_match = resolve("/sign-in/")
    assert request.POST["username"] == "amina" and not request.FILES
    assert set(Path(tempfile.gettempdir()).glob("*.upload*")) == before


def posted_file(size: int, user):
    request = RequestFactory().post("/returns/compare/", {"one": "7", "file": SimpleUploadedFile("../../a.xml", b"<" * size), "other": "8"})
    request.resolver_match, request.user = resolve("/returns/compare/"), user
    return request


def test_a_file_of_somebody_who_has_not_signed_in_is_not_kept(council, small):
    request = posted_file(1_000, AnonymousUser())
    assert request.POST["one"] == "7" and not request.FILES


def test_a_file_is_kept_for_the_request_readable_by_this_user_alone_under_no_name_of_its_own(council, small):
    request = posted_file(4_000, council.users["amina"])
    found = bodies.file_in(request, "file")
    assert found is not None and found.size == 4_000 and found.name == "a.xml" and not bodies.file_is_too_large(request)
    place = Path(found.temporary_file_path())
    assert place.stat().st_mode & 0o077 == 0 and place.parent == Path(tempfile.gettempdir()) and "a.xml" not in place.name
    request.close()
    assert not place.exists()


def test_a_file_over_the_bound_is_left_out_and_the_rest_of_the_form_stands(council, small):
    request = posted_file(4_001, council.users["amina"])
    assert bodies.file_is_too_large(request) and bodies.file_in(request, "file") is None
    assert (request.POST["one"], request.POST["other"]) == ("7", "8")


def test_two_files_and_a_thousand_boxes_too_many_are_refused(council):
    amina = signed_in(council.users["amina"])
    two = {"a": SimpleUploadedFile("a", b"a"), "b": SimpleUploadedFile("b", b"b")}
    assert amina.post("/returns/compare/", two).status_code == 400
    many = "&".join(f"b{number}=1" for number in range(django_settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
    assert amina.post("/conflicts/mine/", many, content_type=FORM).status_code == 400


@pytest.mark.parametrize("body", [b"[" * 200_000, b'{"revision": NaN, "answers": {}}', b"\xff\xfe", b'{"revision": 1', b"1" * 10_000])
def test_json_that_would_lead_a_reader_astray_is_unreadable_and_no_fault_of_ours(council, body):
    from goldthread.pathway.typed_in import sent_in

    request = RequestFactory().post("/", body, content_type="application/json")
    assert sent_in(request) is None
    answer = signed_in(council.users["amina"]).post("/api/family_help/closure/", body, content_type="application/json")
    assert 400 <= answer.status_code < 500


def test_a_character_that_no_record_keeps_is_taken_out_of_a_draft_and_refused_elsewhere(council):
    from goldthread.pathway.typed_in import sent_in

    body = json.dumps({"revision": 1, "answers": {"why": "a\0b", "day": {"year": "20\x0026"}, "many": ["x\0"]}})
    sent = sent_in(RequestFactory().post("/", body, content_type="application/json"))
    assert sent is not None and sent.answers == {"why": "ab", "day-year": "2026", "many": ["x"]}
    amina = signed_in(council.users["amina"])
    given_back = amina.post("/conflicts/mine/", "why=They+live+next+door%00", content_type=FORM)
    assert given_back.status_code == 422 and "They live next door<" in said(given_back)
    for answer in (amina.get("/search/?q=%00"), amina.get("/child/%00/")):
        assert answer.status_code == 400, answer
    assert "code nought" in said(amina.get("/search/?q=a%00b"))


def test_a_body_without_a_length_is_never_read():
    request = RequestFactory().generic("POST", "/sign-in/", b"", content_type=FORM)
    request.META["wsgi.input"], request.META["CONTENT_LENGTH"] = io.BytesIO(b"x" * 10), "as long as you like"
    assert bounds.length_of(request) == 0


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PUT", "DELETE", "PROPFIND"])
def test_a_way_of_asking_that_the_product_does_not_have_is_refused(method):
    assert Client().generic(method, "/sign-in/").status_code == 405
