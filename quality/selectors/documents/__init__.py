"""What pages and services read about documents."""

from quality.selectors.documents.audience import audience_of, joined_on
from quality.selectors.documents.comparing import Pair, changed_only, compared
from quality.selectors.documents.library import (
    Line,
    clause_map,
    documents_for,
    lines_of,
    of_metric,
    of_screen,
    searched,
    versions_of,
)
from quality.selectors.documents.readings import (
    own_readings,
    reading_of,
    readings_for,
    shares,
    unread,
)

__all__ = [
    "Line",
    "Pair",
    "audience_of",
    "changed_only",
    "clause_map",
    "compared",
    "documents_for",
    "joined_on",
    "lines_of",
    "of_metric",
    "of_screen",
    "own_readings",
    "reading_of",
    "readings_for",
    "searched",
    "shares",
    "unread",
    "versions_of",
]
