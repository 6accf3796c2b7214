"""Questions a fault test asks the killed installation, run inside it by `manage.py shell`.

Each prints one JSON value. What is compared was computed by the product once while it was being
killed and once from nothing.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

# A parcel of which nothing was ever scanned.
BLANK: dict[str, Any] = {
    "state": "none",
    "conditions": [],
    "accepted_at": None,
    "last_event_at": None,
    "last_site": None,
    "holder": None,
    "done_at": None,
    "attempts": 0,
}
CELLS = ("Cell", "MonthCell", "CourierCell", "CauseCell")


def _say(value: Any) -> None:
    print(json.dumps(value, default=str))  # noqa: T201 -- the answer


def _rows(label: str, *, without: tuple[str, ...] = ("id",)) -> list[Any]:
    model = apps.get_model(label)
    columns = [f.attname for f in model._meta.concrete_fields if f.attname not in without]
    return sorted(map(list, model.objects.values_list(*columns)), key=str)


def _digest(rows: list[Any]) -> str:
    return hashlib.sha256(json.dumps(rows, default=str).encode()).hexdigest()


def parcels() -> None:
    """Parcels that can be delivered now, with the site that holds them."""
    model, site = apps.get_model("shipments.Parcel"), apps.get_model("staff.Site")
    codes = dict(site.objects.values_list("pk", "code"))
    open_ones = model.objects.filter(done_at=None, accepted_at__isnull=False).order_by("pk")
    _say([{"waybill": p.waybill, "site": codes[p.destination_id]} for p in open_ones])


def figures() -> None:
    """Every stored cell, by table: how many, and one hash over all."""
    _say({name: _count_and_hash(f"kpi.{name}") for name in CELLS})


def _count_and_hash(label: str) -> list[Any]:
    rows = _rows(label)
    return [len(rows), _digest(rows)]


def figures_from_nothing() -> None:
    """Throw every cell and every state away, fold and count again, and tell what came out."""
    from kpi import services as kpi
    from shipments import services

    now = timezone.now()
    before = _shadow()
    with transaction.atomic():
        apps.get_model("shipments.Parcel").objects.update(**BLANK)
        apps.get_model("shipments.ParcelFacts").objects.all().delete()
        for name in (*CELLS, "Watermark"):
            apps.get_model(f"kpi.{name}").objects.all().delete()
        keys = list(apps.get_model("shipments.Parcel").objects.values_list("pk", flat=True))
    for start in range(0, len(keys), 500):
        services.refold(keys[start : start + 500], now=now)
    kpi.rebuild(now=now)
    shadow = {"same_states": before == _shadow()}
    _say(shadow | {name: _count_and_hash(f"kpi.{name}") for name in CELLS})


def _shadow() -> list[str]:
    """Hashes of what the fold wrote: parcel states and facts."""
    changing = ("id", "updated_at", "created_at", "fold_version")
    return [
        _digest(_rows(f"shipments.{name}", without=changing)) for name in ("Parcel", "ParcelFacts")
    ]


def events() -> None:
    """What is stored per (device, id), and whether anything is stored twice."""
    model = apps.get_model("shipments.ScanEvent")
    doubles = model.objects.values("device", "uid").annotate(n=Count("pk")).filter(n__gt=1).count()
    _say(
        {
            "doubles": doubles,
            "ids": [str(uid) for uid in model.objects.values_list("uid", flat=True)],
        }
    )


def effects() -> None:
    """Effects by state, and how many still wait for their first try."""
    model = apps.get_model("core.Effect")
    states = dict(model.objects.values_list("state").annotate(n=Count("pk")))
    fresh = model.objects.filter(state__in=("waiting", "running"), attempts__lte=1)
    _say({"states": states, "open": fresh.filter(run_after__lte=timezone.now()).count()})


def lapse_effects() -> None:
    """Let the effects of killed workers be due again, as they are minutes later by themselves."""
    running = apps.get_model("core.Effect").objects.filter(state="running")
    _say(running.update(lease_until=timezone.now()))


def lapse_leases() -> None:
    """Let the leases of killed processes run out, as they do by themselves within a minute."""
    _say(apps.get_model("core.Lease").objects.exclude(until=None).update(until=None))
