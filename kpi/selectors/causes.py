"""Why: the first overrun link of late parcels, the reasons of complaints, largest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.models import Reason
from courierqa.core.timeframes import Period, parse_period
from kpi.enums import CauseKind
from kpi.models import CauseCell
from kpi.selectors.scope import EVERYTHING, Scope
from staff.models import Site

# A link by the scan that should have closed it.
LINKS = {
    "PUP": gettext_lazy("Pickup"),
    "ARR": gettext_lazy("Arrival at the hub"),
    "DEP": gettext_lazy("Departure"),
    "AST": gettext_lazy("Arrival at the delivery station"),
    "OFD": gettext_lazy("Going out for delivery"),
    "RDY": gettext_lazy("Placement"),
    "DLV": gettext_lazy("Delivery"),
}


@dataclass(frozen=True)
class Cause:
    """One bar of a Pareto chart: its share of all records, and the running share."""

    code: str
    label: str
    site: Site | None
    records: int
    share: float
    running: float


@dataclass(frozen=True)
class Pareto:
    """The causes of one kind, largest first, with the number of records they explain."""

    n: int
    causes: list[Cause]


def cause_pareto(period: Period | str, *, scope: Scope = EVERYTHING) -> dict[str, Pareto]:
    """Return the causes of late parcels ("late") and of complaints ("complaint")."""
    when = parse_period(period) if isinstance(period, str) else period
    rows = _counted(when, scope)
    sites = Site.objects.in_bulk({site for _kind, _cause, site, _n in rows if site})
    reasons = {reason.code: str(reason) for reason in Reason.objects.all()}
    late = [(cause, site, n) for kind, cause, site, n in rows if kind == CauseKind.LATE]
    voiced = [(cause, 0, n) for kind, cause, _site, n in rows if kind == CauseKind.COMPLAINT]
    return {
        "late": pareto(late, link_name, sites),
        "complaint": pareto(_joined(voiced), lambda code: reasons.get(code, code)),
    }


def _counted(when: Period, scope: Scope) -> list[tuple[str, str, int, int]]:
    rows = CauseCell.objects.filter(day__gte=when.start_day, day__lt=when.end_day)
    if scope.sites is not None:
        rows = rows.filter(site_id__in=scope.sites)
    dims = ("kind", "cause", "cause_site_id")
    return list(rows.values_list(*dims).order_by(*dims).annotate(n=Sum("records")))


def _joined(rows: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Complaints are told apart by reason alone."""
    found: dict[str, int] = {}
    for cause, _site, n in rows:
        found[cause] = found.get(cause, 0) + n
    return [(cause, 0, n) for cause, n in found.items()]


def link_name(code: str) -> str:
    """Return the words for a link; its code begins with the scan that should have been made."""
    return str(LINKS.get(code.split(" ")[0], _("No link found yet")))


def cause_words(record: str, code: str) -> str:
    """Return a cause of the address in words: a link with its site, or a reason of complaints."""
    if not code:
        return ""
    if record == "cases":
        reason = Reason.objects.filter(code=code).first()
        return str(reason) if reason else code
    _scan, _space, place = code.partition(" ")
    site = Site.objects.filter(code=place).first() if place else None
    return " ".join(part for part in (link_name(code), str(site or place)) if part)


def pareto(
    rows: list[tuple[str, int, int]],
    label: Callable[[str], str],
    sites: Mapping[int, Site] | None = None,
) -> Pareto:
    """Return counted (cause, site or 0, records) as a Pareto chart, largest first. Pure."""
    total, seen, causes = sum(n for _cause, _site, n in rows), 0, []
    for code, site_id, n in sorted(rows, key=lambda row: (-row[2], row[0], row[1])):
        seen += n
        causes.append(
            Cause(code, label(code), (sites or {}).get(site_id), n, n / total, seen / total)
        )
    return Pareto(total, causes)
