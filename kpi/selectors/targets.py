"""The wanted value of a metric on a day, for the company or for a site."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import QuerySet

from kpi.models import Target
from staff.models import Site


def targets_on(day: date, *, site: Site | None = None) -> dict[str, Target]:
    """Return the target of each metric valid on `day`; a site's own goes before the company's.

    Targets of teams belong to the tree of objectives only.
    """
    rows = Target.objects.filter(valid_from__lte=day, team=None).order_by("valid_from", "id")
    found: dict[str, Target] = {}
    for row in rows:
        if row.site_id is None:
            found[row.metric] = row
    if site is not None:
        found |= {row.metric: row for row in rows if row.site_id == site.pk}
    return found


def target_histories() -> dict[str, list[Target]]:
    """Return every target of every metric, newest first."""
    found: dict[str, list[Target]] = defaultdict(list)
    rows = Target.objects.select_related("site", "team", "set_by", "owner").order_by(
        "-valid_from", "-id"
    )
    for row in rows:
        found[row.metric].append(row)
    return found


def target_history(metric: str) -> QuerySet[Target]:
    """Return every target a metric ever had, newest first."""
    rows = Target.objects.filter(metric=metric).select_related("site", "team", "set_by", "owner")
    return rows.order_by("-valid_from", "-id")
