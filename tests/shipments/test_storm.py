"""The proof that nothing is lost and nothing doubled, on PostgreSQL, with its control."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest

from tests import servers

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = [pytest.mark.servers, pytest.mark.once]


@pytest.mark.req("LIF-12", "TIM-04")
def test_twenty_thousand_scans_in_disorder_with_connections_cut(tmp_path):
    server = servers.Postgres().create()
    try:
        counts = _storm(server, tmp_path)
    finally:
        server.remove()

    assert counts["sent"] == 24_000
    assert counts["stored"] == counts["distinct"] == 20_000
    assert counts["differing"] == 0
    assert counts["cuts"] >= 5
    assert counts["broken"] >= 1
    assert counts["other"] == 0
    # The control: the same storm without the unique key stores scans twice.
    assert counts["control"] > 0


def _storm(server: servers.Postgres, folder: Path) -> dict[str, int]:
    name = f"storm_{os.getpid()}"
    admin = psycopg2.connect(server.url())
    admin.autocommit = True
    with admin.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    admin.close()
    settings = {
        **os.environ,
        "DATABASE_URL": server.url(name),
        "DJANGO_SETTINGS_MODULE": "courierqa.settings_test",
        "COURIERQA_VAR": str(folder),
        "CONN_MAX_AGE": "0",
    }
    printed = ""
    for command in (["manage.py", "migrate", "-v0"], ["-m", "tests.shipments.storm"]):
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=settings, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        printed = done.stdout
    return json.loads(printed.splitlines()[-1])
