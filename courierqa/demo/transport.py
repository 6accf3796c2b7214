"""What moves between the demo's sites: areas, lockers, trips, bags, a stocktake, partners."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from courierqa.core import calendars
from courierqa.core.models import StatusChange
from courierqa.demo import network
from courierqa.demo.people import Cast
from shipments import services
from shipments.enums import State
from shipments.models import Parcel, ScanEvent, Trip, TripLoad
from shipments.network_enums import CheckResult, TripStatus
from shipments.services.disrupting import Situation
from shipments.services.partnering import Marks
from shipments.services.routing import Point
from shipments.services.trips import TripPlan
from staff import services as staff
from staff.models import Site

DAYS = 6
HOUR = timedelta(hours=1)
CAPACITY = {"hub": 140, "station": 45}
PLACES = {
    "HZ-H1": (30.31, 120.38), "NB-H1": (29.87, 121.67), "SH-H1": (31.19, 121.44),
    "NJ-H1": (31.95, 118.84), "HZ-01": (30.27, 120.13), "HZ-02": (30.19, 120.2),
    "NB-01": (29.82, 121.55), "SH-01": (31.23, 121.53),
}  # fmt: skip
PARTNERS = [
    ("P001", "顺程干线运输", "carrier"), ("P002", "蓝盒快件箱", "locker"),
    ("P003", "绿芽包装材料", "supplier"), ("P004", "鹿城末端服务", "station"),
]  # fmt: skip


def build(cast: Cast, *, now: datetime) -> str:
    """Fill every page of the network; return what was made."""
    rng = random.Random(11)
    boss = cast.users["manager"]
    with transaction.atomic():
        _places(cast, boss, now)
        _areas(cast, boss, now)
        _partners(boss, now)
        past = _past_trips(cast, rng, now)
        live = _live(cast, rng, now)
    return f"{past} past trips, {live} under way, bags, areas, a stocktake"


def _places(cast: Cast, boss: Any, now: datetime) -> None:
    for code, site in cast.sites.items():
        lat, lon = PLACES.get(code, (None, None))
        changes = {"latitude": lat, "longitude": lon, "is_partner": code == "WZ-01"}
        staff.save_site(
            site=site, code=code, at=now, actor=boss, daily_capacity=CAPACITY.get(site.kind),
            **changes,
        )  # fmt: skip
    for code, _zh, _en, _station in network.LOCKERS:
        services.save_locker(
            site=cast.sites[code], operator="蓝盒快件箱", cells=48,
            consent_rule="standing" if code == "SH-L1" else "each", dwell_limit_hours=24,
            is_working=True, at=now, actor=boss,
        )  # fmt: skip
    services.add_screening_rule(
        name="上海方向重点地区", name_en="Key region Shanghai", mode="", region="上海",
        destination=None, at=now, actor=boss,
    )  # fmt: skip


def _areas(cast: Cast, boss: Any, now: datetime) -> None:
    """Each station has its district, each courier some streets of it; one street nobody has."""
    for plan in network.STATIONS:
        district = network.DISTRICTS.get(plan.code, "")
        crew = cast.couriers[plan.code]
        areas: list[tuple[Any, str, str, list[str]]] = [
            (None, f"{plan.zh}服务区", f"{plan.en} area", [district] if district else [])
        ]
        for place, courier in enumerate(crew):
            streets = [f"{district}{street}" for street in network.STREETS[place : -1 : len(crew)]]
            number = place + 1
            areas.append((courier, f"{plan.zh} {number} 段", f"{plan.en} {number}", streets))
        for courier, name, name_en, words in areas:
            services.save_area(
                area=None, site=cast.sites[plan.code], courier=courier, name=name,
                name_en=name_en, city=plan.city, keywords=words, is_served=True, is_active=True,
                at=now, actor=boss,
            )  # fmt: skip


def _partners(boss: Any, now: datetime) -> None:
    today = calendars.business_day(now)
    for place, (code, name, kind) in enumerate(PARTNERS):
        partner = services.register_partner(
            code=code, name=name, kind=kind, agreement_from=today - timedelta(days=300),
            agreement_to=today + timedelta(days=65 + 30 * place), at=now, actor=boss,
        )  # fmt: skip
        month = (today.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
        marks = Marks(92 - 7 * place, 88 - 3 * place, 95 - 4 * place, "按月度对账与晚点记录评分")
        services.score_partner(partner=partner, month=month, marks=marks, at=now, actor=boss)
    services.record_purchase(
        partner=partner.__class__.objects.get(code="P003"), item="可循环包装箱", quantity=500,
        received_on=today - timedelta(days=12), result="passed", found="抽检 20 件，尺寸与强度合格",
        at=now, actor=boss,
    )  # fmt: skip


# -- trips of the last days -----------------------------------------------------------------------
def _past_trips(cast: Cast, rng: random.Random, now: datetime) -> int:
    """Register in bulk, like the parcels, the line-hauls that the scans between hubs tell of."""
    hubs = {cast.sites[row[0]].pk: cast.sites[row[0]] for row in network.HUBS}
    left: dict[tuple[int, int, Any], list[tuple[int, datetime]]] = defaultdict(list)
    rows = ScanEvent.objects.filter(
        code="DEP", site_id__in=list(hubs), happened_at__gte=now - timedelta(days=DAYS)
    ).values_list("parcel_id", "site_id", "happened_at")
    moved = Parcel.objects.filter(pk__in=[row[0] for row in rows])
    ends = dict(moved.values_list("pk", "destination__hub_id"))
    for parcel_id, site_id, at in rows:
        target = ends.get(parcel_id)
        if target and site_id and target != site_id:
            left[site_id, target, calendars.business_day(at)].append((parcel_id, at))
    return sum(_past(hubs[a], hubs[b], loads, rng) for (a, b, _day), loads in left.items())


def _past(origin: Site, target: Site, loads: list[tuple[int, datetime]], rng: random.Random) -> int:
    at = max(moment for _pk, moment in loads) + timedelta(minutes=5)
    road = network.ROAD_HOURS[frozenset({origin.code, target.code})] * HOUR
    late = timedelta(minutes=rng.choice((-20, -10, 0, 0, 5, 40, 95)))
    trip = Trip.objects.create(
        number=f"past-{origin.pk}-{target.pk}-{at:%d%H%M}"[:20], origin=origin, destination=target,
        vehicle=f"浙A·D{rng.randrange(1000, 9999)}", carrier="顺程干线运输",
        planned_departure=at - late, planned_arrival=at - late + road * 1.2, departed_at=at,
        arrived_at=at + road * rng.uniform(1.0, 1.35), status=TripStatus.UNLOADED,
    )  # fmt: skip
    trip.number = f"T{at:%y%m%d}{trip.pk:06d}"
    trip.save(update_fields=["number"])
    TripLoad.objects.bulk_create(
        [
            TripLoad(trip=trip, parcel_id=pk, loaded_at=moment, check_result=CheckResult.GOOD,
                     unloaded_at=trip.arrived_at)
            for pk, moment in dict(loads).items()
        ]
    )  # fmt: skip
    StatusChange.objects.create(
        object_type="shipments.trip", object_id=trip.pk, verb="depart", to_status="departed", at=at
    )
    return 1


# -- what happens now -----------------------------------------------------------------------------
def _live(cast: Cast, rng: random.Random, now: datetime) -> int:
    made = 0
    for code, target in (("HZ-H1", "SH-H1"), ("SH-H1", "HZ-H1"), ("NB-H1", "HZ-H1")):
        here = Parcel.objects.filter(
            last_site=cast.sites[code], state__in=(State.AT_SITE, State.IN_TRANSIT)
        ).exclude(loads__trip__status=TripStatus.PLANNED)
        found = list(here.order_by("-pk")[:14])
        if len(found) >= 3:
            made += _line_haul(cast, rng, code, target, found, now)
    _weather(cast, now)
    _count(cast, now)
    return made


def _line_haul(
    cast: Cast, rng: random.Random, code: str, target: str, parcels: list[Parcel], now: datetime
) -> int:
    """A bag, its trip on the way with positions, and the next trip being loaded."""
    origin, end = cast.sites[code], cast.sites[target]
    head, boss = cast.supervisors[code], cast.users["manager"]
    half = len(parcels) // 2
    road = network.ROAD_HOURS[frozenset({code, target})] * HOUR
    bag = services.create_bag(origin=origin, destination=end, at=now - 3 * HOUR, actor=head.user)
    services.put_into_bag(
        bag=bag, waybills=[p.waybill for p in parcels[:half]], at=now - 3 * HOUR, person=head,
        actor=head.user,
    )  # fmt: skip
    services.seal_bag(bag=bag, seal=f"F{rng.randrange(100000, 999999)}", at=now - 2 * HOUR,
                      person=head, actor=head.user)  # fmt: skip
    going = _trip(origin, end, now - 2.5 * HOUR, road * 0.9, head, rng, now)
    services.load_trip(trip=going, numbers=[bag.number], check="good", at=now - 2 * HOUR,
                       person=head, actor=head.user)  # fmt: skip
    if going.loads.exists():
        services.depart_trip(trip=going, at=now - 2 * HOUR, person=head, actor=head.user)
        _drive(going, now)
        services.ask_route_change(
            trip=going, via=[], planned_arrival=going.planned_arrival + HOUR,
            reason="高速封闭，改走国道", at=now - HOUR, by=head.user,
        )  # fmt: skip
    if code == "NB-H1" and going.loads.exists():
        _opened(going, bag, cast, boss, now)
    flight = _trip(origin, end, now + 3 * HOUR, road, head, rng, now, mode="air")
    # Some that nobody screened yet: they stay here, and the refusal is counted.
    bare = Parcel.objects.filter(state=State.ACCEPTED).values_list("waybill", flat=True)[:2]
    services.load_trip(
        trip=flight, numbers=[*(p.waybill for p in parcels[half:]), *bare], check="good", at=now,
        person=head, actor=head.user,
    )  # fmt: skip
    return 2


def _trip(
    origin: Site, end: Site, leaves: datetime, road: timedelta, head: Any, rng: random.Random,
    now: datetime, *, mode: str = "road",
) -> Trip:  # fmt: skip
    plate = (
        f"浙A·D{rng.randrange(1000, 9999)}" if mode == "road" else f"CX{rng.randrange(100, 999)}"
    )
    plan = TripPlan(
        origin, end, leaves, leaves + road, plate, mode=mode, carrier="顺程干线运输", watcher=head
    )
    return services.plan_trip(plan, at=min(now, leaves) - HOUR, actor=head.user)


def _drive(trip: Trip, now: datetime) -> None:
    start, end = PLACES[trip.origin.code], PLACES[trip.destination.code]
    steps = 12
    points = []
    for step in range(steps):
        done = step / 20
        lat = start[0] + (end[0] - start[0]) * done
        lon = start[1] + (end[1] - start[1]) * done
        points.append(Point(now - 2 * HOUR + timedelta(minutes=10 * step), lat, lon, 62.0 + step))
    services.note_positions(trip=trip, points=points, at=now)


def _opened(trip: Trip, bag: Any, cast: Cast, boss: Any, now: datetime) -> None:
    """One bag that came with another seal and a piece too few."""
    services.arrive_trip(trip=trip, at=now - timedelta(minutes=30), actor=boss)
    services.unload_trip(trip=trip, site=trip.destination, numbers=[bag.number],
                         at=now - timedelta(minutes=25), person=None, actor=boss)  # fmt: skip
    inside = list(bag.items.values_list("parcel__waybill", flat=True))
    services.open_bag(
        bag=bag, site=trip.destination, seal_found="F000001", waybills=inside[1:],
        at=now - timedelta(minutes=20), person=None, actor=boss,
    )  # fmt: skip


def _weather(cast: Cast, now: datetime) -> None:
    head = cast.supervisors["HZ-H1"]
    row = services.record_disruption(
        said=Situation(
            area="杭州湾沿线", starts_at=now - timedelta(days=2), ends_at=now - timedelta(days=1),
            cause="暴雨，高速限行", measures="改走国道，易损件加盖防水布，逐票告知客户",
            sites=[cast.sites["HZ-H1"], cast.sites["NB-H1"]],
        ),
        at=now, actor=head.user,
    )  # fmt: skip
    numbers = Trip.objects.filter(origin=cast.sites["HZ-H1"]).values_list("number", flat=True)[:3]
    services.link_disruption(row=row, numbers=list(numbers), at=now, actor=head.user)


def _count(cast: Cast, now: datetime) -> None:
    head = cast.supervisors["HZ-H1"]
    count = services.start_stocktake(
        site=cast.sites["HZ-H1"], at=now - timedelta(hours=5), actor=head.user
    )
    listed = list(count.lines.values_list("parcel__waybill", flat=True))
    seen = listed[:-1] if len(listed) > 2 else listed
    strays = Parcel.objects.filter(state=State.AT_STATION).values_list("waybill", flat=True)[:1]
    services.count_parcels(count=count, waybills=[*seen, *strays], at=now - timedelta(hours=4))
    services.close_stocktake(count=count, at=now - timedelta(hours=4), actor=head.user)
    services.start_stocktake(site=cast.sites["HZ-01"], at=now, actor=cast.users["manager"])
