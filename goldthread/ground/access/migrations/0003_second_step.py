from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_setting_up"),
    ]

    operations = [
        migrations.AlterField(
            model_name="signintry",
            name="how",
            field=models.CharField(
                choices=[
                    ("pass_phrase", "Pass phrase"),
                    ("code", "Code from an app"),
                    ("recovery", "Recovery code"),
                    ("passkey", "Passkey"),
                    ("demo", "Demo, one click"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="Moment",
            fields=[
                ("cache_key", models.CharField(max_length=255, primary_key=True, serialize=False)),
                ("value", models.TextField()),
                ("expires", models.DateTimeField(db_index=True)),
            ],
        ),
    ]
