"""Orders of phone and web: tariff, checks, told and agreed, changed, paid."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from courierqa.core.errors import DomainError
from shipments import pricing, services, windows
from shipments.models import (
    Order,
    Payment,
    Product,
    ServiceArea,
    Tariff,
    TariffRate,
)
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
@pytest.mark.req("ONL-01", "PUB-03", "ACC-10", "ACC-11", "DEL-26", "LIF-01", "LIF-08", "PAY-05")
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


@pytest.mark.req("ACC-01", "ACC-11")
@pytest.mark.parametrize("door", ["web", "staff"])
def test_kind_insurance_and_delivery_site_are_asked_and_never_guessed(as_role, client, cast, door):
    url = "/order/" if door == "web" else reverse("shipments:order_new")
    visitor = client if door == "web" else as_role("agent")
    page = visitor.get(url).content.decode()
    asked = ("item_kind", "insurance", "destination")
    silent = {name: value for name, value in typed(channel="phone").items() if name not in asked}

    refused = visitor.post(url, silent)

    assert list(refused.context["form"].errors) == sorted(
        asked, key=list(refused.context["form"].fields).index
    )
    for name in asked:
        field = re.search(
            rf'<(?:select|input)[^>]*name="{name}".*?(?:</select>|>)', page, re.DOTALL
        )
        assert field
        assert "selected" not in field[0].replace('value="" selected', "")
        assert "checked" not in field[0]


@pytest.mark.req("DEL-25", "PUB-03")
@pytest.mark.parametrize("is_drawn", [True, False])
def test_an_address_of_another_site_is_refused_online_and_confirmed_by_staff(
    as_role, client, cast, is_drawn
):
    shanghai = make.site("SH-01", city="上海")
    if is_drawn:
        ServiceArea.objects.create(site=shanghai, name="上海", name_en="Shanghai", city="上海",
                                   keywords=["浦东"])  # fmt: skip
    for site in (cast.station, cast.neighbour):
        site.city = "杭州"
        site.save()
    far = typed(recipient_address="上海市浦东新区世纪大道 9 号", channel="phone")
    staff, url = as_role("agent"), reverse("shipments:order_new")

    online = client.post("/order/", {**far, "site_confirmed": "on"})
    asked = staff.post(url, far)
    confirmed = staff.post(url, {**far, "site_confirmed": "on"})
    taken = staff.post(url, {**far, "destination": ["HZ-02", "SH-01"]})

    for refused in (online, asked):
        assert list(refused.context["form"].errors) == ["destination"]
        assert 'name="destination" value="SH-01"' in refused.content.decode()
    assert "site_confirmed" not in online.content.decode()
    assert "site_confirmed" in asked.content.decode()
    assert confirmed.context["quote"]
    assert taken.context["quote"].fee_fen != confirmed.context["quote"].fee_fen
    assert taken.context["form"].cleaned_data["destination"] == shanghai


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


def test_web_orders_are_limited_and_programs_are_ignored(client, cast, still):
    trapped = client.post("/order/", typed(website="http://spam", confirm="1", agreed="on"))
    codes = [client.post("/order/", typed(weight="0")).status_code for _try in range(22)]
    bad_token = client.get("/order/forged-token/")

    assert trapped.status_code == 200
    assert not Order.objects.exists()
    assert codes == [422] * 19 + [429] * 3
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
