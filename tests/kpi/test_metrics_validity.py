"""Known answers of devices and licences that have to be valid every evening (F03, F04)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from courierqa.core import changed
from courierqa.core.timeframes import parse_period
from kpi import services
from kpi.models import Cell
from quality.services import things
from shipments.models import ValiditySpan
from shipments.services import keep_instrument
from tests.factories import shipments as make
from tests.factories import things as thing
from tests.kpi.known import figure

pytestmark = pytest.mark.django_db
# Monday 2 March 2026, 10:00 in Shanghai.
NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
DAY = timedelta(days=1)
MARCH = parse_period("2026-03")


def scale(site: Any, *, at: datetime = NOW, until: date = date(2026, 3, 10), **more: Any) -> Any:
    pk = more.pop("pk", None)
    fields = {"code": "S1", "name": "秤", "kind": "scale", "site": site, "certificate": "",
              "calibrated_on": date(2026, 1, 1), "valid_until": until, "is_active": True,
              **more}  # fmt: skip
    return keep_instrument(fields=fields, pk=pk, at=at, actor=None)


def stood(code: str, *, on: date, now: datetime = NOW + 40 * DAY, **more: Any) -> tuple[int, int]:
    """Return (valid, needed) at the end of a day, as they are known later."""
    found = figure(code, period=parse_period(on.isoformat()), now=now, **more)
    return found.hits, found.total


def test_a_calibration_holds_on_its_last_day_and_not_after() -> None:
    scale(make.site("NB-01"))

    assert stood("F03", on=date(2026, 3, 1)) == (0, 0)
    assert stood("F03", on=date(2026, 3, 2)) == (1, 1)
    assert stood("F03", on=date(2026, 3, 10)) == (1, 1)
    assert stood("F03", on=date(2026, 3, 11)) == (0, 1)
    assert services.verify_period(MARCH, now=NOW + 40 * DAY).differences == []


def test_only_ended_days_are_counted_and_a_month_shows_its_last_one() -> None:
    scale(make.site("NB-01"))

    found = figure("F03", period=MARCH, now=NOW + 8 * DAY)
    assert (found.hits, found.total) == (1, 1)
    assert Cell.objects.filter(metric="F03").order_by("-day").first().day == date(2026, 3, 9)
    found = figure("F03", period=MARCH, now=NOW + 12 * DAY)
    assert (found.hits, found.total) == (0, 1)


def test_time_alone_makes_a_licence_invalid_also_of_the_company() -> None:
    """Nothing is written in between: the night job alone finds the day it ended on."""
    by = make.user("quality")
    thing.licence(by=by, at=NOW, expires_on=date(2026, 3, 5))
    services.refresh_dirty(now=NOW)

    for night in range(1, 6):
        services.refresh_dirty(now=NOW + night * DAY)

    told = Cell.objects.filter(metric="F04", site_id=0).order_by("day")
    assert list(told.values_list("day__day", "hits", "total")) == [
        (2, 1, 1), (3, 1, 1), (4, 1, 1), (5, 1, 1), (6, 0, 1),
    ]  # fmt: skip


def test_a_renewal_applied_for_is_not_valid_until_its_paper_counts() -> None:
    by = make.user("quality")
    row = thing.licence(by=by, at=NOW, expires_on=date(2026, 3, 5), site=make.site("NB-01"))
    things.apply_renewal(row, on=date(2026, 3, 4), by=by, at=NOW + 2 * DAY)
    assert stood("F04", on=date(2026, 3, 8), now=NOW + 9 * DAY) == (0, 1)

    term = things.LicenceTermInput("L-2", date(2026, 3, 7), date(2027, 3, 7))
    things.renew_licence(row, term=term, by=by, at=NOW + 9 * DAY)

    assert stood("F04", on=date(2026, 3, 6)) == (0, 1)
    assert stood("F04", on=date(2026, 3, 8)) == (1, 1)
    assert services.verify_period(MARCH, now=NOW + 40 * DAY).differences == []


def test_what_is_put_away_is_not_needed_and_what_moved_counts_where_it_is() -> None:
    here, there = make.site("NB-01"), make.site("HZ-01")
    row = scale(here, until=date(2027, 3, 1))
    scale(there, at=NOW + 3 * DAY, until=date(2027, 3, 1), pk=row.pk)
    scale(there, at=NOW + 6 * DAY, until=date(2027, 3, 1), pk=row.pk, is_active=False)

    assert stood("F03", on=date(2026, 3, 4), site="NB-01") == (1, 1)
    assert stood("F03", on=date(2026, 3, 5), site="NB-01") == (0, 0)
    assert stood("F03", on=date(2026, 3, 5), site="HZ-01") == (1, 1)
    assert stood("F03", on=date(2026, 3, 8)) == (0, 0)


def test_a_renewal_in_time_changes_no_evening_that_has_passed() -> None:
    """Ten months of valid evenings are not counted anew because a paper came."""
    row = scale(make.site("NB-01"), until=date(2026, 12, 31))
    services.refresh_dirty(now=NOW + 200 * DAY)

    scale(row.site, at=NOW + 200 * DAY, until=date(2027, 12, 31), pk=row.pk,
          calibrated_on=date(2026, 9, 1))  # fmt: skip

    assert changed.drain(["spans"]) == []
    assert ValiditySpan.objects.order_by("day").first().last_day == date(2027, 12, 31)


def test_the_page_lists_what_was_not_valid_that_evening(client) -> None:
    site = make.site("NB-01")
    scale(site)
    scale(site, code="S2", until=date(2027, 1, 1))
    services.refresh_dirty(now=NOW + 40 * DAY)
    client.force_login(make.user("manager"))

    asked = {"period": "2026-03", "outcome": "failed"}
    page = client.get(reverse("kpi:records", args=["F03"]), asked).content.decode()

    assert "S1" in page
    assert "S2" not in page
    assert client.get(reverse("kpi:metric", args=["F03"]), {"period": "2026-03"}).status_code == 200
