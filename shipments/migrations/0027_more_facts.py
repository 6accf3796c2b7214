"""What more figures count of a parcel. Rows made before stay empty until they are made anew."""

from django.db import migrations, models

SMALL = ("sorts", "missorts", "scans_expected", "scans_present")
MINUTES = ("whole", "origin", "transport", "station", "door")
MOMENTS = ("ended", "pickup", "slot", "refused")
YES = ("needs_inspection", "needs_identity", "checks_told")
NO = (
    "pickup_kept", "out_t08", "slot_kept", "inspected", "identified", "has_left", "screened",
    "has_flown", "flown_screened", "returned",
)  # fmt: skip


def _add(name, field):
    return migrations.AddField("parcelfacts", name, field)


def _index(name, fields, **more):
    return migrations.AddIndex("parcelfacts", models.Index(fields=fields, name=name, **more))


class Migration(migrations.Migration):
    dependencies = [("shipments", "0026_limits_of_facts")]

    operations = [
        *(_add(f"{name}_at", models.DateTimeField(null=True)) for name in MOMENTS),
        *(_add(f"{name}_day", models.DateField(null=True)) for name in MOMENTS),
        *(_add(f"{name}_minutes", models.IntegerField(null=True)) for name in MINUTES),
        *(_add(name, models.BooleanField(default=True)) for name in YES),
        *(_add(name, models.BooleanField(default=False)) for name in NO),
        _add("sort_site_id", models.BigIntegerField(null=True)),
        *(_add(name, models.PositiveSmallIntegerField(default=0)) for name in SMALL),
        _index("ship_facts_ended", ["ended_day", "accepted_day"]),
        _index("ship_facts_pickup", ["pickup_day", "origin_id"]),
        _index("ship_facts_slot", ["slot_day"], condition=models.Q(slot_day__isnull=False)),
        _index(
            "ship_facts_refused", ["refused_day"], condition=models.Q(refused_day__isnull=False)
        ),
    ]
