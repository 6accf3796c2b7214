"""Where the parcels live: sites, people, an instrument; and every row there is, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import connection

from courierqa.core import calendars
from shipments.models import Instrument
from staff.models import Employee, Site, User
from tests.factories import shipments as make

# Of `core`: the histories, what the worker still owes, the trail. Of `shipments`: everything.
CORE = ("statuschange", "effect", "auditentry", "message", "changedday")
# A deed that was stopped is counted, so a refusal may leave its line here (ACC-04).
COUNTED = frozenset({"refuseddeed"})
INSERT_ONLY = (
    "shipments_scanevent", "shipments_codentry", "shipments_codhandin", "shipments_roundcheck",
    "core_statuschange",
)  # fmt: skip

Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Stage:
    """One lane over one hub; couriers at the far end; a clerk who may do everything."""

    origin: Site
    hub: Site
    station: Site
    collector: Employee
    couriers: tuple[Employee, ...]
    clerk: User
    scale: Instrument
    tables: tuple[str, ...]

    @property
    def sites(self) -> tuple[Site, ...]:
        return self.origin, self.hub, self.station

    @property
    def people(self) -> tuple[Employee, ...]:
        return (self.collector, *self.couriers)


def set_stage() -> Stage:
    """Make what every run shares; runs undo only their own parcels."""
    make.catalogue()
    hub = make.site("HUB-HZ", kind="hub", city="杭州")
    ends = [make.site("HZ-01", city="杭州"), make.site("NB-01", city="宁波")]
    for site in ends:
        site.hub = hub
        site.save()
    origin, station = ends
    day = calendars.business_day(make.MONDAY)
    scale = Instrument.objects.create(
        code="S1", name="秤", kind="scale", site=origin, calibrated_on=day - timedelta(days=100),
        valid_until=day + timedelta(days=900),
    )  # fmt: skip
    couriers = tuple(make.courier(station) for _one in range(2))
    clerk = make.user("quality")
    return Stage(
        origin, hub, station, make.courier(origin), couriers, clerk, scale, _moving_tables()
    )


def _moving_tables() -> tuple[str, ...]:
    """Return the tables that hold nothing yet: reference data never moves."""
    models = [*apps.get_app_config("shipments").get_models()]
    models += [apps.get_model("core", name) for name in CORE]
    return tuple(
        m._meta.db_table for m in models
        if m._meta.model_name not in COUNTED and not m._base_manager.exists()
    )  # fmt: skip


def rows_of(tables: tuple[str, ...]) -> Rows:
    """Return every row of these tables, in the order of their first column."""
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")
            found[table] = cursor.fetchall()
        return found


def differing(before: Rows, after: Rows) -> list[str]:
    """Name the tables that are not the same."""
    return [table for table, rows in after.items() if before[table] != rows]
