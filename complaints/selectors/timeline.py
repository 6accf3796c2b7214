"""Everything that happened to a case and its parcel, in one order: words, deeds, misses, scans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.enums import STEPS, Clock, EntryKind, Liability, Status
from complaints.models import Case, Entry, Transfer
from courierqa.core import history
from courierqa.core.models import ClockMiss, Message
from shipments import selectors as parcels

DEEDS = {
    "open": gettext_lazy("received"),
    "register": gettext_lazy("registered"),
    "take": gettext_lazy("took the case"),
    "transfer": gettext_lazy("asked for help"),
    "investigate": gettext_lazy("investigation began"),
    "first_answer": gettext_lazy("first answer given"),
    "answer": gettext_lazy("final answer given"),
    "decide": gettext_lazy("liability decided"),
    "settle": gettext_lazy("no compensation due"),
    "conclude": gettext_lazy("cause and summary written"),
    "follow_up": gettext_lazy("follow-up call done"),
    "close": gettext_lazy("closed"),
    "reopen": gettext_lazy("reopened"),
    "withdraw": gettext_lazy("withdrawn by the customer"),
    "merge": gettext_lazy("merged"),
    "unmerge": gettext_lazy("taken out of the merge"),
    "absorb": gettext_lazy("took in another case"),
    "divide": gettext_lazy("a case was split off"),
    "assign": gettext_lazy("assigned"),
    "return": gettext_lazy("gave it back"),
    "pause": gettext_lazy("paused the resolution clock"),
    "resume": gettext_lazy("resolution clock runs again"),
    "inform": gettext_lazy("regulator’s file"),
}
# These deeds show as their own entry, with the words that belong to them.
_SAID_ELSEWHERE = frozenset({"transfer", "first_answer"})


@dataclass(frozen=True)
class Moment:
    """One line of the timeline. `kind` chooses the look."""

    at: datetime
    kind: str
    who: str
    text: str
    detail: dict[str, Any] = field(default_factory=dict)


def timeline(case: Case) -> list[Moment]:
    """Return every line of a case, oldest first; a fixed number of queries.

    What was said in the cases merged into it belongs to the story.
    """
    said = _entries(case, with_merged=True)
    parts = [said, _deeds(case), _transfers(case), _statements(case), _misses(case), _scans(case)]
    moments = [moment for part in parts for moment in part]
    return sorted(moments, key=lambda moment: moment.at)


def public_timeline(case: Case) -> list[Moment]:
    """Return what the customer may see: their own words, our answers, the steps."""
    steps = [
        moment
        for moment in _deeds(case)
        if moment.detail["verb"] in ("open", "close", "reopen", "withdraw")
    ]
    # Merged cases are the same customer's: their words belong on the same page.
    words = [m for m in _entries(case, with_merged=True) if m.detail["is_public"]]
    return sorted([*steps, *words], key=lambda moment: moment.at)


def _entries(case: Case, *, with_merged: bool = False) -> Iterator[Moment]:
    mine = Q(case=case) | Q(case__merged_into=case) if with_merged else Q(case=case)
    rows = list(Entry.objects.filter(mine).select_related("author", "case"))
    sent = _delivery([row.message_key for row in rows if row.message_key])
    for row in rows:
        detail: dict[str, Any] = {
            "is_public": row.is_public,
            "message": sent.get(row.message_key),
            "of": row.case.number if row.case_id != case.pk else "",
        }
        yield Moment(row.at, row.kind, _speaker(row), row.text, detail)


def _speaker(row: Entry) -> str:
    if row.kind == EntryKind.CUSTOMER:
        return _("Customer")
    return str(row.author or _("System"))


def _delivery(keys: list[str]) -> dict[str, Message]:
    return {row.key: row for row in Message.objects.filter(key__in=keys)} if keys else {}


def _deeds(case: Case) -> Iterator[Moment]:
    for row in history.changes_of(case):
        if row.verb in _SAID_ELSEWHERE:
            continue
        who = str(row.actor) if row.actor else _("Customer")
        text = str(DEEDS.get(row.verb, row.verb))
        detail = {"verb": row.verb, "reason": _why(row.verb, row.reason, row.detail)}
        yield Moment(row.at, "deed", who, text, detail)


def _why(verb: str, reason: str, detail: dict[str, Any]) -> str:
    if verb == "decide" and detail.get("liability"):
        return f"{Liability(detail['liability']).label} · {reason}"
    if verb == "reopen" and reason == "customer":
        return _("The customer says it is not settled")
    return reason


def _transfers(case: Case) -> Iterator[Moment]:
    for row in case.transfers.select_related("to_user", "by"):
        detail: dict[str, Any] = {"transfer": row, "to": str(row.to_user)}
        yield Moment(row.at, "transfer", str(row.by), row.question, detail)
        if row.answered_at:
            yield Moment(row.answered_at, "finding", str(row.to_user), row.answer, {})


def _statements(case: Case) -> Iterator[Moment]:
    """What couriers and sites were asked, and what they said."""
    for row in case.statements.select_related("person", "site", "asked_by", "answered_by"):
        asked = str(row.person or row.site)
        yield Moment(row.asked_at, "transfer", str(row.asked_by), row.question, {"to": asked})
        if row.answered_at:
            yield Moment(row.answered_at, "finding", str(row.answered_by), row.text, {})


def _misses(case: Case) -> Iterator[Moment]:
    mine = ClockMiss.objects.filter(object_type=history.object_type(case), object_id=case.pk)
    for row in mine:
        yield Moment(row.due_at, "miss", "", str(Clock(row.clock).label), {})
    helpers = list(case.transfers.values_list("pk", flat=True))
    late = ClockMiss.objects.filter(object_type=Transfer._meta.label_lower, object_id__in=helpers)
    for row in late:
        yield Moment(row.due_at, "miss", "", str(Clock.INTERNAL.label), {})


def _scans(case: Case) -> Iterator[Moment]:
    if case.parcel is None:
        return
    for line in parcels.timeline(case.parcel):
        if not line.is_void:
            detail = {"notes": line.notes, "late_by": line.late_by, "person": line.person}
            yield Moment(line.at, "scan", line.site, line.label, detail)


def steps_line(case: Case) -> list[tuple[int, Status, str]]:
    """Return the eight steps: (number, step, state) with state done, now or next."""
    places = {step: place for place, step in enumerate(STEPS)}
    here = places.get(Status(case.status), len(STEPS))
    is_over = case.status in (Status.CLOSED, Status.WITHDRAWN, Status.MERGED)
    return [
        (place + 1, step, _step_state(place, here, is_over=is_over))
        for place, step in enumerate(STEPS)
    ]


def _step_state(place: int, here: int, *, is_over: bool) -> str:
    if is_over or place < here:
        return "done"
    return "now" if place == here else "next"
