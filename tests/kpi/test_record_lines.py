"""The lists behind figures about records other than parcels: shown, filed, and whose they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from complaints.models import VoiceRow
from courierqa.core.counted import row
from courierqa.core.models import PersonalView
from kpi import services
from kpi.metrics import METRICS, PARCELS
from quality.models import InspectionRow, LoopRow, UpkeepRow
from shipments.models import RunRow, TroubleRow, ValiditySpan
from staff.models import PeopleRow, PostSpan
from tests.factories import shipments as make
from tests.factories.kpi import save_scans, save_steps, scan_count, step_row
from tests.kpi.test_metrics_handovers import handover

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 6, 2, tzinfo=UTC)
NOW = AT + timedelta(days=40)
OTHERS = [code for code, one in METRICS.items() if one.record not in (PARCELS, "cases")]
MODELS = {
    "troubles": TroubleRow, "voice": VoiceRow, "people": PeopleRow, "loop": LoopRow,
    "inspections": InspectionRow, "upkeep": UpkeepRow, "runs": RunRow,
}  # fmt: skip
_keys = count(1)
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}


def store(code: str, *, site, person=None) -> None:
    """Store one record of a figure, at a site."""
    record = METRICS[code].record
    common = {"site_id": site.pk, "courier_id": person.pk if person else None}
    if record == "handovers":
        waits = "locker" if code in ("D06", "D11") else "proxy"
        handover(at=AT, way=waits, denied_at=AT, **common)
        return
    if record in ("spans", "posts"):
        spans = ValiditySpan if record == "spans" else PostSpan
        spans.objects.create(kind=code, record_id=next(_keys), label=f"X-{code}",
                             day=AT.date(), moment=AT, is_hit=True, **common)  # fmt: skip
        return
    if record == "views":
        PersonalView.objects.create(
            record_id=next(_keys), label=f"X-{code}", day=AT.date(), moment=AT, is_hit=True,
            is_out=False, task="case", **common,
        )  # fmt: skip
        return
    if record == "steps":
        save_steps(step_row(code, AT, amount=1, is_hit=True, **common))
        return
    if record == "scans":
        save_scans(scan_count(AT, scans=3, in_time=2, **common))
        return
    made = row(MODELS[record], code, next(_keys), AT, label=f"X-{code}", amount=1234, **common)
    made.save()


def listed(client, code: str, **asked):
    wanted = {"period": "2026-10", "outcome": "all", **asked}
    return client.get(reverse("kpi:records", args=[code]), wanted, **ENGLISH)


@pytest.mark.req("ANA-09")
@pytest.mark.parametrize("code", OTHERS)
def test_every_list_shows_its_records_and_can_be_filed(client, code: str) -> None:
    site = make.site("NB-01")
    store(code, site=site, person=make.courier(site))
    services.refresh_dirty(now=NOW)
    # Leaks are for few eyes: managers read the number, not the list (CMP-27).
    client.force_login(make.user("quality" if code == "X03" else "manager"))

    page, file = listed(client, code), listed(client, code, format="csv")

    assert page.status_code == 200
    assert "1 record, 2026-10" in page.content.decode()
    lines = b"".join(file.streaming_content).decode().splitlines()
    assert len(lines) == 2


@pytest.mark.parametrize("code", ["D05", "E02", "P04", "H05", "D10"])
def test_a_list_asks_the_database_as_often_for_three_as_for_one(client, code: str) -> None:
    site = make.site("NB-01")
    client.force_login(make.user("manager"))

    def queries() -> int:
        services.refresh_dirty(now=NOW)
        with CaptureQueriesContext(connection) as seen:
            listed(client, code)
        return len(seen)

    store(code, site=site, person=make.courier(site))
    queries()
    one = queries()
    for _number in range(2):
        store(code, site=site, person=make.courier(site))
    assert queries() == one


def test_a_supervisor_sees_the_records_of_the_own_site_only(client) -> None:
    here, there = make.site("NB-01"), make.site("HZ-01")
    for site in (here, there, there):
        store("E02", site=site)
    services.refresh_dirty(now=NOW)
    client.force_login(make.user("supervisor", site=here))

    assert "1 record, 2026-10" in listed(client, "E02").content.decode()


def test_whoever_may_not_read_grades_sees_no_list_of_them(client) -> None:
    store("H05", site=make.site("NB-01"))
    client.force_login(make.user("agent"))

    assert listed(client, "H05").status_code in (403, 404)
