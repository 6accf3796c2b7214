"""What people cost: a company graded in a month, a matrix that does not grow with its people."""

from __future__ import annotations

import os
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from staff.models import Certificate, Course, Employee, Post
from tests.benchmarks.floors import seconds_by_the_clock
from tests.factories.staff import CourseFactory, EmployeeFactory, SiteFactory

pytestmark = pytest.mark.bench
COURIERS, PEOPLE = 20_000, 5_000
# 60 s for 20,000 people.
BUDGET_MS, MEMORY_MB = 3.0, 500


def wanted(default: int) -> int:
    """Return with how many people: BENCH_PEOPLE, or the number the budget speaks of."""
    return int(os.environ.get("BENCH_PEOPLE", default))


@pytest.mark.servers
def test_a_company_is_graded_within_its_minute_and_after_a_kill(run_apart):
    few, many = wanted(COURIERS) // 10, wanted(COURIERS)

    def crowd(*words: object) -> dict:
        return run_apart("tests.benchmarks.crowd", *map(str, words))

    crowd("fill", 1, few)
    small = crowd("grade")
    crowd("forget")
    crowd("fill", few + 1, many)
    whole = crowd("grade")
    bare = crowd("floor")
    again = crowd("grade")
    crowd("forget")
    left = crowd("killed")
    mended = crowd("grade")

    each, before = (one["took"] * 1000 / one["people"] for one in (whole, small))
    print(
        f"\ngrading {many}: {whole['took']:.1f} s of processor time, {whole['wall']:.1f} s by the"
        f" clock, {each:.2f} ms a person ({before:.2f} with {few}), {whole['peak']:.0f} MB"
        f" ({small['peak']:.0f}), × {whole['took'] / bare['took']:.1f} of storing the same rows;"
        f" again {again['took']:.1f} s; killed at {left['stored']}"
    )
    assert whole["stored"] == whole["graded"] == many
    assert 0 < left["stored"] < many
    assert whole["hash"] == again["hash"] == mended["hash"]
    assert each <= BUDGET_MS
    assert each / before < 1.5
    assert again["took"] < whole["took"]
    assert whole["peak"] <= MEMORY_MB


@pytest.mark.django_db
def test_the_matrix_asks_as_often_for_five_thousand_as_for_fifty(as_role, cast):
    client = as_role("hr")
    posts = list(Post.objects.all()[:12])
    courses = [CourseFactory() for _place in range(40)]
    for place, post in enumerate(posts):
        post.courses.add(*courses[place : place + 8])
    costs = []
    for first, last in ((1, 50), (51, wanted(PEOPLE))):
        fill(posts, courses, first, last)

        def look() -> None:
            assert client.get(reverse("staff:matrix")).status_code == 200

        look()
        with CaptureQueriesContext(connection) as queries:
            look()
        costs.append((len(queries), seconds_by_the_clock(look, times=5)))
    (few, fast), (many, slow) = costs
    print(f"\nmatrix of {wanted(PEOPLE)}: {few} and {many} queries, {slow * 1000:.0f} ms by the"
          f" clock, × {slow / fast:.1f} of 50 people")  # fmt: skip
    assert few == many


def fill(posts: list[Post], courses: list[Course], first: int, last: int) -> None:
    """Add people at twenty sites with three certificates each."""
    sites = [SiteFactory(code=f"MX-{place:02}") for place in range(20)]
    made = Employee.objects.bulk_create(
        EmployeeFactory.build(
            number=f"MX{n:05}", post=posts[n % len(posts)], site=sites[n % len(sites)], user=None
        )
        for n in range(first, last + 1)
    )
    Certificate.objects.bulk_create(
        Certificate(
            number=f"MX-{one.number}-{turn}", employee=one, course=courses[(place + turn) % 40],
            issued_on=date(2026, 1, 1),
        )
        for place, one in enumerate(made) for turn in range(3)
    )  # fmt: skip
