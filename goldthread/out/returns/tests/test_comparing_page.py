"""Two returns compared on the page: side by side, by child for who may see the child, and nothing kept of what was sent."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate

from goldthread.core.agencies.models import Duty, Worker
from goldthread.core.people.models import Person
from goldthread.face.web.child.tests.conftest import a_family, signed_in, tell_the_story  # noqa: F401 - fixtures and their makers
from goldthread.face.web.tests.pages import problems_of
from goldthread.ground.access.actions import restrict
from goldthread.ground.audit.acting import acting
from goldthread.ground.boot import bodies
from goldthread.ground.boot.models import Installation
from goldthread.out.returns.actions import begin_return, write_asked
from goldthread.out.returns.cin.one_child import year_of
from goldthread.out.returns.models import ReturnRun
from goldthread.out.returns.queries import file_of
from tests.cin_files.hostile import BOMB

pytestmark = pytest.mark.django_db
TODAY = localdate()
PAGE = "/returns/compare/"


def a_return(at: date) -> ReturnRun:
    run = begin_return(year=year_of(TODAY), authority="201", at=at, by=None)
    write_asked(run)
    return run


@pytest.fixture
def both(db):
    """Before the family was known, and today; Ada and Leo are in the second only."""
    with acting(system="test"):
        Installation.objects.create(authority="Wexcombe", la_code="201", ons_code="E09999999")
        home = a_family()
        tell_the_story(home)
        worker = Worker.objects.get(name="Social Worker")
        Duty.objects.create(worker=worker, role="data_officer", from_on=TODAY - timedelta(days=30))
        first = a_return(TODAY - timedelta(days=3))
        Person.objects.filter(pk=home.leo.pk).update(ethnicity="WBRI")
        yield home, first, a_return(TODAY)


def test_what_is_told_differently_of_a_child_stands_side_by_side(both, signed_in):  # noqa: F811
    home, first, second = both
    answer = signed_in(home.worker).post(PAGE, {"one": first.pk, "other": second.pk})
    html = " ".join(answer.content.decode().split())
    assert answer.status_code == 200 and problems_of(answer.content.decode()) == []
    assert "2 children are in both, 1 of them told differently." in html
    told = html[html.index("Told differently") :]
    assert all(words in told for words in ("Leo Okonjo", "Ethnicity", "NOBT", "WBRI")) and "Ada Okonjo" not in told
    assert "Referrals in the year" in html


def test_another_systems_file_is_compared_and_not_kept(both, signed_in):  # noqa: F811
    home, first, _ = both
    sent = SimpleUploadedFile("theirs.xml", b"".join(file_of(first)))
    before = ReturnRun.objects.count()
    html = signed_in(home.worker).post(PAGE, {"one": first.pk, "file": sent}).content.decode()
    assert "2 children are in both, 0 of them told differently." in " ".join(html.split())
    assert ReturnRun.objects.count() == before


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        (b"PK\x03\x04 a spreadsheet", "a zip file or spreadsheet, not a census in XML"),
        (b"%PDF-1.7 a letter", "a PDF, not a census in XML"),
        (b"\x1f\x8b packed", "a compressed file, not a census in XML"),
        (b"<Message>", "breaks off"),
        (b"<html>a page</html>", "begins with “html”"),
        (BOMB.encode(), "document type"),
        (b'<!DOCTYPE Message [<!ENTITY x SYSTEM "file:///etc/passwd">]><Message>&x;</Message>', "document type"),
        (b'<!DOCTYPE Message SYSTEM "http://127.0.0.1:9/evil.dtd"><Message/>', "document type"),
        (b"<Message><Children>" + b"<Child>" * 100, "deeper"),
        (b"<Message><Children><Child>" + b"x" * 3 * 1024**2, "goes on for more than 2 MB"),
        (b"", "Choose the return to compare it with"),
    ],
    ids=["zip", "pdf", "gzip", "broken off", "web page", "bomb", "external entity", "outside DTD", "deep", "huge text", "nothing"],
)
def test_a_file_that_cannot_be_trusted_is_refused_with_one_sentence(both, signed_in, sent, says):  # noqa: F811
    home, first, _ = both
    file = {"file": SimpleUploadedFile("theirs.xml", sent)} if sent else {}
    answer = signed_in(home.worker).post(PAGE, {"one": first.pk, **file})
    html = answer.content.decode()
    assert answer.status_code == 422 and says in html and "root:" not in html
    assert f'<option value="{first.pk}" selected>' in html, "what was chosen stands"


def test_a_file_that_is_too_large_is_refused_and_what_was_chosen_stands(both, signed_in, monkeypatch):  # noqa: F811
    home, first, _ = both
    monkeypatch.setattr(bodies, "FILE", 1_000)
    sent = SimpleUploadedFile("theirs.xml", b"<" * 1_001)
    answer = signed_in(home.worker).post(PAGE, {"one": first.pk, "file": sent})
    html = answer.content.decode()
    assert answer.status_code == 413 and "The file is larger than 200 MB." in html and problems_of(html) == []
    assert f'<option value="{first.pk}" selected>' in html


def test_a_restricted_child_is_counted_and_not_shown(both, signed_in):  # noqa: F811
    home, first, second = both
    with acting(system="test"):
        restrict(
            person=home.leo.pk, why="Staff family", lead_name="R. Lead", lead_phone="020 7946 0000", by=home.council.front_door_manager
        )
    html = signed_in(home.worker).post(PAGE, {"one": first.pk, "other": second.pk}).content.decode()
    assert "1 more child you have no reason to see." in html
    assert "Leo" not in html and home.leo.reference not in html and "2 children are in both" in " ".join(html.split())


def test_only_who_answers_for_returns_may_compare_them(both, signed_in):  # noqa: F811
    home, first, second = both
    assert signed_in(home.council.other_worker).post(PAGE, {"one": first.pk, "other": second.pk}).status_code == 404


def test_the_same_return_twice_is_refused(both, signed_in):  # noqa: F811
    home, first, _ = both
    answer = signed_in(home.worker).post(PAGE, {"one": first.pk, "other": first.pk})
    assert answer.status_code == 422 and "That is the same return." in answer.content.decode()
