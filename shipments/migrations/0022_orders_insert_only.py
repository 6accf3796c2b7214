"""Changed fees, changed pickups and the steps about dangerous goods can only be added."""

from django.db import migrations

from courierqa.core.insert_only import insert_only


class Migration(migrations.Migration):
    dependencies = [("shipments", "0021_acceptance_catalogue")]

    operations = [
        insert_only("shipments_feechange"),
        insert_only("shipments_pickupchange"),
        insert_only("shipments_dangerstep"),
    ]
