"""States other carriers publish, and numbers with a check digit."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from courierqa.core import outbox
from courierqa.core.errors import DomainError
from shipments.enums import Code
from shipments.imports.carriers import KUAIDI100, WECHAT
from shipments.models import Parcel, Product, ScanEvent
from shipments.numbers import check_digit, is_s10
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db


def work_off() -> None:
    while outbox.run_due(now=timezone.now()):
        pass


def stored(client, text: str, mapping: str = "kuaidi100", name: str = "push.jsonl"):
    file = SimpleUploadedFile(name, text.encode())
    sent = {"template": f"states:{mapping}", "files": [file]}
    checked = client.post("/imports/new/", sent)
    made = client.post(checked.url)
    work_off()
    return client.get(made.url).context


def push(waybill: str, *states: tuple[str, str], state: str = "0") -> str:
    data = [{"time": at, "statusCode": code, "context": "已签收"} for at, code in states]
    return json.dumps({"lastResult": {"nu": waybill, "state": state, "data": data}}) + "\n"


@pytest.fixture
def parcel(cast) -> Parcel:
    return make.accept(make.order(origin=cast.station, destination=cast.neighbour))


@pytest.mark.parametrize("code", ["304", "501"])
def test_placed_in_a_locker_is_not_delivered(as_role, parcel, code):
    text = push(
        parcel.waybill, ("2026-03-03 16:00:00", code), ("2026-03-03 09:00:00", "5"),
        ("2026-03-03 07:00:00", "1001"),
    )  # fmt: skip

    stored(as_role("quality"), text)

    parcel.refresh_from_db()
    assert (parcel.state, parcel.done_at) == ("at_point", None)
    assert parcel.findings.filter(kind="gate").exists()


def test_signed_by_the_recipient_is_delivered_and_told_once(as_role, parcel):
    client = as_role("quality")
    text = push(parcel.waybill, ("2026-03-03 16:00:00", "301"), ("2026-03-03 09:00:00", "5"))

    stored(client, text)
    again = stored(client, text)

    parcel.refresh_from_db()
    assert (parcel.state, parcel.done_at.isoformat()) == ("delivered", "2026-03-03T08:00:00+00:00")
    assert again["run"].counts == {"skipped": 2}


def test_an_unknown_state_is_unmapped_never_in_transit(as_role, parcel):
    before = ScanEvent.objects.count()

    page = stored(as_role("quality"), push(parcel.waybill, ("2026-03-03 16:00:00", "9999")))

    [group] = page["groups"]
    assert (group["code"], group["value"]) == ("unmapped", "9999")
    assert ScanEvent.objects.count() == before


def test_a_table_of_states_is_read_too(as_role, parcel):
    text = f"运单号,时间,状态码\n{parcel.waybill},1772524800,300002\n,1772524800,300002\n"

    page = stored(as_role("quality"), text, "wechat", "states.csv")

    assert page["run"].counts == {"created": 1, "refused": 1}
    parcel.refresh_from_db()
    assert parcel.state == "out"


def test_a_whole_state_belongs_to_the_newest_item_only(as_role, parcel):
    data = [{"ftime": "2026-03-03 16:00:00"}, {"ftime": "2026-03-03 09:00:00"}]
    line = json.dumps({"nu": parcel.waybill, "state": "4", "data": data}) + "\n"

    stored(as_role("quality"), line)

    codes = ScanEvent.objects.filter(source="import").order_by("happened_at")
    assert list(codes.values_list("code", flat=True)) == ["DEP", "RTD"]


def test_the_tables_name_only_codes_of_ours():
    for table in (KUAIDI100, WECHAT):
        assert {code for code, _detail in table.values()} <= set(Code.values)
    not_signed = {code for code, (ours, _d) in KUAIDI100.items() if ours != "DLV"}
    assert {"304", "501"} <= not_signed


def test_states_from_a_file_are_taken_back(as_role, parcel):
    client = as_role("quality")
    page = stored(client, push(parcel.waybill, ("2026-03-03 09:00:00", "5")))

    client.post(reverse("shipments:import_undo", args=[page["run"].pk]))
    work_off()

    parcel.refresh_from_db()
    assert parcel.state == "accepted"


# -- S10 --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("number", "right"),
    [("RR473124829GB", True), ("RB123456785GB", True), ("RR473124828GB", False),
     ("CP123456785CN", True), ("RR47312482GB", False), ("YS0000000000001", False)],
)  # fmt: skip
def test_the_check_digit_of_s10(number, right):
    assert is_s10(number) == right


def test_every_serial_has_exactly_one_check_digit():
    for serial in range(0, 10**8, 1_234_567):
        right = [d for d in range(10) if is_s10(f"RR{serial:08}{d}CN")]
        assert right == [check_digit(f"{serial:08}")]


@pytest.fixture
def s10(cast) -> Product:
    make.catalogue()
    Product.objects.filter(code="standard").update(number_rule="s10")
    return Product.objects.get(code="standard")


def test_a_product_that_asks_for_s10_takes_no_other_number(s10, cast):
    with pytest.raises(DomainError) as refused:
        make.order(origin=cast.station, destination=cast.neighbour, waybill="RR473124828GB")

    assert (refused.value.code, refused.value.field) == ("bad_waybill", "waybill")
    made = make.order(origin=cast.station, destination=cast.neighbour, waybill="RR473124829GB")
    assert made.waybill == "RR473124829GB"


def test_a_misread_number_is_rejected_not_kept_as_unknown(s10, api_client, cast):
    at = (timezone.now() - timedelta(minutes=5)).isoformat()
    events = [
        {"id": str(uuid4()), "waybill": number, "code": "ARR", "site": "HZ-01", "happened_at": at}
        for number in ("RR473124828GB", "RR473124829GB", "AB12345678")
    ]

    answer = api_client("scan.create").post(
        "/api/v1/scans/batch", {"events": events}, content_type="application/json"
    )

    results = [(one["result"], one["code"]) for one in answer.json()["results"]]
    assert results == [
        ("rejected", "bad_waybill"), ("unmatched", "unmatched"), ("unmatched", "unmatched"),
    ]  # fmt: skip


def test_an_import_names_the_wrong_number(s10, as_role, cast):
    rows = [f"RR47312482{end}GB,HZ-01,HZ-02,{make.PEOPLE}\n" for end in "89"]
    text = f"waybill,origin,destination,{make.PEOPLE_HEAD}\n" + "".join(rows)
    file = SimpleUploadedFile("a.csv", text.encode())
    sent = {"template": "parcels:standard", "files": [file]}

    page = as_role("quality").post("/imports/new/", sent, follow=True)

    assert page.context["run"].counts == {"created": 1, "refused": 1}
    assert page.context["groups"][0]["code"] == "bad_waybill"
