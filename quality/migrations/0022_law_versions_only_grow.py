"""What a law said at a time stays on record."""

from django.db import migrations

from courierqa.core.insert_only import insert_only


class Migration(migrations.Migration):
    dependencies = [("quality", "0021_processes_to_begin_with")]
    operations = [insert_only("quality_lawversion")]
