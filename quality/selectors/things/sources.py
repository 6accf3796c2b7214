"""Records of things as sources of a nonconformity (NCR-01)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from courierqa.core.access import Access
from courierqa.core.calendars import day_start
from quality.enums import SourceKind as K
from quality.selectors.found import Found
from quality.selectors.things import lists
from shipments.models import Vehicle


def vehicle(reference: str, access: Access) -> Found | None:
    """Return a vehicle with its newest open defect."""
    rows = Vehicle.objects.filter(access.rows(site="site_id")).select_related("site")
    row = rows.filter(plate=reference).first()
    if row is None:
        return None
    defect = row.defects.filter(status="open").order_by("-is_safety", "-found_at").first()
    title = f"{row.plate}: {defect.what}" if defect else str(row.plate)
    return Found(K.VEHICLE, row.plate, title[:120], row.site,
                 defect.found_at if defect else None)  # fmt: skip


def equipment(reference: str, access: Access) -> Found | None:
    """Return a machine or device with what its last bad look found."""
    row = lists.equipment_for(access).filter(code=reference).first()
    if row is None:
        return None
    look = row.checks.filter(result="bad").first()
    title = f"{row}: {look.note}" if look else str(row)
    return Found(K.EQUIPMENT, row.code, title[:120], row.site, look.at if look else None)


def maintenance(reference: str, access: Access) -> Found | None:
    """Return a service that was not done in time."""
    row = numbered(lists.turns_for(access), reference)
    if row is None:
        return None
    thing: Any = row.plan.vehicle or row.plan.equipment
    words = _("Service due on %(day)s not done: %(what)s") % {
        "day": row.due_day, "what": row.plan
    }  # fmt: skip
    return Found(K.MAINTENANCE, str(row.pk), words[:120], thing.site, day_start(row.due_day))


def ticket(reference: str, access: Access) -> Found | None:
    """Return a call for help."""
    row = lists.tickets_for(access).filter(number=reference).first()
    if row is None:
        return None
    title = f"{row.vehicle}: {row.what}"
    return Found(K.TICKET, row.number, title[:120], row.vehicle.site, row.called_at)


def licence(reference: str, access: Access) -> Found | None:
    """Return a licence."""
    row = numbered(lists.licences_for(access), reference)
    if row is None:
        return None
    at = day_start(row.expires_on) if row.expires_on else None
    site = row.vehicle.site if row.vehicle else row.site
    return Found(K.LICENCE, str(row.pk), str(row)[:120], site, at)


def hazard(reference: str, access: Access) -> Found | None:
    """Return a hazard."""
    row = lists.hazards_for(access).filter(number=reference).first()
    return Found(K.HAZARD, row.number, row.what[:120], row.site, row.found_at) if row else None


def safety(reference: str, access: Access) -> Found | None:
    """Return a safety incident."""
    row = lists.incidents_for(access).filter(number=reference).first()
    if row is None:
        return None
    title = f"{row.get_kind_display()}: {row.what}"
    return Found(K.SAFETY, row.number, title[:120], row.site, row.happened_at)


def drill(reference: str, access: Access) -> Found | None:
    """Return a drill."""
    row = numbered(lists.drills_for(access), reference)
    return Found(K.DRILL, str(row.pk), str(row)[:120], row.site, None) if row else None


def numbered(rows: QuerySet[Any], reference: str) -> Any:
    """Return the row of a number, for records people do not call by a code of their own."""
    is_number = reference.isascii() and reference.isdecimal() and len(reference) < 19
    return rows.filter(pk=int(reference)).first() if is_number else None


RIGHTS = {
    K.VEHICLE: ("vehicle", "read"), K.EQUIPMENT: ("equipment", "read"),
    K.MAINTENANCE: ("equipment", "read"), K.TICKET: ("vehicle", "read"),
    K.LICENCE: ("licence", "read"), K.HAZARD: ("hazard", "read"),
    K.SAFETY: ("safety_incident", "read"), K.DRILL: ("drill", "read"),
}  # fmt: skip
PAGES = {
    K.VEHICLE: "quality:vehicle", K.EQUIPMENT: "quality:equipment_one",
    K.MAINTENANCE: "quality:maintenance_one", K.TICKET: "quality:ticket",
    K.LICENCE: "quality:licence", K.HAZARD: "quality:hazard", K.SAFETY: "quality:incident",
    K.DRILL: "quality:drill",
}  # fmt: skip
FINDERS = {
    K.VEHICLE: vehicle, K.EQUIPMENT: equipment, K.MAINTENANCE: maintenance, K.TICKET: ticket,
    K.LICENCE: licence, K.HAZARD: hazard, K.SAFETY: safety, K.DRILL: drill,
}  # fmt: skip
