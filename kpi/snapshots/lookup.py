"""What anybody may ask: is this hash, or this file, a published report? Unpublished ones are not.

A fingerprint is compared with the stored ones; nothing of an uploaded file is opened or kept.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from kpi.models import Publication, ReportFile, Snapshot
from kpi.reports.stamp import read_stamp

HASH = re.compile(r"[0-9a-f]{64}")
PAGES = {"zh-hans": "kpi:verify", "en": "kpi:verify_en"}
# Addresses that lead nobody else to us.
OWN_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})


def public_pages() -> dict[str, str]:
    """Return where anybody checks a report, by language; nothing where no address is set."""
    base = settings.PUBLIC_BASE_URL.rstrip("/")
    if urlsplit(base).hostname in {None, *OWN_MACHINE}:
        return {}
    return {code: f"{base}{reverse(name)}" for code, name in PAGES.items()}


@dataclass(frozen=True)
class Answer:
    """A published edition, what of it was recognised, and the edition that replaced it."""

    edition: Snapshot
    what: str
    published_at: Any
    replaced_by: Snapshot | None = None

    @property
    def is_altered(self) -> bool:
        """Say whether the file names this edition and yet is none of its files."""
        return self.what == "altered"


def clean_hash(text: str) -> str:
    """Return a fingerprint as it is stored: people copy it with blanks and in capitals."""
    found = re.sub(r"[\s:]", "", text).lower().removeprefix("sha256")
    return found if HASH.fullmatch(found) else ""


def by_hash(sha256: str) -> Answer | None:
    """Return the published edition whose figures, PDF or annex have this SHA-256."""
    files = ReportFile.objects.filter(sha256=sha256).select_related("snapshot")
    for file in files.order_by("id"):
        found = _answer(file.snapshot, file.kind)
        if found is not None:
            return found
    for row in Snapshot.objects.filter(sha256=sha256, is_final=True).order_by("-id"):
        found = _answer(row, "figures")
        if found is not None:
            return found
    return None


def by_file(content: bytes) -> Answer | None:
    """Return the published edition a file is part of, or claims to be part of."""
    found = by_hash(hashlib.sha256(content).hexdigest())
    if found is not None:
        return found
    stamp = read_stamp(content)
    if stamp is None:
        return None
    row = Snapshot.objects.filter(
        period=stamp.period, site=stamp.site, version=stamp.version, is_final=True
    ).first()
    return _answer(row, "altered") if row is not None else None


def _answer(row: Snapshot, what: str) -> Answer | None:
    done = Publication.objects.filter(snapshot=row).first()
    if done is None:
        return None
    later = Publication.objects.filter(
        snapshot__period=row.period, snapshot__site=row.site, snapshot__pk__gt=row.pk
    )
    newest = later.select_related("snapshot").order_by("-snapshot__pk").first()
    return Answer(row, what, done.at, newest.snapshot if newest else None)
