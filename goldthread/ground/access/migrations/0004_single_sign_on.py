from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_second_step"),
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
                    ("provider", "Single sign-on"),
                    ("demo", "Demo, one click"),
                ],
                max_length=20,
            ),
        ),
    ]
