"""Two senders at once: run as a program on a database of its own; prints counts as JSON."""

from __future__ import annotations

import json
import sys
import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import django

django.setup()

from django.db import OperationalError, close_old_connections, connection, transaction  # noqa: E402

from shipments import services  # noqa: E402
from shipments.models import Parcel, ParcelFacts, ScanEvent  # noqa: E402
from shipments.services import ScanInput  # noqa: E402
from tests.factories import shipments as make  # noqa: E402

SENDERS = 6
ROUNDS = 12
AT = make.MONDAY + timedelta(hours=2)


def together(*works: Callable[[], Any]) -> list[Any]:
    """Run works behind one barrier; return what each gave or raised."""
    barrier, found = threading.Barrier(len(works)), [None] * len(works)

    def run(place: int, work: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            found[place] = work()
        except Exception as error:
            found[place] = error
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=run, args=(n, w)) for n, w in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def batch(parcels: list[Parcel]) -> list[ScanInput]:
    return [make.scan(parcel, "ARR", AT, uid=uuid4()) for parcel in parcels]


def send(scans: list[ScanInput]) -> list[str]:
    answers = services.record_scans(scans, source="hub", recorded_at=AT)
    return [answer.result.value for answer in answers]


def bare(scan: ScanInput) -> ScanEvent:
    return ScanEvent(
        uid=scan.uid, device=scan.device, waybill=scan.waybill, code=scan.code, happened_at=AT,
        recorded_at=AT, effective_at=AT, source="hub", fingerprint="x",
    )  # fmt: skip


def naive(scans: list[ScanInput]) -> None:
    """Look, then insert: what the unique key and the lock are there to prevent."""
    for scan in scans:
        if not ScanEvent.objects.filter(uid=scan.uid).exists():
            bare(scan).save()


def twins() -> dict[str, int]:
    """Send one batch by several senders at once, again and again."""
    parcels = [make.accept(make.order()) for _number in range(10)]
    created, errors, uids = Counter(), 0, set()
    for _round in range(ROUNDS):
        scans = batch(parcels)
        uids |= {scan.uid for scan in scans}
        for answer in together(*[lambda s=scans: send(s)] * SENDERS):
            errors += isinstance(answer, Exception)
            created.update(answer if isinstance(answer, list) else [])
    rows = ScanEvent.objects.filter(uid__in=uids).count()
    facts = ParcelFacts.objects.filter(state="at_site").count()
    return {
        "sent": len(uids), "created": created["created"], "rows": rows, "errors": errors,
        "facts": facts, "parcels": len(parcels), "control": _doubles(parcels),
    }  # fmt: skip


def _doubles(parcels: list[Parcel]) -> int:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE shipments_scanevent DROP CONSTRAINT ship_event_once")
    doubles = 0
    for _round in range(ROUNDS):
        scans = batch(parcels)
        together(*[lambda s=scans: naive(s)] * SENDERS)
        rows = ScanEvent.objects.filter(uid__in=[scan.uid for scan in scans]).count()
        doubles += rows - len(scans)
    return doubles


def crossing() -> dict[str, int]:
    """Send the same scans in opposite order at once."""
    parcels = [make.accept(make.order()) for _number in range(40)]
    errors = 0
    for _round in range(ROUNDS):
        scans = batch(parcels)
        answers = together(lambda s=scans: send(s), lambda s=scans: send(s[::-1]))
        errors += sum(isinstance(answer, Exception) for answer in answers)
    return {"errors": errors, "control": _deadlocks(parcels)}


def _deadlocks(parcels: list[Parcel]) -> int:
    """The same without sorting: each inserts in its own order, inside one transaction."""

    def insert(scans: list[ScanInput], gate: threading.Barrier) -> None:
        with transaction.atomic():
            for place, scan in enumerate(scans):
                bare(scan).save()
                if place == 0:
                    gate.wait(timeout=20)

    found = 0
    for _round in range(3):
        scans, gate = batch(parcels)[:2], threading.Barrier(2)
        answers = together(
            lambda s=scans, g=gate: insert(s, g), lambda s=scans, g=gate: insert(s[::-1], g)
        )
        found += any(isinstance(answer, OperationalError) for answer in answers)
    return found


if __name__ == "__main__":
    print(json.dumps({"twins": twins, "crossing": crossing}[sys.argv[1]]()))  # noqa: T201
