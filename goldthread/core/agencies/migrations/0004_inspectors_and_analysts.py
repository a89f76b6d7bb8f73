from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0003_conference_chairs"),
    ]

    operations = [
        migrations.AlterField(
            model_name="duty",
            name="role",
            field=models.TextField(
                choices=[
                    ("front_door", "Front door (contacts and screening)"),
                    ("out_of_hours", "Out of hours"),
                    ("restricted_lead", "Restricted-records lead"),
                    ("information_governance", "Information governance"),
                    ("data_officer", "Data officer"),
                    ("conference_chair", "Conference chair"),
                    ("principal_social_worker", "Principal social worker"),
                    ("administrator", "Administrator"),
                    ("inspector", "Inspector (reads, writes nothing)"),
                    ("analyst", "Analyst (figures without names, writes nothing)"),
                ]
            ),
        ),
    ]
