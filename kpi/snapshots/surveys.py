"""What surveys and return visits of a month say, each number with its n and range."""

from __future__ import annotations

from typing import Any

from complaints import survey_scores
from complaints.enums import Block
from complaints.selectors import customers, surveys
from complaints.survey_scores import Estimate
from courierqa.core.timeframes import Period
from staff.models import Site


def surveyed(period: Period, site: Site | None = None) -> dict[str, Any] | None:
    """Return the month's survey scores and visits; nothing when nobody was asked or visited."""
    sites = None if site is None else {site.pk}
    asked = surveys.Asked(period.start_at, period.end_at, sites=sites)
    found = surveys.results(asked)
    # Visits are paid to customers of the company, not of a site.
    marks = customers.visits_in(period.start_at, period.end_at) if site is None else []
    if not found.answered and not marks:
        return None
    timely = surveys.block_score(asked, Block.EFFICIENCY)
    return {
        "answered": found.answered,
        "invited": found.invited,
        "score": _told(found.whole.score),
        "timeliness": _told(timely),
        "satisfied": _told(found.whole.satisfied),
        "visits": len(marks),
        "visits_satisfied": _told(survey_scores.share_satisfied([m for m in marks if m])),
    }


def _told(one: Estimate) -> dict[str, str | int | None]:
    """Return an estimate as the snapshot keeps it; too few answers keep their number only."""
    if one.is_hidden:
        return {"n": one.n, "value": None, "low": None, "high": None}
    return {
        "n": one.n,
        "value": _four(one.value),
        "low": _four(one.low),
        "high": _four(one.high),
    }


def _four(value: float | None) -> str | None:
    """Write four places: the digits of a binary fraction differ between machines."""
    return None if value is None else f"{value:.4f}"
