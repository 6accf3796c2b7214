"""The pack of one nonconformity: summary, history, evidence with its hashes, for an auditor."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from courierqa.core import audit
from courierqa.core.access import allow
from courierqa.core.exports import attachment, csv_lines
from quality import selectors, services
from quality.models import Nonconformity
from quality.views.page import find


@allow("nonconformity", GET="export")
def pack(request: HttpRequest, number: str) -> HttpResponse:
    """Send everything about one as a ZIP whose hashes can be checked without the product."""
    row, now = find(request.access, number), timezone.now()
    audit.record("nonconformity.export", row, actor=request.user, at=now, request=request,
                 seal_now=True)  # fmt: skip
    answer = HttpResponse(_zipped(_parts(row, now)), content_type="application/zip")
    answer["Content-Disposition"] = attachment(f"{row.number}.zip")
    answer["Cache-Control"] = "no-store"
    return answer


def _parts(row: Nonconformity, now: Any) -> list[tuple[str, bytes]]:
    """Return the files of the pack; the hashes come last and cover all the others."""
    found = [("summary.html", _summary(row, now)), ("history.csv", _history(row))]
    found += [(f"evidence/{place:02}-{file.name}", services.stored(file))
              for place, file in enumerate(row.files.all(), 1)]  # fmt: skip
    hashes = "".join(f"{hashlib.sha256(body).hexdigest()}  {name}\n" for name, body in found)
    return [*found, ("SHA256SUMS", hashes.encode())]


def _summary(row: Nonconformity, now: Any) -> bytes:
    rounds = selectors.rounds_of(row)
    page = {
        "row": row, "rounds": [(one, _words(one)) for one in rounds], "now": now,
        "gates": selectors.missing_to_close(row, rounds[0]), "files": row.files.all(),
        "story": selectors.story(row)[::-1],
        "language_tag": "en" if (get_language() or "").startswith("en") else "zh-Hans",
    }  # fmt: skip
    return render_to_string("quality/pack.html", page).encode()


def _words(one: selectors.Round) -> str:
    return selectors.criterion_words(one.check) if one.check is not None else ""


def _history(row: Nonconformity) -> bytes:
    head = ["at", "recorded_at", "verb", "from", "to", "by", "reason", "round"]
    lines = (
        [one.at.isoformat(), one.recorded_at.isoformat(), one.verb, one.from_status,
         one.to_status, one.actor or "", one.reason, one.detail.get("round", "")]
        for one in selectors.story(row)[::-1]
    )  # fmt: skip
    return b"".join(csv_lines(head, lines))


def _zipped(parts: Iterable[tuple[str, bytes]]) -> bytes:
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in parts:
            # No clock inside: the same records give the same file.
            packed.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), body)
    return room.getvalue()
