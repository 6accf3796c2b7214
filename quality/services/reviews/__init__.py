"""Everything that can be done to a review: one verb, one function, one transaction."""

from quality.services.reviews.deciding import Decided, add_decision, drop_decision
from quality.services.reviews.ending import end_decision, readings
from quality.services.reviews.holding import (
    MACHINE,
    decide_review,
    hold_review,
    propose_review,
    waiting,
)
from quality.services.reviews.planning import end_review_plan, make_review_plan
from quality.services.reviews.preparing import open_review, refill, write_review
from quality.services.reviews.running import run_reviews

__all__ = [
    "MACHINE",
    "Decided",
    "add_decision",
    "decide_review",
    "drop_decision",
    "end_decision",
    "end_review_plan",
    "hold_review",
    "make_review_plan",
    "open_review",
    "propose_review",
    "readings",
    "refill",
    "run_reviews",
    "waiting",
    "write_review",
]
