"""Each time a due day was moved stays on record."""

from django.db import migrations

from courierqa.core.insert_only import insert_only


class Migration(migrations.Migration):
    dependencies = [("quality", "0001_initial")]
    operations = [insert_only("quality_extension")]
