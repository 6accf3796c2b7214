"""Everything that can be done to a document: one verb, one function, one transaction."""

from quality.services.documents.approving import (
    decide_version,
    enforce_due,
    submit_version,
    waiting,
    withdraw_document,
)
from quality.services.documents.moves import MACHINE, in_force
from quality.services.documents.reading import READ_DAYS, ask_readers, confirm_reading
from quality.services.documents.running import run_documents
from quality.services.documents.writing import (
    Card,
    Text,
    change_card,
    change_draft,
    create_document,
    discard_version,
    quiz_of,
    start_version,
    typed_quiz,
)

__all__ = [
    "MACHINE",
    "READ_DAYS",
    "Card",
    "Text",
    "ask_readers",
    "change_card",
    "change_draft",
    "confirm_reading",
    "create_document",
    "decide_version",
    "discard_version",
    "enforce_due",
    "in_force",
    "quiz_of",
    "run_documents",
    "start_version",
    "submit_version",
    "typed_quiz",
    "waiting",
    "withdraw_document",
]
