"""Installations of their own for fault tests."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests import servers
from tests.faults.processes import Stack

CELERY = [sys.executable, "-m", "celery", "-A", "courierqa.celery"]
# As in docker-compose.yml: what ends by itself is started again. A worker that loses Redis while
# a message waits for its acknowledgement ends with an error of the library's own.
RESTARTED = ["sh", "-c", 'while :; do "$@"; sleep 0.2; done', "restarted"]


def prepared(stack: Stack) -> Stack:
    """Migrate, tell a short story, and make a key that may scan anywhere."""
    stack.manage("migrate", "-v", "0")
    stack.manage("seed_demo", "--seed", "7", "--days", "14", "--scale", "small")
    stack.key = stack.manage("create_token", "Hub scanner", "--right", "scan.create").split()[-1]
    return stack


@pytest.fixture(scope="module")
def postgres() -> Iterator[servers.Postgres]:
    """A database that flushes every commit to disk, as in production."""
    server = servers.Postgres(durable=True).create()
    yield server
    server.remove()


@pytest.fixture(scope="module")
def installed(postgres: servers.Postgres) -> Iterator[Stack]:
    """The product on PostgreSQL and Redis with its story told; nothing runs yet."""
    redis = servers.Redis().create()
    folder = servers.temporary_folder()
    env = {"DATABASE_URL": postgres.url(), "REDIS_URL": redis.url()}
    stack = prepared(Stack(folder, env=env))
    stack.redis = redis
    yield stack
    redis.remove()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def production(installed: Stack) -> Iterator[Stack]:
    """Web, two workers' worth of Celery and beat; each test counts its own kills."""
    stack = installed
    stack.kills = 0
    stack.start(
        "worker", *RESTARTED, *CELERY, "worker", "--concurrency", "2", "--loglevel", "WARNING"
    )
    beat = ["--schedule", str(stack.folder / "beat"), "--pidfile="]
    stack.start("beat", *RESTARTED, *CELERY, "beat", *beat)
    yield stack
    stack.stop_all()


@pytest.fixture
def embedded() -> Iterator[Stack]:
    """Web and the embedded worker on SQLite."""
    folder = servers.temporary_folder()
    stack = prepared(Stack(folder))
    stack.start("worker", sys.executable, "manage.py", "run_worker")
    yield stack
    stack.stop_all()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def month() -> str:
    """The month in which the story of fourteen days has its middle."""
    from django.utils import timezone

    return (timezone.localtime() - timedelta(days=7)).strftime("%Y-%m")
