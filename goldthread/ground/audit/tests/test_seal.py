"""The trail, sealed day by day: what was altered, removed or put in is found and named."""

import pytest
from django.utils.timezone import localdate

from goldthread.core.agencies.models import Agency
from goldthread.ground.audit import actions
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.models import Reading, Seal
from goldthread.ground.audit.tests.tampering import as_owner, keys_of, long_ago, schools, seal, wrong_in
from goldthread.ground.audit.verifying import verify


def test_each_day_is_sealed_by_key_and_chained_to_the_one_before(two_days):
    seals = list(Seal.objects.order_by("number"))
    assert [(one.number, one.trail, (localdate() - one.day).days) for one in seals] == [
        (1, "audit_change", 3), (2, "audit_reading", 3), (3, "audit_change", 2), (4, "audit_reading", 2), (5, "audit_change", 1), (6, "audit_reading", 1),
    ]  # fmt: skip
    assert [one.count for one in seals if one.trail == "audit_reading"] == [3, 2, 0]
    assert [bytes(one.before or b"") for one in seals] == [b"", *(bytes(one.hash) for one in seals[:-1])]
    assert (wrong_in(verify()), seal()) == ([], 0)


def test_an_altered_value_is_found_and_its_row_named(two_days):
    key = keys_of(0)[1]
    as_owner(f"UPDATE audit_change SET now = jsonb_set(now, '{{name}}', '\"Birch\"') WHERE id = {key}")
    assert wrong_in(verify()) == [f"audit_change 3: 1 row was altered: {key}."]


@pytest.mark.parametrize(
    "setting",
    ["at = at + interval '1 microsecond'", "transaction = transaction + 1", '"table" = \'agencies_post\'', "row = row + 1", "op = 'U'",
     "was = 'null'", "now = NULL", "actor = 'user:7'", "purpose = 'another'", "request = 'r'"],
)  # fmt: skip
def test_every_column_of_a_change_is_sealed(two_days, setting):
    key = keys_of(1)[0]
    as_owner(f"UPDATE audit_change SET {setting} WHERE id = {key}")
    assert wrong_in(verify()) == [f"audit_change 2: 1 row was altered: {key}."]


@pytest.mark.parametrize(
    "setting",
    [
        "at = at - interval '1 hour'",
        "actor = 'user:7'",
        "user_id = 7",
        "act = 'list'",
        "what = 'x'",
        "people = '{1}'",
        "purpose = 'x'",
        "request = 'x'",
    ],
)
def test_every_column_of_a_look_is_sealed(two_days, setting):
    key = Reading.objects.order_by("pk")[0].pk
    as_owner(f"UPDATE audit_reading SET {setting} WHERE id = {key}")
    assert wrong_in(verify()) == [f"audit_reading 3: 1 row was altered: {key}."]


def test_a_removed_row_is_found_and_its_key_named(two_days):
    key = keys_of(0)[2]
    as_owner(f"DELETE FROM audit_change WHERE id = {key}")
    assert wrong_in(verify()) == [f"audit_change 3: 1 row was removed: {key}."]


def test_a_row_put_in_is_found_in_a_key_that_was_given_up_below_all_others_and_beyond_all_others(transactional_db):
    schools("Ash")
    with pytest.raises(RuntimeError), acting(None, system="test"):
        Agency.objects.create(name="Never", kind="school")
        raise RuntimeError
    schools("Beech")
    long_ago(2)
    seal()
    free = keys_of(0)[0] + 1
    assert wrong_in(verify()) == []
    row = 'SELECT {}, at, transaction, "table", row, op, was, now, actor, purpose, request FROM audit_change ORDER BY id LIMIT 1'
    for key, said in ((free, f"audit_change 2: 1 row was put in after sealing: {free}."), (-5, "1 rows of changes stand below the first sealed key, 1"), (10**9, "was ever handed out")):  # fmt: skip
        as_owner(f"INSERT INTO audit_change {row.format(key)}")
        (found,) = wrong_in(verify())
        assert said in found
        as_owner(f"DELETE FROM audit_change WHERE id = {key}")
    assert wrong_in(verify()) == []


def test_two_rows_that_changed_places_are_both_named(two_days):
    one, other = keys_of(0)[:2]
    as_owner(*(f"UPDATE audit_change SET id = {to} WHERE id = {key}" for key, to in ((one, -1), (other, one), (-1, other))))
    assert wrong_in(verify()) == [f"audit_change 3: 2 rows were altered: {one}, {other}."]


def test_a_day_removed_with_its_seals_is_missed(two_days):
    """The seals of the last day with rows and of yesterday, with all their rows, as if they had never been."""
    last = Seal.objects.get(number=3)
    as_owner(
        "DELETE FROM audit_sealedblock WHERE seal_id > 2",
        "DELETE FROM audit_seal WHERE number > 2",
        f"DELETE FROM audit_change WHERE id BETWEEN {last.first_key} AND {last.last_key}",
    )
    found = wrong_in(verify())
    assert found[0] == f"Seal 3 (changes of {last.day}) was made and is gone: nothing proves what it sealed."
    assert [words.split(" (")[0] for words in found] == ["Seal 3", "Seal 4", "Seal 5", "Seal 6"]


def test_a_seal_in_the_middle_that_is_gone_is_missed(two_days):
    as_owner(
        "DELETE FROM audit_sealedblock WHERE seal_id = 3",
        "DELETE FROM audit_seal WHERE number = 3",
        "DELETE FROM audit_change WHERE \"table\" = 'audit_seal'",
    )
    found = wrong_in(verify())
    assert "Seal 3 was made and is gone: nothing proves what it sealed." in found
    assert any("Seal 5 does not begin where the seal before it of this trail ends." in words for words in found)


@pytest.mark.parametrize(
    "setting", ["count = 99", "day = day - 30", "last_key = last_key + 1", "version = 'x'", "digest = '\\x00'", "before = '\\x00'"]
)
def test_an_altered_seal_is_found(two_days, setting):
    as_owner(f"UPDATE audit_seal SET {setting} WHERE number = 3")
    assert "Seal 3 itself was altered." in [words for one in verify().days for words in one.wrong]


def test_a_seal_given_another_hash_parts_the_chain(two_days):
    as_owner("UPDATE audit_seal SET hash = sha256('x') WHERE number = 3")
    said = [words for one in verify().days for words in one.wrong]
    assert said == ["Seal 3 itself was altered.", "Seal 4 does not follow on seal 3: one of them is not the one that was made."]


def test_altered_marks_of_a_block_are_found(two_days):
    as_owner("UPDATE audit_sealedblock SET marks = '\\x00' WHERE seal_id = 1")
    assert wrong_in(verify()) == ["audit_change 3: The blocks of seal 1 were altered: which rows changed may be told wrongly."]


def test_who_owns_the_database_can_seal_anew_and_only_a_hash_kept_elsewhere_tells(two_days):
    kept = bytes(Seal.objects.get(number=4).hash)
    with acting(None, system="test"):
        actions.note_verification(verify())
    as_owner(
        f"UPDATE audit_change SET actor = 'user:7' WHERE id = {keys_of(0)[0]}",
        "DELETE FROM audit_sealedblock", "DELETE FROM audit_seal", "DELETE FROM audit_change WHERE \"table\" = 'audit_seal'",
    )  # fmt: skip
    assert seal() == 3
    assert [words.split(" is not")[0] for words in verify(expected=[kept]).wrong][:1] == [kept.hex()]
    assert "is not in the chain any more" in verify().wrong[0]
    as_owner("ALTER TABLE audit_verification DISABLE TRIGGER USER", "DELETE FROM audit_verification")
    assert verify().is_whole and not verify(expected=[kept]).is_whole
