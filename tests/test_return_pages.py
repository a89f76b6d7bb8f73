"""A return is asked for on a page, written in the background, watched and fetched there: by those who answer for it alone."""

import hashlib
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from goldthread.face.web.tests.pages import sound
from goldthread.ground.access.models import User
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.models import Reading
from goldthread.ground.boot.models import Installation
from goldthread.out.exchange.cin.tests.test_importing import imported
from goldthread.out.exchange.cin.tests.test_reading_sound_files import WHOLE
from goldthread.out.returns import jobs
from goldthread.out.returns.actions import write_asked
from goldthread.out.returns.models import ReturnRun, ReturnWork
from tests.test_import_pages import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def council_318(tmp_path) -> None:
    with acting(system="test"):
        Installation.objects.create(authority="Wexcombe", la_code="318", ons_code="E09999999")
    imported(tmp_path, WHOLE)


def asked_for(client: Client, **fields: str) -> ReturnRun:
    answer = client.post("/returns/", {"year": "2026", "at": "2026-03-31", **fields})
    assert answer.status_code == 302, answer.content.decode()
    return ReturnRun.objects.get(pk=int(answer["Location"].rstrip("/").rsplit("/", 1)[-1]))


def test_a_return_is_asked_for_and_a_job_waits_to_write_it(council_318):
    client = somebody("data_officer")
    run = asked_for(client)
    job = ProcrastinateJob.objects.get()
    assert (job.task_name, job.args) == ("out.returns.write", {"run": run.pk})
    page = sound(client, f"/returns/{run.pk}/")
    assert "Waiting for the worker." in page and "Download" not in page
    assert "Waiting for the worker." in sound(client, "/returns/")


def test_how_far_it_has_come_is_on_the_page_without_a_script(council_318):
    client = somebody("data_officer")
    run = asked_for(client)
    ReturnWork.objects.filter(run=run).update(done=1000, total=4000)
    page = sound(client, f"/returns/{run.pk}/")
    assert "At work now: 1,000 of 4,000 children." in page and 'value="1000" max="4000"' in page
    assert "See how far it is now" in page


def test_a_written_return_is_fetched_whole_with_its_manifest_and_that_is_written_down(council_318):
    client = somebody("data_officer")
    run = asked_for(client)
    write_asked(run)
    page = sound(client, f"/returns/{run.pk}/")
    assert "Finished." in page and "Children 1; unborn 0" in page and "Nothing was left out." in page
    file = b"".join(client.get(f"/returns/{run.pk}/?as=file").streaming_content)
    assert hashlib.sha256(file).hexdigest() == run.sha256 and b"<LAchildID>C000000006</LAchildID>" in file
    assert client.get(f"/returns/{run.pk}/?as=manifest").json()["counts"]["children"] == 1
    assert set(Reading.objects.filter(act="export").values_list("what", flat=True)) == {
        f"/returns/{run.pk}/?as=file",
        f"/returns/{run.pk}/?as=manifest",
    }


def test_others_are_told_that_there_is_no_such_page(council_318):
    run = asked_for(somebody("data_officer"))
    write_asked(run)
    with acting(system="test"):
        User.objects.filter(username="somebody").update(username="somebody else")
    client = somebody()
    assert [client.get(f"/returns/{path}").status_code for path in ("", f"{run.pk}/", f"{run.pk}/?as=file")] == [404] * 3
    assert client.post("/returns/", {"year": "2026"}).status_code == 404


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"year": ""}, "Choose the census."),
        ({"at": "31/03/2026"}, "Write the day as"),
        ({"at": "2024-03-31"}, "as at 2024-03-31 there is nothing in it"),
    ],
)
def test_what_cannot_be_asked_for_is_said_and_nothing_waits(council_318, fields, said):
    answer = somebody("data_officer").post("/returns/", {"year": "2026", "at": "", **fields})
    assert (answer.status_code, ReturnRun.objects.count(), ProcrastinateJob.objects.count()) == (422, 0, 0)
    assert said in answer.content.decode()


def test_a_return_of_which_nothing_has_been_heard_is_said_to_be_broken_off(council_318):
    client = somebody("data_officer")
    run = asked_for(client)
    ReturnWork.objects.filter(run=run).update(heard_at=timezone.now() - timedelta(minutes=11))
    page = sound(client, f"/returns/{run.pk}/")
    assert "Broken off. Ask for it again." in page and "See how far it is now" not in page


def test_a_failure_is_kept_with_the_run(council_318, monkeypatch):
    run = asked_for(somebody("data_officer"))
    monkeypatch.setattr("goldthread.out.returns.actions.write_census", lambda *arguments: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_asked(run)
    assert ReturnRun.objects.get().broken_off_at is not None


@pytest.mark.django_db(transaction=True)
def test_the_worker_writes_it_and_the_page_hears_while_it_does(tmp_path):
    with acting(system="test"):
        Installation.objects.create(authority="Wexcombe", la_code="318", ons_code="E09999999")
    imported(tmp_path, WHOLE)
    with acting(system="test"):
        run = asked_for(somebody("data_officer"))
    jobs.write(run=run.pk)
    run.refresh_from_db()
    assert (run.children, run.at, run.work.done, run.work.total) == (1, date(2026, 3, 31), 1, 1)
    assert run.finished_at is not None
