"""The figures of a frozen annex computed again, by the code of the stand-alone program.

An annex somebody sends is only read: what is computed is the text we published, or, where it
differs, the difference is told. So nobody outside can make us compute numbers of their own.
"""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _

from courierqa.core.errors import DomainError
from kpi.models import Publication, Snapshot
from tools import verify_report

# What a workbook may unpack to, bytes: an annex of a large month has some ten million.
MOST_UNPACKED = 100 * 1024 * 1024
# So many differences are listed.
MOST = 20


class BadAnnex(DomainError):
    """What was sent is no data annex."""

    code = "no_annex"
    status = 422


@dataclass(frozen=True)
class Recounted:
    """How many figures were computed again, and what did not agree."""

    figures: int
    problems: tuple[str, ...]


def is_annex(content: bytes) -> bool:
    """Say whether a file looks like an annex: a workbook, or a text of figures."""
    return content.startswith(b"PK") or content.lstrip()[:1] == b"{"


def recounted(edition: Snapshot) -> Recounted:
    """Compute every figure and sum of a frozen edition again from its counts."""
    found = list(verify_report.content_problems(edition.content))
    return Recounted(len(edition.content["metrics"]), tuple(found[:MOST]))


def read(content: bytes) -> dict[str, Any]:
    """Return the frozen text of an annex; refuse what is none, or unpacks to too much."""
    try:
        found = _workbook(content) if content.startswith(b"PK") else json.loads(content)
        for name in ("metrics", "sites"):
            if not isinstance(found[name], list):
                raise TypeError(name)
        verify_report.fingerprint({**found, "period": found["period"]})
    except (KeyError, TypeError, ValueError, IndexError, RecursionError, ParseError,
            zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:  # fmt: skip
        text = _("This is no data annex of ours: choose the file as it was saved, xlsx or json")
        raise BadAnnex(text, field="file") from error
    return found


def _workbook(content: bytes) -> Any:
    with zipfile.ZipFile(BytesIO(content)) as book:
        if sum(one.file_size for one in book.infolist()) > MOST_UNPACKED:
            text = _("This workbook unpacks to more than 100 MB: no annex does")
            raise BadAnnex(text, code="too_large", field="file")
    return verify_report.read_workbook(BytesIO(content))[0]


def published_like(content: dict[str, Any]) -> Snapshot | None:
    """Return the published edition an annex is the text of, or was made from.

    A changed one is known by the moment of its data, to the millionth of a second: with numbers
    made up nobody learns what we published, or that we did.
    """
    rows = Publication.objects.select_related("snapshot").order_by("-snapshot__pk")
    same = rows.filter(snapshot__sha256=verify_report.fingerprint(content)).first()
    if same is not None:
        return same.snapshot
    of_month = rows.filter(snapshot__period=str(content["period"])[:10])
    like = (row.snapshot for row in of_month if _is_like(content, row.snapshot.content))
    return next(like, None)


def _is_like(content: dict[str, Any], frozen: dict[str, Any]) -> bool:
    return all(content.get(name) == frozen.get(name) for name in ("as_of", "site", "company"))


def differences(content: dict[str, Any], edition: Snapshot) -> Recounted:
    """Say which figures of an annex are not those of the published edition; no values are told."""
    said = {_code(line): line for line in content["metrics"] if isinstance(line, dict)}
    wrong = [
        f"{line['code']}: {word}"
        for line in edition.content["metrics"]
        for word in ("hits", "total", "value", "low", "high")
        if said.get(line["code"], {}).get(word) != line.get(word)
    ]
    return Recounted(len(edition.content["metrics"]), tuple(wrong[:MOST]))


def _code(line: dict[str, Any]) -> str:
    return str(line.get("code"))
