"""Deeds on parcels: orders, promises, evidence, exceptions, the watch, the event table itself."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from PIL import Image

from courierqa.core import calendars
from courierqa.core.errors import DomainError, IllegalTransition
from courierqa.core.models import Effect
from shipments import promises, services
from shipments.models import Consent, Order, Parcel, ParcelException, Product, Proof, ScanEvent
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def picture(kind: str = "JPEG", size: tuple[int, int] = (300, 200), **extra) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind, **extra)
    return out.getvalue()


@pytest.mark.req("TIM-02", "TIM-13")
@pytest.mark.parametrize(
    ("accepted", "days", "due"),
    [
        ("2026-03-02T10:00", 3, "2026-03-05"),
        ("2026-02-13T10:00", 3, "2026-02-25"),
        ("2026-02-13T20:30", 3, "2026-02-26"),
        ("2026-02-15T09:00", 3, "2026-02-26"),
        ("2026-09-18T20:00", 3, "2026-09-22"),
        ("2026-09-30T10:00", 5, "2026-10-13"),
        ("2026-03-06T21:00", 2, "2026-03-10"),
    ],
)
def test_a_promise_in_working_days_follows_the_official_calendar(accepted, days, due):
    calendar = calendars.load("CN")
    product = Product.objects.get(code="standard")
    product.high = days
    at = datetime.fromisoformat(accepted).replace(tzinfo=calendar.tz)

    end = promises.promise(product, None, at, calendar)

    assert end.astimezone(calendar.tz).isoformat() == f"{due}T23:59:59.999999+08:00"


@pytest.mark.req("TIM-02")
def test_the_four_products_exist_after_installation():
    found = Product.objects.order_by("pk").values_list("code", "low", "high")

    assert list(found) == [
        ("standard", 3, 5), ("economy", 5, 7), ("fast", 2, 3), ("same-day", 0, 0),
    ]  # fmt: skip


@pytest.mark.req("LIF-01")
def test_the_same_order_sent_twice_is_one_order():
    first, again = make.order(key="k1"), make.order(key="k1")

    assert first.pk == again.pk
    assert Order.objects.count() == 1
    assert list(ScanEvent.objects.values_list("code", flat=True)) == ["ORD"]


def test_the_promise_is_fixed_at_pickup_and_not_before():
    parcel = make.order()
    assert parcel.promised_original is None

    parcel = make.accept(parcel)

    assert parcel.promised_original == parcel.promised_by
    assert parcel.promised_by > make.MONDAY


def test_the_promise_follows_the_pickup_when_that_turns_out_to_be_another_one():
    parcel = make.order()
    early, late = (make.scan(parcel, "PUP", make.MONDAY + n * HOUR) for n in (2, 30))

    make.tell(late)
    parcel.refresh_from_db()
    promised_late = parcel.promised_by
    services.record_scans([early], source="courier", recorded_at=make.MONDAY + 20 * HOUR)
    parcel.refresh_from_db()
    promised_early = parcel.promised_by
    for scan in (early, late):
        make.tell(make.scan(parcel, "VOI", make.MONDAY + 31 * HOUR, corrects=scan.uid,
                            reason="wrong-person"))  # fmt: skip
    parcel.refresh_from_db()

    assert promised_early < promised_late
    assert (parcel.accepted_at, parcel.promised_original, parcel.promised_by) == (None, None, None)


def test_a_promise_of_a_file_or_a_customer_stays_when_the_pickup_moves():
    parcel = make.order()
    late = make.scan(parcel, "PUP", make.MONDAY + 30 * HOUR)
    make.tell(late)
    wished = make.MONDAY + 300 * HOUR
    services.change_promise(
        parcel=parcel, new=wished, asked_by_customer=True, cause="客户改约",
        at=make.MONDAY + 31 * HOUR, actor=None,
    )  # fmt: skip

    early = make.scan(parcel, "PUP", make.MONDAY + 20 * HOUR)
    services.record_scans([early], source="courier", recorded_at=make.MONDAY + 31 * HOUR)

    parcel.refresh_from_db()
    assert parcel.accepted_at == make.MONDAY + 20 * HOUR
    assert parcel.promised_by == wished
    assert parcel.promised_original < wished


@pytest.mark.req("ACC-01", "ACC-02", "ACC-03", "ACC-05", "LIF-03")
def test_the_pickup_gates_are_named_one_by_one():
    parcel = make.order()

    shut = services.check_gates(parcel, "PUP", {}, at=make.MONDAY)
    done = {"inspected": True, "identity": "id_card"}
    forbidden = services.check_gates(parcel, "PUP", {**done, "item_name": "烟花"}, at=make.MONDAY)

    assert [p.code for p in shut] == ["not_inspected", "identity_not_verified"]
    assert [p.code for p in forbidden] == ["prohibited"]
    assert services.check_gates(parcel, "PUP", done, at=make.MONDAY) == []


@pytest.mark.req("DEL-12", "DEL-14", "LIF-24")
def test_the_delivery_gates_ask_for_consent_name_and_money():
    parcel = make.accept(make.order(cod_fen=12800))
    at = make.MONDAY + 30 * HOUR

    def shut(code: str, **detail) -> list[str]:
        return [p.code for p in services.check_gates(parcel, code, detail, at=at)]

    assert shut("RDY", way="locker") == ["no_consent"]
    assert shut("DLV", way="proxy", cod_paid=True, goods_checked=True) == [
        "proxy_unnamed",
        "no_consent",
    ]
    assert shut("DLV", way="recipient") == ["cod_open"]
    assert shut("DLV") == ["way_missing"]
    services.record_consent(
        parcel=parcel, kind="locker", given=True, way="call", at=at - HOUR, recorded_at=at
    )
    assert shut("RDY", way="locker") == []
    assert Consent.objects.count() == 1


def test_a_standing_consent_opens_the_gate_until_it_is_withdrawn():
    parcel = make.accept(make.order())
    at = make.MONDAY + HOUR
    consent = services.record_standing_consent(
        phone_index=parcel.recipient_phone_index, kind="locker", way="standing", at=make.MONDAY
    )
    assert services.check_gates(parcel, "RDY", {"way": "locker"}, at=at) == []

    services.withdraw_consent(consent, at=at)

    assert services.check_gates(parcel, "RDY", {"way": "locker"}, at=at + HOUR) != []


@pytest.mark.req("DEL-10", "INF-04")
def test_a_picture_is_re_encoded_without_its_metadata():
    parcel = make.accept(make.order())
    exif = Image.Exif()
    exif[0x010E] = "SECRET-PLACE"
    sent = picture(exif=exif)
    assert b"SECRET-PLACE" in sent

    def store() -> Proof:
        return services.store_proof(
            uid=uid, parcel=parcel, event_uid=event, kind="photo", content=sent,
            captured_at=make.MONDAY, received_at=make.MONDAY,
        )  # fmt: skip

    uid, event = uuid4(), uuid4()
    proof, again = store(), store()

    assert proof.pk == again.pk
    body = default_storage.open(proof.file.name).read()
    assert b"SECRET-PLACE" not in body
    assert Image.open(io.BytesIO(body)).format == "JPEG"
    with pytest.raises(DomainError):
        services.store_proof(
            uid=uid, parcel=parcel, event_uid=uuid4(), kind="photo", content=sent,
            captured_at=make.MONDAY, received_at=make.MONDAY,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"<svg onload=alert(1)>", 415),
        (b"%PDF-1.7 not a picture", 415),
        (picture()[:400], 415),
        (picture("GIF"), 415),
        (picture("PNG", (9000, 9000)), 400),
        (b"x" * (10 * 1024 * 1024 + 1), 413),
    ],
)
def test_what_is_no_picture_is_refused_before_it_is_stored(content, status):
    parcel = make.accept(make.order())

    with pytest.raises(services.BadProof) as refused:
        services.store_proof(
            uid=uuid4(), parcel=parcel, event_uid=uuid4(), kind="photo", content=content,
            captured_at=make.MONDAY, received_at=make.MONDAY,
        )  # fmt: skip

    assert refused.value.status == status
    assert not Proof.objects.exists()


@pytest.mark.parametrize("strokes", [[], [[]], [[1, 2]], "x", [{"points": 3}], {"a": 1}])
def test_a_near_empty_signature_is_refused(strokes):
    parcel = make.accept(make.order())

    with pytest.raises(services.BadProof):
        services.store_proof(
            uid=uuid4(), parcel=parcel, event_uid=uuid4(), kind="signature", strokes=strokes,
            captured_at=make.MONDAY, received_at=make.MONDAY,
        )  # fmt: skip


@pytest.mark.req("DEL-17")
def test_evidence_that_arrives_later_heals_an_attempt():
    parcel = make.accept(make.order())
    at = make.MONDAY + 3 * HOUR
    tried = make.scan(parcel, "ATT", at, reason="absent")
    make.tell(make.scan(parcel, "OFD", at - HOUR), tried)
    assert parcel.findings.filter(code="invalid_attempt", closed_at=None).exists()

    services.store_proof(
        uid=uuid4(), parcel=parcel, event_uid=tried.uid, kind="photo", content=picture(),
        captured_at=at, received_at=at + HOUR,
    )  # fmt: skip

    assert not parcel.findings.filter(code="invalid_attempt", closed_at=None).exists()
    assert parcel.facts.attempt_at == at


@pytest.mark.req("EXC-02", "EXC-04")
def test_a_failed_attempt_opens_an_exception_and_the_delivery_solves_it():
    parcel = make.accept(make.order())
    at = make.MONDAY + 3 * HOUR
    make.tell(make.scan(parcel, "OFD", at - HOUR), make.scan(parcel, "ATT", at, reason="absent"))
    row = ParcelException.objects.get()
    assert (row.kind, row.status, row.due_at) == ("attempt", "new", at + 24 * HOUR)

    make.deliver(parcel, at + DAY)

    row.refresh_from_db()
    assert (row.status, row.closed_at) == ("solved", at + DAY)
    with pytest.raises(IllegalTransition):
        services.tell_customer(row, note="late", actor=None, at=at + 2 * DAY)


@pytest.mark.req("EXC-07", "EXC-08", "TIM-16")
def test_the_watch_finds_late_and_unmoving_parcels_once():
    parcel = make.accept(make.order())
    make.tell(make.scan(parcel, "DEP", make.MONDAY + HOUR))
    now = parcel.promised_by + HOUR

    first = services.watch_parcels(now=now)
    again = services.watch_parcels(now=now)

    assert (first["late"], first["stuck"]) == (1, 1)
    assert (again["late"], again["stuck"]) == (0, 0)
    assert set(parcel.exceptions.values_list("kind", flat=True)) == {"delayed", "stuck"}
    assert Parcel.objects.get().facts.cause_leg.startswith("DLV")


@pytest.mark.req("DEL-13", "ONL-05")
def test_customers_are_told_by_rows_not_inside_the_scan():
    parcel = make.accept(make.order())
    make.deliver(parcel, make.MONDAY + 5 * HOUR)

    effect = Effect.objects.get(kind="shipments.tell")

    assert effect.payload["code"] == "DLV"
    assert "phone" not in str(effect.payload)


@pytest.mark.parametrize("deed", ["update", "delete"])
def test_the_database_refuses_to_change_or_remove_a_scan(deed):
    make.order()

    rows = ScanEvent.objects.all()
    act = {"update": lambda: rows.update(code="DLV"), "delete": rows.delete}[deed]

    with pytest.raises(DatabaseError), transaction.atomic():
        act()

    assert ScanEvent.objects.get().code == "ORD"


def test_a_void_takes_a_delivery_out_of_every_fact():
    parcel = make.accept(make.order())
    make.deliver(parcel, make.MONDAY + 5 * HOUR)
    event = ScanEvent.objects.get(code="DLV")

    services.void_scan(event=event, why="wrong parcel", at=make.MONDAY + 6 * HOUR, actor=None)

    parcel = Parcel.objects.get()
    assert (parcel.state, parcel.facts.done_at) == ("out", None)
    with pytest.raises(DomainError):
        services.void_scan(event=event, why=" ", at=make.MONDAY + 7 * HOUR, actor=None)


def test_a_refold_from_nothing_equals_what_scans_built_step_by_step():
    parcel = make.accept(make.order())
    make.deliver(parcel, make.MONDAY + 5 * HOUR)
    names = [f.attname for f in Parcel._meta.concrete_fields if f.attname != "updated_at"]
    before = Parcel.objects.values(*names).get()
    Parcel.objects.update(state="none", accepted_at=None, done_at=None, attempts=9)

    services.refold([parcel.pk], now=make.MONDAY + DAY)

    after = Parcel.objects.values(*names).get()
    assert {**after, "fold_version": 0} == {**before, "fold_version": 0}


def test_the_number_of_queries_does_not_grow_with_the_batch():
    few = [make.accept(make.order()) for _number in range(2)]
    many = [make.accept(make.order()) for _number in range(20)]

    def count(parcels: list[Parcel]) -> int:
        at = make.MONDAY + 2 * HOUR
        scans = [make.scan(p, "ARR", at) for p in parcels]
        with connection.execute_wrapper(seen := Counter()):
            services.record_scans(scans, source="hub", recorded_at=at)
        return seen.count

    count(few[:1])
    assert count(many) <= count(few) + 2


class Counter:
    """Counts statements."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        return execute(sql, params, many, context)
