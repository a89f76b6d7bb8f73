from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Arrival",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_default=Now())),
                ("by", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("version", models.TextField()),
                ("sums", models.CharField(max_length=64)),
                ("rows", models.BigIntegerField()),
            ],
        ),
    ]
