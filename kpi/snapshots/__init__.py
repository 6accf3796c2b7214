"""A month, frozen: every number the report prints, in one canonical text with its hash.

Drafts are 0.x and show figures as they are now. The frozen month is 1.0; facts that come later
make 1.1 with a list of what moved. Rows are insert-only, so a printed figure cannot be changed.
"""

from kpi.snapshots.canonical import canonical, fingerprint
from kpi.snapshots.files import LANGUAGES, annex_json, file_of, make_files, render
from kpi.snapshots.keeping import (
    Moved,
    NothingChanged,
    TooEarly,
    edition_of,
    freeze,
    latest,
    make_snapshot,
    of_version,
)
from kpi.snapshots.proving import Different

__all__ = [
    "LANGUAGES",
    "Different",
    "Moved",
    "NothingChanged",
    "TooEarly",
    "annex_json",
    "canonical",
    "edition_of",
    "file_of",
    "fingerprint",
    "freeze",
    "latest",
    "make_files",
    "make_snapshot",
    "of_version",
    "render",
]
