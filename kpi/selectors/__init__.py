"""Reading figures. Pages and commands read cells only; a drill-down reads facts by index."""

from kpi.selectors.baselines import baselines_of, months_of_breaks
from kpi.selectors.causes import Cause, Pareto, cause_pareto, cause_words, link_name
from kpi.selectors.durations import (
    Lengths,
    duration_figures,
    duration_line,
    duration_months,
    duration_sites,
    duration_spread,
    durations,
    lengths_of,
)
from kpi.selectors.figures import (
    FEW,
    HISTORY,
    Figure,
    SiteRow,
    all_series,
    courses,
    figures,
    months_back,
    reach,
    series,
    site_table,
)
from kpi.selectors.hours import by_hour
from kpi.selectors.objectives import Node, notes_of, objectives
from kpi.selectors.places import site_breaks, site_courses, site_targets
from kpi.selectors.ratings import ratings
from kpi.selectors.records import CourierRow, courier_table, overdue_by_age, records, serves
from kpi.selectors.runs import figure_runs, is_month_open
from kpi.selectors.scope import (
    EVERYTHING,
    NotFound,
    Scope,
    product_by_code,
    scope_of,
    site_by_code,
)
from kpi.selectors.targets import target_histories, target_history, targets_on
from kpi.selectors.views import default_view, mails_of, view_of_query, views_for

__all__ = [
    "EVERYTHING",
    "FEW",
    "HISTORY",
    "Cause",
    "CourierRow",
    "Figure",
    "Lengths",
    "Node",
    "NotFound",
    "Pareto",
    "Scope",
    "SiteRow",
    "all_series",
    "baselines_of",
    "by_hour",
    "cause_pareto",
    "cause_words",
    "courier_table",
    "courses",
    "default_view",
    "duration_figures",
    "duration_line",
    "duration_months",
    "duration_sites",
    "duration_spread",
    "durations",
    "figure_runs",
    "figures",
    "is_month_open",
    "lengths_of",
    "link_name",
    "mails_of",
    "months_back",
    "months_of_breaks",
    "notes_of",
    "objectives",
    "overdue_by_age",
    "product_by_code",
    "ratings",
    "reach",
    "records",
    "scope_of",
    "series",
    "serves",
    "site_breaks",
    "site_by_code",
    "site_courses",
    "site_table",
    "site_targets",
    "target_histories",
    "target_history",
    "targets_on",
    "view_of_query",
    "views_for",
]
