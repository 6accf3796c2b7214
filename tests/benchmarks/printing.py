"""Reports of sites in a process of its own: `python -m tests.benchmarks.printing CODE…`.

Gathers October of each site, prints it in Chinese and English, and tells one JSON line. A process
of its own, so that its memory can be told and two can work side by side.
"""

from __future__ import annotations

import json
import resource
import sys
from io import BytesIO
from typing import Any

import django

django.setup()

from django.utils import timezone  # noqa: E402
from pypdf import PdfReader  # noqa: E402

from kpi import snapshots  # noqa: E402
from tests.benchmarks.floors import Work  # noqa: E402

MONTH, LANGUAGES = "2026-10", ("zh", "en")
MEGABYTE = 1024


def printed(site: str) -> dict[str, Any]:
    """Return the processor seconds of gathering and of each language, and the pages."""
    work = Work()
    snapshot = snapshots.make_snapshot(MONTH, now=timezone.now(), site=site)
    told: dict[str, Any] = {"gathered": work.seconds(), "pages": 0}
    for language in LANGUAGES:
        work = Work()
        content = snapshots.render(snapshot, language)
        told[language] = work.seconds()
        told["pages"] = max(told["pages"], len(PdfReader(BytesIO(content)).pages))
    return told


if __name__ == "__main__":
    whole = Work()
    reports = [printed(code) for code in sys.argv[1:]]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    found = {"reports": reports, "took": whole.seconds(), "wall": whole.wall(), "peak": peak}
    sys.stdout.write(json.dumps(found) + "\n")
