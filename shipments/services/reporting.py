"""Reporting something wrong by hand: described, dated, pictured; a dangerous parcel is stopped."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from shipments import enums
from shipments.models import Parcel, ParcelException
from shipments.services.exceptions import classes, open_by_hand
from shipments.services.handling import add_photo
from shipments.services.holding import hold
from shipments.services.stopping import stop_parcel


@transaction.atomic
def open_exception(
    *,
    parcel: Parcel,
    kind: str,
    site_id: int,
    at: datetime,
    actor: Any,
    note: str = "",
    found_at: datetime | None = None,
    place: str = "",
    photo: bytes = b"",
) -> ParcelException:
    """Report something wrong; `note` describes it, `found_at` is when it was seen (EXC-02).

    A class that stops parcels stops this one until somebody releases it (ACC-08, ACC-14).
    """
    hold(parcel)
    made = open_by_hand(
        parcel=parcel, kind=kind, site_id=site_id, at=at, actor=actor, note=note,
        found_at=found_at, place=place,
    )  # fmt: skip
    if photo:
        add_photo(made, content=photo, actor=actor, at=at)
    of = classes()[kind]
    if of.stops_parcel and _can_stop(parcel):
        stop_parcel(parcel=parcel, why=note or str(of), at=at, actor=actor, site_id=site_id,
                    reported=made.number)  # fmt: skip
    return made


def _can_stop(parcel: Parcel) -> bool:
    ended = parcel.state in enums.ENDED
    return not ended and enums.Condition.SECURITY_STOP not in parcel.conditions
