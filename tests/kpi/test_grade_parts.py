"""From a part of a grade to the records that were counted, for those who may read the grade."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from courierqa.core.timeframes import parse_period
from kpi import grading, traces
from staff import services
from staff.enums import GradePart
from staff.models import CourseAssignment
from tests.factories import shipments as make
from tests.factories.kpi import parcel_row, save_parcels
from tests.factories.staff import CourseFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 5, tzinfo=UTC)
DUE = datetime(2026, 10, 7, 4, tzinfo=UTC)
OCTOBER = parse_period("2026-10")


@pytest.fixture
def chen(cast):
    return cast.courier.employee


def address(person, part="T01", month="2026-10"):
    return reverse("kpi:grade_part", args=[person.number, month, part])


def parcels(person, *, good, late):
    """Parcels to deliver; `late` of them were never delivered through this person."""
    save_parcels(
        *[
            parcel_row(
                accepted_at=DUE - timedelta(days=2), due_at=DUE, courier_id=person.pk,
                site_id=person.site_id,
                done_at=DUE - timedelta(hours=1) if number < good else None,
                attempt_at=DUE - timedelta(hours=1) if number < good else None,
                attempt_done=number < good,
                cause_courier_id=None if number < good else person.pk,
            )
            for number in range(good + late)
        ]
    )  # fmt: skip


@pytest.mark.req("ASM-02", "ASM-04")
def test_each_part_leads_to_the_records_that_were_counted(client, cast, chen):
    parcels(chen, good=8, late=2)
    CourseAssignment.objects.create(
        employee=chen, course=CourseFactory(title="安检"), due_on=DUE.date()
    )
    grading.grade_month("2026-10", now=NOW)
    graded = chen.assessments.get()
    services.confirm_assessment(graded, by=cast.hr, at=NOW)
    client.force_login(cast.courier)

    found = {}
    for part in graded.parts.exclude(total=None):
        page = client.get(part.records_url)
        context = page.context
        found[part.code] = (context["missed"], context["counted"], len(context["rows"]))
        # What is listed is what was counted: the misses and the whole of it.
        bad = part.hits if part.code == "C02" else part.total - part.hits
        assert (page.status_code, context["missed"], context["counted"]) == (200, bad, part.total)
    # 10 due, 2 late; 8 delivered without a complaint; 8 first attempts; one course not passed.
    assert found == {"T01": (2, 10, 2), "D01": (0, 8, 0), "C02": (0, 8, 0), "TRAINING": (1, 1, 1)}
    every = client.get(graded.parts.get(code="T01").records_url, {"show": "all"})
    assert every.content.decode().count("badge-bad") == 2
    assert len(every.context["rows"]) == 10


def test_every_part_of_the_catalogue_has_its_records(chen):
    assert all(traces.traces(part, chen, OCTOBER) is not None for part in GradePart.values)


@pytest.mark.req("ROL-01")
def test_records_of_a_colleague_are_not_there(client, cast, chen):
    parcels(chen, good=2, late=0)
    grading.grade_month("2026-10", now=NOW)
    other = make.courier(cast.neighbour, user=UserFactory(role="courier"))
    client.force_login(other.user)
    assert client.get(address(chen)).status_code == 404

    client.force_login(cast.courier)
    # A draft is not yet the assessed person's to see.
    assert client.get(address(chen)).status_code == 404
    client.force_login(cast.supervisor)
    assert client.get(address(chen)).status_code == 200
    assert client.get(address(chen, part="none")).status_code == 404
    assert client.get(address(chen, month="none")).status_code == 404


def test_the_list_asks_as_often_for_twenty_rows_as_for_one(
    client, cast, chen, django_assert_max_num_queries
):
    client.force_login(cast.quality)
    counts = []
    for late in (1, 19):
        parcels(chen, good=0, late=late)
        grading.grade_month("2026-10", now=NOW)
        with django_assert_max_num_queries(30) as queries:
            client.get(address(chen))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_page_of_records_asks_only_about_its_own_rows(chen, django_assert_num_queries):
    parcels(chen, good=1, late=30)
    every = traces.traces(GradePart.ON_TIME, chen, OCTOBER).every
    rows = list(every.rows.order_by(*every.order)[:5])

    with django_assert_num_queries(1) as asked:
        lines = every.lines(rows)

    assert [line.is_miss for line in lines].count(True) >= 4
    listed = re.findall(r" IN \(([0-9, ]+)\)", asked.captured_queries[0]["sql"])
    assert {row.pk for row in rows} in [{int(pk) for pk in one.split(",")} for one in listed]
