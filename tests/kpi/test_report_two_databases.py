"""The same raw events in SQLite and PostgreSQL print the same bytes; figures agree everywhere."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kpi import selectors, services, snapshots
from tests import servers
from tests.kpi import histories, same_month

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.servers
@pytest.mark.django_db
def test_sqlite_and_postgresql_print_the_same_bytes():
    server, folder = servers.Postgres().create(), servers.temporary_folder()
    env = {
        **os.environ,
        "DATABASE_URL": server.url(),
        "COURIERQA_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "courierqa.settings",
        "LOG_LEVEL": "ERROR",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "tests.kpi.same_month"]
    try:
        done = subprocess.run(
            command, env=env, cwd=ROOT, capture_output=True, text=True, check=False
        )
    finally:
        server.remove()
        shutil.rmtree(folder, ignore_errors=True)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == same_month.published()


@pytest.mark.django_db
def test_report_annex_and_dashboard_show_one_number():
    """Cells, the frozen content, and what the dashboard asks: hits, total, and value of each."""
    histories.tell(seed=5, parcels=50)
    services.refresh_dirty(now=same_month.NOW)

    content = snapshots.make_snapshot("2026-10", now=same_month.NOW).content

    shown = {one.metric: one for one in selectors.figures("2026-10")}
    assert {line["code"] for line in content["metrics"]} == set(shown)
    for line in content["metrics"]:
        figure = shown[line["code"]]
        assert (line["hits"], line["total"]) == (figure.hits, figure.total), line["code"]
        if figure.value is None:
            assert line["value"] is None
        else:
            assert float(line["value"]) == pytest.approx(figure.value, abs=1e-6)
    for site in content["sites"]:
        own = {one.metric: one for one in selectors.figures("2026-10", site=site["code"])}
        for code, counts in site["figures"].items():
            assert (counts["hits"], counts["total"]) == (own[code].hits, own[code].total)
