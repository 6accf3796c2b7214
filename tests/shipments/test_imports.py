"""Files of parcels and scans: structure first, problems grouped by repair, nothing dropped."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from courierqa.core import outbox
from courierqa.core.models import ImportRun
from shipments.models import Parcel, ScanEvent
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
HEAD = f"waybill,origin,destination,ordered_at,picked_up_at,delivered_at,way,{make.PEOPLE_HEAD}\n"
GOOD = f"YT10000001,HZ-01,HZ-02,2026-03-02 08:00,2026-03-02 10:00,,,{make.PEOPLE}\n"
DONE = "YT10000002,HZ-01,HZ-02,2026-03-02 08:00,2026-03-02 10:00,2026-03-04 10:00,recipient,,,,,\n"
EXCEL = f"8.89012E+14,HZ-01,HZ-02,,,,,{make.PEOPLE}\n"
ODD_SITE = f"YT10000003,HZ1,HZ-02,,,,,{make.PEOPLE}\n"
ODD_TIME = f"YT10000004,HZ-01,HZ-02,yesterday,,,,{make.PEOPLE}\n"
BACKWARDS = (
    "YT10000005,HZ-01,HZ-02,2026-03-02 08:00,2026-03-02 10:00,2026-03-02 09:00,recipient,,,,,\n"
)


def sent(*lines: str, name: str = "parcels.csv", encoding: str = "utf-8") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, (HEAD + "".join(lines)).encode(encoding))


def upload(client, *files, template: str = "parcels:standard"):
    return client.post(
        reverse("shipments:import_new"), {"template": template, "files": list(files)}
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_the_wizard_checks_first_and_stores_when_asked(as_role, cast, encoding):
    client = as_role("quality")

    checked = upload(client, sent(GOOD, DONE, encoding=encoding))
    page = client.get(checked.url)
    assert page.context["ready"] == 2
    assert not Parcel.objects.exists()
    started = client.post(checked.url)
    assert not Parcel.objects.exists()
    while outbox.run_due(now=timezone.now()):
        pass
    result = client.get(started.url)

    assert result.context["run"].counts == {"created": 2}
    assert set(Parcel.objects.values_list("state", flat=True)) == {"accepted", "delivered"}
    assert client.post(checked.url).url == started.url


def test_problems_are_grouped_by_repair_and_the_refused_rows_come_back(as_role, cast):
    client = as_role("quality")
    files = sent(GOOD, EXCEL, EXCEL.replace("14", "15"), ODD_SITE, ODD_TIME, BACKWARDS, GOOD)

    page = client.get(upload(client, files).url)
    rejects = client.get(reverse("shipments:import_rejects", args=[page.context["run"].pk]))

    groups = {g["code"]: (g["count"], g["example"]) for g in page.context["groups"]}
    assert groups == {
        "excel_number": (2, 3), "site_unknown": (1, 5), "bad_time": (1, 6),
        "delivered_before_handover": (1, 7), "twice": (1, 8),
    }  # fmt: skip
    assert page.context["run"].counts == {"created": 1, "refused": 5, "marked": 1}
    body = b"".join(rejects.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))
    assert [r["waybill"] for r in rows][:1] == ["8.89012E+14"]
    assert len(rows) == 5


@pytest.mark.parametrize(
    ("file", "field"),
    [
        (SimpleUploadedFile("x.exe", b"MZ"), "files"),
        (SimpleUploadedFile("empty.csv", b""), "files"),
        (None, "files"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_its_field(as_role, cast, file, field):
    response = upload(as_role("quality"), *([file] if file else []))

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    "content", [b"a,b\n1,2\n", b"\x00\x01\x02\x03", b"PK\x03\x04 broken", b"waybill,waybill\n1,2\n"]
)
def test_a_file_of_the_wrong_shape_says_so_on_its_page(as_role, cast, content):
    client = as_role("quality")

    page = client.get(upload(client, SimpleUploadedFile("a.csv", content)).url)

    assert page.status_code == 200
    assert page.context["run"].error
    assert not Parcel.objects.exists()


def test_a_supervisor_sees_own_imports_only(as_role, cast):
    made = upload(as_role("quality"), sent(GOOD))

    assert as_role("supervisor").get(made.url).status_code == 404
    assert as_role("supervisor").get(reverse("shipments:imports")).status_code == 200
    assert as_role("agent").get(reverse("shipments:imports")).status_code == 403


@pytest.mark.req("NET-07")
def test_scans_from_a_file_are_stored_once_and_unknown_numbers_are_kept(
    cast, tmp_path: Path, capsys
):
    parcel = make.accept(make.order(origin=cast.station, destination=cast.neighbour))
    rows = [
        [uuid4(), parcel.waybill, "ARR", "2026-03-02T12:00:00+08:00", "HZ-01"],
        [uuid4(), "NOBODY0001", "ARR", "2026-03-02T12:00:00+08:00", "HZ-01"],
        [uuid4(), parcel.waybill, "XXX", "2026-03-02T12:00:00+08:00", "HZ-01"],
        ["", parcel.waybill, "ARR", "not a time", "HZ-01"],
    ]
    path = tmp_path / "scans.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([["id", "waybill", "code", "happened_at", "site"], *rows])

    for _time in range(2):
        with pytest.raises(SystemExit) as ended:
            call_command("import_scans", str(path))

    assert ended.value.code == 1
    assert ScanEvent.objects.filter(source="import").count() == 2
    assert [run.counts for run in ImportRun.objects.order_by("pk")] == [
        {"created": 1, "marked": 1, "refused": 2}, {"skipped": 2, "refused": 2},
    ]  # fmt: skip
    assert "refused  2" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [("no-such-file",), (".",)])
def test_the_command_says_what_is_missing(arguments, tmp_path, db):
    with pytest.raises(CommandError):
        call_command("import_parcels", str(tmp_path / arguments[0]), mapping="olist")
    with pytest.raises(CommandError):
        call_command("import_parcels", str(tmp_path), mapping="nobody")
