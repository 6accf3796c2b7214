"""Reading the trail: filters, and the export that proves the chain elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, Q, QuerySet

from courierqa.core import calendars
from courierqa.core.audit.chain import COLUMNS, GENESIS, entry_values
from courierqa.core.models import AuditEntry, AuditSeal

FORMAT = "courierqa-audit-1"
MAX_PEOPLE = 50
UNUSUAL_FROM = 10
USUAL_DAYS = 28


@dataclass(frozen=True)
class AuditFilter:
    """What the reader asked for; empty means everything."""

    object: str = ""
    person: str = ""
    verb: str = ""
    from_day: date | None = None
    to_day: date | None = None


def entries(wanted: AuditFilter) -> QuerySet[AuditEntry]:
    """Return the matching entries; every condition has an index."""
    rows = AuditEntry.objects.all()
    if wanted.object:
        rows = rows.filter(_about(wanted.object))
    if wanted.person:
        rows = rows.filter(actor_id__in=_people(wanted.person))
    if wanted.verb:
        rows = rows.filter(verb=wanted.verb)
    if wanted.from_day:
        rows = rows.filter(at__gte=calendars.day_start(wanted.from_day))
    if wanted.to_day:
        rows = rows.filter(at__lt=calendars.day_start(wanted.to_day + timedelta(days=1)))
    return rows


def _about(text: str) -> Q:
    """An object is named by its number, or as "complaints.case:12"."""
    kind, colon, number = text.partition(":")
    if colon and "." in kind:
        return Q(object_type=kind.lower(), object_id=number)
    return Q(object_code=text)


def _people(text: str) -> list[int]:
    named = Q(username__iexact=text) | Q(display_name__icontains=text)
    return list(get_user_model().objects.filter(named).values_list("pk", flat=True)[:MAX_PEOPLE])


def unusual_reveals(*, now: datetime) -> list[dict[str, Any]]:
    """Return who looked at far more personal data in the last day than they usually do.

    Far more: at least ten times, and three times their own average of the four weeks before.
    """
    day, month = now - timedelta(days=1), now - timedelta(days=1 + USUAL_DAYS)
    rows = AuditEntry.objects.filter(verb="reveal", at__gt=month, at__lte=now)
    recent, before = Q(at__gt=day), Q(at__lte=day)
    counted = rows.values("actor_id", "actor_name").annotate(
        count=Count("id", filter=recent), earlier=Count("id", filter=before)
    )
    unusual = counted.filter(count__gte=UNUSUAL_FROM).order_by("-count")
    return [dict(row) for row in unusual if row["count"] * USUAL_DAYS >= 3 * row["earlier"]]


def chain_lines() -> Iterator[str]:
    """Return the whole chain as JSON Lines for the stand-alone verifier."""
    yield json.dumps({"format": FORMAT}) + "\n"
    links = AuditSeal.objects.order_by("seq").values_list(
        "seq", "prev_hash", "hash", *[f"entry__{name}" for name in COLUMNS]
    )
    last, count = GENESIS, 0
    for seq, prev_hash, digest, *row in links.iterator(chunk_size=2_000):
        last, count = digest, count + 1
        link = {"seq": seq, "prev_hash": prev_hash, "hash": digest}
        line = {**link, "entry": entry_values(row)}
        yield json.dumps(line, ensure_ascii=False) + "\n"
    yield json.dumps({"rows": count, "head": last}) + "\n"
