"""The last mile of the demo: rounds, calls, booked times, wishes, money, returns."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from django.db import transaction

from courierqa.core import calendars
from courierqa.core.privacy import phone_index
from courierqa.demo.people import Cast, phone
from shipments import services
from shipments.enums import CheckPhase, Condition, RoundStatus, State
from shipments.models import CheckItem, CodEntry, Parcel, ReturnRequest, Round, ScanEvent
from shipments.selectors.loads import loads_of
from shipments.services.rounds import open_loads
from staff.models import Employee

WORDS = ("同意放快件箱", "晚上六点后在家", "请放前台", "改到明天上午", "已核对门牌号")
HAND_IN_DAYS = 14


def tell_last_mile(cast: Cast, *, now: datetime) -> str:
    """Add what surrounds the deliveries of the last days; return a line about it."""
    rng = random.Random(now.toordinal())
    with transaction.atomic():
        services.watch_placements(now=now)
        rounds = _rounds(cast, rng, now)
        calls = _calls(cast, rng, now)
        wishes = _wishes(cast, rng, now)
        handed = _money(cast, now)
        returned = _returns(cast, now)
    return f"{rounds} rounds, {calls} calls, {wishes} wishes, {handed} hand-ins, {returned} returns"


def _hour(day: date, hour: float) -> datetime:
    return calendars.day_start(day) + timedelta(hours=hour)


def _rounds(cast: Cast, rng: random.Random, now: datetime) -> int:
    """Give out the rounds of yesterday and today; the first courier's waits to be accepted."""
    today = calendars.business_day(now)
    first = cast.couriers["HZ-01"][0]
    for day in (today - timedelta(days=1), today):
        loads = loads_of(day)
        people = Employee.objects.in_bulk(list(loads))
        for courier_id, taken in sorted(loads.items()):
            courier = people[courier_id]
            at = now - timedelta(minutes=20) if courier == first and day == today else _hour(day, 7)
            parcels = list(Parcel.objects.filter(pk__in=taken).order_by("pk"))
            row = services.give_out(
                courier=courier, site=courier.site, day=day, parcels=parcels, at=min(at, now),
                actor=cast.users["supervisor"],
            )  # fmt: skip
            if not (courier == first and day == today):
                _run(row, rng, now, is_over=day < today)
    return Round.objects.count()


def _run(row: Round, rng: random.Random, now: datetime, *, is_over: bool) -> None:
    """Accept, check and start a round as its courier did; end it when the day is over."""
    person = row.courier.user
    at = row.given_at + timedelta(minutes=rng.choice((4, 9, 14, 22, 41)))
    if at > now:
        return
    services.accept_round(row, at=at, actor=person)
    wrong = rng.random() < 0.15
    said = _answers(CheckPhase.BEFORE, wrong="phone-charged" if wrong else "")
    services.save_check(
        row, phase=CheckPhase.BEFORE, answers=said, note="已换备用终端" if wrong else "",
        vehicle=f"浙A-K{rng.randrange(1000, 9999)}", at=at + timedelta(minutes=6), actor=person,
    )  # fmt: skip
    services.start_round(row, at=at + timedelta(minutes=9), actor=person)
    end = min(_hour(row.day, 19.5), now)
    if is_over and end > at:
        services.save_check(
            row, phase=CheckPhase.AFTER, answers=_answers(CheckPhase.AFTER), at=end, actor=person
        )
        why = dict.fromkeys(open_loads(row), "no-time")
        services.end_round(row, reasons=why, at=end, actor=person)


def _answers(phase: str, wrong: str = "") -> dict[str, bool]:
    codes = CheckItem.objects.filter(phase=phase, is_active=True).values_list("code", flat=True)
    return {code: code != wrong for code in codes}


def _calls(cast: Cast, rng: random.Random, now: datetime) -> int:
    """Log calls and booked times of parcels on today's rounds, and steps after failed tries."""
    actor = cast.users["supervisor"]
    open_rounds = Round.objects.exclude(status=RoundStatus.ENDED)
    stops = Parcel.objects.filter(holder__isnull=False, state__in=(State.OUT, State.UNDELIVERED))
    parcels = list(stops.filter(pk__in=open_rounds.values("stops__parcel")).order_by("pk")[:40])
    calls = 0
    for place, parcel in enumerate(parcels):
        if place % 2 == 0:
            reached = rng.random() < 0.7
            services.record_contact(
                parcel=parcel, way="call", purpose="agree", at=now - timedelta(minutes=40),
                result="reached" if reached else "no_answer", seconds=rng.randrange(8, 90),
                words=rng.choice(WORDS) if reached else "", recorded_at=now,
                person_id=parcel.holder_id, actor=actor,
            )  # fmt: skip
            calls += 1
        if place % 5 == 0:
            _book(parcel, now, actor)
        if place % 9 == 4:
            services.ask_consent(parcel=parcel, kind="locker", way="call", at=now, actor=actor)
    _gaps(parcels[:3], now, actor)
    _steps(now, actor)
    return calls


def _book(parcel: Parcel, now: datetime, actor: object) -> None:
    start = now + timedelta(hours=1)
    for shift, cause in ((0, ""), (2, "收件人改约")):
        services.book_slot(
            parcel=parcel, starts_at=start + timedelta(hours=shift), asked_by="recipient",
            ends_at=start + timedelta(hours=shift + 2), cause=cause, at=now, actor=actor,
        )  # fmt: skip


def _gaps(parcels: list[Parcel], now: datetime, actor: object) -> None:
    """Two senders wrote half an address; one question is open."""
    for parcel in parcels[:2]:
        parcel.recipient_address = parcel.recipient_address.partition(" ")[0]
        parcel.save(update_fields=["recipient_address", "updated_at"])
    for parcel in parcels[2:]:
        services.open_address_problem(parcel=parcel, at=now, actor=actor)


def _steps(now: datetime, actor: object) -> None:
    since = now - timedelta(days=3)
    tries = ScanEvent.objects.filter(code="ATT", happened_at__gte=since).order_by("happened_at")
    for place, event in enumerate(tries[:20]):
        parcel = Parcel.objects.get(pk=event.parcel_id)
        services.note_attempt(
            parcel=parcel, event_uid=event.uid, next_step="retry", actor=actor,
            next_on=calendars.business_day(event.happened_at) + timedelta(days=1),
            at=min(event.happened_at + timedelta(minutes=5), now),
            dispute="客户对等待时间有异议" if place % 6 == 0 else "",
            agreed="改约次日上午，提前十分钟电话" if place % 6 == 0 else "",
        )  # fmt: skip


def _wishes(cast: Cast, rng: random.Random, now: datetime) -> int:
    """Keep wishes of some recipients, one of them withdrawn again; list gifts."""
    actor = cast.users["agent"]
    open_ones = Parcel.objects.filter(state__in=(State.OUT, State.AT_STATION, State.IN_TRANSIT))
    parcels = list(open_ones.exclude(recipient_phone_index="").order_by("pk")[:12])
    ways = ("locker", "recipient", "station", "proxy", "safe_place")
    for place, parcel in enumerate(parcels):
        services.set_preference(
            phone=parcel.recipient_phone, way=ways[place % 5], at=now - timedelta(days=place),
            actor=actor, words=rng.choice(WORDS),
        )  # fmt: skip
        if place % 3 == 0:
            lines = [(parcel.item_name or "商品", 1, False), ("赠品小样", 1, True)]
            services.list_contents(parcel=parcel, lines=lines, at=now, actor=actor)
    ended = services.record_standing_consent(
        phone_index=_index(rng), kind="locker", way="call", at=now - timedelta(days=30)
    )
    services.withdraw_consent(ended, at=now - timedelta(days=2), actor=actor)
    return len(parcels)


def _index(rng: random.Random) -> str:
    return phone_index(phone(rng))


def _money(cast: Cast, now: datetime) -> int:
    """Hand the money of the last two weeks in; one courier once brought ten yuan too little."""
    today = calendars.business_day(now)
    days = CodEntry.objects.filter(day__gte=today - timedelta(days=HAND_IN_DAYS), day__lt=today)
    keys = sorted(set(days.values_list("day", "courier_id")))
    receiver, handed = cast.users["supervisor"], 0
    for day, courier_id in keys:
        if courier_id is None:
            continue
        courier = Employee.objects.get(pk=courier_id)
        owed = services.ledger_fen(courier_id, day)
        short = handed == 5
        services.hand_in(
            courier=courier, site=courier.site, day=day, handed_fen=owed - 1000 * short,
            reason="找零差错，次日补交" if short else "", at=_hour(day, 20), actor=receiver,
        )  # fmt: skip
        handed += 1
    return handed


def _free(state: State) -> list[Parcel]:
    """Return the newest parcels in a state that no security stop holds."""
    rows = Parcel.objects.filter(state=state, parent=None).order_by("-pk")[:20]
    return [parcel for parcel in rows if Condition.SECURITY_STOP not in parcel.conditions]


def _returns(cast: Cast, now: datetime) -> int:
    """Three ways back: a return under way, an exchange inspected, a recall."""
    actor = cast.users["agent"]
    done = _free(State.DELIVERED)[:2]
    moving = next(iter(_free(State.AT_STATION)), None)
    plans = [
        (p, k, "recipient", "尺码不合适")
        for p, k in zip(done, ("return", "exchange"), strict=False)
    ]
    if moving is not None:
        plans.append((moving, "recall", "sender", "寄件人填错收件地址"))
    for parcel, kind, asked_by, cause in plans:
        wish = services.request_return(
            parcel=parcel, kind=kind, asked_by=asked_by, cause=cause, at=now, actor=actor
        )
        if kind == "exchange":
            services.inspect_return(wish, result="good", note="", at=now, actor=actor)
            services.send_replacement(wish, at=now, actor=actor)
    return ReturnRequest.objects.count()
