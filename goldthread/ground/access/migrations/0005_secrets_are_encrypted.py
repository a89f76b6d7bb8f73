from collections.abc import Callable
from typing import Any

from django.db import migrations

from goldthread.ground.access.second_steps.queries import each_secret
from goldthread.ground.boot.field_keys import decrypted, encrypted


def change(do: Callable[[str], str]) -> Callable[[Any, Any], None]:
    """Of every secret; in the trail as the migration's. A row is read and written in one transaction with all others."""

    def run(apps: Any, schema_editor: Any) -> None:
        rows = apps.get_model("mfa", "Authenticator").objects.using(schema_editor.connection.alias).exclude(type="webauthn")
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.actor', 'system: migration', true)")
        for row in rows.select_for_update().iterator():
            row.data = each_secret(row.data, do)
            row.save(update_fields=["data"])

    return run


class Migration(migrations.Migration):
    """What lay there in plain from before there were keys. Encrypted already (a backup brought back): it stays as it is."""

    dependencies = [
        ("access", "0004_single_sign_on"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        migrations.RunPython(change(lambda kept: kept if kept.startswith("fernet:") else encrypted(kept)), change(decrypted)),
    ]
