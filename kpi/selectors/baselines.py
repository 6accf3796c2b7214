"""Which months begin a baseline anew."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import Q

from kpi.models import Baseline
from staff.models import Site


def baselines_of(site: Site | None, *, metric: str = "") -> dict[str, list[Baseline]]:
    """Return the breaks of each figure's chart, oldest first: the company's and the site's own."""
    own = Q(site=None) | Q(site=site) if site is not None else Q(site=None)
    rows = Baseline.objects.filter(own, **({"metric": metric} if metric else {}))
    found: dict[str, list[Baseline]] = defaultdict(list)
    for row in rows.select_related("by", "site").order_by("month", "pk"):
        found[row.metric].append(row)
    return found


def months_of_breaks(rows: list[Baseline]) -> list[date]:
    """Return the months that begin a new baseline, in order."""
    return sorted({row.month for row in rows})
