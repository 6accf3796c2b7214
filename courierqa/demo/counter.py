"""What stands beside the parcels at the counters: scales, refusals, packing, fees, payments."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from courierqa.core import calendars
from courierqa.demo import network
from courierqa.demo.parcels import random_party
from courierqa.demo.people import Cast
from shipments import services
from shipments.enums import State
from shipments.models import Instrument, Order, PackingMaterial, Parcel, Product, Reason, Terms
from shipments.services import OrderWishes
from shipments.windows import windows

REFUSED = (
    ("forbidden", "打火机", "打火机属于易燃物品，国家规定禁止寄递，已请寄件人取回。"),
    ("forbidden", "油漆", "油漆属于易燃液体，不能寄递，建议选择有资质的危险品运输。"),
    ("no-document", "电子产品", "未带有效身份证件，已说明须实名收寄，请带证件再来。"),
    ("packing-poor", "玻璃餐具", "原包装无缓冲，寄件人不愿加固，说明后未收寄。"),
    ("refuses-inspection", "礼盒", "寄件人拒绝开箱验视，已说明不验视不能收寄。"),
    ("no-document", "衣服", "证件已过期，已请寄件人更换有效证件。"),
)  # fmt: skip
SPAN_DAYS = 28


def fill(cast: Cast, rng: random.Random, *, now: datetime, since: date) -> str:
    """Make registers and the exceptional cases of the counters; return a line about them."""
    tools = _instruments(cast, now, since)
    refused = _refusals(cast, rng, now)
    counted = _packing(cast, rng, now)
    _fees(cast, rng, now)
    orders = _orders(cast, rng, now)
    _danger(cast, now)
    return f"{tools} instruments, {refused} refusals, {counted} packing counts, {orders} orders"


def _instruments(cast: Cast, now: datetime, since: date) -> int:
    """Register each when it was calibrated, or when the story began: valid until today (F03)."""
    earliest = max(since, calendars.business_day(now) - timedelta(days=180))
    today = timezone.localdate(now, calendars.zone())
    for place, plan in enumerate(network.STATIONS):
        for kind, name in (("scale", "电子秤 30 kg"), ("tape", "钢卷尺 3 m")):
            # One scale has run out, another is about to: the register has something to say.
            left = {2: -9, 5: 18}.get(place, 190 + 7 * place) if kind == "scale" else 320
            calibrated = today - timedelta(days=365 - left)
            facts = {
                "code": f"{plan.code}-{'S' if kind == 'scale' else 'T'}1", "name": name,
                "kind": kind, "site": cast.sites[plan.code],
                "calibrated_on": calibrated,
                "valid_until": today + timedelta(days=left),
                "certificate": f"JL{2026000 + place}",
            }  # fmt: skip
            day = max(calibrated, earliest)
            services.keep_instrument(
                fields=facts, pk=None, at=calendars.day_start(day) + timedelta(hours=9),
                actor=cast.users["quality"],
            )  # fmt: skip
    return Instrument.objects.count()


def _refusals(cast: Cast, rng: random.Random, now: datetime) -> int:
    reasons = {row.code: row for row in Reason.objects.filter(scan_code="REJ")}
    for place in range(26):
        code, goods, words = REFUSED[place % len(REFUSED)]
        plan = network.STATIONS[0] if place < 6 else rng.choice(network.STATIONS)
        services.refuse_walk_in(
            reason=reasons[code], explained=words, item_name=goods, site=cast.sites[plan.code],
            person=rng.choice(cast.couriers[plan.code]), actor=cast.supervisors[plan.code].user,
            at=now - timedelta(hours=rng.randrange(3, SPAN_DAYS * 24)),
        )  # fmt: skip
    return 26


def _packing(cast: Cast, rng: random.Random, now: datetime) -> int:
    materials = list(PackingMaterial.objects.filter(is_reusable=True))
    today, made = timezone.localdate(now, calendars.zone()), 0
    for plan in network.STATIONS:
        for back in range(0, 60, 6):
            for material in materials[:2]:
                issued = rng.randrange(8, 40)
                services.count_packing(
                    site=cast.sites[plan.code], day=today - timedelta(days=back),
                    material=material, issued=issued, collected=rng.randrange(4, issued),
                    reused=rng.randrange(2, issued), actor=cast.supervisors[plan.code].user,
                )  # fmt: skip
                made += 1
    return made


def _fees(cast: Cast, rng: random.Random, now: datetime) -> None:
    """A few fees left the tariff, each with its reason."""
    why = ("老客户月结优惠", "误选产品，按实际补差", "承诺的活动价", "超区附加已告知寄件人")
    due = Order.objects.filter(payment_state="due").order_by("-pk")[:400]
    for order in rng.sample(list(due), min(7, len(due))):
        services.change_fee(
            order=order, new_fen=max(500, order.fee_fen + rng.choice((-300, -200, 200, 500))),
            reason=rng.choice(why), at=now - timedelta(minutes=rng.randrange(5, 600)),
            actor=cast.users["lead"],
        )  # fmt: skip


def _orders(cast: Cast, rng: random.Random, now: datetime) -> int:
    """Fresh orders of today in every shape: web and phone, booked, insured, fragile, paid."""
    terms, products = Terms.objects.first(), list(Product.objects.order_by("pk"))
    slots = windows(now)
    shapes = [
        ("web", ("fragile", "up"), 120_000, "茶具"), ("phone", (), 0, "衣服"),
        ("app", ("liquid",), 0, "洗发水"), ("web", (), 0, "图书"),
        ("counter", ("valuable",), 300_000, "手表"), ("web", ("dry",), 0, "茶叶"),
        ("phone", (), 0, "耳机"), ("app", ("fragile",), 60_000, "相框"),
    ]  # fmt: skip
    for place, (channel, marks, value, goods) in enumerate(shapes):
        start, end = ("HZ-01", "NB-01") if place % 2 else ("HZ-02", "SH-01")
        parcel = services.place_order(
            key=f"demo-counter-{place}", channel=channel, product=products[place % 3],
            origin=cast.sites[start], destination=cast.sites[end], at=now,
            sender=random_party(rng, start), recipient=random_party(rng, end),
            item_kind="household" if marks else "clothes", item_name=goods,
            weight_g=rng.randrange(400, 5000), declared_value_fen=value,
            window=slots[place] if place < len(slots) else None,
            courier=cast.couriers[start][0] if place in (2, 5) and start != "HZ-01" else None,
            wishes=OrderWishes(
                pieces=rng.randrange(1, 4), size_cm=(30, 22, 8 + place), marks=marks,
                insured=value > 0, terms=terms, confirmed_at=now,
            ),
        )  # fmt: skip
        _afterwards(cast, parcel, place, now)
    return len(shapes)


def _afterwards(cast: Cast, parcel: Parcel, place: int, now: datetime) -> None:
    order = parcel.order
    if order is None:
        return
    # Production may offer no online payment; that order is then paid at the pickup.
    if place == 0 and settings.PAYMENT_PROVIDER != "none":
        payment = services.start_payment(order=order, at=now)
        services.settle_payment(payment=payment, paid=True, at=now)
    if place == 3:
        services.reagree_pickup(
            order=order, window=windows(now)[4], reason="快递员临时支援其他片区", told_at=now,
            told_who="sender", told_way="call", asked_by="us", at=now,
            actor=cast.supervisors["HZ-01"].user,
        )  # fmt: skip


def _danger(cast: Cast, now: datetime) -> None:
    """One find on the way, followed to its outcome, and one at a counter still open."""
    found = Parcel.objects.filter(state=State.AT_STATION).order_by("-pk").first()
    head = cast.supervisors["HZ-01"]
    at = now - timedelta(hours=5)
    if found is not None:
        report = services.report_danger(
            parcel=found, kind="flammable", what="过机图像发现两罐卡式炉气罐，已单独存放",
            site=found.last_site or found.destination, person=head, at=at, actor=head.user,
        )  # fmt: skip
        steps = (("isolated", "隔离存放在安全柜，周围 10 米清场"), ("police", "已报辖区派出所"))
        for place, (kind, note) in enumerate(steps, 1):
            services.add_danger_step(
                report=report, kind=kind, note=note, at=at + timedelta(minutes=12 * place),
                now=now, actor=head.user,
            )  # fmt: skip
    services.report_danger(
        parcel=None, kind="corrosive", what="柜台收寄时发现瓶装稀硫酸，已拒收并隔离",
        site=cast.sites["HZ-01"], person=head, at=now - timedelta(minutes=50), actor=head.user,
    )  # fmt: skip
