"""What pages and services read about cases."""

from complaints.selectors.answers import (
    Hit,
    answer_versions,
    find_answers,
    newest_answers,
    published_answers,
)
from complaints.selectors.cases import (
    agent_in_turn,
    agents,
    cases_for,
    claim_bands,
    colleagues,
    duplicates_of,
    missing_to_close,
    open_followup,
    open_queue,
    parcel_by_waybill,
    parcels_for_caller,
    reason_groups,
    templates_for,
    ticks,
)
from complaints.selectors.inbox import VIEWS, followups_due, inbox, next_case, view_counts
from complaints.selectors.lanes import LaneDelays, lane_delays
from complaints.selectors.ratings import Compared, Scores, compared, mean_score
from complaints.selectors.timeline import public_timeline, steps_line, timeline

__all__ = [
    "VIEWS",
    "Compared",
    "Hit",
    "LaneDelays",
    "Scores",
    "agent_in_turn",
    "agents",
    "answer_versions",
    "cases_for",
    "claim_bands",
    "colleagues",
    "compared",
    "duplicates_of",
    "find_answers",
    "followups_due",
    "inbox",
    "lane_delays",
    "mean_score",
    "missing_to_close",
    "newest_answers",
    "next_case",
    "open_followup",
    "open_queue",
    "parcel_by_waybill",
    "parcels_for_caller",
    "public_timeline",
    "published_answers",
    "reason_groups",
    "steps_line",
    "templates_for",
    "ticks",
    "timeline",
    "view_counts",
]
