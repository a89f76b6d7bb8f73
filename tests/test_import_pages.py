"""What was imported and what is wrong with it can be read by those who put it right, and by nobody else."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from goldthread.core.agencies.actions import create_worker
from goldthread.face.web.tests.pages import signed_in, sound
from goldthread.ground.access.models import User
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.models import Reading
from goldthread.out.exchange.cin.tests.test_importing import quietly
from goldthread.out.exchange.cin.tests.test_reading_sound_files import WHOLE
from goldthread.out.exchange.models import ImportFault, ImportRun
from goldthread.out.exchange.queries import faults_of, write_faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path: Path) -> ImportRun:
    (tmp_path / "census.xml").write_text(WHOLE.replace(">3B<", ">=3B<").replace("<Sex>F</Sex>", ""))
    return quietly(tmp_path / "census.xml").run


def somebody(*duties: str) -> Client:
    with acting(system="test"):
        user = User.objects.create(username="somebody")
        create_worker(name="Somebody", user=user, from_on=date(2020, 1, 6), duties=duties)
    return signed_in(user)


def test_a_data_officer_reads_every_fault_with_its_line_child_and_element(run):
    client = somebody("data_officer")
    words = sound(client, "/imports/")
    assert "census.xml" in words and "Finished." in words
    page = sound(client, f"/imports/{run.pk}/")
    for fault in faults_of(run):
        assert f">{fault.line}<" in page and fault.element in page and str(fault.la_child_id) in page
    assert Reading.objects.filter(act="list", what=f"/imports/{run.pk}/").exists()


def test_the_faults_are_a_csv_file_in_which_no_value_is_a_formula(run):
    client = somebody("data_officer")
    rows = list(csv.DictReader(io.StringIO(client.get(f"/imports/{run.pk}/?as=csv").content.decode())))
    assert len(rows) == run.faults_found == 2
    assert {row["element"] for row in rows} == {"Sex", "AssessmentFactors"}
    with acting(system="test"):
        ImportFault.objects.filter(element="Sex").update(element="=1+1")
    out = io.StringIO()
    write_faults(run, out)
    assert "'=1+1" in out.getvalue()


def test_others_are_told_that_there_is_no_such_page(run):
    client = somebody()
    assert client.get("/imports/").status_code == 404
    assert client.get(f"/imports/{run.pk}/").status_code == 404


def test_the_same_file_again_points_to_the_faults_found_before(run, tmp_path):
    again = quietly(tmp_path / "census.xml").run
    assert again.pk != run.pk and list(faults_of(again)) == list(faults_of(run))
    assert "nothing changed" in somebody("administrator").get("/imports/").content.decode()


def test_a_refused_file_says_why(tmp_path):
    (tmp_path / "not.xml").write_text("LAchildID,UPN\n")
    with pytest.raises(Exception, match="not XML"):
        quietly(tmp_path / "not.xml")
    assert "Refused: The file is not XML" in somebody("data_officer").get("/imports/").content.decode()
