"""What a printed file says about itself, readable without a PDF library."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kpi.reports.content import Edition

_STAMP = re.compile(
    rb"courierqa-report period=(\d{4}-\d{2}) version=(\d+\.\d+) language=([a-z-]+)"
    rb" snapshot=([0-9a-f]{64})(?: site=([A-Za-z0-9._-]+))?"
)


@dataclass(frozen=True)
class Stamp:
    """Month, edition, language, the fingerprint of the printed content, and the site if one."""

    period: str
    version: str
    language: str
    sha256: str
    site: str = ""


def write_stamp(period: str, edition: Edition, language: str) -> str:
    """Return the line put into the document facts."""
    stamp = (
        f"courierqa-report period={period} version={edition.version} language={language}"
        f" snapshot={edition.sha256}"
    )
    return f"{stamp} site={edition.site}" if edition.site else stamp


def read_stamp(pdf: bytes) -> Stamp | None:
    """Return the stamp of a report file, or None when it carries none."""
    found = _STAMP.search(pdf)
    return Stamp(*((part or b"").decode() for part in found.groups())) if found else None
