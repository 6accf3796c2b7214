"""The report pages: who reaches a file in how many clicks, what an order leaves behind."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from courierqa.core import outbox
from courierqa.core.models import AuditEntry, Effect, JobRun
from kpi import services, snapshots
from kpi.effects import FILES, MAKE
from kpi.models import ReportFile, Snapshot
from shipments.models import ParcelFacts
from tests.factories.kpi import double_check, parcel_row, save_parcels
from tests.kpi import octobers

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def october(cast):
    """40 parcels due in October, 36 in time, at the cast's station."""
    rows = []
    for place in range(40):
        accepted = datetime(2026, 10, 6, tzinfo=UTC) + timedelta(hours=place)
        due = accepted + timedelta(days=2)
        done = due if place < 36 else None
        rows.append(
            parcel_row(site_id=cast.station.pk, accepted_at=accepted, due_at=due, done_at=done)
        )
    save_parcels(*rows)
    services.refresh_dirty(now=NOW)
    double_check("2026-10", NOW)


def published(users) -> Snapshot:
    """Explain, freeze, sign by three people and publish October."""
    octobers.explain(users.quality, at=NOW)
    frozen = snapshots.freeze("2026-10", now=NOW, by=users.quality)
    signers = {"made": users.quality, "checked": users.lead, "approved": users.manager}
    for step, person in signers.items():
        snapshots.sign(frozen, step=step, sha256=frozen.sha256, by=person, at=NOW)
    snapshots.publish(frozen, by=users.manager, at=NOW)
    return frozen


def run_worker() -> None:
    while outbox.run_due(now=NOW):
        pass


def test_quality_orders_a_report_and_the_worker_makes_both_files(october, as_role):
    client = as_role("quality")

    answer = client.post(reverse("kpi:report_make", args=["2026-10"]), follow=True)
    assert Effect.objects.get(kind=MAKE).payload["period"] == "2026-10"
    assert 'hx-trigger="every 2s"' in answer.content.decode()

    run_worker()
    page = client.get(reverse("kpi:report", args=["2026-10"])).content.decode()
    assert sorted(ReportFile.objects.values_list("language", flat=True)) == ["en", "zh"]
    assert JobRun.objects.get(name=MAKE).ok
    assert "36 / 40" in page
    assert Snapshot.objects.get().sha256 in page


def test_two_orders_at_once_are_one(october, as_role):
    client = as_role("quality")

    for _time in range(2):
        client.post(reverse("kpi:report_make", args=["2026-10"]))

    assert Effect.objects.filter(kind=MAKE).count() == 1


def test_a_crashed_order_goes_on_with_its_own_draft(october, as_role):
    from kpi import effects

    as_role("quality").post(reverse("kpi:report_make", args=["2026-10"]))
    payload = Effect.objects.get(kind=MAKE).payload
    snapshots.make_snapshot("2026-10", now=NOW)

    effects.make_report(payload, now=NOW + timedelta(minutes=5))

    assert Snapshot.objects.count() == 1


def test_a_draft_in_which_nothing_moved_is_given_up_not_frozen(october, as_role, cast):
    published(cast)
    draft = snapshots.make_snapshot("2026-10", now=NOW + timedelta(days=1))
    client, month = as_role("quality"), reverse("kpi:report", args=["2026-10"])
    page = client.get(month).content.decode()
    assert "自 1.0 版以来没有变化" in page
    assert reverse("kpi:report_freeze", args=["2026-10"]) not in page

    address = reverse("kpi:report_discard", args=["2026-10"])
    assert as_role("lead").post(address, {"edition": draft.version}).status_code == 403
    final = client.post(address, {"edition": "1.0"})
    assert (final.status_code, "已定稿的版本不会删除" in final.content.decode()) == (422, True)
    for _again in range(2):
        assert client.post(address, {"edition": draft.version}).url == month

    assert AuditEntry.objects.filter(action="report.discard", actor_id=cast.quality.pk).count() == 1
    page = client.get(month).content.decode()
    assert ("自 1.0 版以来没有变化" in page, "已放弃" in page) == (False, True)
    with pytest.raises(snapshots.NoDraft):
        snapshots.comment(period="2026-10", text="?", by=cast.quality, at=NOW)
    assert snapshots.make_snapshot("2026-10", now=NOW + timedelta(days=2)).version == "0.3"


def test_what_moved_is_corrected_and_a_first_draft_stays(october, as_role, cast):
    first = snapshots.make_snapshot("2026-10", now=NOW)
    with pytest.raises(snapshots.NotDiscardable):
        snapshots.discard(first, by=cast.quality, at=NOW)
    published(cast)
    late = ParcelFacts.objects.filter(done_at=None).first()
    ParcelFacts.objects.filter(pk=late.pk).update(done_at=late.due_at)
    services.mark_months([late.due_day.replace(day=1)], now=NOW)
    services.refresh_dirty(now=NOW + timedelta(hours=1))
    moved = snapshots.make_snapshot("2026-10", now=NOW + timedelta(hours=1))

    with pytest.raises(snapshots.NotDiscardable):
        snapshots.discard(moved, by=cast.quality, at=NOW)
    page = as_role("quality").get(reverse("kpi:report", args=["2026-10"])).content.decode()
    assert reverse("kpi:report_freeze", args=["2026-10"]) in page
    assert reverse("kpi:report_discard", args=["2026-10"]) not in page


def test_progress_reloads_the_page_when_done(october, as_role):
    client = as_role("quality")
    client.post(reverse("kpi:report_make", args=["2026-10"]))
    address = reverse("kpi:report_progress", args=["2026-10"])

    assert "HX-Refresh" not in client.get(address).headers
    run_worker()
    assert client.get(address).headers["HX-Refresh"] == "true"


def test_freezing_by_quality_prints_and_is_audited(october, as_role, cast):
    client = as_role("quality")
    octobers.explain(cast.quality, at=NOW)

    client.post(reverse("kpi:report_freeze", args=["2026-10"]))
    run_worker()

    frozen = Snapshot.objects.get(is_final=True)
    assert frozen.version == "1.0"
    assert AuditEntry.objects.filter(action="report.freeze").count() == 1
    assert Effect.objects.get(kind=FILES).done_at is not None
    assert frozen.files.count() == 2


def test_freezing_too_early_says_when(october, as_role):
    snapshots.make_snapshot("2026-10", now=NOW, as_of=datetime(2026, 11, 2, tzinfo=UTC))

    answer = as_role("quality").post(reverse("kpi:report_freeze", args=["2026-10"]))

    assert answer.status_code == 422
    assert "2026-11-08 00:00" in answer.content.decode()


@pytest.mark.parametrize("role", ["auditor", "manager", "lead"])
def test_readers_may_not_make_or_freeze(october, as_role, role):
    client = as_role(role)

    for name in ("kpi:report_make", "kpi:report_freeze"):
        assert client.post(reverse(name, args=["2026-10"])).status_code == 403
    assert not Snapshot.objects.exists()


@pytest.mark.req("ANA-07")
def test_auditor_reaches_the_final_file_in_two_clicks(october, as_role, cast):
    frozen = published(cast)
    client = as_role("auditor")

    listed = client.get(reverse("kpi:reports")).content.decode()
    address = reverse("kpi:report_pdf", args=["2026-10", "zh"])
    assert f'href="{address}"' in listed
    answer = client.get(address)

    stored = frozen.files.get(language="zh", kind="pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert hashlib.sha256(answer.content).hexdigest() == stored.sha256
    assert answer["ETag"] == f'"{stored.sha256}"'
    entry = AuditEntry.objects.get(action="export.pdf")
    assert entry.actor_id == answer.wsgi_request.user.pk


@pytest.mark.req("ANA-07")
def test_annex_downloads_are_audited(october, as_role, cast):
    frozen = published(cast)
    client = as_role("auditor")

    text = client.get(reverse("kpi:report_data", args=["2026-10", "json"]))
    book = client.get(reverse("kpi:report_data", args=["2026-10", "xlsx"]))

    assert hashlib.sha256(text.content).hexdigest() == frozen.sha256
    assert book.content.startswith(b"PK")
    actions = AuditEntry.objects.filter(action__startswith="export.")
    assert sorted(actions.values_list("action", flat=True)) == ["export.json", "export.xlsx"]


def test_an_earlier_edition_stays_reachable(october, as_role, cast):
    octobers.explain(cast.quality, at=NOW)
    snapshots.freeze("2026-10", now=NOW)
    client = as_role("lead")
    address = reverse("kpi:report_pdf", args=["2026-10", "en"])

    draft = client.get(address, {"edition": "0.1"})

    assert "-0.1-en.pdf" in draft["Content-Disposition"]
    assert client.get(address, {"edition": "7.7"}).status_code == 404


@pytest.mark.parametrize("period", ["2026-13", "2026-W41", "2101-01", "nonsense", "2026-10-05"])
def test_what_is_no_month_is_not_there(cast, as_role, period):
    assert as_role("quality").get(f"/reports/{period}/").status_code == 404


@pytest.mark.parametrize(
    ("period", "said"), [("2026-12", "本月尚未开始"), ("2023-06", "本月没有任何统计数据")]
)
def test_a_month_without_figures_says_why_and_offers_no_report(october, as_role, period, said):
    """As on the dashboard: the page is there and leads to another month."""
    answer = as_role("quality").get(reverse("kpi:report", args=[period]))
    page = answer.content.decode()

    assert answer.status_code == 200
    assert said in page
    assert f'href="{reverse("kpi:reports")}"' in page.split(said)[1]
    assert reverse("kpi:report_make", args=[period]) not in page


def test_no_report_is_ordered_where_there_is_nothing_to_report(october, as_role):
    client = as_role("quality")

    assert client.post(reverse("kpi:report_make", args=["2023-06"])).status_code == 422
    assert client.post(reverse("kpi:report_make", args=["2026-12"])).status_code == 404
    assert not Effect.objects.filter(kind=MAKE).exists()


def test_a_site_right_does_not_open_the_company_report(october, as_role, cast):
    published(cast)
    client = as_role("supervisor")

    listed = client.get(reverse("kpi:reports")).content.decode()
    assert reverse("kpi:report_pdf", args=["2026-10", "zh"]) not in listed
    for address in (
        reverse("kpi:report", args=["2026-10"]),
        reverse("kpi:report_pdf", args=["2026-10", "zh"]),
        reverse("kpi:report_data", args=["2026-10", "xlsx"]),
    ):
        assert client.get(address).status_code == 404


def test_lists_show_months_without_a_report_too(october, as_role):
    page = as_role("auditor").get(reverse("kpi:reports")).content.decode()

    assert 'id="month-2026-10"' in page
    assert 'id="month-2026-11"' in page


def test_empty_system_says_why_there_is_nothing(cast, as_role):
    page = as_role("auditor").get(reverse("kpi:reports")).content.decode()

    assert "empty-state" in page
