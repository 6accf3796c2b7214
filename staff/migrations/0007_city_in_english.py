"""Cities have an English name too, as sites and regions have."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("staff", "0006_scheme_drawn_to_the_mean")]

    operations = [
        migrations.AddField(
            model_name="site",
            name="city_en",
            field=models.CharField(blank=True, max_length=40),
        ),
    ]
