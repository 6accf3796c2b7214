from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0032_counted_rows"),
    ]

    operations = [
        migrations.AlterField(
            model_name="invitation",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("open", "No answer yet"),
                    ("answered", "Answered"),
                    ("refused", "Does not want to answer"),
                    ("unreached", "Not reached"),
                    ("undelivered", "Never arrived"),
                ],
                default="open",
                max_length=12,
            ),
        ),
    ]
