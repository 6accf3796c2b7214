"""Raw and adjusted side by side: what an approved exemption takes out, by known answers (B17)."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from courierqa.core.errors import DomainError, NotAllowed
from courierqa.core.models import Approval, StatusChange
from courierqa.core.timeframes import parse_period
from kpi import exempting, selectors, services
from kpi.metrics import METRICS
from kpi.models import Cell, CourierCell, MonthCell
from shipments.exemption_enums import ExemptionReach, ExemptionStatus
from shipments.models import Exemption, Lane, ParcelFacts
from shipments.selectors.exemptions import Excuse
from tests.factories.kpi import parcel_row, save_parcels
from tests.factories.staff import SiteFactory, UserFactory

pytestmark = pytest.mark.django_db
OCTOBER = parse_period("2026-10")
DUE = datetime(2026, 10, 8, 10, tzinfo=UTC)
NOW = datetime(2026, 10, 20, tzinfo=UTC)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def parcel(*, late: bool, due: datetime = DUE, origin: int = 1, site: int = 2, courier=None):
    done = due + HOUR if late else due - HOUR
    return parcel_row(
        accepted_at=due - 2 * DAY, due_at=due, done_at=done, attempt_at=done, attempt_done=True,
        origin_id=origin, site_id=site, courier_id=courier,
    )  # fmt: skip


@pytest.fixture
def places(db):
    return {pk: SiteFactory(pk=pk, code=f"S{pk}", region="华东" if pk < 3 else "华北")
            for pk in (1, 2, 3, 4)}  # fmt: skip


def asked(places, *, reach=ExemptionReach.SITES, sites=(2,), lanes=(), by=None, **given):
    wanted = exempting.Wanted(
        reach=reach, starts_at=DUE - HOUR, ends_at=DUE + HOUR, cause="台风", evidence="气象局公告",
        sites=[places[pk] for pk in sites], lanes=list(lanes),
        **{"region": "", **given},
    )  # fmt: skip
    return exempting.ask(wanted=wanted, content=PDF, name="notice.pdf",
                         by=by or UserFactory(role="quality"), at=NOW)  # fmt: skip


def approve(row):
    return exempting.decide(row=row, approve=True, note="", by=UserFactory(role="manager"), at=NOW)


def figure(code: str = "T01", **given):
    services.refresh_dirty(now=NOW)
    return selectors.figures(OCTOBER, metric=code, **given)[0]


def both(code: str = "T01", **given) -> tuple[tuple[int, int], tuple[int, int]]:
    one = figure(code, **given)
    return (one.hits, one.total), (one.adjusted.hits, one.adjusted.total)


def test_raw_keeps_what_adjusted_leaves_out(places) -> None:
    """60 in time and 40 late at site 2; of these the storm covers 10 in time and 30 late.

    Raw 60 of 100 = 60 %. Adjusted 50 of 60 = 83.3 %: parcels in time leave, too.
    """
    after = DUE + 5 * DAY
    save_parcels(
        *(parcel(late=False) for _ in range(10)),
        *(parcel(late=True) for _ in range(30)),
        *(parcel(late=False, due=after) for _ in range(50)),
        *(parcel(late=True, due=after) for _ in range(10)),
    )
    row = asked(places)
    assert both() == ((60, 100), (60, 100))

    approve(row)

    assert both() == ((60, 100), (50, 60))
    one = figure()
    assert (one.exempt_share, one.is_much_exempt) == (0.4, True)
    assert round(one.adjusted.value, 4) == 0.8333
    assert one.adjusted.low < one.adjusted.value < one.adjusted.high
    # First attempts by their own moments: an hour after the late promise, in time one before.
    assert both("D01") == ((100, 100), (60, 60))


def test_the_ends_of_the_period_belong_to_it(places) -> None:
    ends = (DUE - HOUR - timedelta(seconds=1), DUE - HOUR, DUE + HOUR,
            DUE + HOUR + timedelta(seconds=1))  # fmt: skip
    save_parcels(*(parcel(late=True, due=at) for at in ends))
    approve(asked(places))

    assert both() == ((0, 4), (0, 2))


@pytest.mark.parametrize(
    ("area", "left"),
    [
        ({"sites": (2,)}, 2),  # served there, or sent from there
        ({"reach": "network", "sites": ()}, 0),
        ({"reach": "region", "sites": (), "region": "华北"}, 2),
    ],
)
def test_an_area_covers_origin_and_serving_site(places, area, left) -> None:
    """1 to 2, 2 to 3, 3 to 4 and 4 to 4."""
    ways = ((1, 2), (2, 3), (3, 4), (4, 4))
    save_parcels(*(parcel(late=True, origin=one, site=two) for one, two in ways))
    approve(asked(places, **area))

    raw, adjusted = both()

    assert (raw, adjusted) == ((0, 4), (0, left if area.get("reach") != "region" else 1))


def test_a_lane_covers_one_direction(places) -> None:
    lane = Lane.objects.create(origin=places[1], destination=places[2])
    save_parcels(parcel(late=True), parcel(late=True, origin=2, site=1))
    approve(asked(places, reach="lanes", sites=(), lanes=[lane]))

    assert both() == ((0, 2), (0, 1))


def test_whoever_asks_cannot_approve_and_nothing_is_exempt_before(places) -> None:
    save_parcels(parcel(late=True))
    boss = UserFactory(role="manager")
    row = asked(places, by=boss)

    with pytest.raises(NotAllowed):
        exempting.decide(row=row, approve=True, note="", by=boss, at=NOW)
    with pytest.raises(NotAllowed):
        exempting.decide(row=row, approve=True, note="", by=UserFactory(role="lead"), at=NOW)

    assert both() == ((0, 1), (0, 1))
    assert Approval.objects.get().state == "requested"


def test_a_changed_request_lapses_instead_of_being_approved(places) -> None:
    row = asked(places)
    Exemption.objects.update(ends_at=DUE + 20 * DAY)

    approve(row)

    assert Exemption.objects.get().status == ExemptionStatus.REJECTED


def test_revoking_gives_the_raw_figure_back_and_leaves_a_trace(places) -> None:
    save_parcels(parcel(late=True), parcel(late=False))
    row = approve(asked(places))
    assert both() == ((1, 2), (0, 0))
    assert set(ParcelFacts.objects.values_list("exempt", flat=True)) == {True}

    exempting.revoke(row=row, reason="公告撤回", by=UserFactory(role="quality"), at=NOW)

    assert both() == ((1, 2), (1, 2))
    assert set(ParcelFacts.objects.values_list("exempt", flat=True)) == {False}
    steps = list(StatusChange.objects.order_by("id").values_list("verb", "reason"))
    assert [verb for verb, _reason in steps] == ["open", "approve", "revoke"]
    assert steps[-1][1] == "公告撤回"
    with pytest.raises(DomainError):
        exempting.revoke(row=row, reason="again", by=UserFactory(role="quality"), at=NOW)


def test_cells_add_up_and_couriers_have_both(places) -> None:
    save_parcels(
        *(parcel(late=True, courier=7) for _ in range(2)),
        parcel(late=False, courier=7, due=DUE + DAY),
    )
    approve(asked(places))
    figure()

    days = Cell.objects.filter(metric="T01")
    month = MonthCell.objects.get(metric="T01")
    own = CourierCell.objects.filter(metric="T01", courier_id=7)
    assert sum(one.exempt_total for one in days) == month.exempt_total == 2
    assert sum(one.exempt_total for one in own) == 2
    assert (month.hits, month.total, month.exempt_hits) == (1, 3, 0)


def test_other_figures_know_no_exemption(places) -> None:
    """Losses and complaints stay as they are: an exemption excuses time, not care."""
    save_parcels(parcel(late=True))
    approve(asked(places, reach="network", sites=()))

    assert figure("S02").exempt_total == figure("T10").exempt_total == 0
    assert set(Cell.objects.filter(exempt_total__gt=0).values_list("metric", flat=True)) <= {
        code for code, one in METRICS.items() if one.is_excusable
    }


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"sites": ()}, "sites"),
        ({"reach": "region", "sites": ()}, "region"),
        ({"reach": "region", "sites": (), "region": "月球"}, "region"),
        ({"reach": "lanes", "sites": ()}, "lanes"),
    ],
)
def test_a_request_names_what_it_lacks(places, given, field) -> None:
    with pytest.raises(DomainError) as refused:
        asked(places, **given)

    assert refused.value.field == field
    assert not Exemption.objects.exists()


def test_a_lane_needs_both_ends_and_a_row_without_origin_has_none() -> None:
    one = Excuse(DUE, DUE, False, frozenset(), frozenset({(1, 2)}))

    assert one.covers(DUE, origin=1, site=2)
    assert not one.covers(DUE, origin=2, site=1)
    assert "origin" not in str(one.rows("made_at", origin="", site="site_id"))


def test_the_list_of_records_marks_what_is_exempt(places, client) -> None:
    """The storm's parcel is marked, on the page and in the file; the later one is not."""
    save_parcels(parcel(late=True), parcel(late=True, due=DUE + 5 * DAY))
    approve(asked(places))
    services.refresh_dirty(now=NOW)
    client.force_login(UserFactory(role="manager"))
    where, wanted = reverse("kpi:records", args=["T01"]), {"period": "2026-10"}

    page = client.get(where, wanted, headers={"Accept-Language": "en"}).content.decode()
    file = client.get(where, {**wanted, "format": "csv"}, headers={"Accept-Language": "en"})
    lines = b"".join(file.streaming_content).decode().splitlines()

    assert page.count(">Exempt<") == 2
    assert [line.rsplit(",", 1)[1].strip('"') for line in lines] == ["Exempt", "Exempt", ""]


def test_the_file_of_the_sites_has_the_raw_value_beside_the_adjusted(places, client) -> None:
    """40 parcels in the storm, all late, and 40 in time: raw one half, adjusted all."""
    storm = [parcel(late=True) for _n in range(40)]
    save_parcels(*storm, *(parcel(late=False, due=DUE + 5 * DAY) for _n in range(40)))
    approve(asked(places))
    services.refresh_dirty(now=NOW)
    client.force_login(UserFactory(role="manager"))

    one = _table(client, reverse("kpi:metric", args=["T01"]), "Site,Adjusted value")
    board = _table(client, reverse("kpi:dashboard"), "Site,On time")

    values = [(row["Adjusted value"], row["Raw value"], row["n"]) for row in one]
    assert values[-1] == ("1.0", "0.5", "40")
    assert (board[-1]["On time"], board[-1]["On time, raw"]) == ("1.0", "0.5")


def _table(client, address: str, head: str) -> list[dict[str, str]]:
    """Return the table of a file whose head begins like this."""
    wanted = {"period": "2026-10", "format": "csv"}
    answer = client.get(address, wanted, headers={"Accept-Language": "en"})
    lines = b"".join(answer.streaming_content).decode().splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith(head))
    end = next((p for p in range(start, len(lines)) if not lines[p].strip()), len(lines))
    return list(csv.DictReader(lines[start:end]))
