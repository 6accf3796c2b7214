"""Reading figures. Pages and commands read cells only; a drill-down reads facts by index."""

from kpi.selectors.causes import Cause, Pareto, cause_pareto, link_name
from kpi.selectors.durations import (
    Lengths,
    duration_months,
    duration_sites,
    duration_spread,
    durations,
    lengths_of,
)
from kpi.selectors.figures import (
    FEW,
    Figure,
    SiteRow,
    all_series,
    figures,
    months_back,
    reach,
    series,
    site_table,
)
from kpi.selectors.ratings import ratings
from kpi.selectors.records import CourierRow, courier_table, overdue_by_age, records
from kpi.selectors.scope import (
    EVERYTHING,
    NotFound,
    Scope,
    product_by_code,
    scope_of,
    site_by_code,
)
from kpi.selectors.targets import target_histories, target_history, targets_on

__all__ = [
    "EVERYTHING",
    "FEW",
    "Cause",
    "CourierRow",
    "Figure",
    "Lengths",
    "NotFound",
    "Pareto",
    "Scope",
    "SiteRow",
    "all_series",
    "cause_pareto",
    "courier_table",
    "duration_months",
    "duration_sites",
    "duration_spread",
    "durations",
    "figures",
    "lengths_of",
    "link_name",
    "months_back",
    "overdue_by_age",
    "product_by_code",
    "ratings",
    "reach",
    "records",
    "scope_of",
    "series",
    "site_by_code",
    "site_table",
    "target_histories",
    "target_history",
    "targets_on",
]
