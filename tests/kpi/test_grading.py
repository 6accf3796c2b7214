"""Grades from counts: the causing view, careful bounds, a draft that may be computed again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError

from courierqa.core.errors import DomainError
from kpi import grading, services
from staff.models import Assessment, Post
from staff.services import confirm_assessment
from tests.factories import shipments as make
from tests.factories.kpi import parcel_row, save_parcels
from tests.factories.staff import UserFactory

pytestmark = pytest.mark.django_db
DUE = datetime(2026, 10, 7, 4, tzinfo=UTC)
NOW = datetime(2026, 11, 5, tzinfo=UTC)


@pytest.fixture
def couriers():
    site = make.site("HZ-01")
    post = Post.objects.get(code="courier")
    people = [make.courier(site), make.courier(site)]
    for one in people:
        one.post = post
        one.save()
    return people


def parcels(courier, *, done: int, late: int, through=None) -> None:
    """`late` of the courier's parcels were never delivered, through the fault of `through`."""
    rows = []
    for number in range(done + late):
        good = number < done
        at = DUE - timedelta(hours=1) if good else None
        rows.append(
            parcel_row(
                accepted_at=DUE - timedelta(days=2), due_at=DUE, done_at=at, attempt_at=at,
                attempt_done=good, courier_id=courier.pk,
                cause_courier_id=None if good else (through or courier).pk,
                cause_leg="" if good else "DLV",
            )
        )  # fmt: skip
    save_parcels(*rows)


def part(courier, code: str):
    return Assessment.objects.get(employee=courier).parts.get(code=code)


def test_only_what_the_courier_caused_counts_against_the_courier(couriers) -> None:
    """20 late parcels of the first were late through the second's link: 100 of 100 and 60 of 80."""
    first, second = couriers
    parcels(first, done=80, late=20, through=second)
    parcels(second, done=80, late=0)

    result = grading.grade_month("2026-10", now=NOW)

    assert result["people"] == 2
    assert (part(first, "T01").hits, part(first, "T01").total) == (100, 100)
    assert (part(second, "T01").hits, part(second, "T01").total) == (60, 80)


def test_bounds_are_the_careful_ends(couriers) -> None:
    """95 of 100 on time is read as its lower Wilson end 0.8882."""
    first, _second = couriers
    parcels(first, done=95, late=5)

    grading.grade_month("2026-10", now=NOW)

    assert part(first, "T01").bound == pytest.approx(0.888250, abs=1e-5)
    assert part(first, "T01").mean is None


def test_complaints_are_drawn_to_the_mean_of_the_company(couriers, monkeypatch) -> None:
    """1 of 100 and none of 300 make a mean of 1 ÷ 400 = 0.25 %, which counts as 100 deliveries.

    First: (1 + 100 × 0.0025) ÷ 200 = 0.00625 → (0.00625 − 0.01) ÷ (0.001 − 0.01) = 41.67.
    Second: (0 + 0.25) ÷ 400 = 0.000625, better than the target of 0.001 → 100.
    """
    first, second = couriers
    counted = {first.pk: (1, 100), second.pk: (0, 300)}
    monkeypatch.setitem(grading.evidence.PARTS, "C02", lambda _period: counted)

    grading.grade_month("2026-10", now=NOW)

    one, other = part(first, "C02"), part(second, "C02")
    assert (one.value, one.mean, one.pull) == (0.01, 0.0025, 100)
    assert (one.bound, other.bound) == (pytest.approx(0.00625), pytest.approx(0.000625))
    assert (str(one.score), str(other.score)) == ("41.67", "100.00")


def test_few_ratings_stay_near_the_mean(couriers, monkeypatch) -> None:
    """2 of 4 and 70 of 76: mean 72 ÷ 80 = 0.9, as if 20 more had answered so.

    First: (2 + 18) ÷ 24 = 0.8333 → (0.8333 − 0.8) ÷ 0.1 = 33.33.
    Second: (70 + 18) ÷ 96 = 0.9167, better than the target of 0.9 → 100.
    """
    first, second = couriers
    counted = {first.pk: (2, 4), second.pk: (70, 76)}
    monkeypatch.setitem(grading.evidence.PARTS, "V02", lambda _period: counted)

    grading.grade_month("2026-10", now=NOW)

    assert [str(part(one, "V02").score) for one in couriers] == ["33.33", "100.00"]
    assert part(first, "V02").bound == pytest.approx(20 / 24)


def test_a_month_computed_twice_makes_one_draft(couriers) -> None:
    parcels(couriers[0], done=10, late=0)
    grading.grade_month("2026-10", now=NOW)

    grading.grade_month("2026-10", now=NOW + timedelta(days=1))

    assert Assessment.objects.filter(employee=couriers[0]).count() == 1


def test_the_ended_month_is_drafted_by_itself_until_somebody_confirms_it(couriers) -> None:
    first, second = couriers
    parcels(first, done=10, late=0)
    assert grading.grade_last_month(now=NOW) == {"month": "2026-10", "people": 2}
    confirmed = Assessment.objects.get(employee=first)
    confirm_assessment(confirmed, by=UserFactory(role="hr"), at=NOW)

    parcels(first, done=0, late=5)
    parcels(second, done=5, late=0)
    assert grading.grade_last_month(now=NOW + timedelta(days=1))["people"] == 1

    assert Assessment.objects.filter(employee=first).count() == 1
    assert Assessment.objects.get(employee=second).deliveries == 5
    assert grading.grade_last_month(now=NOW + timedelta(days=4)) == {}


def test_a_grading_that_was_killed_is_finished_by_the_next(couriers, monkeypatch) -> None:
    """Groups of one: the second person's are refused by the database, the first one's stay."""
    first, second = couriers
    parcels(first, done=10, late=0)
    monkeypatch.setattr(grading, "AT_ONCE", 1)
    with monkeypatch.context() as patch:
        patch.setitem(grading.evidence.PARTS, "V02", lambda _period: {second.pk: (-1, 5)})
        with pytest.raises(IntegrityError):
            grading.grade_month("2026-10", now=NOW)
    assert set(Assessment.objects.values_list("employee", flat=True)) == {first.pk}
    before = Assessment.objects.get().updated_at

    grading.grade_month("2026-10", now=NOW)

    assert Assessment.objects.count() == 2
    assert Assessment.objects.get(employee=first).updated_at == before


@pytest.mark.parametrize("month", ["2026-11", "2026-W41", "2026-99"])
def test_only_a_finished_month_is_graded(month: str) -> None:
    services.refresh_dirty(now=NOW)

    with pytest.raises(DomainError):
        grading.grade_month(month, now=NOW)
