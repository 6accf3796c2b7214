"""Three people sign one hash; publication opens the report; a correction says why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import translation

from courierqa.core.errors import NotAllowed
from courierqa.core.models import AuditEntry, Effect, Message
from kpi import services, snapshots
from kpi.models import Publication, ReportComment, ReportFile, Signature, Snapshot
from kpi.snapshots import commenting
from tests.factories.kpi import double_check, parcel_row, save_parcels
from tests.kpi.test_report_pages import published, run_worker

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False), translation.override("en"):
        yield


@pytest.fixture
def falling(cast):
    """Ten months on time, and an October in which half of all parcels are late: a signal."""
    rows = []
    for place in range(11):
        start = (
            datetime(2025, 12, 3, tzinfo=UTC) if not place else datetime(2026, place, 3, tzinfo=UTC)
        )
        for number in range(40):
            accepted = start + timedelta(hours=number)
            due = accepted + timedelta(days=2)
            late = number % 2 == 0 if place == 10 else number == place % 3
            done = due + timedelta(hours=30) if late else due - timedelta(hours=1)
            rows.append(
                parcel_row(site_id=cast.station.pk, accepted_at=accepted, due_at=due, done_at=done)
            )
    save_parcels(*rows)
    services.refresh_dirty(now=NOW)
    double_check("2026-10", NOW)


@pytest.fixture
def frozen(cast):
    """A frozen October without parcels: nothing needs a word."""
    double_check("2026-10", NOW)
    return snapshots.freeze("2026-10", now=NOW, by=cast.quality)


def sign(row, step, person, sha256=None):
    return snapshots.sign(row, step=step, sha256=sha256 or row.sha256, by=person, at=NOW)


def test_a_figure_that_got_worse_must_be_explained_before_the_freeze(falling, cast):
    draft = snapshots.make_snapshot("2026-10", now=NOW)
    silent = {one.line.code for one in snapshots.uncommented(draft.content)}

    with pytest.raises(snapshots.Uncommented) as refusal:
        snapshots.freeze("2026-10", now=NOW, by=cast.quality)
    for code in silent:
        snapshots.comment(
            period="2026-10", code=code, text=f"Hub closed ({code})", by=cast.quality, at=NOW
        )
    frozen = snapshots.freeze("2026-10", now=NOW, by=cast.quality)

    assert silent
    assert all(code in refusal.value.message for code in silent)
    said = {code: one["text"] for code, one in frozen.content["comments"].items()}
    assert said == {code: f"Hub closed ({code})" for code in silent}
    assert frozen.sha256 == snapshots.fingerprint(frozen.content)
    assert draft.content["comments"] == {}


def test_the_newest_comment_counts_and_an_empty_one_takes_it_back(falling, cast):
    snapshots.make_snapshot("2026-10", now=NOW)
    for text in ("First", "Second"):
        snapshots.comment(period="2026-10", code="T01", text=text, by=cast.lead, at=NOW)
    said = commenting.comments_of("2026-10")
    snapshots.comment(period="2026-10", code="T01", text="", by=cast.lead, at=NOW)

    assert said["T01"]["text"] == "Second"
    assert commenting.comments_of("2026-10") == {}
    assert ReportComment.objects.count() == 3


def test_a_frozen_month_takes_no_comment(frozen, cast):
    with pytest.raises(snapshots.NoDraft):
        snapshots.comment(period="2026-10", code="", text="Late", by=cast.lead, at=NOW)


def test_three_people_sign_the_same_hash_in_order(frozen, cast):
    sign(frozen, "made", cast.quality)
    sign(frozen, "checked", cast.lead)
    sign(frozen, "approved", cast.manager)

    rows = list(Signature.objects.order_by("id").values_list("step", "user", "role", "sha256"))
    assert rows == [
        ("made", cast.quality.pk, "quality", frozen.sha256),
        ("checked", cast.lead.pk, "lead", frozen.sha256),
        ("approved", cast.manager.pk, "manager", frozen.sha256),
    ]
    assert AuditEntry.objects.filter(action="report.sign").count() == 3


def test_nobody_signs_twice_out_of_turn_or_without_the_role(frozen, cast):
    with pytest.raises(snapshots.NotSignable):
        sign(frozen, "checked", cast.lead)
    with pytest.raises(NotAllowed):
        sign(frozen, "made", cast.manager)
    sign(frozen, "made", cast.quality)
    with pytest.raises(NotAllowed):
        sign(frozen, "checked", cast.quality)
    with pytest.raises(NotAllowed):
        sign(frozen, "checked", cast.auditor)
    assert Signature.objects.count() == 1


def test_only_the_hash_of_the_stored_figures_can_be_signed(frozen, cast):
    with pytest.raises(snapshots.NotSignable):
        sign(frozen, "made", cast.quality, sha256="0" * 64)
    draft = Snapshot.objects.exclude(pk=frozen.pk).get()
    with pytest.raises(snapshots.NotSignable):
        sign(draft, "made", cast.quality)


@pytest.mark.parametrize("table", ["kpi_signature", "kpi_publication", "kpi_reportcomment"])
def test_the_database_keeps_signatures_for_ever(october_done, table):
    for sql in (f"UPDATE {table} SET at = at", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


@pytest.fixture
def october_done(cast):
    double_check("2026-10", NOW)
    snapshots.make_snapshot("2026-10", now=NOW)
    snapshots.comment(period="2026-10", code="", text="Quiet", by=cast.quality, at=NOW)
    return published(cast)


def test_publication_waits_for_three_signatures_and_for_the_right(frozen, cast):
    for step, person in (("made", cast.quality), ("checked", cast.lead)):
        sign(frozen, step, person)
    with pytest.raises(snapshots.NotReady):
        snapshots.publish(frozen, by=cast.manager, at=NOW)
    sign(frozen, "approved", cast.manager)
    with pytest.raises(NotAllowed):
        snapshots.publish(frozen, by=cast.lead, at=NOW)
    snapshots.publish(frozen, by=cast.manager, at=NOW)
    with pytest.raises(snapshots.NotReady):
        snapshots.publish(frozen, by=cast.manager, at=NOW)
    assert Publication.objects.get().snapshot == frozen


def test_publication_tells_readers_and_prints_the_signatures(october_done, cast):
    run_worker()

    told = set(Message.objects.values_list("recipient_user", flat=True))
    assert {cast.auditor.pk, cast.manager.pk, cast.quality.pk, cast.lead.pk} <= told
    assert cast.courier.pk not in told
    kinds = ReportFile.objects.filter(stage="published").values_list("kind", "language")
    assert sorted(kinds) == [("pdf", "en"), ("pdf", "zh"), ("xlsx", "en"), ("xlsx", "zh")]
    assert all(effect.done_at for effect in Effect.objects.all())


def test_auditors_see_a_month_from_its_publication_on(frozen, cast, as_role):
    page = reverse("kpi:report", args=["2026-10"])
    before = as_role("auditor").get(page).content.decode()
    for step, person in (
        ("made", cast.quality),
        ("checked", cast.lead),
        ("approved", cast.manager),
    ):
        sign(frozen, step, person)
    snapshots.publish(frozen, by=cast.manager, at=NOW)
    after = as_role("auditor").get(page).content.decode()

    assert frozen.sha256 not in before
    assert frozen.sha256 in after
    assert "0.1" not in after.split('id="signatures"')[1]


def test_a_correction_is_signed_anew_and_the_old_edition_no_more(falling, cast):
    draft = snapshots.make_snapshot("2026-10", now=NOW)
    for one in snapshots.uncommented(draft.content):
        snapshots.comment(
            period="2026-10", code=one.line.code, text="Known", by=cast.quality, at=NOW
        )
    first = snapshots.freeze("2026-10", now=NOW, by=cast.quality)
    sign(first, "made", cast.quality)
    moved = parcel_row(
        site_id=cast.station.pk,
        accepted_at=datetime(2026, 10, 9, tzinfo=UTC),
        due_at=datetime(2026, 10, 11, tzinfo=UTC),
        done_at=datetime(2026, 10, 10, tzinfo=UTC),
    )
    save_parcels(moved)
    services.mark_months([moved.due_day.replace(day=1)], now=NOW)
    services.refresh_dirty(now=NOW + timedelta(hours=1))
    double_check("2026-10", NOW + timedelta(hours=1))
    snapshots.make_snapshot("2026-10", now=NOW + timedelta(hours=1))
    second = snapshots.freeze(
        "2026-10", now=NOW + timedelta(hours=2), by=cast.quality, reason="A phone came back"
    )

    assert second.content["changes"]["reason"] == "A phone came back"
    assert not second.signatures.exists()
    with pytest.raises(snapshots.NotSignable):
        sign(first, "checked", cast.lead)
    sign(second, "made", cast.quality)


def test_the_page_leads_through_signing_and_publication(frozen, cast, as_role):
    address = reverse("kpi:report", args=["2026-10"])
    form = {"edition": "1.0", "sha256": frozen.sha256}
    for role, step in (("quality", "made"), ("lead", "checked"), ("manager", "approved")):
        client = as_role(role)
        assert f'value="{step}"' in client.get(address).content.decode()
        answer = client.post(reverse("kpi:report_sign", args=["2026-10"]), {**form, "step": step})
        assert answer.status_code == 302
    answer = client.post(reverse("kpi:report_publish", args=["2026-10"]), form)

    assert answer.status_code == 302
    assert Publication.objects.filter(snapshot=frozen).exists()


def test_refusals_on_the_page_keep_what_was_typed(falling, cast, as_role):
    snapshots.make_snapshot("2026-10", now=NOW)
    client = as_role("quality")

    refused = client.post(reverse("kpi:report_freeze", args=["2026-10"]))
    assert refused.status_code == 422
    assert "comment-T01" in refused.content.decode()

    kept = client.post(
        reverse("kpi:report_comment", args=["2026-10"]),
        {"comment-T01": "Hub closed", "comment-all": "A hard month", "comment-S02": ""},
    )
    assert kept.status_code == 302
    assert set(commenting.comments_of("2026-10")) == {"", "T01"}
    bad = client.post(reverse("kpi:report_comment", args=["2026-10"]), {"comment-NOPE": "x"})
    assert bad.status_code == 404
    long = client.post(
        reverse("kpi:report_comment", args=["2026-10"]), {"comment-T01": "too long " * 90}
    )
    assert long.status_code == 422
    assert "too long too long" in long.content.decode()
