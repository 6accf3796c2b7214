"""Smallest valid vehicles, machines and licences, made by the services."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import shipments.services
from quality.models import Equipment, Licence
from quality.services import things
from shipments.models import Vehicle


def vehicle(
    site: Any, *, at: datetime, plate: str = "浙AK0001", km: int = 0, **fields: Any
) -> Vehicle:
    """Register a van at a site."""
    facts = {"kind": "van", "energy": "electric", "site": site, "load_kg": 800, "space_l": 4000,
             "gear": ["extinguisher"], "acquired_on": None, **fields}  # fmt: skip
    return shipments.services.save_vehicle(
        None, plate=plate, fields=facts, odometer_km=km, actor=None, at=at
    )


def equipment(site: Any, *, by: Any, at: datetime, code: str = "SM-1", **fields: Any) -> Equipment:
    """Register a sorting machine at a site."""
    facts = {"name": "分拣机", "kind": "sorter", "site": site, "sop": "SOP-12", "valid_until": None,
             **fields}  # fmt: skip
    return things.save_equipment(None, code=code, fields=facts, by=by, at=at)


def licence(*, by: Any, at: datetime, expires_on: date | None, **fields: Any) -> Licence:
    """Register a licence of the company."""
    facts = {"kind": "business", "name": "营业执照", "scope": "国内快递", "authority": "市场监管局",
             **fields}  # fmt: skip
    term = things.LicenceTermInput("L-1", date(2024, 1, 1), expires_on)
    return things.register_licence(fields=facts, term=term, by=by, at=at)
