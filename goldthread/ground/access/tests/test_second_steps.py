"""The secrets of second steps lie encrypted in the database, and go on being read when the key changes."""

from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.db import connection

from goldthread.ground.access.actions import create_sign_ins
from goldthread.ground.access.second_steps import actions, queries
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.models import Change
from goldthread.ground.boot import field_keys
from goldthread.ground.boot.settings import settings

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def key(monkeypatch):
    """One key; a test adds others before it."""
    monkeypatch.setattr(settings, "field_keys", field_keys.new_key())
    return settings.field_keys


def somebody(name="amina"):
    with acting(None, system="test"):
        user = create_sign_ins([(name, "Amina Mensah")])[0]
        TOTP.activate(user, SECRET)
        RecoveryCodes.activate(user)
    return user


def kept():
    return list(queries.with_secrets())


def test_neither_the_secret_of_an_app_nor_the_seed_of_the_codes_lies_there_in_plain(key):
    somebody()
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(data::text, ' ') FROM mfa_authenticator")
        lying = cursor.fetchone()[0]
    assert SECRET not in lying and lying.count(field_keys.MARK) == 2
    assert field_keys.decrypted(kept()[0].data["secret"]) == SECRET
    assert len(kept()[1].wrap().get_unused_codes()) == 10 == queries.codes_left(kept()[1].data)


def test_what_lay_there_in_plain_is_encrypted_by_the_migration_and_what_is_encrypted_stays(key):
    user = somebody()
    codes = kept()[1].wrap().get_unused_codes()
    before = kept()[1].data["seed"]
    with acting(None, system="test"):
        Authenticator.objects.filter(user=user, type="totp").update(data={"secret": SECRET})
    migration = import_module("goldthread.ground.access.migrations.0005_secrets_are_encrypted").Migration
    change = migration.operations[0]
    with connection.schema_editor(atomic=False) as editor:
        change.code(apps, editor)
    assert field_keys.is_by_newest(kept()[0].data["secret"]) and kept()[0].wrap().instance.data["secret"] != SECRET
    assert kept()[1].data["seed"] == before and kept()[1].wrap().get_unused_codes() == codes
    assert Change.objects.filter(table="mfa_authenticator").last().actor == "system: migration"
    with connection.schema_editor(atomic=False) as editor:
        change.reverse_code(apps, editor)
    assert kept()[0].data["secret"] == SECRET


def test_after_a_new_key_everything_is_read_and_the_old_key_is_needed_no_more(key, monkeypatch):
    somebody()
    newest = field_keys.new_key()
    monkeypatch.setattr(settings, "field_keys", f"{newest}, {key}")
    assert field_keys.decrypted(kept()[0].data["secret"]) == SECRET
    assert "wait for the newest key" in queries.readable().sentence
    assert actions.encrypt_anew() == (2, 0)
    monkeypatch.setattr(settings, "field_keys", newest)
    assert queries.readable().is_well and field_keys.decrypted(kept()[0].data["secret"]) == SECRET
    assert actions.encrypt_anew() == (0, 0), "nothing is left to do"
    told = Change.objects.filter(table="mfa_authenticator", op="U", actor="system:rotate-keys")
    assert told.count() == 2 and newest not in str(list(told.values())) and "fernet" not in str(list(told.values()))


def test_killed_after_its_first_batch_it_is_begun_again_and_nothing_was_unreadable_meanwhile(key, monkeypatch):
    for number in range(3):
        somebody(f"worker{number}")
    monkeypatch.setattr(settings, "field_keys", f"{field_keys.new_key()},{key}")
    monkeypatch.setattr(actions, "BATCH", 2)
    batches = []

    def killed(data):
        batches.append(data)
        if len(batches) > 2:
            raise KeyboardInterrupt
        return queries.is_current(data)

    with monkeypatch.context() as inside:
        inside.setattr(actions, "is_current", killed)
        with pytest.raises(KeyboardInterrupt):
            actions.encrypt_anew()
    assert [queries.is_current(one.data) for one in kept()] == [True, True, False, False, False, False]
    assert queries.unreadable() == 0
    assert actions.encrypt_anew() == (4, 0)


def test_a_row_that_no_key_opens_is_told_in_one_sentence_and_left_as_it_is(key, monkeypatch):
    somebody()
    monkeypatch.setattr(settings, "field_keys", field_keys.new_key())
    before = [one.data for one in kept()]
    found = queries.readable()
    assert not found.is_well and found.sentence.startswith(
        "2 of 2 apps and sets of recovery codes were encrypted by a key that is not here:"
    )
    assert actions.encrypt_anew() == (0, 2)
    assert [one.data for one in kept()] == before
    with pytest.raises(field_keys.Unreadable):
        kept()[0].wrap().validate_code("000000")


def test_without_a_setting_a_key_is_made_once_in_the_data_folder_and_a_new_one_comes_before_it(monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "field_keys", "")
    monkeypatch.setattr(settings, "data_dir", tmp_path / "new")
    words = field_keys.encrypted("three words here")
    path = settings.data_dir / "field-keys"
    first = path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600 and field_keys.keys() == [first]
    field_keys.add_key()
    assert field_keys.keys()[1:] == [first] and path.stat().st_mode & 0o777 == 0o600
    assert field_keys.decrypted(words) == "three words here" and not field_keys.is_by_newest(words)
    assert [one.name for one in settings.data_dir.iterdir()] == ["field-keys"], "nothing half-written is left"
