"""Checking a file somebody holds against what is stored."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from kpi.models import Publication, ReportFile, Snapshot
from kpi.reports.stamp import Stamp, read_stamp
from kpi.snapshots.canonical import fingerprint
from kpi.snapshots.files import render


@dataclass
class Check:
    """What was found; `ok` only when nothing differs."""

    stamp: Stamp | None = None
    problems: list[str] = field(default_factory=list)
    # True for an edition kept from an earlier layout: its bytes are the stored ones, and the
    # layout of today prints the same figures otherwise.
    is_earlier_layout: bool = False

    @property
    def ok(self) -> bool:
        return not self.problems


def check_pdf(content: bytes) -> Check:
    """Compare a PDF with the stored snapshot, then print it again and compare every byte.

    The layout of reports may change with an upgrade; a file made before is compared with the
    fingerprint stored when it was made, in a table that can only grow.
    """
    stamp = read_stamp(content)
    check = Check(stamp)
    if stamp is None:
        check.problems.append(_("This file carries no fingerprint of a report"))
        return check
    row = Snapshot.objects.filter(
        period=stamp.period, version=stamp.version, site=stamp.site
    ).first()
    if row is None:
        check.problems.append(_("No edition %(version)s of %(period)s is stored") % vars(stamp))
        return check
    _compare(check, row, stamp, content)
    return check


def _compare(check: Check, row: Snapshot, stamp: Stamp, content: bytes) -> None:
    if row.sha256 != stamp.sha256:
        check.problems.append(_("The fingerprint in the file is not the stored one"))
    if fingerprint(row.content) != row.sha256:
        check.problems.append(_("The stored figures do not have the stored fingerprint"))
    if check.problems or _is_printing(row, stamp.language, content):
        return
    sha = hashlib.sha256(content).hexdigest()
    if ReportFile.objects.filter(snapshot=row, language=stamp.language, sha256=sha).exists():
        check.is_earlier_layout = True
    else:
        check.problems.append(_("The file differs from what these figures print"))


def _is_printing(row: Snapshot, language: str, content: bytes) -> bool:
    """Say whether the bytes are one of the two printings, or the stored one with a signature.

    A digital signature stands behind the printed bytes and was made once: its file must be the
    stored one, and must begin with what these figures print.
    """
    stages = [False]
    if Publication.objects.filter(snapshot=row).exists():
        stages.append(True)
    printings = [render(row, language, published=stage) for stage in stages]
    if content in printings:
        return True
    sha = hashlib.sha256(content).hexdigest()
    known = ReportFile.objects.filter(snapshot=row, language=language, sha256=sha)
    return known.exclude(plain_sha256="").exists() and content.startswith(printings[-1])
