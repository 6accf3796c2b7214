"""A month, frozen: every number the report prints, in one canonical text with its hash.

Drafts are 0.x and show figures as they are now; people comment on them. The frozen month is 1.0;
three people sign it, then it is published. Facts that come later make 1.1 with a list of what
moved and why. Rows are insert-only, so a printed figure cannot be changed.
"""

from kpi.snapshots.canonical import canonical, fingerprint
from kpi.snapshots.commenting import (
    NoDraft,
    Uncommented,
    comment,
    comment_all,
    comments_of,
    uncommented,
)
from kpi.snapshots.discarding import NotDiscardable, discard
from kpi.snapshots.editions import edition_of
from kpi.snapshots.files import (
    LANGUAGES,
    FileLost,
    annex_json,
    file_of,
    make_files,
    make_published,
    render,
    workbook,
)
from kpi.snapshots.freezing import Moved, NoReason, NothingChanged, freeze, moved
from kpi.snapshots.keeping import TooEarly, latest, make_snapshot, of_month, of_version
from kpi.snapshots.proving import Different
from kpi.snapshots.publishing import NotReady, publish
from kpi.snapshots.signing import NotSignable, newer_of, next_step, sign

__all__ = [
    "LANGUAGES",
    "Different",
    "FileLost",
    "Moved",
    "NoDraft",
    "NoReason",
    "NotDiscardable",
    "NotReady",
    "NotSignable",
    "NothingChanged",
    "TooEarly",
    "Uncommented",
    "annex_json",
    "canonical",
    "comment",
    "comment_all",
    "comments_of",
    "discard",
    "edition_of",
    "file_of",
    "fingerprint",
    "freeze",
    "latest",
    "make_files",
    "make_published",
    "make_snapshot",
    "moved",
    "newer_of",
    "next_step",
    "of_month",
    "of_version",
    "publish",
    "render",
    "sign",
    "uncommented",
    "workbook",
]
