"""Orders of phone and web: tariff, checks, told and agreed, changed, paid."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courierqa.core.errors import DomainError
from courierqa.core.models import AuditEntry
from shipments import pricing, services, windows
from shipments.models import FeeChange, Order, Parcel, Payment, Product, Tariff, TariffRate
from shipments.services import OrderWishes
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db


def typed(**fields) -> dict[str, str]:
    return {
        "product": "standard", "sender_name": "李明", "sender_phone": "13800130001",
        "sender_address": "杭州市文三路 1 号", "origin": "HZ-01", "recipient_name": "王芳",
        "recipient_phone": "13800130002", "recipient_address": "杭州市江南大道 9 号",
        "destination": "HZ-02", "item_kind": "clothes", "item_name": "毛衣", "pieces": "2",
        "weight": "1.2", "insurance": "no", "door_pickup": "on", "door_delivery": "on",
        "key": "web-1", **fields,
    }  # fmt: skip


# -- price -----------------------------------------------------------------------------------------
@pytest.mark.req("LIF-23", "PUB-03")
@pytest.mark.parametrize(
    ("zone", "weight_g", "volume", "insured", "freight", "premium"),
    [
        ("other", 1000, None, 0, 1200, 0),
        ("other", 1001, None, 0, 1500, 0),
        ("same_city", 2500, None, 0, 1400, 0),
        ("same_region", 1000, 30_000, 0, 2100, 0),
        ("other", 1000, None, 100, 1200, 100),
        ("other", 1000, None, 50_001, 1200, 251),
    ],
)
def test_the_price_follows_the_published_tariff(zone, weight_g, volume, insured, freight, premium):
    make.catalogue()

    found = pricing.price(
        tariff=Tariff.objects.get(), product=Product.objects.get(code="standard"), zone=zone,
        weight_g=weight_g, volume_cm3=volume, insured_fen=insured,
    )  # fmt: skip

    assert (found.freight_fen, found.premium_fen) == (freight, premium)


@pytest.mark.req("LIF-23")
def test_a_new_tariff_counts_from_its_day_and_old_orders_keep_theirs():
    parcel = make.order()
    new = Tariff.objects.create(version="2026-2", valid_from=date(2026, 3, 3))
    for rate in TariffRate.objects.all():
        rate.pk, rate.tariff, rate.first_fen = None, new, rate.first_fen + 500
        rate.save()

    later = make.order(at=make.MONDAY + timedelta(days=1))

    assert (parcel.fee_fen, later.fee_fen) == (1500, 2000)
    assert services.tariff_price(parcel.order, parcel).total_fen == 1500


@pytest.mark.req("ACC-12", "ACC-15", "LIF-06")
@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"weight_g": 0}, "weight"),
        ({"weight_g": 50_001}, "weight"),
        ({"wishes": OrderWishes(size_cm=(151, 10, 10))}, "length"),
        ({"wishes": OrderWishes(size_cm=(120, 100, 90))}, "length"),
        ({"wishes": OrderWishes(pieces=0)}, "pieces"),
        ({"wishes": OrderWishes(marks=("loud",))}, "marks"),
        ({"wishes": OrderWishes(insured=True)}, "declared"),
        ({"declared_value_fen": 2_000_001}, "declared"),
        ({"sender": services.PartyInput("", "13812345678", "文三路 1 号")}, "sender_name"),
        ({"recipient": services.PartyInput("王", "", "文三路 1 号")}, "recipient_phone"),
        ({"recipient": services.PartyInput("王", "13812345678", "杭州")}, "recipient_address"),
        ({"window": (make.MONDAY, make.MONDAY - timedelta(hours=1))}, "window"),
        ({"window": (make.MONDAY + timedelta(days=9), make.MONDAY + timedelta(days=10))}, "window"),
    ],
)
def test_an_incomplete_or_impossible_order_is_refused_at_its_field(fields, field):
    with pytest.raises(DomainError) as stopped:
        make.order(**fields)

    assert stopped.value.field == field
    assert not Order.objects.exists()


@pytest.mark.parametrize("kind", ["hub", "office", "locker"])
def test_only_places_with_a_counter_take_and_give_parcels(kind):
    for field in ("origin", "destination"):
        with pytest.raises(DomainError) as stopped:
            make.order(**{field: make.site(f"X-{kind}-{field[0]}"[:12], kind=kind)})
        assert stopped.value.field == field


@pytest.mark.req("LIF-10")
def test_windows_begin_with_enough_notice():
    now = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)

    found = windows.windows(now)

    assert windows.words_of(found[0], now).endswith("10:00–12:00")
    assert len(found) == 5 + 3 * 6
    assert windows.window_of(windows.value_of(found[3]), now) == found[3]
    assert windows.window_of("2026-03-02T03:00", now) is None


# -- web -------------------------------------------------------------------------------------------
@pytest.mark.req("ONL-01", "PUB-03", "ACC-10", "ACC-11", "DEL-26", "LIF-01", "LIF-08")
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_customer_orders_without_login_and_agrees_first(client, cast, prefix):
    url = f"{prefix}/order/"
    said = typed(insurance="yes", declared="500", door_delivery="")

    quote = client.post(url, said).content.decode()
    unagreed = client.post(url, {**said, "confirm": "1"})
    taken = client.post(url, {**said, "confirm": "1", "agreed": "on"})
    again = client.post(url, {**said, "confirm": "1", "agreed": "on"})

    assert "¥17.50" in quote
    assert "¥2.50" in quote
    assert re.search(r"20\d\d", quote)
    assert (unagreed.status_code, taken.status_code) == (422, 302)
    assert "江南大道 9 号" in unagreed.content.decode()
    order = Order.objects.get()
    assert taken.url.startswith(f"{prefix}/order/")
    assert again.status_code == 302
    assert (order.channel, order.is_insured, order.premium_fen) == ("web", True, 250)
    assert (order.door_pickup, order.door_delivery) == (True, False)
    assert order.terms.version == "2026-1"
    assert set(order.told) >= {"services", "price", "time", "insurance", "compensation", "notes"}
    assert order.confirmed_at is not None
    page = client.get(taken.url).content.decode()
    assert order.number in page
    assert "13800130002" not in page


@pytest.mark.req("ACC-13")
def test_every_field_of_the_customer_form_has_help(client, cast):
    form = client.get("/order/").context["form"]

    silent = [name for name, field in form.fields.items() if not field.help_text]
    assert set(silent) <= {"width", "height", "insurance", "key", "website", "door_pickup"}


@pytest.mark.req("ACC-05")
def test_the_web_warns_of_restricted_goods_and_refuses_prohibited_ones(client, cast):
    restricted = client.post("/order/", typed(item_name="充电宝"))
    prohibited = client.post("/order/", typed(item_name="烟花"))
    innocent = client.post("/order/", typed(item_name="begun seedlings book"))

    assert restricted.status_code == 200
    assert "属于限寄物品" in restricted.content.decode()
    assert prohibited.status_code == 422
    assert list(prohibited.context["form"].errors) == ["item_name"]
    assert innocent.context["warnings"] == []


@pytest.mark.parametrize(
    ("field", "value"),
    [("weight", "0"), ("weight", ""), ("pieces", ""), ("sender_address", "杭州"), ("length", "10"),
     ("origin", "HUB-HZ"), ("declared", "-5"), ("insurance", ""), ("window", "soon")],
)  # fmt: skip
def test_the_web_refuses_at_the_field_and_keeps_what_was_typed(client, cast, field, value):
    response = client.post("/order/", typed(**{field: value, "confirm": "1", "agreed": "on"}))

    assert response.status_code == 422
    errors = list(response.context["form"].errors)
    assert errors == (["width"] if field == "length" else [field])
    assert "江南大道 9 号" in response.content.decode()
    assert not Order.objects.exists()


def test_web_orders_are_limited_and_programs_are_ignored(client, cast):
    trapped = client.post("/order/", typed(website="http://spam", confirm="1", agreed="on"))
    codes = [client.post("/order/", typed(weight="0")).status_code for _try in range(22)]
    bad_token = client.get("/order/forged-token/")

    assert trapped.status_code == 200
    assert not Order.objects.exists()
    assert codes.count(429) in (2, 3, 1)
    assert bad_token.status_code == 404


# -- payment ---------------------------------------------------------------------------------------
@pytest.mark.req("ONL-03", "LIF-23")
def test_a_test_payment_says_so_and_brings_the_invoice(client, cast, settings):
    settings.PAYMENT_PROVIDER = "test"
    page = client.post("/order/", typed(confirm="1", agreed="on")).url
    declined = client.post(f"{page}pay/").url
    assert "不会扣款" in client.get(declined).content.decode()
    client.post(declined, {"answer": "decline"})
    assert Order.objects.get().payment_state == "due"

    paying = client.post(f"{page}pay/").url
    client.post(paying, {"answer": "pay"})
    client.post(paying, {"answer": "pay"})
    client.post(declined, {"answer": "pay"})

    order = Order.objects.get()
    assert (order.payment_state, order.invoice_number[:1]) == ("paid", "F")
    assert order.invoiced_at == order.paid_at
    assert sorted(Payment.objects.values_list("state", flat=True)) == ["declined", "paid"]
    assert "已支付" in client.get(page).content.decode()


def test_without_a_provider_nothing_is_paid_online(client, cast, settings):
    settings.PAYMENT_PROVIDER = "none"
    page = client.post("/order/", typed(confirm="1", agreed="on")).url

    assert "在线支付" not in client.get(page).content.decode()
    assert client.post(f"{page}pay/").url == page
    assert not Payment.objects.exists()


# -- changes ---------------------------------------------------------------------------------------
@pytest.fixture
def order(cast) -> Order:
    now = timezone.now()
    parcel = make.order(
        origin=cast.station, destination=cast.neighbour, at=now,
        window=(now + timedelta(hours=1), now + timedelta(hours=3)),
    )  # fmt: skip
    return parcel.order


@pytest.mark.req("LIF-23")
def test_a_fee_changed_by_hand_needs_a_reason_and_shows_in_the_list(as_role, order):
    client = as_role("lead")
    url = reverse("shipments:order_fee", args=[order.number])

    silent = client.post(url, {"fee": "9.90", "reason": ""})
    odd = client.post(url, {"fee": "cheap", "reason": "活动"})
    done = client.post(url, {"fee": "9.90", "reason": "活动价"})

    assert (silent.status_code, odd.status_code, done.status_code) == (422, 422, 302)
    order.refresh_from_db()
    assert (order.fee_fen, order.parcels.get().fee_fen) == (990, 990)
    change = FeeChange.objects.get()
    assert (change.old_fen, change.tariff_fen, change.by.username) == (1500, 1500, client_name())
    assert "活动价" in as_role("auditor").get(reverse("shipments:fees")).content.decode()
    assert AuditEntry.objects.filter(action="order.fee").exists()
    assert as_role("agent").post(url, {"fee": "1", "reason": "x"}).status_code == 403


def client_name() -> str:
    from staff.models import Grant

    return Grant.objects.get(role="lead").user.username


@pytest.mark.req("LIF-10")
def test_a_reagreed_pickup_keeps_the_old_time_and_who_was_told(as_role, order):
    client = as_role("agent")
    slot = windows.windows(timezone.now())[3]
    told = timezone.localtime() - timedelta(minutes=10)
    said = {
        "window": windows.value_of(slot), "told_who": "sender", "told_way": "call",
        "told_at": told.strftime("%Y-%m-%dT%H:%M"), "reason": "快递员临时支援",
    }  # fmt: skip
    url = reverse("shipments:order_reagree", args=[order.number])

    silent = client.post(url, {**said, "reason": ""})
    done = client.post(url, said)

    assert (silent.status_code, done.status_code) == (422, 302)
    change = order.pickup_changes.get()
    assert (change.old_end, change.new_start, change.told_who) == (
        order.window_end, slot[0], "sender",
    )  # fmt: skip
    page = client.get(reverse("shipments:order", args=[order.number])).content.decode()
    assert "快递员临时支援" in page


@pytest.mark.req("LIF-10")
def test_an_overdue_pickup_is_in_the_view_of_overdue_ones(as_role, cast, order):
    Order.objects.filter(pk=order.pk).update(window_end=timezone.now() - timedelta(minutes=5))
    client = as_role("agent")

    late = client.get(reverse("shipments:orders"), {"view": "late"}).context["page"].rows
    paid = client.get(reverse("shipments:orders"), {"view": "changed"}).context["page"].rows

    assert (late, paid) == ([order], [])


@pytest.mark.req("LIF-23")
def test_payment_at_the_pickup_and_invoice_are_noted_once(as_role, order):
    client, url = as_role("agent"), reverse("shipments:order_money", args=[order.number])

    client.post(url, {"verb": "invoice"})
    order.refresh_from_db()
    first = order.invoice_number
    client.post(url, {"verb": "pay"})
    client.post(url, {"verb": "pay"})

    order.refresh_from_db()
    assert (order.payment_state, order.invoice_number) == ("paid", first)
    assert order.payments.count() == 1
    late = as_role("lead").post(
        reverse("shipments:order_fee", args=[order.number]), {"fee": "1", "reason": "x"}
    )
    assert late.status_code == 422


# -- list ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("asked", "found"),
    [({"channel": "web"}, 1), ({"channel": "api"}, 0), ({"product": "standard"}, 1),
     ({"site": "HZ-01"}, 1), ({"site": "HZ-02"}, 0), ({"state": "ordered"}, 1),
     ({"state": "nonsense"}, 1), ({"q": "YS"}, 1), ({"q": "O9"}, 0), ({"from": "2099-01-01"}, 0),
     ({"to": "0000-99"}, 1), ({"view": "unpaid"}, 1), ({"view": "untaken"}, 1), ({"q": "%_'"}, 0)],
)  # fmt: skip
def test_the_list_is_narrowed_by_its_address(as_role, order, asked, found):
    response = as_role("agent").get(reverse("shipments:orders"), asked)

    assert len(response.context["page"].rows) == found


def test_the_file_of_orders_names_nobody(as_role, order):
    response = as_role("lead").get(reverse("shipments:orders_csv"))
    text = b"".join(response.streaming_content).decode()

    assert order.number in text
    assert "李明" not in text
    assert "13812345678" not in text
    assert as_role("agent").get(reverse("shipments:orders_csv")).status_code == 403


def test_an_order_of_another_site_is_not_there(as_role, cast):
    foreign = make.order(origin=cast.neighbour, destination=cast.station).order

    for name in ("order", "order_fee", "order_money", "order_reagree"):
        url = reverse(f"shipments:{name}", args=[foreign.number])
        answer = (
            as_role("supervisor").get(url)
            if name == "order"
            else as_role("supervisor").post(url, {"fee": "1", "reason": "xx"})
        )
        assert answer.status_code == 404, name


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_the_database_a_fixed_number_of_times(
    as_role, cast, count, django_assert_max_num_queries
):
    for _number in range(count):
        parcel = make.accept(make.order(origin=cast.station, destination=cast.neighbour))
        services.change_fee(
            order=parcel.order, new_fen=100, reason="x", at=make.MONDAY, actor=cast.lead
        )
    client = as_role("lead")
    for name in ("orders", "fees", "systems", "green"):
        client.get(reverse(f"shipments:{name}"))
        with django_assert_max_num_queries(26):
            assert client.get(reverse(f"shipments:{name}")).status_code == 200
    assert Parcel.objects.count() == count


@pytest.mark.req("LIF-02")
def test_a_pickup_that_was_made_or_called_off_is_given_to_nobody(cast, order):
    parcel, courier = order.parcels.get(), make.courier(cast.station)
    services.assign_pickup(parcel=parcel, courier=courier, at=timezone.now(), actor=None)
    make.accept(parcel, timezone.now())

    with pytest.raises(DomainError) as made:
        services.assign_pickup(
            parcel=parcel, courier=make.courier(cast.station), at=timezone.now(), actor=None
        )

    order.refresh_from_db()
    assert (made.value.code, order.courier) == ("not_open", courier)
