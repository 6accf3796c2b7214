"""What pages and services read about nonconformities."""

from quality.selectors.board import (
    Board,
    Card,
    board,
    cards_of,
    filtered,
    in_column,
)
from quality.selectors.causes import (
    cause_choices,
    cause_tree,
    same_causes,
    standing,
    usable_causes,
)
from quality.selectors.detail import (
    Round,
    criterion_words,
    missing_to_close,
    rounds_of,
    story,
    threshold_words,
)
from quality.selectors.reach import (
    LEADING,
    actions_for,
    changeable,
    checkers_for,
    nonconformities_for,
    people_for,
    within,
)
from quality.selectors.sources import (
    Found,
    acts_on_figures,
    find_source,
    link_of,
    raise_link,
    raised_from,
)
from quality.selectors.tasks import Owed, late_below, late_count, owed_by

__all__ = [
    "LEADING",
    "Board",
    "Card",
    "Found",
    "Owed",
    "Round",
    "actions_for",
    "acts_on_figures",
    "board",
    "cards_of",
    "cause_choices",
    "cause_tree",
    "changeable",
    "checkers_for",
    "criterion_words",
    "filtered",
    "find_source",
    "in_column",
    "late_below",
    "late_count",
    "link_of",
    "missing_to_close",
    "nonconformities_for",
    "owed_by",
    "people_for",
    "raise_link",
    "raised_from",
    "rounds_of",
    "same_causes",
    "standing",
    "story",
    "threshold_words",
    "usable_causes",
    "within",
]
