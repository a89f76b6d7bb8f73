from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_what_is_sealed_stays"),
    ]

    operations = [
        migrations.AddField(
            model_name="addressee",
            name="told_at",
            field=models.DateTimeField(null=True),
        ),
    ]
