"""The same figures at every site at once, in as many questions as for one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from kpi.models import Baseline, Target
from kpi.selectors import sums
from kpi.selectors.figures import HISTORY, Figure, make, months_back, reach
from kpi.selectors.scope import Scope


def site_courses(
    codes: Sequence[str], *, end: date, scope: Scope
) -> dict[tuple[int, str], list[Figure]]:
    """Return the months of these figures by site, from its first month with records on."""
    periods = months_back(end, HISTORY)
    ends = (periods[0].start_day, periods[-1].end_day)
    rows = sums.stored(*ends, scope=scope, by=("month", "site_id"), metrics=codes)
    found: dict[tuple[int, str], dict[date, sums.Row]] = defaultdict(dict)
    for row in rows:
        month = row["month"]
        day = month.date() if hasattr(month, "date") else month
        found[row["site_id"], row["metric"]][day] = row
    moment = reach()
    return {
        key: [
            make(key[1], months.get(one.start_day), period=one.key, as_of=moment)
            for one in periods
            if one.start_day >= min(months)
        ]
        for key, months in found.items()
    }


def site_targets(day: date) -> dict[tuple[int | None, str], Target]:
    """Return the targets valid on a day by site; the company's stand under None."""
    rows = Target.objects.filter(valid_from__lte=day, team=None).order_by("valid_from", "id")
    return {(row.site_id, row.metric): row for row in rows}


def site_breaks() -> dict[tuple[int | None, str], list[date]]:
    """Return the months that begin a baseline anew by site; the company's stand under None."""
    found: dict[tuple[int | None, str], list[date]] = defaultdict(list)
    for site, metric, month in Baseline.objects.values_list("site_id", "metric", "month"):
        found[site, metric].append(month)
    return found
