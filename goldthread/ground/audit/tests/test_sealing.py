"""When a day is sealed, what the product itself may not do, and the command that verifies."""

import threading
from datetime import date

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from goldthread import commands
from goldthread.core.agencies.models import Agency
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.models import Change, Seal, Verification
from goldthread.ground.audit.queries import seal_in_words, sealed, verified
from goldthread.ground.audit.report import lines_of
from goldthread.ground.audit.tests.tampering import as_owner, committed, keys_of, long_ago, schools, seal, wrong_in
from goldthread.ground.audit.verifying import verify
from goldthread.ground.boot import backup
from goldthread.ground.boot.settings import settings


@committed
def test_nothing_is_said_of_a_quiet_trail_with_work_undone_in_between():
    schools("Ash")
    for _ in range(3):
        with pytest.raises(RuntimeError), acting(None, system="test"):
            Agency.objects.create(name="Never", kind="school")
            raise RuntimeError
    schools("Beech")
    long_ago(1)
    assert seal() == 1
    schools("Cedar")
    assert wrong_in(verify()) == []
    assert "not used, as work that was undone leaves them" not in "".join(verify().remarks)


@committed
def test_a_transaction_that_still_writes_keeps_the_seal_waiting_and_is_then_in_it():
    """Its key is lower and it commits later than others, after midnight even: no row is missed, none falsely accused."""
    schools("Ash")
    long_ago(1)
    with psycopg.connect(settings.database_url) as slow:
        slow.execute("SELECT set_config('app.actor', 'test', false)")
        slow.execute("INSERT INTO agencies_agency (name, kind, is_own_authority) VALUES ('Slow', 'school', false)")
        schools("Quick")
        sealing: list[int | None] = []
        waiting = threading.Thread(target=lambda: (sealing.append(seal()), connection.close()))
        waiting.start()
        waiting.join(1)
        assert waiting.is_alive() and not Seal.objects.exists()
        slow.commit()
        waiting.join(20)
    assert sealing == [1]
    slow_key, quick_key = (Change.objects.get(now__name=name).pk for name in ("Slow", "Quick"))
    assert slow_key < quick_key
    assert wrong_in(verify()) == []
    long_ago(1)
    assert (seal(), wrong_in(verify())) == (0, [])
    assert slow_key > Seal.objects.get(number=1).last_key


@committed
def test_two_transactions_that_commit_in_the_other_order_are_both_sealed():
    with psycopg.connect(settings.database_url) as first, psycopg.connect(settings.database_url) as second:
        for one, name in ((first, "First"), (second, "Second")):
            one.execute("SELECT set_config('app.actor', 'test', false)")
            one.execute("INSERT INTO agencies_agency (name, kind, is_own_authority) VALUES (%s, 'school', false)", [name])
        second.commit()
        first.commit()
    long_ago(1)
    assert seal() == 1
    assert Seal.objects.get(number=1).count == Change.objects.exclude(table="audit_seal").count()
    assert Change.objects.get(now__name="First").pk < Change.objects.get(now__name="Second").pk <= Seal.objects.get(number=1).last_key
    assert wrong_in(verify()) == []


@committed
def test_a_transaction_that_does_not_end_leaves_the_day_for_the_next_hour():
    schools("Ash")
    long_ago(1)
    with psycopg.connect(settings.database_url) as slow:
        slow.execute("SELECT set_config('app.actor', 'test', false)")
        slow.execute("INSERT INTO agencies_agency (name, kind, is_own_authority) VALUES ('Slow', 'school', false)")
        assert seal() is None
        slow.rollback()
    assert seal() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["audit_change", "audit_reading", "audit_seal", "audit_sealedblock", "audit_verification"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = 1", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_product_can_neither_change_nor_remove(table, statement):
    statement = statement.format(table, "number" if table == "audit_seal" else "id")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["audit_change", "audit_seal", "audit_sealedblock"])
def test_the_product_adds_no_row_of_its_own_to_the_trail_of_changes_or_to_the_seals(table):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} SELECT * FROM {table}")


@pytest.mark.django_db
def test_a_table_of_the_same_name_in_the_session_does_not_catch_the_trail():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE audit_change (LIKE public.audit_change INCLUDING ALL) ON COMMIT DROP")
        schools("Ash")
        cursor.execute("SELECT count(*) FROM public.audit_change WHERE now->>'name' = 'Ash'")
        assert cursor.fetchone() == (1,)


@committed
def test_a_day_that_is_not_over_is_not_sealed():
    schools("Ash")
    assert (seal(), Seal.objects.count()) == (0, 0)


@committed
def test_the_newest_hash_goes_to_the_log(caplog):
    schools("Ash")
    long_ago(1)
    with caplog.at_level("INFO", logger="goldthread.seal"):
        seal()
    newest = Seal.objects.order_by("-number")[0]
    assert [record.getMessage() for record in caplog.records] == [seal_in_words(newest)]
    assert bytes(newest.hash).hex() in seal_in_words(newest)


def test_since_a_day_reads_the_rows_of_later_days_and_the_whole_chain(two_days):
    as_owner(f"UPDATE audit_change SET actor = 'x' WHERE id = {keys_of(0)[0]}", "UPDATE audit_seal SET version = 'x' WHERE number = 2")
    found = verify(since=Seal.objects.get(number=3).day)
    assert [(one.number, one.wrong) for one in found.days if one.wrong] == [(2, ["Seal 2 itself was altered."])]


def test_the_report_runs_whole_days_together_and_names_the_others(two_days):
    first = Seal.objects.get(number=1).day
    lines = list(lines_of(verify()))
    assert lines[0].startswith(f"{first} to {Seal.objects.get(number=6).day}: whole; ")
    assert lines[-1] == "The trail is whole from the first sealed day: no sealed row was altered, removed or put in."
    as_owner(f"DELETE FROM audit_change WHERE id = {keys_of(0)[0]}")
    lines = list(lines_of(verify()))
    assert lines[0].startswith(f"{first}, changes, sealed with") and lines[0].endswith("NOT WHOLE")
    assert lines[-1].startswith("The trail is NOT whole.")


def test_a_database_restored_from_a_backup_is_whole_and_says_which_kept_hash_is_newer(two_days, tmp_path):
    file = tmp_path / "kept.dump"
    backup.backup(file)
    schools("Fir")
    long_ago(1)
    kept = bytes(Seal.objects.get(number=6).hash)
    connection.close()
    backup.restore(file, replace=True)
    assert wrong_in(verify(expected=[kept])) == []
    (told,) = wrong_in(verify(expected=[b"x" * 32]))
    assert told.endswith("or the database is older than it (a backup).")
    schools("Gorse")
    long_ago(1)
    assert (seal(), wrong_in(verify())) == (0, [])


def ran(*words: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        commands.main(["verify-audit", *words])
    return int(stopped.value.code or 0)


@pytest.fixture
def here(monkeypatch):
    """The command on this test's database."""
    from contextlib import nullcontext

    monkeypatch.setattr(commands, "django_at_hand", nullcontext)
    monkeypatch.setattr(commands.signal, "signal", lambda number, what: None)


def test_the_command_ends_with_0_whole_1_not_whole(two_days, here, capsys):
    newest = bytes(Seal.objects.get(number=6).hash).hex()
    assert (ran("--print"), newest in capsys.readouterr().out) == (0, True)
    assert (ran("--expect", newest), ran("--since", str(date(2020, 1, 1)))) == (0, 0)
    assert verified().sentence.endswith("found whole.")
    assert (ran("--expect", "0" * 64), f"{'0' * 64} is not in the chain" in capsys.readouterr().out) == (1, True)
    last = Verification.objects.order_by("-pk")[0]
    assert (last.is_whole, last.actor.startswith("system:verify-audit, "), len(last.found)) == (False, True, 1)
    assert verified().is_well is False


def test_a_hash_that_is_none_is_refused_before_anything_is_read(two_days, here):
    with pytest.raises(SystemExit, match="“abc” is not the hash of a seal"):
        commands.main(["verify-audit", "--expect", "abc"])
    assert not Verification.objects.exists()


@committed
def test_the_command_ends_with_2_where_nothing_is_sealed(here, capsys):
    assert (ran(), "No day is sealed yet" in capsys.readouterr().out) == (2, True)


@committed
def test_health_is_ill_when_two_days_wait_for_their_seal():
    schools("Ash")
    assert sealed().is_well
    long_ago(3)
    assert (sealed().is_well, "is “goldthread worker” running?" in sealed().sentence) == (False, True)
    seal()
    assert sealed().is_well
