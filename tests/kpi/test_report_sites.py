"""Reports of one site, drafts ordered when a month settles, and months at the edge."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from courierqa.core import outbox
from courierqa.core.models import Effect, JobRun
from kpi import reporting, selectors, services, snapshots
from kpi.effects import MAKE
from kpi.models import ReportFile, Snapshot
from tests.factories.kpi import double_check, parcel_row, save_parcels
from tests.kpi import octobers

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
SETTLED = datetime(2026, 11, 8, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def october(site, parcels: int, *, late: int = 0, is_open: bool = False) -> None:
    """Parcels due in October at one site: the last `late` of them too late, or never delivered."""
    rows = []
    for place in range(parcels):
        accepted = datetime(2026, 10, 6, tzinfo=UTC) + timedelta(hours=place)
        due = accepted + timedelta(days=2)
        is_late = place >= parcels - late
        done = due + timedelta(hours=3) if is_late else due - timedelta(hours=1)
        rows.append(
            parcel_row(
                site_id=site.pk,
                accepted_at=accepted,
                due_at=due,
                done_at=None if is_open else done,
            )
        )
    save_parcels(*rows)


@pytest.fixture
def two_sites(cast):
    october(cast.station, 40, late=4)
    october(cast.neighbour, 60, late=30)
    services.refresh_dirty(now=NOW)
    double_check("2026-10", NOW)
    return cast


def figure(row: Snapshot, code: str = "T01") -> tuple[int, int]:
    line = next(one for one in row.content["metrics"] if one["code"] == code)
    return line["hits"], line["total"]


def test_a_site_has_a_report_of_its_own_figures(two_sites):
    code = two_sites.station.code

    own = snapshots.make_snapshot("2026-10", now=NOW, site=code)
    whole = snapshots.make_snapshot("2026-10", now=NOW)

    assert (figure(own), figure(whole)) == ((36, 40), (66, 100))
    assert [site["code"] for site in own.content["sites"]] == [code]
    assert own.content["quality"]["accepted"] == 40
    assert (own.version, whole.version) == ("0.1", "0.1")
    for language in snapshots.LANGUAGES:
        assert code.encode() in snapshots.render(own, language)


def test_a_supervisor_reads_the_published_report_of_the_own_site_only(two_sites, as_role):
    cast = two_sites
    code = cast.station.code
    page, query = reverse("kpi:report", args=["2026-10"]), {"site": code}
    octobers.explain(cast.quality, at=NOW, site=code)
    frozen = snapshots.freeze("2026-10", now=NOW, by=cast.quality, site=code)
    client = as_role("supervisor")
    before = client.get(page, query).content.decode()
    for step, person in (
        ("made", cast.quality),
        ("checked", cast.lead),
        ("approved", cast.manager),
    ):
        snapshots.sign(frozen, step=step, sha256=frozen.sha256, by=person, at=NOW)
    snapshots.publish(frozen, by=cast.manager, at=NOW)

    assert frozen.sha256 not in before
    assert frozen.sha256 in client.get(page, query).content.decode()
    pdf = client.get(reverse("kpi:report_pdf", args=["2026-10", "zh"]), query)
    assert pdf.content.startswith(b"%PDF")
    for foreign in (cast.neighbour.code, "XX-99", ""):
        assert client.get(page, {"site": foreign}).status_code == 404


def test_a_site_that_is_not_there_has_no_report(cast, as_role):
    with pytest.raises(selectors.NotFound):
        snapshots.make_snapshot("2026-10", now=NOW, site="XX-99")
    client = as_role("quality")
    address = f"{reverse('kpi:report_make', args=['2026-10'])}?site=XX-99"
    assert client.post(address).status_code == 404


def test_drafts_are_ordered_once_when_the_month_settles(two_sites):
    early = reporting.draft_settled(now=SETTLED - timedelta(days=2))
    first = reporting.draft_settled(now=SETTLED)
    again = reporting.draft_settled(now=SETTLED + timedelta(hours=1))

    assert early == {"ordered": 0}
    assert first == {"ordered": 3}
    assert again == {"ordered": 0}
    sites = {row.payload["site"] for row in Effect.objects.filter(kind=MAKE)}
    assert sites == {"", two_sites.station.code, two_sites.neighbour.code}


def test_ordered_drafts_are_made_by_the_worker(two_sites):
    reporting.draft_settled(now=NOW)
    while outbox.run_due(now=NOW):
        pass

    assert sorted(Snapshot.objects.values_list("site", flat=True)) == [
        "",
        two_sites.station.code,
        two_sites.neighbour.code,
    ]
    assert ReportFile.objects.count() == 6
    assert reporting.draft_settled(now=NOW + timedelta(hours=2)) == {"ordered": 0}


def test_nothing_is_ordered_for_an_empty_system(db):
    assert reporting.draft_settled(now=NOW) == {"ordered": 0}


def test_a_failed_build_shows_its_cause(two_sites, as_role, monkeypatch):
    from kpi import effects

    def stop(*_args, **_fields):
        raise ValueError("the disk is full")

    monkeypatch.setattr(effects.snapshots, "file_of", stop)
    client = as_role("quality")
    client.post(reverse("kpi:report_make", args=["2026-10"]))
    for hours in range(4):
        outbox.run_due(now=NOW + timedelta(hours=hours))

    page = client.get(reverse("kpi:report", args=["2026-10"])).content.decode()
    assert "ValueError" in page
    assert JobRun.objects.filter(name=MAKE, ok=False).exists()


@pytest.mark.parametrize(
    ("parcels", "late", "is_open", "counted"),
    [(1, 0, False, (1, 1)), (40, 40, False, (0, 40)), (40, 0, True, (0, 40))],
    ids=["one parcel", "all late", "all open"],
)
def test_months_at_the_edge_are_counted_and_printed(cast, parcels, late, is_open, counted):
    october(cast.station, parcels, late=late, is_open=is_open)
    services.refresh_dirty(now=NOW)

    made = snapshots.make_snapshot("2026-10", now=NOW)

    assert figure(made) == counted
    for language in snapshots.LANGUAGES:
        assert snapshots.render(made, language).startswith(b"%PDF")


def test_the_open_month_says_so_and_is_not_frozen(two_sites, as_role):
    made = snapshots.make_snapshot("2026-11", now=NOW)

    assert made.content["is_open"]
    answer = as_role("quality").post(reverse("kpi:report_freeze", args=["2026-11"]))
    assert answer.status_code == 422
    assert "2026-12-08" in answer.content.decode()


def test_the_coming_month_has_no_file_and_takes_no_order(cast, as_role):
    client = as_role("quality")

    assert client.get(reverse("kpi:report_pdf", args=["2026-12", "zh"])).status_code == 404
    assert client.post(reverse("kpi:report_make", args=["2026-12"])).status_code == 404
