"""What somebody looks at before freezing a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courierqa.core import formats
from courierqa.core.timeframes import Period
from kpi.models import Snapshot
from kpi.reports.judging import Judged
from kpi.snapshots.keeping import settled_on


@dataclass(frozen=True)
class Checkpoint:
    """One thing that is in order, or that still wants a look."""

    ok: bool
    label: str
    detail: str


def checkpoints(snapshot: Snapshot, period: Period) -> list[Checkpoint]:
    """Return the checks of an edition, in the order a person does them."""
    quality = snapshot.content["quality"]
    return [
        _settled(snapshot, period),
        _verified(quality["verification"]),
        _silent(quality["silent_sites"], quality["accepted"]),
        _marked(quality),
        _refused(quality["imports"]),
    ]


def commented(silent: Sequence[Judged]) -> Checkpoint:
    """Return the check that every figure which got worse or fails has its comment."""
    if not silent:
        return Checkpoint(
            ok=True,
            label=_("Comments"),
            detail=_("Every figure that got worse or misses its target is explained"),
        )
    codes = ", ".join(one.line.code for one in silent)
    return Checkpoint(ok=False, label=_("Comments are missing"), detail=codes)


def completeness(content: dict[str, Any]) -> float | None:
    """Return the share of the month's parcels whose records are neither marked nor defaulted."""
    quality = content["quality"]
    accepted = quality["accepted"]
    if not accepted:
        return None
    return max(0.0, 1 - (quality["marked"] + quality["defaulted"]) / accepted)


def _settled(snapshot: Snapshot, period: Period) -> Checkpoint:
    ready = settled_on(period)
    ok = snapshot.as_of >= ready
    label = _("Late uploads have arrived") if ok else _("Figures can still move")
    detail = _("Data as of %(as_of)s; the month settles on %(ready)s")
    shown = {"as_of": formats.moment(snapshot.as_of), "ready": formats.moment(ready)}
    return Checkpoint(ok, label, detail % shown)


def _verified(checked: dict[str, Any] | None) -> Checkpoint:
    if checked is None:
        return Checkpoint(
            ok=False,
            label=_("Not checked against raw events yet"),
            detail=_("The nightly double-entry check has not covered this month"),
        )
    count = checked["differences"]
    text = ngettext("%(n)s difference", "%(n)s differences", count) % {"n": f"{count:,}"}
    return Checkpoint(not count, _("Checked against raw events"), text)


def _silent(codes: list[str], accepted: int) -> Checkpoint:
    """Name the stations without a parcel; a month in which none was accepted is not in order."""
    text = ", ".join(codes[:8]) if codes else _("Every station has parcels")
    if not accepted:
        text = _("No parcel was accepted in this month")
    return Checkpoint(not codes and bool(accepted), _("Sites that reported nothing"), text)


def _marked(quality: dict[str, Any]) -> Checkpoint:
    text = _("%(n)s of %(total)s parcels") % {
        "n": f"{quality['marked']:,}",
        "total": f"{quality['accepted']:,}",
    }
    few = quality["marked"] * 50 <= quality["accepted"]
    return Checkpoint(few, _("Records marked as doubtful"), text)


def _refused(imports: list[dict[str, Any]]) -> Checkpoint:
    count = sum(row["refused"] for row in imports)
    text = ngettext("%(n)s row refused", "%(n)s rows refused", count) % {"n": f"{count:,}"}
    return Checkpoint(not count, _("Imports"), text)
