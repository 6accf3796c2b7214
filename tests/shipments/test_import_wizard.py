"""Columns, repairs for all rows, damaged spreadsheets, and taking an import back."""

from __future__ import annotations

import csv
import io
import struct
import zipfile
from datetime import timedelta
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from courierqa.core import outbox
from courierqa.core.imports import UnreadableFile, read_table, reading
from courierqa.core.models import ImportChoice, ImportRun, Message
from shipments.imports import undoing
from shipments.models import Parcel, ParcelException, ParcelFacts, ScanEvent
from shipments.services import importing, record_scans, watching
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
NEW = "/imports/new/"
HEAD = f"waybill,origin,destination,ordered_at,picked_up_at,{make.PEOPLE_HEAD}\n"
ROW = "YT2000000{n},HZ-01,HZ-02,2026-03-02 08:00,2026-03-02 10:00," + make.PEOPLE + "\n"


def sent(text: str | bytes, name: str = "parcels.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def upload(client: Any, file: Any, template: str = "parcels:standard") -> Any:
    return client.get(client.post(NEW, {"template": template, "files": [file]}).url)


def run_of(page: Any) -> ImportRun:
    return page.context["run"]


def work_off() -> None:
    while outbox.run_due(now=timezone.now()):
        pass


def stored(client: Any, file: Any, template: str = "parcels:standard") -> ImportRun:
    """Check a file, then import it."""
    checked = upload(client, file, template)
    made = client.post(reverse("shipments:import", args=[run_of(checked).pk]))
    work_off()
    return run_of(client.get(made.url))


# -- columns ----------------------------------------------------------------------------------
CHINESE = (
    "运单号;始发网点;目的网点;收件人 电话;揽收时间;寄件人;寄件电话;收件人;收件地址\n"
    "YT20000001;HZ-01;HZ-02;13798763391;2026/3/2 8:05;李明;13812345678;王芳;江南大道 9 号\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_chinese_heads_semicolons_and_encodings_are_recognised(as_role, cast, encoding):
    page = upload(as_role("quality"), sent(CHINESE.encode(encoding)))

    assert run_of(page).counts == {"created": 1}
    assert run_of(page).columns["waybill"] == "运单号"
    assert run_of(page).columns["recipient_phone"] == "收件人 电话"


def test_unknown_heads_are_asked_for_and_the_answer_is_used(as_role, cast):
    client = as_role("quality")
    text = f"waybill,A,B,{make.PEOPLE_HEAD}\nYT20000001,HZ-01,HZ-02,{make.PEOPLE}\n"

    page = upload(client, sent(text))
    people = {name: name for name in make.PEOPLE_HEAD.split(",")}
    chosen = {"waybill": "waybill", "origin": "A", **people}
    wrong = client.post(page.request["PATH_INFO"], {**chosen, "destination": "A"})
    again = client.post(page.request["PATH_INFO"], {**chosen, "destination": "B"})

    assert page.request["PATH_INFO"].endswith("/columns/")
    assert wrong.status_code == 422
    assert "destination" in wrong.context["form"].errors
    assert run_of(client.get(again.url)).counts == {"created": 1}


def test_a_column_named_like_ours_can_be_left_out(as_role, cast):
    client = as_role("quality")
    page = upload(client, sent(HEAD + ROW.format(n=1)))
    chosen = {"waybill": "waybill", "origin": "origin", "destination": "destination"}
    chosen |= {name: name for name in make.PEOPLE_HEAD.split(",")}

    again = client.post(reverse("shipments:import_columns", args=[run_of(page).pk]), chosen)
    client.post(again.url)
    work_off()

    # The file tells no scan of it any more: it is registered, not picked up.
    assert Parcel.objects.get().state == "ordered"
    assert list(ScanEvent.objects.values_list("code", flat=True)) == ["ORD"]


# -- repairs ----------------------------------------------------------------------------------
def test_one_decision_mends_a_site_in_every_row_and_in_later_files(as_role, cast):
    client = as_role("quality")
    rows = [ROW.format(n=n).replace("HZ-01", "HZ1") for n in range(3)]
    page = upload(client, sent(HEAD + "".join(rows)))
    [group] = page.context["groups"]
    assert (group["count"], group["value"], group["likely"]) == (3, "HZ1", "HZ-01")

    mapped = client.post(
        reverse("shipments:import_map", args=[run_of(page).pk]), {"value": "HZ1", "target": "HZ-01"}
    )
    later = upload(client, sent(HEAD + ROW.format(n=9).replace("HZ-01", "HZ1")))

    assert run_of(client.get(mapped.url)).counts == {"created": 3}
    assert run_of(later).counts == {"created": 1}
    assert ImportChoice.objects.get().target == "HZ-01"


def test_the_same_repair_works_for_scans(as_role, cast):
    client = as_role("quality")
    parcel = make.order(origin=cast.station, destination=cast.neighbour)
    text = (
        "UUID,快件号,扫描代码,扫描时间,网点\n"
        f"8f14e45f-ceea-467f-a8d5-8b0e0f0a1b2c,{parcel.waybill},PUP,2026-03-02T10:00:00+08:00,hz1\n"
    )
    page = upload(client, sent(text, "scans.csv"), "scans:standard")
    [group] = page.context["groups"]

    mapped = client.post(
        reverse("shipments:import_map", args=[run_of(page).pk]), {"value": "hz1", "target": "HZ-01"}
    )
    client.post(mapped.url)
    work_off()

    assert (group["code"], group["field"], group["likely"]) == ("site_unknown", "网点", "HZ-01")
    assert ScanEvent.objects.get(source="import").site_id == cast.station.pk


def test_the_reject_file_comes_back_mended(as_role, cast):
    client = as_role("quality")
    page = upload(
        client,
        sent(CHINESE + "8.89E+14;HZ-01;HZ-02;13798763391;;李明;13812345678;王芳;江南大道 9 号\n"),
    )
    answer = client.get(reverse("shipments:import_rejects", args=[run_of(page).pk]))
    body = b"".join(answer.streaming_content).decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(body))
    assert row["运单号"] == "8.89E+14"
    assert all(row[name] for name in ("行", "问题", "如何修正") if name in row)

    mended = upload(client, sent(body.replace("8.89E+14", "YT20000008")))

    assert run_of(mended).counts == {"created": 1}


# -- damaged spreadsheets -----------------------------------------------------------------------
def workbook(*rows: list[Any]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, str) and cell.startswith("="):
                page.write_formula(number, column, cell, value="YT00000001")
            else:
                page.write(number, column, cell)
    book.close()
    return out.getvalue()


def test_a_workbook_keeps_zeros_reads_serials_and_never_computes(as_role, cast):
    heads = ["waybill", "origin", "destination", "picked_up_at", *make.PEOPLE_HEAD.split(",")]
    who = make.PEOPLE.split(",")
    file = workbook(
        ["十月快件"], [], heads,
        ["0012345678", "HZ-01", "HZ-02", 46083.5, *who],
        ["YT２000０001", "HZ-01", "HZ-02", "2026-03-02 10：00", *who],
        [889012345678901234, "HZ-01", "HZ-02", "", *who],
        ['=HYPERLINK("http://evil.example","x")', "HZ-01", "HZ-02", "", *who],
    )  # fmt: skip

    page = upload(as_role("quality"), sent(file, "a.xlsx"))

    found = sorted((g["code"], g["field"], g["count"]) for g in page.context["groups"])
    assert found == [
        ("date_serial", "picked_up_at", 1), ("excel_number", "waybill", 1),
        ("full_width", "picked_up_at", 1), ("full_width", "waybill", 1),
    ]  # fmt: skip
    assert run_of(page).counts == {"marked": 2, "refused": 1, "created": 1}


def test_what_was_mended_is_stored_and_is_no_fault_of_the_parcel(as_role, cast):
    heads = ["waybill", "origin", "destination", "ordered_at", "picked_up_at"]
    row = ["００12345678", "HZ-01", "HZ-02", 46083.25, 46083.5, *make.PEOPLE.split(",")]
    heads += make.PEOPLE_HEAD.split(",")

    stored(as_role("quality"), sent(workbook(heads, row), "a.xlsx"))

    parcel = Parcel.objects.get(waybill="0012345678")
    assert parcel.accepted_at.isoformat() == "2026-03-02T04:00:00+00:00"
    assert not ParcelFacts.objects.get(parcel_id=parcel.pk).marked


def bomb(*, honest: bool) -> bytes:
    """A small zip that unfolds to far more than is allowed; a liar says it is tiny."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("[Content_Types].xml", "<Types/>")
        zipped.writestr("xl/worksheets/sheet1.xml", b" " * (3 * 1024 * 1024))
    data = bytearray(out.getvalue())
    if not honest:
        place = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
        data[place + 24 : place + 28] = struct.pack("<I", 100)
    return bytes(data)


@pytest.mark.parametrize("honest", [True, False])
def test_a_zip_bomb_is_refused_whatever_it_says_of_itself(monkeypatch, honest):
    monkeypatch.setattr(reading, "MAX_UNZIPPED", 1024 * 1024)

    with pytest.raises(UnreadableFile) as refused:
        list(read_table(io.BytesIO(bomb(honest=honest)), filename="a.xlsx"))

    assert refused.value.code == "too_large"


def test_a_file_of_more_rows_than_anybody_means_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "MAX_ROWS", 100)
    text = "waybill\n" + "YT20000001\n" * 101

    with pytest.raises(UnreadableFile) as refused:
        list(read_table(io.BytesIO(text.encode()), filename="a.csv"))

    assert refused.value.code == "too_many_rows"


# -- taking back --------------------------------------------------------------------------------
def test_an_import_taken_back_is_void_but_stays_in_the_history(as_role, cast):
    client = as_role("quality")
    run = stored(client, sent(HEAD + ROW.format(n=1) + ROW.format(n=2)))
    page = client.get(reverse("shipments:import", args=[run.pk]))
    assert page.context["may_undo"]
    assert page.context["months"] == ["2026-03"]

    client.post(reverse("shipments:import_undo", args=[run.pk]))
    work_off()

    run.refresh_from_db()
    assert run.undone_by == cast.quality
    assert set(Parcel.objects.values_list("state", "accepted_at")) == {("cancelled", None)}
    assert ScanEvent.objects.filter(code="PUP").count() == 2
    assert set(ScanEvent.objects.filter(code="VOI").values_list("device", flat=True)) == {
        "import-undo"
    }
    page = client.get(reverse("shipments:import", args=[run.pk]))
    assert not page.context["may_undo"]
    assert page.context["is_done"]


def test_after_taking_back_the_mended_file_revives_the_parcels(as_role, cast):
    client = as_role("quality")
    run = stored(client, sent(HEAD + ROW.format(n=1)))
    client.post(reverse("shipments:import_undo", args=[run.pk]))
    work_off()

    for _time in range(2):
        again = stored(client, sent(HEAD + ROW.format(n=1).replace("HZ-02", "HUB-HZ")))
        parcel = Parcel.objects.get()
        assert again.counts == {"updated": 1}
        assert (parcel.state, parcel.destination) == ("accepted", cast.hub)
        client.post(reverse("shipments:import_undo", args=[again.pk]))
        work_off()
        assert Parcel.objects.get().state == "cancelled"


def test_an_import_stays_when_somebody_scanned_its_parcels_since(as_role, cast):
    client = as_role("quality")
    run = stored(client, sent(HEAD + ROW.format(n=1)))
    parcel = Parcel.objects.get()
    record_scans(
        [make.scan(parcel, "ARR", timezone.now())], source="hub", recorded_at=timezone.now()
    )

    page = client.post(reverse("shipments:import_undo", args=[run.pk]), follow=True)
    work_off()

    assert parcel.waybill in page.content.decode()
    assert Parcel.objects.get().state == "at_site"
    assert not ScanEvent.objects.filter(code="VOI").exists()


def test_after_a_day_an_import_stays(as_role, cast):
    run = stored(as_role("quality"), sent(HEAD + ROW.format(n=1)))

    assert undoing.may_undo(run, now=run.ended_at + timedelta(hours=23))
    assert not undoing.may_undo(run, now=run.ended_at + timedelta(hours=24))


def test_scans_from_a_file_are_taken_back_too(as_role, cast):
    client = as_role("quality")
    parcel = make.accept(make.order(origin=cast.station, destination=cast.neighbour))
    text = (
        "id,waybill,code,happened_at,site\n"
        f"8f14e45f-ceea-467f-a8d5-8b0e0f0a1b2c,{parcel.waybill},ARR,2026-03-02T12:00:00+08:00,HZ-02\n"
        "8f14e45f-ceea-467f-a8d5-8b0e0f0a1b2d,NOBODY0001,ARR,2026-03-02T12:00:00+08:00,HZ-02\n"
    )
    run = stored(client, sent(text, "scans.csv"), "scans:standard")
    parcel.refresh_from_db()
    assert parcel.state == "at_site"

    client.post(reverse("shipments:import_undo", args=[run.pk]))
    work_off()

    parcel.refresh_from_db()
    assert parcel.state == "accepted"
    assert ScanEvent.objects.filter(code="VOI").count() == 2


def test_a_small_file_is_checked_by_the_page_or_later_by_the_worker_never_by_both(cast):
    now, by = timezone.now(), cast.users["quality"]
    run = importing.ask_dry_run(
        kind="parcels", mapping="standard", file=sent(HEAD + ROW.format(n=1)), by=by, now=now,
        filename="parcels.csv",
    )  # fmt: skip

    meanwhile = outbox.run_due(now=now)
    run.refresh_from_db()
    assert (meanwhile, run.ended_at) == (0, None)

    # The page died before it was done.
    outbox.run_due(now=now + importing.PATIENCE)
    run.refresh_from_db()
    assert run.counts == {"created": 1}


# -- what a row must say, and history -------------------------------------------------------------
def test_every_problem_of_a_row_is_told_at_once_and_unused_columns_are_listed(as_role, cast):
    text = (
        f"waybill,origin,destination,weight,remark,ordered_at,{make.PEOPLE_HEAD}\n"
        "YT1,HZ1,,-5,x,soon,,1380,,,\n"
    )

    page = upload(as_role("quality"), sent(text))

    found = sorted((g["code"], g["field"]) for g in page.context["groups"])
    assert found == [
        ("bad_phone", "sender_phone"), ("bad_time", "ordered_at"), ("bad_waybill", "waybill"),
        ("bad_weight", "weight"), ("person_missing", "recipient_address"),
        ("person_missing", "recipient_name"), ("person_missing", "recipient_phone"),
        ("person_missing", "sender_name"), ("site_missing", "destination"),
        ("site_unknown", "origin"),
    ]  # fmt: skip
    assert run_of(page).counts == {"refused": 1}
    assert page.context["unused"] == ["remark"]
    assert "remark" in page.content.decode()


def test_a_parcel_without_scans_is_registered_once_and_seen_by_the_watch(as_role, cast):
    text = (
        f"waybill,origin,destination,weight,{make.PEOPLE_HEAD}\n"
        f"YT20000001,HZ-01,HZ-02,1.2,{make.PEOPLE}\n"
    )
    for _time in range(2):
        stored(as_role("quality"), sent(text))

    parcel = Parcel.objects.get()
    assert (parcel.state, parcel.weight_g) == ("ordered", 1200)
    assert list(ScanEvent.objects.values_list("code", flat=True)) == ["ORD"]
    watching.watch_parcels(now=timezone.now() + timedelta(hours=30))
    assert list(ParcelException.objects.values_list("kind", flat=True)) == ["announced"]


@pytest.mark.req("EXC-07")
@pytest.mark.parametrize("picked_up", ["2026-03-02 10:00", ""])
def test_imported_history_opens_nothing_until_it_is_scanned_again(as_role, cast, picked_up):
    text = (
        f"waybill,origin,destination,promised_by,picked_up_at,{make.PEOPLE_HEAD}\n"
        f"YT20000001,HZ-01,HZ-02,2026-03-05 18:00,{picked_up},{make.PEOPLE}\n"
    )
    stored(as_role("quality"), sent(text))
    now = timezone.now() + timedelta(hours=30)
    watching.watch_parcels(now=now)
    quiet = ParcelException.objects.count()

    scan = make.scan(Parcel.objects.get(), "ARR", now)
    record_scans([scan], source="hub", recorded_at=now)
    watching.watch_parcels(now=now + timedelta(minutes=5))

    assert quiet == 0
    assert [row.kind for row in ParcelException.objects.filter(kind="delayed")] == ["delayed"]
    assert not Message.objects.exists()
