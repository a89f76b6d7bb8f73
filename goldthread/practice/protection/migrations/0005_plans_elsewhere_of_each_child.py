"""How many plans a child has had elsewhere is each child's own, and no longer asked once for all of a conference's children."""

from typing import Any

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def hand_on(apps: Any, schema_editor: Any) -> None:
    of_all = apps.get_model("protection", "TransferInConference").objects.filter(record=OuterRef("record")).values("plans_elsewhere")
    apps.get_model("protection", "TransferInConferenceChild").objects.update(plans_elsewhere=Subquery(of_all[:1]))


class Migration(migrations.Migration):
    dependencies = [("protection", "0004_conferences_and_core_groups")]

    operations = [
        migrations.AddField("transferinconferencechild", "plans_elsewhere", models.IntegerField(null=True)),
        migrations.RunSQL("SELECT set_config('app.actor', 'system: migration', true)", migrations.RunSQL.noop),
        migrations.RunPython(hand_on, migrations.RunPython.noop),
        migrations.RemoveConstraint("transferinconference", "protection_transferinconference_plans_elsewhere"),
        migrations.AddConstraint(
            "transferinconferencechild",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 3),
                    ("plans_elsewhere__isnull", False),
                    _connector="OR",
                ),
                name="protection_transferinconferencechild_plans_elsewhere",
            ),
        ),
    ]
