"""The pages of the double-entry check: a list, and where one check found a difference."""

from __future__ import annotations

import pytest

from courierqa.core.timeframes import parse_period
from kpi import services
from kpi.models import Cell
from shipments.models import ScanEvent
from tests.kpi.histories import START, tell

pytestmark = pytest.mark.django_db
NOW = START.replace(month=10, day=25)
OCTOBER = parse_period("2026-10")


def test_a_check_shows_its_cells_and_leads_to_the_records(as_role) -> None:
    tell(1, parcels=20)
    services.refresh_dirty(now=NOW)
    cell = Cell.objects.filter(metric="T01", day__month=10, total__gt=0).first()
    Cell.objects.filter(pk=cell.pk).update(total=cell.total + 4)
    check = services.verify_period(OCTOBER, now=NOW)
    quality = as_role("quality")

    listed = quality.get("/kpi/checks/").content.decode()
    page = quality.get(f"/kpi/checks/{check.pk}/").content.decode()

    assert "1 " in listed
    assert f"{cell.total + 4} → {cell.total}" in page
    behind = check.differences[0]["behind"]
    assert behind
    assert all(f"/parcels/{waybill}/" in page for waybill in behind)
    assert ScanEvent.objects.exists()


def test_a_clean_check_and_none_at_all_say_so(as_role) -> None:
    auditor = as_role("auditor")
    empty = auditor.get("/kpi/checks/")
    check = services.verify_period(OCTOBER, now=NOW)
    clean = auditor.get(f"/kpi/checks/{check.pk}/")

    assert (empty.status_code, clean.status_code) == (200, 200)
    assert "table" not in clean.content.decode().split("<main")[-1].split("</main")[0]


def test_the_list_asks_the_same_for_any_number_of_checks(as_role) -> None:
    quality, asked = as_role("quality"), []
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    quality.get("/kpi/checks/")
    for number in (1, 2):
        for _check in range(number):
            services.verify_period(OCTOBER, now=NOW)
        with CaptureQueriesContext(connection) as queries:
            quality.get("/kpi/checks/")
        asked.append(len(queries))
    assert asked[0] == asked[1]
