"""Figures that stand still are announced once, and the page of runs shows progress and failure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from courierqa.core.models import JobRun, Message
from kpi import lateness, services
from tests.factories import shipments as make
from tests.kpi.test_pages import NOW, network, page, sign_in  # noqa: F401

pytestmark = pytest.mark.django_db


def test_the_administrators_are_told_once_per_standstill(network) -> None:  # noqa: F811
    admin = make.user("admin")
    make.user("manager")

    assert lateness.watch(now=NOW + timedelta(minutes=30)) == {}
    assert lateness.watch(now=NOW + timedelta(minutes=31)) == {"told": 1}
    lateness.watch(now=NOW + timedelta(hours=5))
    assert [one.recipient_user for one in Message.objects.all()] == [admin]

    services.refresh_dirty(now=NOW + timedelta(hours=6))
    lateness.watch(now=NOW + timedelta(hours=7))
    assert Message.objects.count() == 2, "a new standstill is told anew"


def test_the_limit_is_a_setting(network, settings) -> None:  # noqa: F811
    make.user("admin")
    settings.FIGURES_LATE_MINUTES = 120

    assert lateness.watch(now=NOW + timedelta(minutes=119)) == {}


def test_nothing_is_late_before_the_first_figure(db) -> None:
    make.user("admin")

    assert lateness.watch(now=NOW) == {}


def test_old_figures_carry_a_banner(client, network) -> None:  # noqa: F811
    """The figures of the fixture reach to 2 November 2026; the clock of the page is later."""
    sign_in(client, "quality")

    text = page(client, "dashboard", period="2026-10")

    assert "Figures stand still since" in text
    assert reverse("kpi:runs") in text


def test_runs_show_progress_checks_and_failures(client, network) -> None:  # noqa: F811
    began = datetime(2026, 11, 2, 1, tzinfo=UTC)
    JobRun.objects.create(name="kpi.rebuild", started_at=began, done=3, total=12)
    JobRun.objects.create(
        name="kpi.refresh", started_at=began, ended_at=began, ok=False, error="OperationalError"
    )
    JobRun.objects.create(name="core.relay", started_at=began, ok=True, error="not shown")
    sign_in(client, "admin")

    text = page(client, "runs")

    assert 'value="25"' in text
    assert "3 of 12 months" in text
    assert "OperationalError" in text
    assert "not shown" not in text
    assert 'hx-trigger="every 3s"' in text


def test_an_empty_page_of_runs_says_what_comes_next(client, db) -> None:
    sign_in(client, "auditor")

    assert "No refresh has run yet" in page(client, "runs")
