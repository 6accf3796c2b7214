"""Known answers of H05 from records to grade, with the arithmetic in the comments."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from courierqa.core.errors import DomainError
from kpi import grading
from shipments.models import ParcelFacts
from staff import services
from staff.models import Assessment, AssessmentScheme, Post
from tests.factories import shipments as make
from tests.factories.kpi import parcel_row, save_parcels
from tests.factories.staff import CourierFactory, UserFactory

pytestmark = pytest.mark.django_db
DUE = datetime(2026, 10, 7, 4, tzinfo=UTC)
NOW = datetime(2026, 11, 5, tzinfo=UTC)
FIRST = date(2026, 1, 1)
# On time from 0.80 to 0.95 and first attempts from 0.70 to 0.90, as the courier's proposal has it.
ON_TIME = {"code": "T01", "target": 0.95, "floor": 0.8, "bound": "low"}
ATTEMPT = {"code": "D01", "target": 0.9, "floor": 0.7, "bound": "low"}


def scheme(post, on_time: int, attempt: int) -> AssessmentScheme:
    """Make the scheme of a post, of two parts; volume and days are no limit here."""
    parts = [{**ON_TIME, "weight": on_time}, {**ATTEMPT, "weight": attempt}]
    return AssessmentScheme.objects.create(
        post=post, valid_from=FIRST, parts=parts, min_deliveries=0, min_work_days=0
    )


@pytest.fixture
def site(db):
    return make.site("HZ-01")


@pytest.fixture
def chen(site):
    person = make.courier(site)
    person.post = Post.objects.get(code="courier")
    person.save()
    scheme(person.post, 60, 40)
    return person


def parcels(person, count: int, *, late: bool = False, second: bool = False, **more) -> None:
    """Parcels due in October: late ones came an hour after the promise, `second` at the second
    attempt."""
    done = DUE + timedelta(hours=1 if late else -1)
    save_parcels(
        *[
            parcel_row(
                accepted_at=DUE - timedelta(days=2), due_at=DUE, done_at=done, state="delivered",
                attempt_at=done, attempt_done=not second, courier_id=person.pk,
                site_id=person.site_id, cause_courier_id=person.pk if late else None, **more,
            )
            for _number in range(count)
        ]
    )  # fmt: skip


def graded(person) -> Assessment:
    grading.grade_month("2026-10", now=NOW)
    return Assessment.objects.filter(employee=person).first()


def scores(row: Assessment) -> dict[str, Decimal]:
    return {part.code: part.score for part in row.parts.all()}


@pytest.mark.req("ASM-01", "ASM-02")
def test_the_same_month_weighs_otherwise_on_another_post(chen, site) -> None:
    """190 of 200 on time, 200 of 200 at the first attempt, z = 1.96 (z² = 3.8415).

    Lower Wilson end of 190 ÷ 200: centre (0.95 + 3.8415 ÷ 400) ÷ (1 + 3.8415 ÷ 200)
    = 0.959604 ÷ 1.019207 = 0.941520; half 1.96 × √(0.95 × 0.05 ÷ 200 + 3.8415 ÷ 160000)
    ÷ 1.019207 = 1.96 × √(0.00023750 + 0.00002401) ÷ 1.019207 = 0.031098; low = 0.910422.
    Points: (0.910422 − 0.80) ÷ 0.15 = 73.61. First attempts: low = 200 ÷ 203.8415 = 0.981154,
    better than 0.9: 100.
    60 : 40 → 0.6 × 73.61 + 40 = 84.17; 20 : 80 → 0.2 × 73.61 + 80 = 94.72.
    """
    post = Post.objects.create(code="night", name="夜班", name_en="Night", is_graded=True)
    wang = CourierFactory(site=site, post=post)
    scheme(post, 20, 80)
    for person in (chen, wang):
        parcels(person, 190)
        parcels(person, 10, late=True)

    one, other = graded(chen), graded(wang)

    assert scores(one) == scores(other) == {"T01": Decimal("73.61"), "D01": Decimal("100.00")}
    assert (one.score, one.raw_grade) == (Decimal("84.17"), "B")
    assert (other.score, other.raw_grade) == (Decimal("94.72"), "A")


@pytest.mark.req("ASM-03")
@pytest.mark.parametrize(
    ("count", "bound", "points"),
    [
        # n of n: low = n ÷ (n + 3.8415). All right, and still not crowned:
        (10, 0.722467, "0.00"),  # 10 ÷ 13.8415, below the floor of 0.80
        (30, 0.886487, "57.66"),  # 30 ÷ 33.8415: (0.886487 − 0.80) ÷ 0.15
        (60, 0.939828, "93.22"),  # 60 ÷ 63.8415: (0.939828 − 0.80) ÷ 0.15
        (200, 0.981154, "100.00"),
    ],
)
def test_few_parcels_crown_nobody(chen, count, bound, points) -> None:
    parcels(chen, count)

    part = graded(chen).parts.get(code="T01")

    assert part.value == 1.0
    assert part.bound == pytest.approx(bound, abs=1e-6)
    assert part.score == Decimal(points)


@pytest.mark.req("ASM-02")
def test_an_exempted_parcel_leaves_numerator_and_denominator(chen) -> None:
    """60 in time, 5 late, of which the sender had called 5 back before the promise: 60 of 60.

    60 ÷ 63.8415 → 93.22 points on time. First attempts: 65 of 65, 65 ÷ 68.8415 = 0.944198,
    100 points; 0.6 × 93.22 + 40 = 95.93. Were the five counted, 60 of 65 would give less than 60.
    """
    parcels(chen, 60)
    parcels(chen, 5, late=True, out_t01=True)

    row = graded(chen)

    on_time = row.parts.get(code="T01")
    assert (on_time.hits, on_time.total, on_time.score) == (60, 60, Decimal("93.22"))
    assert (row.score, row.raw_grade) == (Decimal("95.93"), "A")


@pytest.mark.req("ASM-03")
def test_facts_restated_later_lift_a_confirmed_grade_and_lower_none_unsaid(chen) -> None:
    """Ten late parcels of 200 give 84.17 (see above), B. They turn out to be another link's:
    200 of 200 → 100 points on time, 100 in all, A: no grade before, so nothing to wait for."""
    parcels(chen, 190)
    parcels(chen, 10, late=True)
    hr = UserFactory(role="hr")
    first = services.confirm_assessment(graded(chen), by=hr, at=NOW)
    assert (first.score, first.grade) == (Decimal("84.17"), "B")

    late = ParcelFacts.objects.filter(cause_courier_id=chen.pk)
    late.update(cause_courier_id=None)
    lifted = services.confirm_assessment(graded(chen), by=hr, at=NOW)
    assert (lifted.version, lifted.score, lifted.grade) == (2, Decimal("100.00"), "A")

    ParcelFacts.objects.filter(done_at__gt=DUE).update(cause_courier_id=chen.pk)
    lower = graded(chen)
    with pytest.raises(DomainError) as refused:
        services.confirm_assessment(lower, by=hr, at=NOW)
    assert refused.value.code == "reason_needed"
    assert (lower.version, lower.raw_grade, lower.state) == (3, "B", "draft")
    first.refresh_from_db()
    assert (first.score, first.grade, first.state) == (Decimal("84.17"), "B", "confirmed")
