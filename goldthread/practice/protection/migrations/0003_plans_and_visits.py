import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

# A period was of as many children as its record; from now on it is of one, and the record says which.
WHOSE = """
SELECT set_config('app.actor', 'system: migration', true);
UPDATE protection_protectionplan p SET child_id = (SELECT min(l.child_id) FROM records_recordchild l WHERE l.record_id = p.record_id);
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("protection", "0002_strategy_discussions_and_enquiries"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlanCategory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField()),
                ("category", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="ProtectionVisit",
            fields=[
                (
                    "origin",
                    models.CharField(
                        choices=[("here", "Recorded here"), ("imported", "Imported"), ("transferred", "Transferred in")],
                        default="here",
                        max_length=11,
                    ),
                ),
                ("definition_version", models.SmallIntegerField(default=1)),
                ("reached", models.SmallIntegerField(default=0)),
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="records.record",
                    ),
                ),
                ("visited_on", models.DateField(null=True)),
                ("place", models.TextField(null=True)),
                ("was_expected", models.BooleanField(null=True)),
                ("aim", models.TextField(null=True)),
                ("outcome", models.TextField(null=True)),
                ("what_next", models.TextField(null=True)),
                ("try_again_on", models.DateField(null=True)),
                ("what_moved", models.TextField(null=True)),
                ("visited_at", models.TimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProtectionVisitChild",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "origin",
                    models.CharField(
                        choices=[("here", "Recorded here"), ("imported", "Imported"), ("transferred", "Transferred in")],
                        default="here",
                        max_length=11,
                    ),
                ),
                ("definition_version", models.SmallIntegerField(default=1)),
                ("reached", models.SmallIntegerField(default=0)),
                ("is_seen", models.BooleanField(null=True)),
                ("why_not_seen", models.TextField(null=True)),
                ("where_instead", models.TextField(null=True)),
                ("is_seen_alone", models.BooleanField(null=True)),
                ("why_not_alone", models.TextField(null=True)),
                ("childs_words", models.TextField(null=True)),
                ("bedroom", models.TextField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WrittenPlan",
            fields=[
                (
                    "origin",
                    models.CharField(
                        choices=[("here", "Recorded here"), ("imported", "Imported"), ("transferred", "Transferred in")],
                        default="here",
                        max_length=11,
                    ),
                ),
                ("definition_version", models.SmallIntegerField(default=1)),
                ("reached", models.SmallIntegerField(default=0)),
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="records.record",
                    ),
                ),
                ("written_on", models.DateField(null=True)),
                ("made_at", models.TextField(null=True)),
                ("what_changed", models.TextField(null=True)),
                ("lead", models.TextField(null=True)),
                ("if_unsafe", models.TextField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WrittenPlanChild",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "origin",
                    models.CharField(
                        choices=[("here", "Recorded here"), ("imported", "Imported"), ("transferred", "Transferred in")],
                        default="here",
                        max_length=11,
                    ),
                ),
                ("definition_version", models.SmallIntegerField(default=1)),
                ("reached", models.SmallIntegerField(default=0)),
                ("childs_view", models.TextField(null=True)),
                ("visit_within", models.IntegerField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WrittenPlanNeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "origin",
                    models.CharField(
                        choices=[("here", "Recorded here"), ("imported", "Imported"), ("transferred", "Transferred in")],
                        default="here",
                        max_length=11,
                    ),
                ),
                ("definition_version", models.SmallIntegerField(default=1)),
                ("reached", models.SmallIntegerField(default=0)),
                ("slot", models.PositiveSmallIntegerField()),
                ("about", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), null=True, size=None)),
                ("worry", models.TextField(null=True)),
                ("must_change", models.TextField(null=True)),
                ("how_we_know", models.TextField(null=True)),
                ("who_helps", models.TextField(null=True)),
                ("by_on", models.DateField(null=True)),
                ("if_not", models.TextField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WrittenPlanParent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "origin",
                    models.CharField(
                        choices=[("here", "Recorded here"), ("imported", "Imported"), ("transferred", "Transferred in")],
                        default="here",
                        max_length=11,
                    ),
                ),
                ("definition_version", models.SmallIntegerField(default=1)),
                ("reached", models.SmallIntegerField(default=0)),
                ("does", models.TextField(null=True)),
                ("says", models.TextField(null=True)),
                ("gets_copy", models.BooleanField(null=True)),
                ("why_no_copy", models.TextField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="protectionplan",
            name="child",
            field=models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.RunSQL(WHOSE, migrations.RunSQL.noop),
        migrations.AddField(
            model_name="protectionplan",
            name="decided_by",
            field=models.TextField(null=True),
        ),
        migrations.AddField(
            model_name="protectionplan",
            name="how_ended",
            field=models.TextField(null=True),
        ),
        migrations.AddField(
            model_name="protectionplan",
            name="stands",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddField(
            model_name="protectionplan",
            name="why_ended",
            field=models.TextField(null=True),
        ),
        migrations.AddConstraint(
            model_name="protectionplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("child__isnull", False),
                    ("started_on__isnull", False),
                    models.Q(("ended_on", None), ("ended_on__gte", models.F("started_on")), _connector="OR"),
                ),
                name="protection_protectionplan_runs_forward",
            ),
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
        migrations.AddConstraint(
            model_name="protectionplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("definition_version__lt", 2),
                    models.Q(("ended_on", None), ("how_ended", None)),
                    models.Q(("ended_on__isnull", False), ("how_ended__isnull", False)),
                    _connector="OR",
                ),
                name="a_protection_plan_ends_in_a_lawful_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="protectionplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("ended_on", None),
                    ("ended_on__gt", models.F("started_on")),
                    ("how_ended", "died"),
                    _connector="OR",
                ),
                name="a_protection_plan_lasts_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="protectionplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 2),
                    ("definition_version__lt", 1),
                    ("ended_on__isnull", False),
                    _connector="OR",
                ),
                name="protection_protectionplan_ended_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="protectionplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 2),
                    ("decided_by__isnull", False),
                    _connector="OR",
                ),
                name="protection_protectionplan_decided_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="protectionplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 2),
                    ("initial_category__isnull", False),
                    _connector="OR",
                ),
                name="protection_protectionplan_initial_category",
            ),
        ),
        migrations.AddConstraint(
            model_name="protectionplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 2),
                    ("previous_plans__isnull", False),
                    _connector="OR",
                ),
                name="protection_protectionplan_previous_plans",
            ),
        ),
        migrations.AddConstraint(
            model_name="protectionplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 2),
                    ("definition_version__lt", 2),
                    ("how_ended__isnull", False),
                    _connector="OR",
                ),
                name="protection_protectionplan_how_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="protectionplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 2),
                    ("definition_version__lt", 2),
                    ("why_ended__isnull", False),
                    _connector="OR",
                ),
                name="protection_protectionplan_why_ended",
            ),
        ),
        migrations.AddField(
            model_name="plancategory",
            name="decided_in",
            field=models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.record"
            ),
        ),
        migrations.AddField(
            model_name="plancategory",
            name="record",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.record"),
        ),
        migrations.AddConstraint(
            model_name="protectionvisit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 1),
                    ("visited_on__isnull", False),
                    _connector="OR",
                ),
                name="protection_protectionvisit_visited_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="protectionvisit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 1),
                    ("place__isnull", False),
                    _connector="OR",
                ),
                name="protection_protectionvisit_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="protectionvisit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 1),
                    ("was_expected__isnull", False),
                    _connector="OR",
                ),
                name="protection_protectionvisit_was_expected",
            ),
        ),
        migrations.AddConstraint(
            model_name="protectionvisit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 1),
                    ("aim__isnull", False),
                    _connector="OR",
                ),
                name="protection_protectionvisit_aim",
            ),
        ),
        migrations.AddConstraint(
            model_name="protectionvisit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 1),
                    ("outcome__isnull", False),
                    _connector="OR",
                ),
                name="protection_protectionvisit_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="protectionvisit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 1),
                    models.Q(("outcome__in", ("nobody_in", "refused")), _negated=True),
                    ("what_next__isnull", False),
                    _connector="OR",
                ),
                name="protection_protectionvisit_what_next",
            ),
        ),
        migrations.AddConstraint(
            model_name="protectionvisit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 1),
                    models.Q(("outcome__in", ("nobody_in", "refused")), _negated=True),
                    ("try_again_on__isnull", False),
                    _connector="OR",
                ),
                name="protection_protectionvisit_try_again_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="protectionvisit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 1),
                    models.Q(("outcome", "made"), _negated=True),
                    ("what_moved__isnull", False),
                    _connector="OR",
                ),
                name="protection_protectionvisit_what_moved",
            ),
        ),
        migrations.AddField(
            model_name="protectionvisitchild",
            name="person",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"),
        ),
        migrations.AddField(
            model_name="protectionvisitchild",
            name="record",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.record"),
        ),
        migrations.AddConstraint(
            model_name="writtenplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 1),
                    ("written_on__isnull", False),
                    _connector="OR",
                ),
                name="protection_writtenplan_written_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="writtenplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 1),
                    ("made_at__isnull", False),
                    _connector="OR",
                ),
                name="protection_writtenplan_made_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="writtenplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 1),
                    models.Q(("made_at__in", ("core_group", "review", "change")), _negated=True),
                    ("what_changed__isnull", False),
                    _connector="OR",
                ),
                name="protection_writtenplan_what_changed",
            ),
        ),
        migrations.AddConstraint(
            model_name="writtenplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 1),
                    ("lead__isnull", False),
                    _connector="OR",
                ),
                name="protection_writtenplan_lead",
            ),
        ),
        migrations.AddConstraint(
            model_name="writtenplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 1),
                    ("if_unsafe__isnull", False),
                    _connector="OR",
                ),
                name="protection_writtenplan_if_unsafe",
            ),
        ),
        migrations.AddField(
            model_name="writtenplanchild",
            name="person",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"),
        ),
        migrations.AddField(
            model_name="writtenplanchild",
            name="record",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.record"),
        ),
        migrations.AddField(
            model_name="writtenplanneed",
            name="record",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.record"),
        ),
        migrations.AddField(
            model_name="writtenplanparent",
            name="person",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"),
        ),
        migrations.AddField(
            model_name="writtenplanparent",
            name="record",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.record"),
        ),
        migrations.AddConstraint(
            model_name="plancategory",
            constraint=models.UniqueConstraint(fields=("record", "from_on"), name="one_category_a_day_of_a_plan"),
        ),
        migrations.AddConstraint(
            model_name="protectionvisitchild",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 1),
                    models.Q(("is_seen", False), _negated=True),
                    ("why_not_seen__isnull", False),
                    _connector="OR",
                ),
                name="protection_protectionvisitchild_why_not_seen",
            ),
        ),
        migrations.AddConstraint(
            model_name="protectionvisitchild",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 1),
                    models.Q(("is_seen", False), _negated=True),
                    ("where_instead__isnull", False),
                    _connector="OR",
                ),
                name="protection_protectionvisitchild_where_instead",
            ),
        ),
        migrations.AddConstraint(
            model_name="protectionvisitchild",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 1),
                    models.Q(("is_seen", True), _negated=True),
                    ("is_seen_alone__isnull", False),
                    _connector="OR",
                ),
                name="protection_protectionvisitchild_is_seen_alone",
            ),
        ),
        migrations.AddConstraint(
            model_name="protectionvisitchild",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 1),
                    models.Q(("is_seen_alone", False), _negated=True),
                    ("why_not_alone__isnull", False),
                    _connector="OR",
                ),
                name="protection_protectionvisitchild_why_not_alone",
            ),
        ),
        migrations.AddConstraint(
            model_name="protectionvisitchild",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 1),
                    models.Q(("is_seen", True), _negated=True),
                    ("childs_words__isnull", False),
                    _connector="OR",
                ),
                name="protection_protectionvisitchild_childs_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="protectionvisitchild",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 1),
                    models.Q(("is_seen", True), _negated=True),
                    ("bedroom__isnull", False),
                    _connector="OR",
                ),
                name="protection_protectionvisitchild_bedroom",
            ),
        ),
        migrations.AddConstraint(
            model_name="protectionvisitchild",
            constraint=models.UniqueConstraint(fields=("record", "person"), name="protection_protectionvisitchild_once"),
        ),
        migrations.AddConstraint(
            model_name="writtenplanchild",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 1),
                    ("childs_view__isnull", False),
                    _connector="OR",
                ),
                name="protection_writtenplanchild_childs_view",
            ),
        ),
        migrations.AddConstraint(
            model_name="writtenplanchild",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 1),
                    ("visit_within__isnull", False),
                    _connector="OR",
                ),
                name="protection_writtenplanchild_visit_within",
            ),
        ),
        migrations.AddConstraint(
            model_name="writtenplanchild",
            constraint=models.UniqueConstraint(fields=("record", "person"), name="protection_writtenplanchild_once"),
        ),
        migrations.AddConstraint(
            model_name="writtenplanneed",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 1),
                    ("worry__isnull", False),
                    _connector="OR",
                ),
                name="protection_writtenplanneed_worry",
            ),
        ),
        migrations.AddConstraint(
            model_name="writtenplanneed",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 1),
                    ("must_change__isnull", False),
                    _connector="OR",
                ),
                name="protection_writtenplanneed_must_change",
            ),
        ),
        migrations.AddConstraint(
            model_name="writtenplanneed",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 1),
                    ("how_we_know__isnull", False),
                    _connector="OR",
                ),
                name="protection_writtenplanneed_how_we_know",
            ),
        ),
        migrations.AddConstraint(
            model_name="writtenplanneed",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 1),
                    ("who_helps__isnull", False),
                    _connector="OR",
                ),
                name="protection_writtenplanneed_who_helps",
            ),
        ),
        migrations.AddConstraint(
            model_name="writtenplanneed",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 1),
                    ("by_on__isnull", False),
                    _connector="OR",
                ),
                name="protection_writtenplanneed_by_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="writtenplanneed",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 1),
                    ("if_not__isnull", False),
                    _connector="OR",
                ),
                name="protection_writtenplanneed_if_not",
            ),
        ),
        migrations.AddConstraint(
            model_name="writtenplanneed",
            constraint=models.UniqueConstraint(fields=("record", "slot"), name="protection_writtenplanneed_once"),
        ),
        migrations.AddConstraint(
            model_name="writtenplanparent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 1),
                    ("gets_copy__isnull", False),
                    _connector="OR",
                ),
                name="protection_writtenplanparent_gets_copy",
            ),
        ),
        migrations.AddConstraint(
            model_name="writtenplanparent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "here"), _negated=True),
                    ("reached__lt", 1),
                    ("definition_version__lt", 1),
                    models.Q(("gets_copy", False), _negated=True),
                    ("why_no_copy__isnull", False),
                    _connector="OR",
                ),
                name="protection_writtenplanparent_why_no_copy",
            ),
        ),
        migrations.AddConstraint(
            model_name="writtenplanparent",
            constraint=models.UniqueConstraint(fields=("record", "person"), name="protection_writtenplanparent_once"),
        ),
    ]
