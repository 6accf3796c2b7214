"""Scans sent twice and crosswise, on PostgreSQL, each with a control that shows the race."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = pytest.mark.servers


@pytest.fixture
def race(pg_url: str, tmp_path: Path) -> Iterator[Callable[[str], dict[str, int]]]:
    """Return `race("twins")` → its counts, in a database of its own."""
    name = f"scans_{os.getpid()}"
    server = psycopg2.connect(pg_url)
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
    settings = {
        **os.environ,
        "DATABASE_URL": f"{pg_url.rsplit('/', 1)[0]}/{name}",
        "DJANGO_SETTINGS_MODULE": "courierqa.settings_test",
        "COURIERQA_VAR": str(tmp_path),
        "CONN_MAX_AGE": "0",
    }

    def run(*command: str) -> str:
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=settings, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def call(kind: str) -> dict[str, int]:
        run("manage.py", "migrate", "-v0")
        return json.loads(run("-m", "tests.shipments.race", kind).splitlines()[-1])

    yield call
    with server.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    server.close()


def test_a_batch_sent_by_many_at_once_is_stored_once(race):
    counts = race("twins")

    assert counts["errors"] == 0
    assert counts["created"] == counts["rows"] == counts["sent"]
    assert counts["facts"] == counts["parcels"]
    assert counts["control"] > 0


def test_the_same_scans_in_opposite_order_never_lock_each_other_out(race):
    counts = race("crossing")

    assert counts["errors"] == 0
    assert counts["control"] > 0
