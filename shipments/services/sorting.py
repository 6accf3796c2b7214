"""Sorting is checked against the plan: where a parcel should go next, and what went wrong."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError
from shipments import enums
from shipments.models import Parcel
from shipments.selectors.ways import WayPlans
from shipments.services.gates import require_free
from shipments.services.holding import hold
from shipments.services.scans import ScanInput, record_scans
from staff.models import Site


@transaction.atomic
def redispatch(
    *, parcel: Parcel, site: Site, at: datetime, actor: Any, person_id: int | None, key: UUID
) -> Site:
    """Sort a parcel to where its plan says; return that site. The same `key` counts once."""
    hold(parcel)
    if parcel.state in enums.ENDED:
        text = _("This parcel has ended: %(state)s") % {"state": parcel.get_state_display()}
        raise DomainError(text, code="ended")
    require_free(parcel, enums.Code.SRT)
    planned = WayPlans([parcel]).next_site(parcel, site.pk)
    target = Site.objects.filter(pk=planned).first()
    if target is None:
        raise DomainError(_("The plan of this parcel ends here"), code="no_next", field="next")
    scan = ScanInput(
        uid=uuid5(key, parcel.waybill), waybill=parcel.waybill, code="SRT", happened_at=at,
        device="station", site_id=site.pk, person_id=person_id,
        detail={"next": target.code, "redispatch": True},
    )  # fmt: skip
    record_scans([scan], source=enums.Source.HUB, recorded_at=at)
    audit.record("parcel.redispatch", parcel, actor=actor, at=at)
    return target
