"""Acceptance at the counter: gates, the record, identity, refusal, papers."""

from __future__ import annotations

import io
from datetime import timedelta
from uuid import uuid4

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from courierqa.core import calendars
from shipments import services
from shipments.models import (
    Acceptance,
    IdentityCheck,
    Instrument,
    Parcel,
    Proof,
    ScanEvent,
)
from shipments.services import OrderWishes
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
ID_NUMBER = "33010619900101123X"


def photo() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(out, "JPEG")
    return SimpleUploadedFile("open.jpg", out.getvalue(), "image/jpeg")


@pytest.fixture
def scale(cast) -> Instrument:
    today = calendars.business_day(timezone.now())
    return Instrument.objects.create(
        code="S1", name="秤", kind="scale", site=cast.station,
        calibrated_on=today - timedelta(days=100), valid_until=today + timedelta(days=200),
    )  # fmt: skip


@pytest.fixture
def parcel(cast) -> Parcel:
    now = timezone.now() - timedelta(hours=1)
    return make.order(origin=cast.station, destination=cast.neighbour, at=now)


def typed(**changes) -> dict:
    return {
        "site": "HZ-01", "identity_kind": "id_card", "identity_number": ID_NUMBER,
        "item_kind": "clothes", "item_name": "毛衣", "pieces": "2", "inspected": "on",
        "appearance": "good", "weight": "1.25", "length": "31", "width": "20", "height": "10",
        "instrument": "S1", "packing": "eco-carton", "packing_checked": "on", "overpacked": "no",
        "seal": "A-77", "waybill_kind": "electronic", **changes,
    }  # fmt: skip


def accept(client, parcel, **changes):
    said = {name: value for name, value in typed(**changes).items() if value is not None}
    return client.post(reverse("shipments:accept", args=[parcel.waybill]), said)


@pytest.mark.req("ACC-01", "ACC-02", "ACC-07", "LIF-03", "LIF-05", "LIF-07", "LIF-09", "GRN-01")
def test_an_acceptance_keeps_every_check_and_no_document_number(as_role, cast, parcel, scale):
    response = accept(as_role("supervisor"), parcel)

    assert response.status_code == 302, response.context["form"].errors
    row = Acceptance.objects.get()
    person = cast.supervisor.employee.pk
    assert (row.inspected_by_id, row.identity_by_id, row.person_id) == (person, person, person)
    assert (row.weight_g, row.declared_weight_g, row.volume_cm3) == (1250, 1240, 6200)
    assert (row.packing, row.packing_checked, row.overpacked) == ("eco-carton", True, False)
    assert (row.seal, row.appearance, row.instrument) == ("A-77", "good", "S1")
    assert (row.missing, row.differs, row.waybill_kind) == ([], False, "electronic")
    check = IdentityCheck.objects.get()
    assert check.number_masked == "330***********123X"
    stored = str(list(ScanEvent.objects.values_list("detail", flat=True)))
    assert ID_NUMBER not in stored
    assert "1990" not in stored
    page = as_role("agent").get(reverse("shipments:parcel", args=[parcel.waybill])).content.decode()
    for fact in ("毛衣", "1.25", "31 × 20 × 10", "滨江站", "王*", "李*", "330***********123X"):
        assert fact in page
    parcel.refresh_from_db()
    assert (parcel.state, parcel.item_name) == ("accepted", "毛衣")


@pytest.mark.req("ACC-01", "ACC-02", "ACC-05", "ACC-07", "LIF-05", "ACC-15")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"inspected": None}, "inspected"),
        ({"identity_kind": ""}, None),
        ({"identity_number": ""}, "identity_number"),
        ({"identity_number": "123"}, "identity_number"),
        ({"identity_number": "330106199001011234"}, "identity_number"),
        ({"identity_kind": "passport", "identity_number": "00000000"}, "identity_number"),
        ({"identity_kind": "business", "identity_number": "91330106MA27XXX500"}, "identity_number"),
        ({"item_name": "烟花"}, "item_name"),
        ({"appearance": "leaking"}, "appearance"),
        ({"length": ""}, "length"),
        ({"pieces": ""}, "pieces"),
        ({"weight": "0"}, "weight"),
        ({"weight": "61"}, "weight"),
        ({"packing_checked": None}, "packing_checked"),
        ({"instrument": "none"}, "instrument"),
        ({"marks": ["fragile"], "photo": photo()}, "opened_intact"),
        ({"marks": ["fragile"], "opened_intact": "on"}, "photo"),
    ],
)
def test_a_gate_that_is_shut_stops_the_acceptance_before_the_deed(
    as_role, cast, scale, changes, field
):
    parcel = make.order(
        origin=cast.station, destination=cast.neighbour, at=timezone.now(),
        wishes=OrderWishes(), item_name="毛衣",
    )  # fmt: skip

    response = accept(as_role("supervisor"), parcel, **changes)

    assert response.status_code == 422
    errors = response.context["form"].errors
    assert list(errors) == [field] if field else errors
    assert "A-77" in response.content.decode()
    assert not Acceptance.objects.exists()
    parcel.refresh_from_db()
    assert parcel.state == "ordered"


@pytest.mark.req("ACC-01", "ACC-06", "LIF-05")
@pytest.mark.parametrize("by_form", [{}, {"packing_checked": None}, {"pieces": "0"}])
def test_every_gate_that_is_shut_is_told_at_once(as_role, cast, parcel, scale, by_form):
    response = accept(
        as_role("supervisor"), parcel, inspected=None, identity_kind="", weight="61",
        appearance="leaking", marks=["fragile"], item_name="烟花", **by_form,
    )  # fmt: skip

    errors = response.context["form"].errors
    assert set(errors) == {
        "inspected", "identity_kind", "weight", "appearance", "opened_intact", "photo",
        "item_name", *by_form,
    }  # fmt: skip
    assert all(len(said) == 1 for said in errors.values())
    assert not Acceptance.objects.exists()


@pytest.mark.req("ACC-02")
@pytest.mark.parametrize(
    ("kind", "number", "kept"),
    [
        ("id_card", "330106 19900101 123x", "330***********123X"),
        ("passport", "e12345674", "*******74"),
        ("business", "91330106MA27XXX50D", "913***********X50D"),
        ("known", "", ""),
    ],
)
def test_a_number_its_kind_of_document_can_have_is_taken(
    as_role, cast, parcel, scale, kind, number, kept
):
    response = accept(as_role("supervisor"), parcel, identity_kind=kind, identity_number=number)

    assert response.status_code == 302, response.context["form"].errors
    assert IdentityCheck.objects.get().number_masked == kept


@pytest.mark.req("ACC-02")
def test_the_form_says_what_is_wrong_with_a_number_and_that_it_is_needed(
    as_role, cast, parcel, scale
):
    client = as_role("supervisor")
    empty = client.get(reverse("shipments:accept", args=[parcel.waybill])).content.decode()
    short = accept(client, parcel, identity_number="123")
    misread = accept(client, parcel, identity_number="330106199001011234")

    assert "证件号码</label>" in empty
    assert "18 位，现在是 3 位" in short.content.decode()
    assert "校验码" in misread.content.decode()


@pytest.mark.req("ACC-01", "LIF-05")
def test_the_kind_chosen_at_the_door_corrects_the_parcel_until_that_pickup_is_void(cast):
    parcel = make.order(origin=cast.station, destination=cast.neighbour, item_kind="letter",
                        item_name="文件")  # fmt: skip
    at = make.MONDAY + timedelta(hours=1)

    taken = make.scan(parcel, "PUP", at, detail={"item_kind": "clothes", "item_name": "毛衣"})
    make.tell(taken)
    parcel.refresh_from_db()
    seen = (parcel.item_kind, parcel.item_name)
    make.tell(make.scan(parcel, "VOI", at + timedelta(minutes=5), corrects=taken.uid))
    parcel.refresh_from_db()

    assert seen == ("clothes", "毛衣")
    assert (parcel.item_kind, parcel.item_name) == ("letter", "文件")


@pytest.mark.req("LIF-07", "LIF-05")
def test_the_measured_weight_counts_and_the_declared_one_stays_in_the_order(as_role, cast):
    parcel = make.order(origin=cast.station, destination=cast.neighbour, weight_g=1200)
    at = make.MONDAY + timedelta(hours=1)
    taken = make.scan(parcel, "PUP", at, detail={"weight_g": 3700})
    make.tell(taken)
    make.tell(make.scan(parcel, "INS", at + timedelta(minutes=5), detail={"result": "pass"}))
    parcel.refresh_from_db()
    row = Acceptance.objects.get()
    order = as_role("agent").get(reverse("shipments:order", args=[parcel.order.number]))
    head = as_role("agent").get(reverse("shipments:parcel", args=[parcel.waybill]))

    make.tell(make.scan(parcel, "VOI", at + timedelta(minutes=9), corrects=taken.uid,
                        reason="scanned-by-mistake"))  # fmt: skip

    assert (parcel.weight_g, row.weight_g, row.declared_weight_g) == (3700, 3700, 1200)
    assert row.differs
    assert order.context["declared_weight_g"] == 1200
    assert "3.70" in order.content.decode()
    assert "3.70" in head.content.decode()
    parcel.refresh_from_db()
    assert parcel.weight_g == 1200


@pytest.mark.req("ACC-06", "LIF-22", "ACC-16")
def test_fragile_goods_are_opened_and_photographed_and_marked_everywhere(
    as_role, cast, parcel, scale
):
    client = as_role("supervisor")

    response = accept(client, parcel, marks=["fragile", "up"], opened_intact="on", photo=photo())

    assert response.status_code == 302, response.context["form"].errors
    row = Acceptance.objects.get()
    assert (row.opened_intact, row.marks) == (True, ["fragile", "up"])
    assert Proof.objects.get().event_uid == row.event_uid
    for name, args in (("parcels", []), ("label", [parcel.waybill]), ("orders", [])):
        page = client.get(reverse(f"shipments:{name}", args=args)).content.decode()
        assert "易碎" in page, name
    text = pdf_text(client, "label_pdf", parcel)
    assert "易碎" in text
    assert "向上" in text


def pdf_text(client, name: str, parcel: Parcel) -> str:
    response = client.get(reverse(f"shipments:{name}", args=[parcel.waybill]))
    assert response["Content-Type"] == "application/pdf"
    return "".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(response.content)).pages)


@pytest.mark.req("LIF-07")
def test_an_expired_instrument_cannot_be_chosen(as_role, parcel, scale):
    today = calendars.business_day(timezone.now())
    Instrument.objects.update(valid_until=today - timedelta(days=1))
    client = as_role("supervisor")

    page = client.get(reverse("shipments:accept", args=[parcel.waybill])).content.decode()
    response = accept(client, parcel)

    assert 'value="S1"' not in page
    assert list(response.context["form"].errors) == ["instrument"]


@pytest.mark.req("LIF-07", "LIF-23")
def test_a_heavier_parcel_is_flagged_and_charged_by_the_tariff(as_role, parcel, scale):
    client = as_role("supervisor")
    accept(client, parcel, weight="3.4")
    row = Acceptance.objects.get()

    page = client.get(reverse("shipments:accepted", args=[parcel.waybill]))
    client.post(reverse("shipments:charge_measured", args=[parcel.waybill]))

    assert row.differs
    assert "¥21.00" in page.content.decode()
    parcel.order.refresh_from_db()
    assert parcel.order.fee_fen == 2100
    change = parcel.order.fee_changes.get()
    assert (change.is_manual, change.old_fen, change.new_fen) == (False, 1500, 2100)


@pytest.mark.req("LIF-05", "ACC-18")
def test_a_deed_done_offline_is_kept_and_its_gaps_are_marked(cast):
    parcel = make.order(origin=cast.station, destination=cast.neighbour, wishes=OrderWishes())
    make.tell(
        make.scan(
            parcel, "PUP", make.MONDAY, detail={"weight_g": "heavy", "pieces": -3, "marks": 5}
        )
    )

    row = Acceptance.objects.get()

    assert set(row.missing) == {"pieces", "volume"}
    assert (row.inspected_at, row.identity_at, row.weight_g) == (None, None, 1240)


@pytest.mark.req("ACC-18")
def test_scans_in_any_order_give_the_same_record_and_a_void_takes_it_back(cast):
    told = []
    for shuffled in (False, True):
        parcel = make.order(origin=cast.station, destination=cast.neighbour)
        scans = [
            make.scan(parcel, "RNV", make.MONDAY - timedelta(minutes=3)),
            make.scan(parcel, "INS", make.MONDAY + timedelta(minutes=5)),
            make.scan(parcel, "PUP", make.MONDAY, detail={"weight_g": 1300}),
            make.scan(parcel, "XRY", make.MONDAY + timedelta(hours=3), detail={"result": "pass"}),
        ]
        for scan in reversed(scans) if shuffled else scans:
            make.tell(scan)
        row = Acceptance.objects.get(parcel=parcel)
        told.append((row.inspected_at, row.identity_at, row.screened_at, row.weight_g, row.day))
    assert told[0] == told[1]

    pickup = ScanEvent.objects.get(parcel_id=parcel.pk, code="PUP")
    services.void_scan(event=pickup, why="误扫", at=make.MONDAY, actor=cast.supervisor)
    assert not Acceptance.objects.filter(parcel=parcel).exists()


def test_an_inspection_mark_made_long_after_counts_as_missing(cast):
    parcel = make.order(origin=cast.station, destination=cast.neighbour)
    make.tell(
        make.scan(parcel, "PUP", make.MONDAY),
        make.scan(parcel, "INS", make.MONDAY + timedelta(minutes=25)),
    )

    assert Acceptance.objects.get().inspected_at is None


# -- papers ----------------------------------------------------------------------------------------
@pytest.mark.req("LIF-04", "LIF-06", "LIF-08")
@pytest.mark.parametrize("name", ["label", "slip", "parcel_receipt"])
def test_papers_mask_people_and_carry_the_codes(as_role, parcel, scale, name):
    client = as_role("supervisor")
    accept(client, parcel)
    parcel.refresh_from_db()

    page = client.get(reverse(f"shipments:{name}", args=[parcel.waybill])).content.decode()
    text = pdf_text(client, f"{name}_pdf", parcel)

    for shown in (page, text):
        assert "13798763391" not in shown
        assert "13812345678" not in shown
        assert "137******91" in shown
    assert '<svg class="bars"' in page
    # A phone opens the parcel from the square code of what the sender holds in hand.
    assert '<svg class="qr"' in page
    wanted = {
        "label": ["HZ-02"],
        "slip": ["测试supervisor", "1.25", "李*"],
        "parcel_receipt": ["¥15.00", "签收"],
    }
    for words in wanted[name]:
        assert words in page
        assert words.replace(" ", "") in text.replace(" ", "").replace("\n", "")


def test_a_courier_prints_only_what_is_in_hand(as_role, cast, parcel):
    client = as_role("courier")

    assert client.get(reverse("shipments:label", args=[parcel.waybill])).status_code == 404


@pytest.mark.req("ACC-02", "INF-10")
def test_the_phone_sends_the_document_apart_from_its_scans(as_role, cast):
    parcel = make.order(
        origin=cast.station, destination=cast.neighbour, courier=cast.courier.employee
    )
    body = {
        "id": str(uuid4()), "waybill": parcel.waybill, "method": "id_card", "number": ID_NUMBER,
        "event": str(uuid4()), "captured_at": "2026-03-02T10:00:00+08:00",
    }  # fmt: skip
    client = as_role("courier")

    first = client.post("/api/v1/identities/", body, content_type="application/json")
    again = client.post("/api/v1/identities/", body, content_type="application/json")
    wrong = client.post("/api/v1/identities/", {**body, "id": "x"}, content_type="application/json")
    free = client.post(
        "/api/v1/identities/", {**body, "id": str(uuid4()), "number": "123"},
        content_type="application/json",
    )  # fmt: skip
    masked = client.post(
        "/api/v1/identities/", {**body, "id": str(uuid4()), "number": "***"},
        content_type="application/json",
    )  # fmt: skip

    assert [(a.status_code, a.json()["field"]) for a in (free, masked)] == [(400, "number")] * 2
    assert (first.status_code, again.status_code, wrong.status_code) == (201, 201, 400)
    row = IdentityCheck.objects.get()
    assert (row.number_masked, row.checked_by) == ("330***********123X", cast.courier.employee)
    assert ID_NUMBER not in first.content.decode()
