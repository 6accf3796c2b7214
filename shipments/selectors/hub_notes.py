"""What a hub scan says beside its code: machine, out-check, lane, seal, bag, trip."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from shipments.network_enums import CheckResult


def hub_notes(code: str, detail: dict[str, Any]) -> Iterator[str]:
    """Yield short words for the timeline of a parcel; what is not there says nothing."""
    if code == "XRY" and detail.get("machine"):
        yield _("Machine") + f" {detail['machine']}"
    if detail.get("check") in CheckResult.values:
        yield _("Out-check") + f": {CheckResult(detail['check']).label}"
    if code == "SRT" and detail.get("next"):
        yield f"→ {detail['next']}"
    if code == "MIS":
        words = _("Sorted to %(wrong)s instead of %(right)s")
        yield words % {"wrong": detail.get("sorted_to", "—"), "right": detail.get("expected", "—")}
    for name, label in (("seal", _("Seal")), ("bag", _("Bag")), ("trip", _("Trip"))):
        if isinstance(detail.get(name), str) and detail[name]:
            yield f"{label} {detail[name]}"
