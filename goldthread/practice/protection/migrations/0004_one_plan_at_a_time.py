import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("protection", "0003_plans_and_visits"),
    ]

    operations = [
        migrations.AlterField(
            model_name="protectionplan",
            name="child",
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"),
        ),
        migrations.AddConstraint(
            model_name="protectionplan",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("stands", True)),
                expressions=[
                    (models.Func(models.F("child"), models.F("child"), models.Value("[]"), function="int8range"), "&&"),
                    (models.Func(models.F("started_on"), models.F("ended_on"), models.Value("[)"), function="daterange"), "&&"),
                ],
                name="protection_protectionplan_never_twice",
            ),
        ),
    ]
