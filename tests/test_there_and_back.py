"""Everything out, into an empty database, and out again: no difference but in the lines that say so."""

import hashlib
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from goldthread.core.documents.models import Sealed
from goldthread.core.people.models import Person
from goldthread.face.web.tests.pages import signed_in
from goldthread.ground.access.models import User
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.models import Change, Reading
from goldthread.ground.audit.tests.tampering import committed, long_ago, schools, seal, wrong_in
from goldthread.ground.audit.verifying import verify
from goldthread.ground.boot.tests import servers
from goldthread.ground.boot.trouble import Trouble
from goldthread.out.exchange.everything.reading import read_everything
from goldthread.out.exchange.everything.writing import write_everything
from goldthread.out.exchange.models import Arrival
from tests.contracts.borough import fill_borough, forget, mine

# One row more in each: that everything was taken out again, that it came, and that row in the trail.
LINES = {"tables/audit_reading.csv", "tables/exchange_arrival.csv", "tables/audit_change.csv"}


def quietly(line: str) -> None:
    pass


@contextmanager
def empty_database(urls) -> Iterator[str]:
    """Django at an empty database beside the test's own; back again afterwards."""
    name, before = f"test_empty_{os.getpid()}", connection.settings_dict["NAME"]
    servers.clone(urls, servers.template(urls), name)
    servers.point(urls, name)
    try:
        yield name
    finally:
        servers.point(urls, before)
        servers.drop(urls, name)


@pytest.fixture
def small(db_committed, tmp_path) -> Path:
    """A folder of two schools and a child."""
    schools("Ash", "Beech")
    with acting(system="test"):
        Person.objects.create(shown_name="Abel Ashdown", sort_name="ashdown abel", is_named=True)
    folder = tmp_path / "all"
    write_everything(folder, say=quietly)
    return folder


@pytest.fixture
def db_committed(transactional_db) -> None:
    """What is written stays until the test is over."""


def counts(urls, name: str) -> dict[str, int]:
    with psycopg.connect(urls.url("owner", name)) as owner:
        names = [
            one for (one,) in owner.execute("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'")
        ]
        return {one: owner.execute(f'SELECT count(*) FROM "{one}"').fetchone()[0] for one in names}


def refused(urls, folder: Path) -> str:
    """The sentence with which a folder is refused; nothing has changed."""
    with empty_database(urls) as name:
        before = counts(urls, name)
        with pytest.raises(Trouble) as trouble:
            read_everything(folder, say=quietly)
        assert counts(urls, name) == before
        return str(trouble.value)


def resum(folder: Path, name: str) -> None:
    """Sums as somebody would make them who wants a changed file to pass."""
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    new = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    (folder / "SHA256SUMS").write_text("".join(f"{new}  {name}\n" if line.endswith(f"  {name}") else f"{line}\n" for line in lines))


@committed
@pytest.mark.slow
def test_a_borough_goes_there_and_back_without_a_difference(server_urls, tmp_path):
    fill_borough(tmp_path)
    forget()
    connection.close()
    child = mine("keisha.bartley")[0].reference
    long_ago(3)
    assert seal()
    page, copy = shown("keisha.bartley", child), bytes(Sealed.objects.order_by("pk")[0].pdf)
    write_everything(tmp_path / "first", say=quietly)
    with empty_database(server_urls):
        read_everything(tmp_path / "first", say=quietly)
        assert wrong_in(verify()) == []
        arrived = Arrival.objects.get()
        assert Change.objects.get(table="exchange_arrival").actor == arrived.by
        assert Change.objects.order_by("-pk")[0].table == "exchange_arrival"
        assert bytes(Sealed.objects.order_by("pk")[0].pdf) == copy
        assert not User.objects.exclude(password="!").exists()
        write_everything(tmp_path / "second", say=quietly)
        assert shown("keisha.bartley", child) == page
    assert differing(tmp_path / "first", tmp_path / "second") == LINES
    for name in LINES:
        old, new = ((tmp_path / one / name).read_bytes() for one in ("first", "second"))
        assert new.startswith(old) and len(new) > len(old), name


def shown(username: str, child: str) -> list[str]:
    """The words of a child's page, without what is made anew for each answer."""
    answer = signed_in(User.objects.get(username=username)).get(f"/child/{child}/")
    assert answer.status_code == 200
    return [line for line in answer.content.decode().splitlines() if not any(one in line for one in ("csrf", "nonce", "As at"))]


def differing(first: Path, second: Path) -> set[str]:
    """Files that are not byte for byte the same, apart from the description and the sums."""
    names = {one.relative_to(folder).as_posix() for folder in (first, second) for one in folder.rglob("*") if one.is_file()}
    names -= {"datapackage.json", "SHA256SUMS"}
    return {name for name in names if not all((one / name).exists() for one in (first, second)) or
            (first / name).read_bytes() != (second / name).read_bytes()}  # fmt: skip


@committed
def test_days_authors_and_awkward_words_stay_as_they_were(small, server_urls, tmp_path):
    awkward = 'He said: "no, \\. never"\n\\N\r\nand, — „so“'
    with acting(system="test"):
        Person.objects.update(shown_name=awkward, sort_name="")
    changes = list(Change.objects.order_by("pk").values())
    write_everything(tmp_path / "more", say=quietly)
    with empty_database(server_urls):
        read_everything(tmp_path / "more", say=quietly)
        kept = Person.objects.get()
        assert (kept.shown_name, kept.sort_name, kept.born_on) == (awkward, "", None)
        assert list(Change.objects.exclude(table="exchange_arrival").order_by("pk").values()) == changes
        schools("Cedar")  # keys go on where they were
        assert Person.objects.count() == 1


@committed
def test_that_everything_was_taken_out_is_in_the_trail_and_in_the_folder(small):
    told = Reading.objects.get(act="export")
    assert (told.what, told.actor.startswith("system:export-all, ")) == ("everything", True)
    assert "export,everything" in (small / "tables/audit_reading.csv").read_text()


@committed
def test_a_folder_says_what_it_holds_and_its_sums_hold(small):
    about = json.loads((small / "datapackage.json").read_text())
    found = {one["path"]: one for one in about["resources"]}
    assert found["tables/agencies_agency.csv"]["rows"] == 2
    contact = {one["name"]: one for one in found["tables/front_door_contact.csv"]["schema"]["fields"]}
    assert contact["source"]["description"] == "Who is getting in touch?"
    assert (small / contact["source"]["codes"]).exists()
    assert found["tables/people_person.csv"]["schema"]["primaryKey"] == ["id"]
    assert subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=small, check=False).returncode == 0
    assert (small.stat().st_mode | (small / "datapackage.json").stat().st_mode) & 0o077 == 0


@committed
def test_what_lets_somebody_in_is_not_taken_out(small):
    assert not (small / "tables/mfa_authenticator.csv").exists() and not (small / "tables/django_session.csv").exists()


@committed
def test_a_damaged_file_is_refused(small, server_urls):
    with (small / "tables/people_person.csv").open("ab") as file:
        file.write(b"x")
    assert "people_person.csv is damaged" in refused(server_urls, small)


@committed
def test_a_missing_file_is_refused(small, server_urls):
    (small / "tables/people_person.csv").unlink()
    assert "people_person.csv is missing" in refused(server_urls, small)


@committed
def test_a_folder_of_another_version_is_refused_with_what_to_do(small, server_urls):
    about = json.loads((small / "datapackage.json").read_text())
    about["goldthread"]["migrations"].append("people.9999_to_come")
    (small / "datapackage.json").write_text(json.dumps(about))
    resum(small, "datapackage.json")
    assert "import it with that version, then bring it up to this one with “goldthread migrate”" in refused(server_urls, small)


@committed
def test_a_row_less_is_refused_even_with_new_sums(small, server_urls):
    lines = (small / "tables/agencies_agency.csv").read_text().splitlines(keepends=True)
    (small / "tables/agencies_agency.csv").write_text("".join(lines[:-1]))
    resum(small, "tables/agencies_agency.csv")
    assert "agencies_agency.csv has 1 rows, and its description says another number" in refused(server_urls, small)


@committed
def test_a_row_that_leads_nowhere_is_refused(small, server_urls):
    file = small / "tables/auth_permission.csv"
    lines = file.read_text().splitlines(keepends=True)
    words = lines[1].split(",")
    at = lines[0].strip().split(",").index("content_type_id")
    words[at] = "999999" + ("\n" if words[at].endswith("\n") else "")
    file.write_text("".join([lines[0], ",".join(words), *lines[2:]]))
    resum(small, "tables/auth_permission.csv")
    assert "The folder was not imported, and nothing was changed" in refused(server_urls, small)


@committed
def test_a_database_with_something_in_it_is_left_alone(small):
    with pytest.raises(Trouble, match="The database is not empty"):
        read_everything(small, say=quietly)
    assert Person.objects.get().shown_name == "Abel Ashdown"


@committed
def test_a_folder_never_takes_the_place_of_another(small):
    with pytest.raises(Trouble, match="exists already"):
        write_everything(small, say=quietly)
