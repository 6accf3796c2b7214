"""Real workers killed by `kill -9`, on both databases; Redis emptied while it rings.

Every effect leaves one row in the transaction that marks it done. Afterwards the rows are counted
by plain SQL from outside the product: none lost, none twice.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest

ROOT = Path(__file__).resolve().parents[2]
COUNT = 120
POINTS = ["outbox.claimed", "outbox.after_handler", "outbox.before_commit", "outbox.after_commit"]

pytestmark = pytest.mark.servers


@dataclass
class House:
    """One installation of the product: its database and the way to run its commands."""

    env: dict[str, str]
    connect: Callable

    def query(self, sql):
        connection = self.connect()
        try:
            cursor = connection.cursor()
            cursor.execute(sql)
            rows = cursor.fetchall() if cursor.description else []
            connection.commit()
            return rows
        finally:
            connection.close()

    def number(self, sql):
        return self.query(sql)[0][0]

    def manage(self, *arguments, **env):
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env={**self.env, **env}, capture_output=True, text=True, check=False
        )

    def worker(self, **env):
        command = [sys.executable, "manage.py", "run_worker", "--poll", "0.05"]
        return subprocess.Popen(
            command, cwd=ROOT, env={**self.env, **env}, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def clear(self):
        for table in ("core_effect", "core_jobrun", "core_lease"):
            self.query(f"DELETE FROM {table}")

    def done(self):
        return self.number("SELECT count(*) FROM core_effect WHERE state = 'done'")

    def effects(self):
        """Return (rows, different rows) that the effects left."""
        return self.query(
            "SELECT count(*), count(DISTINCT name) FROM core_jobrun WHERE name LIKE 'fault:%'"
        )[0]


def wait(ready, *, seconds=90, what="the state"):
    limit = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < limit, f"{what} was not reached"
        time.sleep(0.02)


def kill(process):
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=10)


def _house(env, connect):
    outer = {key: os.environ[key] for key in os.environ if not key.endswith("_URL")}
    env = {**outer, "DJANGO_SETTINGS_MODULE": "tests.core.faultapp.settings", **env}
    house = House(env, connect)
    made = house.manage("migrate", "--verbosity", "0")
    assert made.returncode == 0, made.stderr[-2000:]
    return house


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def installed(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    env = {"COURIERQA_VAR": str(folder)}
    if request.param == "sqlite":
        return _house(env, lambda: sqlite3.connect(folder / "courierqa.sqlite3", timeout=20))
    url = request.getfixturevalue("pg_url")
    return _house({**env, "DATABASE_URL": url}, lambda: psycopg2.connect(url))


@pytest.fixture
def house(installed):
    installed.clear()
    return installed


def test_workers_killed_in_mid_work_lose_nothing_and_do_nothing_twice(house):
    assert house.manage("fault_emit", str(COUNT)).returncode == 0
    kills = 0
    for goal in (25, 55, 85):
        worker = house.worker()
        wait(lambda goal=goal: house.done() >= goal, what=f"{goal} effects")
        kill(worker)
        kills += 1

    worker = house.worker()
    wait(lambda: house.done() == COUNT, what="the end")
    worker.terminate()

    assert worker.wait(timeout=20) == 0
    assert kills == 3
    assert house.effects() == (COUNT, COUNT)


@pytest.mark.parametrize("point", POINTS)
def test_a_worker_that_dies_at_a_named_point_is_followed_by_one_that_finishes(house, point):
    house.manage("fault_emit", "5")
    place = 3

    dying = house.worker(FAILPOINT=f"{point}:{place}")
    assert dying.wait(timeout=60) == -signal.SIGKILL
    before = house.effects()
    following = house.worker()
    wait(lambda: house.done() == 5, what="the end")
    following.terminate()
    following.wait(timeout=20)

    # What was committed before the kill stayed; what was not, was done again from the start.
    assert before[0] == (place if point == "outbox.after_commit" else place - 1)
    assert house.effects() == (5, 5)


def test_a_job_that_kills_its_worker_is_parked_and_the_others_are_done(house):
    house.manage("fault_emit", "1", "--kind", "fault.poison")
    house.manage("fault_emit", "10")

    deaths = 0
    worker = house.worker()
    while house.number("SELECT count(*) FROM core_effect WHERE state = 'parked'") == 0:
        assert deaths <= 3
        if worker.poll() is not None:
            deaths += 1
            worker = house.worker()
        time.sleep(0.02)
    wait(lambda: house.done() == 10, what="the others")
    worker.terminate()
    worker.wait(timeout=20)

    assert deaths == 3
    assert house.effects() == (10, 10)


def test_two_workers_share_the_work(house):
    house.manage("fault_emit", str(COUNT))

    workers = [house.worker(), house.worker()]
    wait(lambda: house.done() == COUNT, what="the end")
    for worker in workers:
        worker.terminate()

    assert [worker.wait(timeout=20) for worker in workers] == [0, 0]
    assert house.effects() == (COUNT, COUNT)


def test_the_schedule_runs_and_seals_what_was_recorded(house):
    house.manage("fault_emit", "5")
    worker = house.worker()
    unsealed = (
        "SELECT count(*) FROM core_auditentry e"
        " LEFT JOIN core_auditseal s ON s.entry_id = e.id WHERE s.id IS NULL"
    )

    wait(lambda: house.number(unsealed) == 0, seconds=30, what="the seal")
    worker.terminate()
    worker.wait(timeout=20)

    assert house.manage("audit_verify").returncode == 0


def test_a_sealer_that_dies_leaves_a_chain_that_holds(house):
    house.manage("fault_emit", "5")

    dying = house.worker(FAILPOINT="audit.sealed:1")
    assert dying.wait(timeout=60) == -signal.SIGKILL
    following = house.worker()
    wait(lambda: house.done() == 5, what="the end")
    following.terminate()
    following.wait(timeout=20)

    assert house.manage("audit_verify").returncode == 0


# --- Redis is a doorbell --------------------------------------------------------------------


@pytest.fixture(scope="module")
def ringing(pg_url, redis_url, tmp_path_factory):
    folder = tmp_path_factory.mktemp("ringing")
    env = {"COURIERQA_VAR": str(folder), "DATABASE_URL": pg_url, "REDIS_URL": redis_url}
    return _house(env, lambda: psycopg2.connect(pg_url))


def celery(house, folder):
    command = [
        sys.executable, "-m", "celery", "-A", "courierqa", "worker", "--beat", "--concurrency", "2",
        "--schedule", str(folder / "beat"), "--loglevel", "ERROR", "--without-gossip",
        "--without-mingle",
    ]  # fmt: skip
    return subprocess.Popen(
        command, cwd=ROOT, env=house.env, start_new_session=True, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.fixture
def flush_redis(redis_url):
    import redis

    return redis.Redis.from_url(redis_url).flushall


def test_an_emptied_redis_loses_no_effect(ringing, flush_redis, tmp_path):
    ringing.clear()
    ringing.manage("fault_emit", str(COUNT))
    # Every bell that was rung is gone before a worker could hear it.
    flush_redis()

    worker = celery(ringing, tmp_path)
    for goal in (30, 60, 90):
        wait(lambda goal=goal: ringing.done() >= goal, what=f"{goal} effects")
        flush_redis()
    wait(lambda: ringing.done() == COUNT, what="the end")
    kill(worker)

    assert ringing.effects() == (COUNT, COUNT)


def test_celery_workers_killed_in_mid_work_lose_nothing(ringing, tmp_path):
    ringing.clear()
    ringing.manage("fault_emit", str(COUNT))

    for number, goal in enumerate((30, 60, COUNT)):
        folder = tmp_path / str(number)
        folder.mkdir()
        worker = celery(ringing, folder)
        wait(lambda goal=goal: ringing.done() >= goal, what=f"{goal} effects")
        kill(worker)

    assert ringing.effects() == (COUNT, COUNT)


def test_a_redis_that_was_never_there_stops_no_request(ringing):
    ringing.clear()
    done = ringing.manage("fault_emit", "20", REDIS_URL="redis://127.0.0.1:1/0")
    assert done.returncode == 0

    worker = ringing.worker(REDIS_URL="")
    wait(lambda: ringing.done() == 20, what="the end")
    worker.terminate()
    worker.wait(timeout=20)

    assert ringing.effects() == (20, 20)
