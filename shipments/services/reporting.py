"""Reporting something wrong by hand: described, dated, pictured; a dangerous parcel is stopped."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError
from shipments import enums
from shipments.models import Parcel, ParcelException
from shipments.services.exceptions import classes, fresh, open_many
from shipments.services.handling import add_photo
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
    known = classes().get(kind)
    if known is None or not known.is_active:
        raise DomainError(_("Choose what is wrong"), code="required", field="kind")
    if found_at is not None and found_at > at:
        raise DomainError(_("This time is still to come"), code="future", field="found_at")
    row = fresh(parcel.pk, known, at=at, site_id=site_id, note=note[:300], description=note,
                found_at=found_at, reported_at=at, place=place[:60])  # fmt: skip
    made = open_many([row])
    if not made:
        words = _("An exception of this kind is already open")
        raise DomainError(words, code="already_open", field="kind")
    audit.record("exception.open", made[0], actor=actor, at=at)
    if photo:
        add_photo(made[0], content=photo, actor=actor, at=at)
    if known.stops_parcel and _can_stop(parcel):
        stop_parcel(parcel=parcel, why=note or str(known), at=at, actor=actor, site_id=site_id,
                    reported=made[0].number)  # fmt: skip
    return made[0]


def _can_stop(parcel: Parcel) -> bool:
    ended = parcel.state in enums.ENDED
    return not ended and enums.Condition.SECURITY_STOP not in parcel.conditions
