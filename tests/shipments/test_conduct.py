"""Violations of couriers: with their source, counted per courier, red lines cap a grade."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from courierqa.core.access import access_for
from courierqa.core.errors import DomainError
from courierqa.core.timeframes import parse_period
from kpi import evidence
from shipments import services
from shipments.models import CheckItem, Violation, ViolationKind
from shipments.selectors import delivery
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
AT = make.MONDAY


@pytest.fixture
def parcel(cast):
    return make.accept(make.order(origin=cast.neighbour, destination=cast.station))


def record(parcel, courier, code="put-down-at-will", **fields) -> Violation:
    values = {"source": "scans", "happened_on": AT.date(), "at": AT, "actor": None}
    kind = ViolationKind.objects.get(code=code)
    return services.record_violation(parcel=parcel, courier=courier, kind=kind, **values | fields)


@pytest.mark.req("DEL-15")
def test_a_violation_names_its_complaint_or_inspection_and_counts_per_courier(
    as_role, cast, parcel
):
    courier = cast.courier.employee
    with pytest.raises(DomainError) as bare:
        record(parcel, courier, source="complaint")
    client, url = as_role("supervisor"), reverse("shipments:violation_new", args=[parcel.waybill])
    typed = {"kind": "put-down-at-will", "courier": courier.number, "source": "inspection",
             "happened_on": "2026-03-02", "reference": "I-2026-0311"}  # fmt: skip

    empty, done = client.post(url, {"kind": ""}), client.post(url, typed)

    assert bare.value.field == "reference"
    assert (empty.status_code, done.status_code) == (422, 302)
    page = client.get(reverse("shipments:conduct"))
    assert "I-2026-0311" in page.content.decode()
    assert [row.courier for row in page.context["page"].rows] == [courier]
    own = as_role("courier").get(reverse("shipments:conduct"))
    assert len(own.context["page"].rows) == 1


@pytest.mark.req("DEL-15")
def test_putting_down_without_consent_is_counted_by_courier(cast, parcel):
    courier = cast.courier.employee
    make.deliver(parcel, AT + timedelta(hours=4), person=courier, way="safe_place")

    rows = delivery.conduct_by_courier(
        access_for(cast.quality, "delivery", "read"), AT.date(), AT.date() + timedelta(days=1)
    )

    assert [(row.courier, row.no_consent) for row in rows] == [(courier, 1)]


@pytest.mark.req("DEL-16", "DEL-24")
@pytest.mark.parametrize(
    ("code", "line"), [("private-opening", "private_opening"), ("gift-kept", "theft")]
)
def test_a_red_line_reaches_the_grade_of_its_month_until_taken_back(cast, parcel, code, line):
    courier = cast.courier.employee
    row = record(parcel, courier, code)
    march, april = parse_period("2026-03"), parse_period("2026-04")

    assert evidence.red_lines(march) == {courier.pk: {line}}
    assert evidence.red_lines(april) == {}
    with pytest.raises(DomainError):
        services.withdraw_violation(row, why=" ", at=AT, actor=None)
    services.withdraw_violation(row, why="查无此事", at=AT, actor=None)
    assert evidence.red_lines(march) == {}


def test_nobody_records_their_own_case_or_a_day_ahead(cast, parcel):
    courier = cast.courier.employee

    with pytest.raises(DomainError) as own:
        record(parcel, courier, actor=cast.courier)
    with pytest.raises(DomainError) as ahead:
        record(parcel, courier, happened_on=date(2026, 3, 3))

    assert (own.value.code, ahead.value.field) == ("own_case", "happened_on")
    assert not Violation.objects.exists()


def test_a_violation_is_taken_back_on_the_page(as_role, cast, parcel):
    row = record(parcel, cast.courier.employee)
    url = reverse("shipments:violation_withdraw", args=[row.pk])

    as_role("supervisor").post(url, {"why": ""})
    row.refresh_from_db()
    before = row.withdrawn_at
    as_role("supervisor").post(url, {"why": "记错人"})

    row.refresh_from_db()
    assert before is None
    assert (row.withdrawn_at is not None, row.withdrawn_why) == (True, "记错人")


@pytest.mark.req("DEL-21")
def test_wrong_missed_and_doubled_deliveries_are_exceptions_with_rates(cast, parcel):
    for _place in range(30):
        make.deliver(make.accept(make.order(destination=cast.station)), AT + timedelta(hours=4))
    services.open_exception(
        parcel=parcel, kind="misdelivered", site_id=cast.station.pk, at=AT, actor=None
    )
    make.tell(
        make.scan(parcel, "OFD", AT + timedelta(hours=1), site_id=cast.station.pk),
        make.scan(
            parcel, "NAT", AT + timedelta(hours=9), site_id=cast.station.pk,
            reason="left-on-vehicle",
        ),
    )  # fmt: skip

    row = delivery.delivery_quality(
        access_for(cast.quality, "delivery", "read"), AT.date(), AT.date() + timedelta(days=1)
    )[0]

    assert (row.site, row.delivered) == (cast.station, 30)
    assert (row.counts["misdelivered"], row.counts["missed"]) == (1, 1)
    assert round(row.per_10k("misdelivered"), 1) == 333.3


@pytest.mark.req("DEL-28")
def test_conduct_at_the_door_is_checklist_data(as_role):
    codes = set(CheckItem.objects.filter(phase="door").values_list("code", flat=True))

    page = as_role("courier").get(reverse("shipments:last_mile_rules")).content.decode()

    assert {"shoe-covers", "own-cup"} <= codes
    assert "入户自带鞋套" in page
