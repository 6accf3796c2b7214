"""Complaints and appeals judged from their own rows and histories, a second time (C1 to C12)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from complaints.models import Case, RegulatorFile
from courierqa.core import calendars
from courierqa.core.models import StatusChange
from courierqa.core.timeframes import Period

COLUMNS = (
    "pk", "kind", "site_id", "parcel_id", "parcel__product_id", "received_at", "first_due_at",
    "legal_due_at", "first_answer_at", "first_final_at", "first_told_at", "status", "closed_at",
    "repeat_of_id", "liability", "liability_final_at",
)  # fmt: skip
WEEK = timedelta(days=7)
OURS = ("ours", "partner")
Fall = tuple[str, "Told", date, str]


@dataclass(frozen=True)
class Told:
    """A case as stored, and what happened after its answer."""

    row: dict[str, Any]
    again: tuple[datetime, ...] = ()
    letter: tuple[str, str] | None = None

    @property
    def pk(self) -> int:
        return self.row["pk"]

    @property
    def place(self) -> tuple[int, int]:
        return self.row["site_id"] or 0, self.row["parcel__product_id"] or 0

    @property
    def gone(self) -> bool:
        return self.row["status"] in ("withdrawn", "merged")


def falls(period: Period, *, as_of: datetime) -> Iterator[Fall]:
    """Yield (metric, case, day, how it fell) for every case that counts in the period."""
    for told in _told():
        for metric, moment, fell in _judged(told):
            day = calendars.business_day(moment)
            if day not in period or (moment > as_of and fell in ("excluded", "")):
                continue
            if moment > as_of:
                yield metric, told, day, "pending"
            elif fell:
                yield metric, told, day, fell


def _told() -> Iterator[Told]:
    rows = list(Case.objects.filter(kind__in=["complaint", "appeal"]).values(*COLUMNS))
    again = _again(rows)
    letters = {
        pk: (matter, outcome)
        for pk, matter, outcome in RegulatorFile.objects.values_list("case_id", "matter", "outcome")
    }
    for row in rows:
        yield Told(row, tuple(again[row["pk"]]), letters.get(row["pk"]))


def _again(rows: list[dict[str, Any]]) -> dict[int, list[datetime]]:
    """Return when each case was taken up again: by itself, by a repeat, by an appeal."""
    found: dict[int, list[datetime]] = defaultdict(list)
    steps = StatusChange.objects.filter(
        object_type="complaints.case", verb__in=["answer", "reopen"]
    ).order_by("id")
    answered = set()
    for pk, verb, at in steps.values_list("object_id", "verb", "at"):
        if int(pk) in answered:
            found[int(pk)].append(at)
        elif verb == "answer":
            answered.add(int(pk))
    for pk, at in Case.objects.exclude(repeat_of=None).values_list("repeat_of_id", "received_at"):
        found[pk].append(at)
    appeals: dict[int, list[datetime]] = defaultdict(list)
    for row in rows:
        if row["kind"] == "appeal" and row["parcel_id"]:
            appeals[row["parcel_id"]].append(row["received_at"])
    for row in rows:
        late = [at for at in appeals[row["parcel_id"]] if at >= row["received_at"]]
        found[row["pk"]] += late
    return found


def _judged(told: Told) -> Iterator[tuple[str, datetime, str]]:
    """Yield how the case falls once its moment has come; nothing where it is not counted."""
    row = told.row
    if row["kind"] == "appeal":
        yield from _appealed(told)
        return
    if not row["repeat_of_id"]:
        yield "C01", row["received_at"], "hit"
        if not told.gone:
            yield "C02", row["received_at"], _upheld(row)
        yield "C05", row["received_at"] + 2 * WEEK, "excluded" if told.gone else _held(told)
    yield "C03", row["legal_due_at"], _settled(told)
    yield "C04", row["first_due_at"], _first(told)


def _appealed(told: Told) -> Iterator[tuple[str, datetime, str]]:
    matter, outcome = told.letter or ("appeal", "open")
    if matter == "appeal":
        judged = {"valid": "hit", "invalid": "miss"}.get(outcome, "excluded")
        yield "C11", told.row["received_at"], "hit"
        yield "C12", told.row["received_at"], judged


def _upheld(row: dict[str, Any]) -> str:
    if row["liability"] == "undecided" or row["liability_final_at"] is None:
        return "excluded"
    return "hit" if row["liability"] in OURS else "miss"


def _in_time(row: dict[str, Any]) -> bool:
    answered, told = row["first_final_at"], row["first_told_at"]
    return bool(answered and told and max(answered, told) <= row["legal_due_at"])


def _settled(told: Told) -> str:
    """Answered and told by the legal limit; withdrawn before it or merged: not counted."""
    row = told.row
    ended = row["closed_at"]
    withdrawn = row["status"] == "withdrawn" and ended is not None and ended <= row["legal_due_at"]
    if withdrawn or row["status"] == "merged":
        return "excluded"
    return "hit" if _in_time(row) else "miss"


def _first(told: Told) -> str:
    row = told.row
    if told.gone and row["closed_at"] is not None and row["closed_at"] <= row["first_due_at"]:
        return "excluded"
    answered = row["first_answer_at"]
    return "hit" if answered is not None and answered <= row["first_due_at"] else "miss"


def _held(told: Told) -> str:
    """One answer in time that nobody had to come back about within a week."""
    row = told.row
    if not _in_time(row):
        return "miss"
    return "miss" if any(at <= row["first_final_at"] + WEEK for at in told.again) else "hit"
