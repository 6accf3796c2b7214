"""Grading a whole company, in processes of its own: `python -m tests.benchmarks.crowd VERB …`.

Runs on the PostgreSQL database that `DATABASE_URL` names; each verb prints one JSON line. A process
of its own, so that its memory can be told and it can be killed.
"""

from __future__ import annotations

import hashlib
import json
import resource
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402

from kpi import grading  # noqa: E402
from kpi.models import CourierCell  # noqa: E402
from shipments.models import ParcelFacts, ScanEvent  # noqa: E402
from staff.models import Assessment, AssessmentPart, Employee, Post  # noqa: E402
from tests.benchmarks.floors import Work  # noqa: E402
from tests.factories import shipments as make  # noqa: E402
from tests.factories.kpi import parcel_row  # noqa: E402
from tests.factories.staff import EmployeeFactory, SiteFactory  # noqa: E402

MONTH, FIRST = "2026-10", date(2026, 10, 1)
NOW = datetime(2026, 11, 5, tzinfo=UTC)
SITES, WORK_DAYS = 200, 22
# Parcels and scans a person, each on a day of its own: the least that is graded. Cells tell more.
RECORDS = 10
# Keys of what is copied begin here, so that they follow from the count.
BASE = 1_000_000
MEGABYTE = 1024


def copies(model: Any, pk: int, series: str, *values: int, **said: str) -> None:
    """Copy one row for each number `n` of a series; `said` are the columns that follow from n."""
    names = [field.column for field in model._meta.concrete_fields]
    names = [name for name in names if name != "id" or "id" in said]
    cells = ", ".join(said.get(name, f't."{name}"') for name in names)
    columns, table = ", ".join(f'"{name}"' for name in names), model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {cells} FROM {table} t CROSS JOIN"
            f" ({series}) s WHERE t.{model._meta.pk.column} = %s",
            [*values, pk],
        )


def fill(first: int, last: int) -> dict[str, Any]:
    """Add the couriers from number `first` to `last` with the counts and records of a month."""
    sites = [SiteFactory(code=f"BM-{place:03}").pk for place in range(SITES)]
    post = Post.objects.get(code="courier")
    post.schemes.update(min_deliveries=RECORDS)
    one = EmployeeFactory(number=f"BM-{first}", post=post, hired_on=NOW.date(), user=None)
    people = "SELECT n FROM generate_series(%s, %s) n"
    copies(
        Employee, one.pk, people, first, last, id=f"{BASE} + n", uid="gen_random_uuid()",
        number="'BN' || n", name="'骑手' || n", hired_on="date '2024-01-01'",
        site_id=f"{min(sites)} + n %% {SITES}",
    )  # fmt: skip
    with connection.cursor() as cursor:
        # Many rows in one statement, longer than a page may take.
        cursor.execute("SET statement_timeout = 0")
    _cells(first, last, min(sites))
    _records(first, last, min(sites))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"people": Employee.objects.filter(pk__gte=BASE).count()}


def _cells(first: int, last: int, site: int) -> None:
    """A cell of each working day for what is counted in cells."""
    days = (
        "SELECT n, d FROM generate_series(%s, %s) n CROSS JOIN"
        f" generate_series(0, {WORK_DAYS - 1}) d"
    )
    for metric in ("T01", "D01"):
        pattern = CourierCell.objects.create(
            metric=metric, day=FIRST, courier_id=first, site_id=0, hits=0, total=0
        )
        copies(
            CourierCell, pattern.pk, days, first, last, courier_id=f"{BASE} + n",
            day="date '2026-10-01' + d", site_id=f"{site} + n %% {SITES}",
            total="40 + n %% 30", hits="40 + n %% 30 - (n + d) %% 7 / 3",
        )  # fmt: skip
        pattern.delete()


def _records(first: int, last: int, site: int) -> None:
    """Parcels done and scans made, of which deliveries, working days and the rest are counted."""
    done = datetime(2026, 10, 1, 4, tzinfo=UTC)
    accepted = done - timedelta(hours=30)
    row = parcel_row(number=first, accepted_at=accepted, due_at=done, done_at=done)
    row.save(force_insert=True)
    each = (
        f"SELECT n, k FROM generate_series(%s, %s) n CROSS JOIN generate_series(0, {RECORDS - 1}) k"
    )
    when = "'2026-10-01 04:00+00'::timestamptz + k * interval '1 day'"
    copies(
        ParcelFacts, row.pk, each, first, last, parcel_id=f"{BASE} + n * {RECORDS} + k",
        courier_id=f"{BASE} + n", site_id=f"{site} + n %% {SITES}",
        done_day="date '2026-10-01' + k",
    )  # fmt: skip
    scan = ScanEvent.objects.create(
        uid=f"00000000-0000-4000-8000-{first:012}", device="bench", waybill="YS1", code="DLV",
        happened_at=done, recorded_at=done, effective_at=done, source="courier",
        fingerprint="x", parcel_id=1,
    )  # fmt: skip
    copies(
        ScanEvent, scan.pk, each, first, last, uid="gen_random_uuid()", person_id=f"{BASE} + n",
        happened_at=when, effective_at=when,
        recorded_at=f"{when} + (n + k) %% 9 * interval '5 minutes'",
    )  # fmt: skip


def grade() -> dict[str, Any]:
    """Grade the month; tell the time, the memory and what came out."""
    work = Work()
    told = grading.grade_month(MONTH, now=NOW)
    took, wall = work.seconds(), work.wall()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    return {"people": told["people"], "took": took, "wall": wall, "peak": peak, **outcome()}


def outcome() -> dict[str, Any]:
    """Return how many were graded and a hash over every score, grade and part."""
    rows = Assessment.objects.order_by("employee__number").values_list(
        "employee__number", "version", "score", "grade", "raw_grade", "not_graded_reason",
        "fingerprint",
    )  # fmt: skip
    parts = AssessmentPart.objects.order_by("assessment__employee__number", "code").values_list(
        "assessment__employee__number", "code", "hits", "total", "bound", "score", "records_url"
    )
    marks, stored = hashlib.sha256(), 0
    for query in (rows, parts):
        for row in query.iterator(chunk_size=2000):
            marks.update(repr(row).encode())
    stored = rows.count()
    graded = rows.exclude(grade="").count()
    return {"stored": stored, "graded": graded, "hash": marks.hexdigest()}


def forget() -> dict[str, Any]:
    """Take all grades away, so that the next run begins anew."""
    with connection.cursor() as cursor:
        for model in (AssessmentPart, Assessment):
            cursor.execute(f"DELETE FROM {model._meta.db_table}")
    return {}


def killed() -> dict[str, Any]:
    """Grade in a process that is killed as soon as it has stored something."""
    process = subprocess.Popen([sys.executable, "-m", __spec__.name, "grade"])
    while process.poll() is None and not Assessment.objects.exists():
        try:
            process.wait(timeout=0.02)
        except subprocess.TimeoutExpired:
            continue
    process.kill()
    process.wait()
    return {"stored": Assessment.objects.count()}


def floor() -> dict[str, Any]:
    """Tell what the database needs to store the same rows again, without a thought about them."""
    work = Work()
    with connection.cursor() as cursor:
        for model in (Assessment, AssessmentPart):
            table = model._meta.db_table
            cursor.execute(f"CREATE TABLE copy_{table} (LIKE {table} INCLUDING ALL)")
            cursor.execute(f"INSERT INTO copy_{table} SELECT * FROM {table}")
            took = work.seconds()
    with connection.cursor() as cursor:
        for model in (Assessment, AssessmentPart):
            cursor.execute(f"DROP TABLE copy_{model._meta.db_table}")
    return {"took": took}


VERBS = {"fill": fill, "grade": grade, "forget": forget, "killed": killed, "floor": floor}

if __name__ == "__main__":
    make.catalogue()
    found = VERBS[sys.argv[1]](*map(int, sys.argv[2:]))
    sys.stdout.write(json.dumps(found) + "\n")
