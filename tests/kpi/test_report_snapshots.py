"""A month is frozen once, whole, with a hash that anybody can take again."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation
from pypdf import PdfReader

from courierqa.core.models import AuditEntry, Lease
from kpi import services, snapshots
from kpi.models import ReportFile, Snapshot, Verification
from kpi.snapshots import comparing
from kpi.snapshots.checking import check_pdf
from shipments.models import ParcelFacts
from staff.models import Certificate
from tests.factories.kpi import double_check
from tests.factories.staff import CourseFactory, EmployeeFactory
from tests.kpi import histories, octobers
from tests.kpi.octobers import MADE, OCTOBER, headline


@pytest.fixture
def sites(db):
    return octobers.two_sites()


@pytest.fixture
def october(sites):
    octobers.tell(sites)


@pytest.fixture
def manager_user(django_user_model, db):
    return django_user_model.objects.create(username="quality-h")


@pytest.fixture
def explained(october, manager_user):
    """An October whose draft has a comment wherever a freeze asks for one."""
    octobers.explain(manager_user)


def test_snapshot_holds_counts_and_values(october):
    made = snapshots.make_snapshot("2026-10", now=MADE)

    line = headline(made.content)
    assert (made.version, made.is_final) == ("0.1", False)
    assert (line["hits"], line["total"], line["value"]) == (50, 60, "0.833333")
    assert line["series"][-1] == {
        "period": "2026-10", "hits": 50, "total": 60, "pending": 0, "excluded": 0,
        "exempt_hits": 0, "exempt_total": 0,
    }  # fmt: skip
    assert made.content["complaints"]["legal"] == {"hits": 2, "total": 3}
    assert len(made.content["complaints"]["misses"]) == 1
    assert made.content["quality"]["marked"] == 1
    assert made.sha256 == snapshots.fingerprint(made.content)


def test_unchanged_month_makes_no_second_draft(october):
    first = snapshots.make_snapshot("2026-10", now=MADE)

    assert snapshots.make_snapshot("2026-10", now=MADE + timedelta(hours=1)) == first


def test_open_month_says_so(october):
    services.refresh_dirty(now=MADE)
    when = datetime(2026, 10, 20, tzinfo=UTC)

    made = snapshots.make_snapshot("2026-10", now=MADE, as_of=when)

    assert made.content["is_open"]
    assert not headline(made.content)["is_mature"]


def test_as_of_an_earlier_moment_counts_only_what_was_due(october):
    noon = OCTOBER + timedelta(days=2, hours=9)

    made = snapshots.make_snapshot("2026-10", now=MADE, as_of=noon)

    line = headline(made.content)
    assert (line["total"], line["pending"]) == (10, 50)
    assert sum(site["figures"]["T01"]["total"] for site in made.content["sites"]) == 10


def test_future_month_is_refused(db):
    with pytest.raises(snapshots.TooEarly):
        snapshots.make_snapshot("2027-01", now=MADE)


def test_a_report_is_about_a_month(db):
    from courierqa.core.timeframes import BadPeriod

    with pytest.raises(BadPeriod):
        snapshots.make_snapshot("2026-W41", now=MADE)


def test_empty_month_is_a_report_of_nothing(db):
    made = snapshots.make_snapshot("2026-10", now=MADE)

    assert headline(made.content)["value"] is None
    assert snapshots.render(made, "en").startswith(b"%PDF")


def test_freeze_keeps_what_was_checked_and_is_audited(explained, manager_user):
    """Nothing but the comments comes on top of the draft that was looked at."""
    draft = Snapshot.objects.get()

    frozen = snapshots.freeze("2026-10", now=MADE, by=manager_user)

    assert (frozen.version, frozen.is_final) == ("1.0", True)
    assert {**frozen.content, "comments": {}} == draft.content
    assert set(frozen.content["comments"]) == {
        one.line.code for one in snapshots.uncommented(draft.content)
    }
    assert frozen.sha256 == snapshots.fingerprint(frozen.content)
    entry = AuditEntry.objects.get(action="report.freeze")
    assert (entry.object_id, entry.actor_id) == (str(frozen.pk), manager_user.pk)
    assert snapshots.latest("2026-10") == frozen


def test_freeze_waits_for_late_uploads(october):
    early = datetime(2026, 11, 4, tzinfo=UTC)
    snapshots.make_snapshot("2026-10", now=early, as_of=early)

    with pytest.raises(snapshots.TooEarly):
        snapshots.freeze("2026-10", now=early)
    assert not Snapshot.objects.filter(is_final=True).exists()


def test_frozen_twice_without_news_is_refused(explained):
    snapshots.freeze("2026-10", now=MADE)

    with pytest.raises(snapshots.NothingChanged):
        snapshots.freeze("2026-10", now=MADE)


def test_later_facts_make_a_correction_that_lists_what_moved(explained):
    first = snapshots.freeze("2026-10", now=MADE)
    late = ParcelFacts.objects.filter(done_at=None).first()
    ParcelFacts.objects.filter(pk=late.pk).update(done_at=late.due_at)
    services.mark_months([late.due_day.replace(day=1)], now=MADE)
    services.refresh_dirty(now=MADE + timedelta(hours=1))
    double_check("2026-10", MADE + timedelta(hours=1))
    snapshots.make_snapshot("2026-10", now=MADE + timedelta(hours=1))

    with pytest.raises(snapshots.NoReason):
        snapshots.freeze("2026-10", now=MADE + timedelta(hours=2))
    second = snapshots.freeze("2026-10", now=MADE + timedelta(hours=2), reason="A late upload")

    moved = {
        row["where"]: (row["was"], row["now"]) for row in second.content["changes"]["differences"]
    }
    assert (second.version, first.version) == ("1.1", "1.0")
    assert moved["metrics T01 hits"] == ("50", "51")
    assert headline(Snapshot.objects.get(pk=first.pk).content)["hits"] == 50
    printed = words_of(second)
    assert "A late upload" in printed
    assert "Correction history" in printed


def test_freeze_runs_the_check_when_none_covers_the_figures(manager_user):
    """Real scans, no check yet: the frozen month prints the result of the one run for it."""
    histories.tell(seed=3, parcels=40)
    services.refresh_dirty(now=MADE)
    draft = snapshots.make_snapshot("2026-10", now=MADE)
    octobers.explain(manager_user)

    frozen = snapshots.freeze("2026-10", now=MADE)

    run = Verification.objects.get(period="2026-10")
    assert draft.content["quality"]["verification"] is None
    assert frozen.content["quality"]["verification"]["cells"] == run.cells > 0
    assert frozen.content["metrics"] == draft.content["metrics"]
    assert f"{run.cells:,} cells compared, 0 differences" in words_of(frozen)


def words_of(snapshot: Snapshot) -> str:
    reader = PdfReader(BytesIO(snapshots.render(snapshot, "en")))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_freeze_is_refused_when_the_check_differs(october):
    double_check("2026-10", MADE + timedelta(minutes=1), differences=2)

    with translation.override("en"), pytest.raises(snapshots.Different) as refusal:
        snapshots.freeze("2026-10", now=MADE)

    assert "2 differences" in refusal.value.message
    assert not Snapshot.objects.filter(is_final=True).exists()


def test_freeze_does_not_trust_a_check_older_than_the_figures(october):
    """The parcels of this month have no scans, so a check run now must find differences."""
    Verification.objects.update(started_at=MADE - timedelta(hours=1))

    with pytest.raises(snapshots.Different):
        snapshots.freeze("2026-10", now=MADE)
    assert Verification.objects.count() == 2


def test_freeze_is_refused_when_the_draft_is_not_what_was_checked(october, manager_user):
    snapshots.make_snapshot("2026-10", now=MADE)
    ParcelFacts.objects.filter(done_at=None).update(done_at=OCTOBER)
    services.mark_months([date(2026, 10, 1)], now=MADE)
    services.refresh_dirty(now=MADE + timedelta(hours=1))
    double_check("2026-10", MADE + timedelta(hours=1))

    with pytest.raises(snapshots.Moved) as refusal:
        snapshots.freeze("2026-10", now=MADE + timedelta(hours=2))

    # What moved is named, and stands in a draft that can be looked at and frozen next.
    assert "T01" in refusal.value.message
    newest = snapshots.of_month("2026-10")[0]
    assert (newest.version, newest.is_final) == ("0.2", False)
    octobers.explain(manager_user)
    frozen = snapshots.freeze("2026-10", now=MADE + timedelta(hours=3))
    assert frozen.content["metrics"] == newest.content["metrics"]


@pytest.mark.parametrize(
    "sql", ["UPDATE kpi_snapshot SET version = '9.9'", "DELETE FROM kpi_snapshot"]
)
def test_the_database_refuses_to_change_a_snapshot(october, sql):
    from django.db import connection

    snapshots.make_snapshot("2026-10", now=MADE)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Snapshot.objects.get().version == "0.1"


def test_two_makers_at_once_are_one_at_a_time(october):
    Lease.objects.create(name="report.2026-10", fence=1, until=MADE + timedelta(minutes=1))

    from courierqa.core.errors import DomainError

    with pytest.raises(DomainError) as refusal:
        snapshots.make_snapshot("2026-10", now=MADE)
    assert refusal.value.code == "busy"


def test_floats_may_not_enter_a_fingerprint():
    with pytest.raises(TypeError):
        snapshots.fingerprint({"share": [0.1]})


def test_differences_name_rows_by_their_code():
    was = {"sites": [{"code": "A", "n": 1}, {"code": "C", "n": 3}], "as_of": "1"}
    now = {
        "sites": [{"code": "A", "n": 1}, {"code": "B", "n": 2}, {"code": "C", "n": 3}],
        "as_of": "2",
    }

    assert comparing.differences(was, now) == [
        {"where": "sites B code", "was": "—", "now": "B"},
        {"where": "sites B n", "was": "—", "now": "2"},
    ]


def test_what_older_editions_did_not_hold_yet_has_not_moved():
    was = {"complaints": {"received": 3}, "sites": []}
    now = {"complaints": {"received": 4, "regulator": [{"code": "appeal", "count": 1}]},
           "sites": [], "safety": {"accepted": 9}}  # fmt: skip

    assert comparing.differences(was, now) == [
        {"where": "complaints received", "was": "3", "now": "4"}
    ]


def test_files_are_written_once_and_come_back_when_lost(explained, settings):
    frozen = snapshots.freeze("2026-10", now=MADE)

    files = snapshots.make_files(frozen, now=MADE)
    Path(files[0].file.path).unlink()
    again = snapshots.make_files(frozen, now=MADE + timedelta(days=1))

    assert [row.pk for row in again] == [row.pk for row in files]
    assert ReportFile.objects.count() == 2
    assert len(again[0].file.read()) == files[0].size


def test_verify_finds_a_file_good_changed_and_foreign(explained):
    frozen = snapshots.freeze("2026-10", now=MADE)
    pdf = snapshots.render(frozen, "zh")

    assert check_pdf(pdf).ok
    assert not check_pdf(pdf.replace(b"version=1.0", b"version=1.1")).ok
    assert not check_pdf(pdf + b"\n").ok
    assert not check_pdf(pdf.replace(frozen.sha256.encode(), b"0" * 64)).ok
    assert not check_pdf(b"%PDF-1.4 something else").ok


def test_an_edition_of_an_earlier_layout_is_the_stored_one_or_none(explained):
    frozen = snapshots.freeze("2026-10", now=MADE)
    earlier = snapshots.render(frozen, "zh") + b"\n"
    ReportFile.objects.create(
        snapshot=frozen, language="zh", file="reports/earlier.pdf", size=len(earlier),
        sha256=hashlib.sha256(earlier).hexdigest(), made_at=MADE,
    )  # fmt: skip

    found = check_pdf(earlier)

    assert (found.ok, found.is_earlier_layout) == (True, True)
    assert not check_pdf(earlier + b"\n").ok
    assert not check_pdf(earlier.replace(frozen.sha256.encode(), b"0" * 64)).ok


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_outside_any_transaction_reads_one_view():
    made = snapshots.make_snapshot("2026-10", now=MADE)

    assert Snapshot.objects.get() == made


def test_certificates_that_expire_in_the_month_are_counted(db):
    """Four certificates: one ends in October, one was renewed, one ends later, one never."""
    course = CourseFactory()
    ends = [date(2026, 10, 31), date(2026, 10, 9), date(2026, 11, 1), None]
    people = [EmployeeFactory() for _end in ends]
    rows = [*zip(people, ends, strict=True), (people[1], date(2027, 10, 9))]
    for number, (person, end) in enumerate(rows):
        Certificate.objects.create(
            number=f"Z-{number}",
            employee=person,
            course=course,
            issued_on=date(2026, 10, 1) if number == 4 else date(2025, 10, 1),
            expires_on=end,
        )

    found = snapshots.make_snapshot("2026-10", now=MADE)

    (row,) = found.content["staff"]["courses"]
    assert (row["code"], row["expired"], row["due"]) == (course.code, 1, 0)
    assert "No course was due" not in words_of(found)
