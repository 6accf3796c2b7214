"""Volumes per customer: known answers, what is left out, the file and who may take it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse

from courierqa.core.timeframes import parse_period
from kpi.selectors import EVERYTHING
from kpi.selectors.customers import volumes
from shipments.models import Customer, Parcel, ParcelFacts
from tests.factories import shipments as make
from tests.factories.kpi import parcel_row, save_parcels

pytestmark = pytest.mark.django_db
OCTOBER, SEPTEMBER = parse_period("2026-10"), parse_period("2026-09")


def sent(customer: Customer | None, month: int, n: int, **fields: Any) -> None:
    at = datetime(2026, month, 6, 2, tzinfo=UTC)
    for _n in range(n):
        parcel = make.order()
        Parcel.objects.filter(pk=parcel.pk).update(customer=customer)
        ParcelFacts.objects.filter(parcel=parcel).delete()
        save_parcels(
            parcel_row(parcel_id=parcel.pk, accepted_at=at, due_at=at,
                       product_id=parcel.product_id, **fields)
        )  # fmt: skip


@pytest.fixture
def shops(cast: Any) -> tuple[Customer, Customer]:
    """One sends 2 in September and 3 in October; one sent in September only."""
    make.catalogue()
    big, gone = (Customer.objects.create(code=code, name=code) for code in ("BIG", "GONE"))
    sent(big, 9, 2)
    sent(big, 10, 3)
    sent(gone, 9, 1)
    sent(None, 10, 4)
    sent(big, 10, 1, is_test=True)
    return big, gone


@pytest.mark.req("ANA-04")
def test_volumes_are_counted_by_customer_product_and_month(shops: Any) -> None:
    found = volumes(OCTOBER, SEPTEMBER, scope=EVERYTHING)

    assert [(one.customer and one.customer.code, one.total, one.before) for one in found] == [
        ("BIG", 3, 2), ("GONE", 0, 1), (None, 4, 0),
    ]  # fmt: skip
    assert (sum(found[0].by_product.values()), found[0].months[-2:]) == (3, [2, 3])
    assert volumes(parse_period("2026-07"), None, scope=EVERYTHING) == []


@pytest.mark.req("ANA-04")
def test_the_page_and_its_file_say_the_same(shops: Any, as_role: Any) -> None:
    address = reverse("kpi:customer_volumes")
    page = as_role("manager").get(address, {"period": "2026-10"})
    file = as_role("quality").get(address, {"period": "2026-10", "format": "csv"})

    assert (page.status_code, page.context["total"]) == (200, 7)
    lines = b"".join(file.streaming_content).decode().splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["BIG", "GONE", ""]
    assert as_role("manager").get(address, {"format": "csv"}).status_code == 403
    assert as_role("courier").get(address).status_code == 403
    assert as_role("quality").get(address, {"period": "2026-05"}).context["rows"] == []
