"""What the machine can do at best: rows by COPY into lean tables; and how work is measured."""

from __future__ import annotations

import json
import os
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection

from courierqa.core import garbage

# One unique key, the way to a parcel's events, and BRIN on time: what an event table must have.
LEAN = {
    "shipments_scanevent": (
        "CREATE UNIQUE INDEX ON lean (device, uid)",
        "CREATE INDEX ON lean (parcel_id, happened_at)",
        "CREATE INDEX ON lean USING brin (happened_at)",
    ),
    "shipments_parcel": (
        "CREATE UNIQUE INDEX ON lean (id)",
        "CREATE UNIQUE INDEX ON lean (waybill)",
    ),
}


def parcels_wanted(default: int) -> int:
    """Return how many parcels a benchmark is run with: BENCH_PARCELS, or a few minutes' worth."""
    return int(os.environ.get("BENCH_PARCELS", default))


class Work:
    """Seconds of processor time since it began: ours and, where it can be told, the database's.

    What else the machine does changes hours on the wall by a factor of ten, these hardly at all.
    """

    def __init__(self) -> None:
        self.backend = _backend()
        self.began = self._now()
        self.clock = time.perf_counter()

    def seconds(self) -> float:
        return self._now() - self.began

    def wall(self) -> float:
        return time.perf_counter() - self.clock

    def _now(self) -> float:
        spent = int(self.backend.read_text().split()[0]) / 1e9 if self.backend else 0.0
        return time.process_time() + spent


def seconds(work: Callable[[], object], *, times: int = 7) -> float:
    """Return the least processor time of the work: what else the machine did is left out."""
    return min(_taken(work)[0] for _turn in range(times))


def seconds_by_the_clock(work: Callable[[], object], *, times: int = 7) -> float:
    """Return the best time of the work, that of the hour in which the machine did least else."""
    return min(_taken(work)[1] for _turn in range(times))


def _taken(work: Callable[[], object]) -> tuple[float, float]:
    began = Work()
    work()
    return began.seconds(), began.wall()


def _backend() -> Path | None:
    """Return where the system counts the processor time of our server process on this machine."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        counted = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return counted if counted.exists() else None


def copied(table: str, *, lean: bool = True, since: str = "") -> float:
    """Return the processor seconds of a COPY of the table's rows into one of the same columns.

    With the lean indexes, or with none at all; of waybill numbers from `since` on.
    """
    rows = f"SELECT * FROM {table} WHERE waybill >= %s"
    with connection.cursor() as cursor, tempfile.TemporaryFile() as file:
        chosen = cursor.cursor.mogrify(rows, [since]).decode()
        cursor.cursor.copy_expert(f"COPY ({chosen}) TO STDOUT", file)
        file.seek(0)
        cursor.execute(f"CREATE TABLE lean (LIKE {table})")
        for index in LEAN[table] if lean else ():
            cursor.execute(index)
        work = Work()
        cursor.cursor.copy_expert("COPY lean FROM STDIN", file)
        took = work.seconds()
        cursor.execute("DROP TABLE lean")
    return took


def in_child(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Do the work in a child process; return what it tells, its seconds and its memory in MB.

    Only what was committed is there for it to see.
    """
    connection.close()
    with tempfile.NamedTemporaryFile() as said:
        child = os.fork()
        if child == 0:
            status = 1
            try:
                Path(said.name).write_text(json.dumps(_measured(work)))
                connection.close()
                status = 0
            finally:
                os._exit(status)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        return json.loads(Path(said.name).read_text())


def _measured(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    garbage.settle()
    spent = Work()
    told = work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {**told, "took": spent.seconds(), "wall": spent.wall(), "peak": peak}
