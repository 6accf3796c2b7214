"""The chain: each link's hash covers its entry and the link before, so no entry can be edited,
removed, swapped or slipped in without breaking every later link.

`tools/verify_audit.py` repeats `link_hash` from the standard library alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from courierqa.core.failpoints import reach
from courierqa.core.models import AuditEntry, AuditSeal

GENESIS = "0" * 64
# Entries commit slightly out of order; looking this far back keeps sealing quick on a long trail.
LOOK_BACK = 50_000
BATCH = 5_000
ADVISORY_LOCK = 7_203_001
COLUMNS = (
    "uid",
    "at",
    "actor_id",
    "actor_name",
    "role",
    "action",
    "verb",
    "object_type",
    "object_id",
    "object_code",
    "fields",
    "reason",
    "ip",
    "request_id",
)

# One text for one entry: sorted keys, no blanks, characters as they are.
_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True)
class VerifyResult:
    """What a check of the chain found."""

    ok: bool
    rows: int
    first_bad: int | None = None
    why: str = ""
    head: str = GENESIS


def link_hash(seq: int, prev_hash: str, entry: dict[str, Any]) -> str:
    """Return the hash of one link over its place, the link before and the whole entry."""
    body = _canonical(entry)
    return hashlib.sha256(f"{seq}\n{prev_hash}\n{body}".encode()).hexdigest()


def entry_values(row: Sequence[Any]) -> dict[str, Any]:
    """Return the hashed form of an entry from its `COLUMNS`."""
    entry = dict(zip(COLUMNS, row, strict=True))
    entry["uid"] = str(entry["uid"])
    entry["at"] = entry["at"].astimezone(UTC).isoformat(timespec="microseconds")
    return entry


def head() -> tuple[int, str]:
    """Return (place, hash) of the newest link; keep it elsewhere to prove that no tail was cut."""
    last = AuditSeal.objects.order_by("-seq").values_list("seq", "hash").first()
    return last or (0, GENESIS)


def seal(*, now: datetime) -> dict[str, int]:
    """Put all waiting entries into the chain; run every ten seconds."""
    count = 0
    while True:
        with transaction.atomic():
            made = seal_pending()
        count += made
        if made < BATCH:
            return {"sealed": count}


def seal_pending() -> int:
    """Seal up to one batch inside the caller's transaction, one sealer at a time."""
    _only_sealer()
    newest = AuditSeal.objects.aggregate(newest=Max("entry_id"))["newest"] or 0
    waiting = (
        AuditEntry.objects.filter(id__gt=newest - LOOK_BACK, seal=None)
        .order_by("id")
        .values_list("id", *COLUMNS)[:BATCH]
    )
    seq, prev = head()
    links = []
    for entry_id, *row in waiting:
        seq += 1
        digest = link_hash(seq, prev, entry_values(row))
        links.append(AuditSeal(seq=seq, entry_id=entry_id, prev_hash=prev, hash=digest))
        prev = digest
    AuditSeal.objects.bulk_create(links, batch_size=500)
    reach("audit.sealed")
    return len(links)


def _only_sealer() -> None:
    """Wait for any other sealer. SQLite transactions that write are one at a time already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])


def verify(*, known_head: tuple[int, str] | None = None) -> VerifyResult:
    """Walk the chain and say where it breaks; `known_head` also finds a tail that was cut."""
    links = AuditSeal.objects.order_by("seq").values_list(
        "seq", "prev_hash", "hash", *[f"entry__{name}" for name in COLUMNS]
    )
    place, prev, seen_head = 0, GENESIS, known_head is None or known_head[0] == 0
    for seq, prev_hash, digest, *row in links.iterator(chunk_size=5_000):
        place += 1
        why = _fault(place, prev, seq, prev_hash, digest, row)
        if why:
            return VerifyResult(ok=False, rows=place, first_bad=place, why=why, head=prev)
        prev = digest
        seen_head = seen_head or (known_head == (seq, digest))
    if not seen_head:
        return VerifyResult(
            ok=False,
            rows=place,
            first_bad=place + 1,
            why="The known head is not in the chain.",
            head=prev,
        )
    return _unsealed(place, prev)


def _fault(place: int, prev: str, seq: int, prev_hash: str, digest: str, row: list[Any]) -> str:
    if seq != place:
        return f"Link {place} is missing."
    if prev_hash != prev:
        return f"Link {place} does not follow the link before."
    if digest != link_hash(seq, prev_hash, entry_values(row)):
        return f"Entry {place} was changed after sealing."
    return ""


def _unsealed(rows: int, prev: str) -> VerifyResult:
    """Entries far behind the newest link that have no link were slipped in or lost theirs."""
    newest = AuditSeal.objects.aggregate(newest=Max("entry_id"))["newest"] or 0
    stray = AuditEntry.objects.filter(id__lte=newest - LOOK_BACK, seal=None).order_by("id").first()
    if stray is not None:
        return VerifyResult(
            ok=False, rows=rows, why=f"Entry {stray.pk} was never sealed.", head=prev
        )
    return VerifyResult(ok=True, rows=rows, head=prev)
