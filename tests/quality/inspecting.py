"""A visit as a phone sends it, and one kept through the service."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from quality.models import ChecklistVersion, Inspection
from quality.services.inspections import Graded, Visit, record_inspection
from tests.quality.conftest import NOW, Loop

SIGNATURE = [{"points": [{"x": n * 9, "y": n % 5 * 20, "time": n} for n in range(20)]}]
MEND_BY = date(2026, 3, 5)


def version(code: str = "site-round") -> ChecklistVersion:
    return ChecklistVersion.objects.get(checklist__code=code, state="approved")


def graded(
    code: str = "site-round", grades: dict[int, str] | None = None, **fields: Any
) -> list[Graded]:
    """Return every point of a list, conforming but for `grades` by position."""
    special = grades or {}
    rows = []
    for line in version(code).lines.all():
        grade = special.get(line.position, "conform")
        fault = {"photos": 1, "due_on": MEND_BY, "note": "灭火器过期"}
        rows.append(
            Graded(line.pk, grade, **({**fault, **fields} if grade in ("minor", "major") else {}))
        )
    return rows


def visit(loop: Loop, *, at: datetime = NOW, code: str = "site-round", **fields: Any) -> Visit:
    """Return a visit of the site; `grades` by position, anything else overrides."""
    points = fields.pop("points", None) or graded(code, fields.pop("grades", None))
    whole: dict[str, Any] = {
        "uid": uuid4(), "version": version(code), "site": loop.site, "kind": "random",
        "started_at": at - timedelta(minutes=8), "finished_at": at, "points": points,
        "signature": SIGNATURE, "site_signature": SIGNATURE, "signed_by": "王站长", **fields,
    }  # fmt: skip
    return Visit(**whole)


def inspected(loop: Loop, *, at: datetime = NOW, **fields: Any) -> Inspection:
    """Keep one visit; the inspector is a supervisor of another site."""
    by = fields.pop("by", None) or loop.leader.user
    row, is_new = record_inspection(visit(loop, at=at, **fields), by=by, at=at)
    assert is_new
    return row


def sent(loop: Loop, *, grades: dict[int, str] | None = None, **fields: Any) -> dict[str, Any]:
    """Return the body a phone posts."""
    one = visit(loop, grades=grades)
    return {
        "id": str(one.uid), "version": one.version.pk, "site": one.site.code, "kind": one.kind,
        "planned": None, "started_at": one.started_at.isoformat(),
        "finished_at": one.finished_at.isoformat(), "points": _points(one.points),
        "team": [], "signature": SIGNATURE, "site_signature": SIGNATURE, "signed_by": "王站长",
        **fields,
    }  # fmt: skip


def _points(points: Iterable[Graded]) -> list[dict[str, Any]]:
    return [
        {"line": p.line_id, "grade": p.grade, "note": p.note, "photos": p.photos,
         "due_on": p.due_on.isoformat() if p.due_on else None}
        for p in points
    ]  # fmt: skip
