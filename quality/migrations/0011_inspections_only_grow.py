"""How a point was graded stays as it was; what was corrected stays beside it."""

from django.db import migrations

from courierqa.core.insert_only import insert_only


class Migration(migrations.Migration):
    dependencies = [("quality", "0010_inspections")]
    operations = [
        insert_only("quality_inspectionline"),
        insert_only("quality_inspectioncorrection"),
    ]
