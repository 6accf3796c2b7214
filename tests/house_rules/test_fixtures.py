"""The shared fixtures do what their names say."""

from __future__ import annotations

import importlib.util

import psycopg2
import pytest
import redis

from courierqa.core.enums import Role


def test_cast_has_every_role(cast):
    assert set(cast.users) == set(Role.values) - {Role.PUBLIC}
    assert cast.courier.employee.site == cast.station


def test_signed_in_client(as_role, cast):
    session = as_role("agent").session
    assert session["_auth_user_id"] == str(cast.agent.pk)


@pytest.mark.servers
def test_real_servers_answer(pg_url, redis_url):
    with psycopg2.connect(pg_url) as connection, connection.cursor() as cursor:
        cursor.execute("SHOW data_checksums")
        assert cursor.fetchone() == ("on",)
    connection.close()
    with redis.Redis.from_url(redis_url) as client:
        assert client.ping()


@pytest.mark.browser
def test_browser_starts(browser):
    page = browser.new_page()
    page.set_content("<title>快递</title>")
    assert page.title() == "快递"
    page.close()


def test_database_driver_is_psycopg2():
    # Django prefers version 3 silently when both are installed.
    assert importlib.util.find_spec("psycopg") is None
