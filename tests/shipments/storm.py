"""Twenty thousand scans in disorder: run as a program on a database of its own; prints JSON.

The scans of two thousand parcels are shuffled, a fifth is sent twice, in batches, by several
processes at once, while connections are cut. A sender whose connection broke sends its batch
again, as a phone does: it cannot know whether the first time arrived.
"""

from __future__ import annotations

import json
import multiprocessing
import queue
import random
import sys
import threading
import time
from datetime import timedelta
from typing import Any
from uuid import UUID

import django

django.setup()

import psycopg2  # noqa: E402
from django.db import DatabaseError, InterfaceError, connection, connections  # noqa: E402

from courierqa.core.errors import Unavailable  # noqa: E402
from shipments import services  # noqa: E402
from shipments.fold import Event, Rules, effective_time, fold  # noqa: E402
from shipments.models import Finding, Parcel, ParcelFacts, Product, ScanEvent  # noqa: E402
from shipments.services import ScanInput, bulk, scans  # noqa: E402
from tests.factories import shipments as make  # noqa: E402

PARCELS, AGAIN = 2000, 4_000
BATCH, SENDERS = 200, 3
CUT_EVERY, CUTS = 0.4, 60
HOUR = timedelta(hours=1)
# Ten scans each: delivered, tried twice, placed with consent, or brought back and returned.
STORIES: tuple[tuple[tuple[str, dict[str, Any]], ...], ...] = (
    (("DEP", {}), ("ARR", {}), ("SRT", {}), ("DEP", {}), ("AST", {}), ("OFD", {}),
     ("DLV", {"detail": {"way": "recipient"}})),
    (("DEP", {}), ("ARR", {}), ("DEP", {}), ("AST", {}), ("OFD", {}),
     ("ATT", {"reason": "no-answer", "detail": {"call": {"seconds": 9}}}),
     ("DLV", {"detail": {"way": "counter"}})),
    (("DEP", {}), ("ARR", {}), ("AST", {}), ("OFD", {}),
     ("CON", {"detail": {"given": True, "kind": "locker"}}), ("RDY", {"detail": {"way": "locker"}}),
     ("DLV", {"detail": {"way": "collected"}})),
    (("DEP", {}), ("AST", {}), ("OFD", {}),
     ("RFS", {"reason": "refuses", "detail": {"photo": True}}),
     ("RTS", {"detail": {"cause": "refused"}}), ("RTD", {}), ("NTF", {})),
    # A bare delivery and a scan after the end: both stay, both are marked.
    (("ARR", {}), ("SRT", {}), ("DEP", {}), ("AST", {}), ("DLV", {}), ("OVD", {}), ("DMG", {})),
)  # fmt: skip
PICKED = (("RNV", {}), ("INS", {"detail": {"result": "pass"}}), ("PUP", {}))


def parcels() -> list[Parcel]:
    """Register parcels in one go; their scans are what is tested."""
    make.catalogue()
    origin, there = make.site("HZ-01", city="杭州"), make.site("NB-01", city="宁波")
    product = Product.objects.get(code="standard")
    rows = [
        Parcel(waybill=f"YS{n:013d}", product=product, origin=origin, destination=there)
        for n in range(1, PARCELS + 1)
    ]
    return Parcel.objects.bulk_create(rows, batch_size=500)


def told(rows: list[Parcel], dice: random.Random) -> list[ScanInput]:
    """Return ten scans per parcel, an hour apart, each arriving a minute after it happened."""
    found = []
    for parcel in rows:
        at = make.MONDAY + timedelta(minutes=dice.randrange(60 * 24))
        for place, (code, fields) in enumerate((*PICKED, *dice.choice(STORIES))):
            moment = at + place * HOUR
            site = parcel.origin_id if code in ("RNV", "INS", "PUP") else parcel.destination_id
            found.append(
                ScanInput(
                    uid=UUID(int=dice.getrandbits(128), version=4), waybill=parcel.waybill,
                    code=code, happened_at=moment, device=f"phone-{parcel.pk % 40}", site_id=site,
                    recorded_at=moment + timedelta(minutes=1), **fields,
                )
            )  # fmt: skip
    return found


def send(batches: list[list[ScanInput]], results: Any) -> None:
    """Send batches until each was answered, whatever happens to the connection."""
    counts = {"created": 0, "duplicate": 0, "other": 0, "broken": 0}
    for batch in batches:
        for _try in range(60):
            try:
                answers = services.record_scans(
                    batch, source="courier", recorded_at=make.MONDAY + 60 * HOUR
                )
            except (DatabaseError, InterfaceError, Unavailable):
                counts["broken"] += 1
                connection.close()
                continue
            break
        else:
            raise RuntimeError("A batch could not be sent.")
        for answer in answers:
            name = str(answer.result.value)
            counts[name if name in counts else "other"] += 1
    connections.close_all()
    results.put(counts)


def cut(stop: threading.Event, tally: dict[str, int]) -> None:
    """End one backend after another, as a failing network would; at most `CUTS`."""
    url = connection.get_connection_params()
    killer = psycopg2.connect(**{k: url[k] for k in ("dbname", "user", "host", "port") if k in url})
    killer.autocommit = True
    with killer.cursor() as cursor:
        while not stop.wait(CUT_EVERY) and tally["cuts"] < CUTS:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <>"
                " pg_backend_pid() AND datname = current_database() AND xact_start IS NOT NULL"
                " AND backend_type = 'client backend' ORDER BY random() LIMIT 1"
            )
            tally["cuts"] += sum(row[0] for row in cursor.fetchall())
    killer.close()


def in_parallel(
    batches: list[list[ScanInput]], work: Any, chaos: threading.Thread | None = None
) -> list[dict[str, int]]:
    """Give every sender its share and return what each counted."""
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    connections.close_all()
    senders = [
        context.Process(target=work, args=(batches[place::SENDERS], results))
        for place in range(SENDERS)
    ]
    for sender in senders:
        sender.start()
    if chaos is not None:
        chaos.start()
    counted: list[dict[str, int]] = []
    while len(counted) < SENDERS:
        try:
            counted.append(results.get(timeout=1))
        except queue.Empty:
            if any(sender.exitcode for sender in senders):
                raise RuntimeError("A sender failed; its error stands above.") from None
    for sender in senders:
        sender.join(20)
    return counted


def expected(events: list[ScanInput]) -> dict[str, Any]:
    """Fold every parcel's scans as told, without any database."""
    by_waybill: dict[str, list[Event]] = {}
    for one in events:
        recorded = one.recorded_at or one.happened_at
        counted, _flags = effective_time(one.happened_at, recorded, None, code=one.code)
        by_waybill.setdefault(one.waybill, []).append(
            Event(
                one.uid, one.code, one.happened_at, recorded, counted, one.reason, one.detail,
                one.site_id, one.person_id,
            )
        )  # fmt: skip
    return {waybill: fold(found, rules=Rules()) for waybill, found in by_waybill.items()}


def differing(wanted: dict[str, Any]) -> int:
    """Count parcels, facts or findings that are not the fold of all their events."""
    wrong = 0
    facts = dict(ParcelFacts.objects.values_list("parcel_id", "state"))
    open_ones: dict[int, set[tuple[str, str]]] = {}
    rows = Finding.objects.filter(closed_at=None).values_list("parcel_id", "code", "event_uid")
    for parcel_id, code, uid in rows:
        open_ones.setdefault(parcel_id or 0, set()).add((code, str(uid)))
    for parcel in Parcel.objects.all():
        state = wanted[parcel.waybill]
        same = (
            parcel.state == facts.get(parcel.pk) == state.state.value
            and parcel.conditions == list(state.conditions)
            and parcel.done_at == state.done_at
            and parcel.accepted_at == state.accepted_at
            and parcel.attempts == state.attempts
            and open_ones.get(parcel.pk, set())
            == {(f.code, str(f.event_uid)) for f in state.findings}
        )
        wrong += not same
    return wrong


def unguarded(batches: list[list[ScanInput]], results: Any) -> None:
    """Insert first and let the key decide, where there is no key: the control."""
    for batch in batches:
        made = scans._Batch(batch, "courier", make.MONDAY, None, False)
        bulk.insert_rows(ScanEvent, [made._row(one, None) for one in batch])
    connections.close_all()
    results.put({})


def storm() -> dict[str, int]:
    dice = random.Random(20_000)
    events = told(parcels(), dice)
    sent = [*events, *dice.sample(events, AGAIN)]
    dice.shuffle(sent)
    batches = [sent[n : n + BATCH] for n in range(0, len(sent), BATCH)]
    stop, tally = threading.Event(), {"cuts": 0}
    connections.close_all()
    chaos = threading.Thread(target=cut, args=(stop, tally))
    began = time.monotonic()
    try:
        counted = in_parallel(batches, send, chaos)
    finally:
        stop.set()
        if chaos.is_alive():
            chaos.join()
    took = time.monotonic() - began
    wanted = expected(events)
    found = {
        "sent": len(sent), "distinct": len({(e.device, e.uid) for e in events}),
        "stored": ScanEvent.objects.count(), "differing": differing(wanted),
        "parcels": len(wanted), "cuts": tally["cuts"], "seconds": round(took),
        **{name: sum(one[name] for one in counted) for name in counted[0]},
    }  # fmt: skip
    return {**found, "control": control(batches)}


def control(batches: list[list[ScanInput]]) -> int:
    """Return how many rows too many the same storm leaves without the unique key."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE shipments_scanevent DISABLE TRIGGER USER")
        cursor.execute("TRUNCATE shipments_scanevent")
        cursor.execute("ALTER TABLE shipments_scanevent DROP CONSTRAINT ship_event_once")
    in_parallel(batches, unguarded)
    rows = ScanEvent.objects.count()
    return rows - ScanEvent.objects.values("device", "uid").distinct().count()


if __name__ == "__main__":
    json.dump(storm(), sys.stdout)
