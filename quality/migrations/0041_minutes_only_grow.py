"""Signed minutes stay as they are."""

from django.db import migrations

from courierqa.core.insert_only import insert_only


class Migration(migrations.Migration):
    dependencies = [("quality", "0040_reviews")]
    operations = [insert_only("quality_reviewminutes")]
