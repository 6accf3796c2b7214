"""Load the first tariff, the terms, packing, legal basis and the goods list with its groups.

Numbers without a rule behind them are proposals; the records say so.
"""

import json
from datetime import UTC, date, datetime
from pathlib import Path

from django.db import migrations

from courierqa.core.rows_of_migrations import RunRows

FILE = Path(__file__).resolve().parent.parent / "catalogue" / "acceptance.json"
LIMITS = ("max_weight_g", "max_side_cm", "max_sum_cm", "max_declared_fen")
LISTED = datetime(2025, 1, 1, tzinfo=UTC)


def _read():
    return json.loads(FILE.read_text(encoding="utf-8"))


def _tariff(apps, said):
    product = apps.get_model("shipments", "Product")
    rate = apps.get_model("shipments", "TariffRate")
    fields = {**said["tariff"], "valid_from": date.fromisoformat(said["tariff"]["valid_from"])}
    tariff = apps.get_model("shipments", "Tariff").objects.create(**fields)
    for row in product.objects.all():
        for zone, (first, step) in said["rates"].get(row.code, {}).items():
            rate.objects.create(
                tariff=tariff, product=row, zone=zone, first_fen=first, step_fen=step
            )
    for code, numbers in said["limits"].items():
        product.objects.filter(code=code).update(**dict(zip(LIMITS, numbers, strict=True)))


def _goods(apps, said):
    item = apps.get_model("shipments", "ProhibitedItem")
    for term, category in said["categories"].items():
        item.objects.filter(term=term).update(category=category)
    for row in said["more"]:
        item.objects.get_or_create(term=row["term"], since=1, defaults=row)
    apps.get_model("shipments", "GoodsList").objects.create(
        version=1, valid_from=LISTED, source=said["source"], source_en=said["source_en"]
    )


def load(apps, schema_editor):
    said = _read()
    _tariff(apps, said)
    _goods(apps, said["goods"])
    terms = {**said["terms"], "valid_from": date.fromisoformat(said["terms"]["valid_from"])}
    apps.get_model("shipments", "Terms").objects.create(**terms)
    packing = apps.get_model("shipments", "PackingMaterial")
    for place, row in enumerate(said["packing"]):
        packing.objects.create(position=place, **row)
    basis = apps.get_model("shipments", "LegalBasis")
    for place, row in enumerate(said["legal"]):
        since = date.fromisoformat(row["valid_from"])
        basis.objects.create(position=place, **{**row, "valid_from": since})


def unload(apps, schema_editor):
    for name in ("TariffRate", "Tariff", "Terms", "PackingMaterial", "LegalBasis", "GoodsList"):
        apps.get_model("shipments", name).objects.all().delete()
    more = [row["term"] for row in _read()["goods"]["more"]]
    apps.get_model("shipments", "ProhibitedItem").objects.filter(term__in=more).delete()


class Migration(migrations.Migration):
    dependencies = [("shipments", "0020_orders_acceptance")]

    operations = [RunRows(load, unload)]
