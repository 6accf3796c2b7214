"""Fixtures every test may use: a small cast, clients per role, real servers, a real browser."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.test import TransactionTestCase

from tests import servers

# Playwright runs its own loop in this thread; Django would take every query for a mistake.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "correct-horse-7"
LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)
SITE_ROLES = ("courier", "supervisor")
BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_configure(config: pytest.Config) -> None:
    """Compile the Chinese texts: compiled catalogues are never committed."""
    from django.utils.translation.reloader import translation_file_changed

    from courierqa.core import catalogues

    for domain in catalogues.domains(ROOT):
        if domain.po.exists():
            catalogues.compile_catalogue(domain)
            # What Django read before is stale: this run, not the next one, sees the new texts.
            translation_file_changed(None, domain.mo)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave benchmarks and soak tests out unless `-m` asks; begin with what lasts longest."""
    wish = config.option.markexpr or ""
    unwanted = [mark for mark in ("bench", "soak") if mark not in wish]
    left_out = [item for item in items if any(item.get_closest_marker(m) for m in unwanted)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    items.sort(key=_haste)


def _haste(item: pytest.Item) -> int:
    """Order modules by their length, so that no process works alone on a long one at the end."""
    marks = ("servers", "browser")
    return next((place for place, m in enumerate(marks) if item.get_closest_marker(m)), len(marks))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the folder of this run's database, media and mail."""
    from django.conf import settings

    folder = getattr(settings, "TEST_FOLDER", None) if settings.configured else None
    if folder:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Keep a copy of the reference data, so that a test that commits leaves nothing behind."""
    from django.db import connections

    with django_db_blocker.unblock():
        # Kept on the class: a browser's event loop gives this thread a second connection.
        connection = connections["default"]
        type(connection)._test_serialized_contents = connection.creation.serialize_db_to_string()
        with pytest.MonkeyPatch.context() as patch:
            if connection.vendor == "sqlite":
                patch.setattr(TransactionTestCase, "_fixture_teardown", _put_back(connection))
            yield


def _put_back(connection: Any) -> Callable[[Any], None]:
    """Return what lays the pages of the fresh file over those a test wrote.

    A fortieth of what emptying two hundred tables and filling them again costs.
    """
    fresh = sqlite3.connect(":memory:", check_same_thread=False)
    connection.ensure_connection()
    connection.connection.backup(fresh)

    def lay_over(_case: Any) -> None:
        from django.db import connections

        connections["default"].ensure_connection()
        fresh.backup(connections["default"].connection)

    return lay_over


@pytest.fixture(autouse=True)
def _fresh_caches() -> Iterator[None]:
    """Data keys and cached pages belong to one test's rows; the next test has other rows."""
    from django.core.cache import cache
    from django.utils import translation

    from courierqa.core import privacy

    yield
    privacy.forget_keys()
    cache.clear()
    translation.activate("zh-hans")


@dataclass
class Cast:
    """A station, its neighbour, a hub and one person per role; `cast.courier` is a User."""

    station: Any
    neighbour: Any
    hub: Any
    users: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, role: str) -> Any:
        try:
            return self.__dict__["users"][role]
        except KeyError:
            raise AttributeError(role) from None


@pytest.fixture
def cast(db: None) -> Cast:
    """Return one person per role, made by the services of `staff`; everyone's `PASSWORD` works."""
    from courierqa.core.enums import Role
    from staff import services
    from staff.models import Post

    people = Cast(
        station=services.create_site(code="HZ-01", name="西湖站", name_en="Xihu", kind="station"),
        neighbour=services.create_site(code="HZ-02", name="滨江站", kind="station"),
        hub=services.create_site(code="HUB-HZ", name="杭州分拨中心", kind="hub"),
    )
    for number, role in enumerate(role for role in Role.values if role != Role.PUBLIC):
        post, _made = Post.objects.get_or_create(
            code=role, defaults={"name": f"岗位{role}", "name_en": role}
        )
        user = services.create_user(
            username=f"C{number:03}", display_name=f"测试{role}", password=PASSWORD
        )
        services.create_employee(
            number=f"C{number:03}",
            name=f"测试{role}",
            post=post,
            site=people.station,
            hired_on=date(2024, 1, 1),
            background_checked_on=date(2023, 12, 20),
            user=user,
            at=LONG_AGO,
        )
        place = people.station if role in (*SITE_ROLES, "api") else None
        services.grant_role(user, role, place, at=LONG_AGO)
        people.users[role] = user
    return people


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Let the clock stand still, so that no minute or hour turns between two tries."""
    from django.utils import timezone

    moment = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: moment)
    return moment


@pytest.fixture
def as_role(cast: Cast) -> Callable[..., Any]:
    """Return `as_role("agent")` → a signed-in test client; "public" is nobody."""
    from django.test import Client

    def client_for(role: str, **options: Any) -> Client:
        client = Client(**options)
        if role != "public":
            client.force_login(cast.users[role])
        return client

    return client_for


@pytest.fixture
def api_client(cast: Cast) -> Callable[..., Any]:
    """Return `api_client("scan.create", …)` → a client that sends a key with these rights."""
    from django.test import Client

    from staff import services

    def client_for(*rights: str) -> Client:
        _token, key = services.create_token(
            name="test", user=cast.users["api"], rights=rights, sites=[cast.station], at=LONG_AGO
        )
        return Client(headers={"Authorization": f"Bearer {key}"})

    return client_for


@pytest.fixture(scope="session")
def pg_server() -> Iterator[servers.Postgres]:
    """Return a PostgreSQL server of this test process's own, free to be killed."""
    server = servers.Postgres(durable=True).create()
    yield server
    server.remove()


@pytest.fixture(scope="session")
def pg_url(pg_server: servers.Postgres) -> str:
    """Return the address of a real PostgreSQL, also when the suite itself runs on SQLite."""
    return pg_server.url()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[servers.Redis]:
    """Return a Valkey/Redis server of this test process's own, free to be flushed."""
    server = servers.Redis().create()
    yield server
    server.remove()


@pytest.fixture(scope="session")
def pg_template(pg_url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the name of a migrated database to copy: that takes a tenth of migrating anew."""
    name = "template_courierqa"
    _on_server(pg_url, f"CREATE DATABASE {name}")
    env = _database_env(pg_url, name, tmp_path_factory.mktemp("template"))
    _run_apart(env, "manage.py", "migrate", "-v0")
    return name


@pytest.fixture
def run_apart(
    pg_url: str, pg_template: str, tmp_path: Path
) -> Iterator[Callable[..., dict[str, int]]]:
    """Return `run_apart("tests.staff.race", "logins")` → the JSON it prints.

    The program runs in a process and on a PostgreSQL database of its own.
    """
    name = f"apart_{os.getpid()}"
    _on_server(pg_url, f"CREATE DATABASE {name} TEMPLATE {pg_template}")
    env = _database_env(pg_url, name, tmp_path)

    def call(*program: str) -> dict[str, int]:
        return json.loads(_run_apart(env, "-m", *program).splitlines()[-1])

    yield call
    _on_server(pg_url, f"DROP DATABASE {name} WITH (FORCE)")


def _on_server(url: str, sql: str) -> None:
    server = psycopg2.connect(url)
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(sql)
    server.close()


def _database_env(url: str, name: str, folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": f"{url.rsplit('/', 1)[0]}/{name}",
        "DJANGO_SETTINGS_MODULE": "courierqa.settings_test",
        "COURIERQA_VAR": str(folder),
        "CONN_MAX_AGE": "0",
    }


def _run_apart(env: dict[str, str], *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=env, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def redis_url(redis_server: servers.Redis) -> str:
    return redis_server.url()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Return headless Chromium; every browser test needs the real one."""
    from playwright.sync_api import sync_playwright

    path = servers.chromium()
    if not path:
        pytest.fail("Chromium is missing: run 'apt-get install -y chromium' or set CHROMIUM.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=BROWSER_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def browser_page(
    browser: Any, live_server: Any, transactional_db: None
) -> Iterator[Callable[..., Any]]:
    """Return `browser_page(user=…, width=390, lang="en", theme="dark")` → a page.

    `page.goto(live_server.url + "/…")`. Anything a page fetches from elsewhere, any script error
    and any breach of the content policy fails the test (`expect_errors=True` for pages that are
    meant to break, such as an offline round).
    """
    opened: list[tuple[Any, list[str]]] = []

    def open_page(
        *,
        user: Any = None,
        width: int = 1440,
        height: int = 900,
        lang: str = "zh-CN",
        theme: str = "light",
        expect_errors: bool = False,
        **options: Any,
    ) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=lang,
            color_scheme=theme,
            has_touch=width < 600,
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(15_000)
        if user is not None:
            context.add_cookies([_session_cookie(user, live_server.url)])
        page = context.new_page()
        errors: list[str] = []
        if not expect_errors:
            _watch(page, errors, live_server.url)
        opened.append((context, errors))
        return page

    yield open_page
    found = [error for _context, errors in opened for error in errors]
    for context, _errors in opened:
        # What a page still wants to send would reach the server among the rows of the next test.
        context.set_offline(True)
        for page in context.pages:
            # A handler still waiting for an answer would fail in the middle of the next test.
            page.unroute_all(behavior="ignoreErrors")
        context.close()
    assert not found, f"The browser complained: {found}"


def _session_cookie(user: Any, url: str) -> dict[str, str]:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": url,
    }


def _watch(page: Any, errors: list[str], own: str) -> None:
    def note_console(message: Any) -> None:
        # The browser reports every 4xx answer as an error; a form shown again is one (422).
        if message.type == "error" and "Failed to load resource" not in message.text:
            errors.append(message.text)

    def note_request(request: Any) -> None:
        if not request.url.startswith((own, "data:", "blob:")):
            errors.append(f"foreign address {request.url}")

    page.on("console", note_console)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", note_request)
