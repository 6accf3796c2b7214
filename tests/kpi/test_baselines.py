"""Locked baselines and breaks: each month is judged by the limits in force then (ux 3.4)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from courierqa.core.models import AuditEntry
from kpi import baselining, board, stats
from kpi.models import Baseline
from kpi.selectors.figures import make
from tests.factories.staff import SiteFactory, UserFactory

NOW = datetime(2026, 11, 5, tzinfo=UTC)
# Twelve months about 96.9 %, then the process was changed: twelve about 92 %, then one of 96.9 %.
BEFORE = [97.1, 96.8, 97.0, 96.6, 97.2, 96.9, 96.7, 97.1, 96.9, 97.0, 96.8, 97.1]
AFTER = [92.1, 91.8, 92.0, 91.6, 92.2, 91.9, 91.7, 92.1, 91.9, 92.0, 91.8, 92.1]


def drawn(points, breaks=()):
    return stats.segmented(lambda a, b: stats.xmr(points[a:b]), len(points), breaks)


def test_the_first_twelve_points_lock_the_limits_for_ever() -> None:
    chart = drawn(BEFORE)

    assert (drawn(BEFORE + AFTER).mean, drawn(BEFORE + AFTER).low) == (chart.mean, chart.low)
    assert round(chart.mean, 4) == 96.9333


def test_a_break_judges_each_month_by_the_baseline_in_force_then() -> None:
    """Without the break all months of the new process are outside; with it only the last is."""
    points = [*BEFORE, *AFTER, 96.9]

    plain, broken = drawn(points), drawn(points, [12])

    assert {one.index for one in plain.signals if one.kind == "outside"} == set(range(12, 24))
    assert {one.index for one in broken.signals} == {24}
    assert broken.breaks == (12,)
    assert (round(broken.means[11], 4), round(broken.means[12], 4)) == (96.9333, 91.9333)
    assert (broken.lows[0], broken.lows[24]) == (drawn(BEFORE).low, drawn(AFTER).low)
    assert broken.mean == drawn(AFTER).mean


def test_no_trend_or_run_crosses_a_break() -> None:
    rising = [float(n) for n in range(8)]

    whole, broken = drawn(rising), drawn(rising, [4])

    assert any(one.kind == "trend" for one in whole.signals)
    assert not any(one.kind in ("trend", "run") for one in broken.signals)
    assert (whole.length_of_trend(7, 1), broken.length_of_trend(7, 1)) == (8, 4)


def test_what_locks_the_limits_may_lie_before_the_months_shown() -> None:
    chart = stats.latest(drawn([*BEFORE, *AFTER, 96.9], [12]), 5)

    assert len(chart.points) == len(chart.lows) == 5
    assert [one.index for one in chart.signals] == [4]
    assert chart.breaks == ()
    assert round(chart.mean, 4) == 91.9333


def test_a_young_baseline_is_on_trial() -> None:
    chart = drawn([*BEFORE, 92.0, 92.2, 91.9], [12])

    assert (chart.is_trial, chart.baseline) == (True, 3)


@pytest.mark.parametrize(
    ("values", "start", "span"),
    [(BEFORE + AFTER, 0, (0, 11)), (BEFORE + AFTER, 12, (12, 23)), ([None, 1.0, None], 0, (1, 1)),
     ([None], 0, None)],
)  # fmt: skip
def test_the_months_that_lock_are_named(values, start, span) -> None:
    assert stats.locked_by(values, start, stats.BASELINE) == span


def months():
    counts = [*BEFORE, *AFTER]
    periods = [f"{2024 + (10 + n) // 12}-{(10 + n) % 12 + 1:02}" for n in range(24)]
    return [
        make("T01", {"hits": round(value * 10), "total": 1000, "pending": 0, "excluded": 0},
             period=period, as_of=NOW)
        for value, period in zip(counts, periods, strict=True)
    ]  # fmt: skip


def test_the_sentence_names_the_break_and_the_table_has_each_month_its_limits() -> None:
    every = months()
    begun = [date(2025, 11, 1)]

    plain = board.judge(every, None, NOW)
    broken = board.judge(every, None, NOW, breaks=begun)

    assert "2025" in broken.sentence
    assert len(broken.sentence) > len(plain.sentence) or plain.sentence != broken.sentence
    assert len(broken.chart.points) == 18
    assert broken.chart.breaks == (6,)
    assert not [one for one in broken.chart.signals if one.index >= 6]
    assert board.locked(every, begun, NOW) != board.locked(every, [], NOW)


def test_limits_on_trial_are_not_said_to_be_locked() -> None:
    every = months()

    assert board.locked(every, [date(2025, 11, 1)], NOW) is not None
    assert board.locked(every, [date(2026, 6, 1)], NOW) is None


# -- stored ---------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_setting_anew_needs_a_reason_is_audited_and_stays() -> None:
    boss = UserFactory(role="quality")
    given = {"metric": "T01", "site": None, "month": date(2026, 3, 17), "by": boss, "at": NOW}

    with pytest.raises(baselining.BaselineRefused) as refused:
        baselining.set_baseline(**given, reason=" ")
    assert refused.value.field == "reason"
    row = baselining.set_baseline(**given, reason="新枢纽布局")
    assert row.month == date(2026, 3, 1)
    assert AuditEntry.objects.filter(action="baseline.set").exists()
    for month in (date(2026, 3, 2), date(2026, 1, 1), date(2027, 1, 1)):
        with pytest.raises(baselining.BaselineRefused) as refused:
            baselining.set_baseline(**{**given, "month": month}, reason="x")
        assert refused.value.field == "month"
    with pytest.raises(DatabaseError), transaction.atomic():
        Baseline.objects.update(reason="nothing")


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "status"), [("quality", 302), ("manager", 403), ("lead", 403)])
def test_only_quality_management_sets_limits_anew(client, role, status) -> None:
    site = SiteFactory()
    client.force_login(UserFactory(role=role))
    address = reverse("kpi:baseline_new", args=["T01"]) + f"?period=2026-10&site={site.code}"

    sent = client.post(address, {"month": "2026-05", "reason": "新班次"})

    assert sent.status_code == status
    assert Baseline.objects.filter(site=site).count() == (status == 302)
    if status == 302:
        bare = client.post(address, {"month": "2026-06", "reason": ""})
        assert bare.status_code == 422
        page = client.get(reverse("kpi:metric", args=["T01"]) + f"?period=2026-10&site={site.code}")
        assert page.status_code == 200
