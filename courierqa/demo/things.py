"""Things of the demo: a fleet, machines, licences near their end, hazards, incidents, a drill."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import shipments.services
from courierqa.core.calendars import business_day, day_start
from courierqa.demo.people import Cast
from quality.models import EmergencyPlan, Maintenance
from quality.services import things
from shipments import run_counts
from shipments.models import Round, Trip, Vehicle
from shipments.selectors.stocktakes import expected_at
from shipments.vehicle_enums import SafetyGear

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
# Plate, kind, energy, site, load in kg, space in litres, kilometres.
FLEET = (
    ("浙AD1001", "van", "electric", "HZ-01", 800, 4200, 23_400),
    ("浙AD1002", "van", "electric", "HZ-01", 800, 4200, 31_250),
    ("浙AK3006", "van", "petrol", "HZ-02", 900, 4500, 78_900),
    ("浙AD1005", "tricycle", "electric", "HZ-02", 300, 1500, 9_800),
    ("浙AD1007", "ebike", "electric", "HZ-03", 60, 160, 6_100),
    ("浙BD2001", "van", "electric", "NB-01", 800, 4200, 18_700),
    ("沪AD3001", "van", "electric", "SH-01", 800, 4200, 41_300),
    ("沪AK3002", "van", "gas", "SH-01", 900, 4500, 66_000),
    ("苏AD4001", "tricycle", "electric", "NJ-01", 300, 1500, 12_500),
    ("苏ED5001", "van", "hybrid", "SU-01", 850, 4300, 27_600),
    ("浙CK6001", "van", "diesel", "WZ-01", 1000, 5000, 102_000),
    ("浙AK9001", "truck", "diesel", "HZ-H1", 8000, 38_000, 214_000),
)  # fmt: skip
# Kind, name, number, days left, of whom: None the company, else a site or a plate.
LICENCES = (
    ("business", "营业执照", "91330100MA00000000", 1460, None),
    ("courier", "快递业务经营许可证", "国邮20250000", 54, None),
    ("branch", "末端网点备案", "浙末HZ01-0001", 22, "HZ-01"),
    ("branch", "末端网点备案", "浙末HZ02-0001", 410, "HZ-02"),
    ("fire", "消防验收备案", "杭消备2024-0001", -6, "HZ-H1"),
    ("insurance", "车辆保险", "PDAA2026-0001", 12, "浙AK3006"),
    ("insurance", "车辆保险", "PDAA2026-0002", 75, "浙AD1001"),
    ("vehicle", "机动车行驶证", "浙A-0002", 88, "浙AK9001"),
    ("road", "道路运输经营许可证", "浙交运330000", 33, None),
)  # fmt: skip
EQUIPMENT = (
    ("HZH1-SM1", "交叉带分拣机", "sorter", "HZ-H1", "SOP-分拣-01", 40),
    ("HZH1-CV1", "伸缩皮带机", "conveyor", "HZ-H1", "SOP-输送-01", 120),
    ("HZH1-XR1", "X 光安检机", "screening", "HZ-H1", "SOP-安检-01", 64),
    ("HZ01-FE1", "干粉灭火器组", "fire", "HZ-01", "QS-04", 9),
    ("HZ01-EL1", "配电箱", "electric", "HZ-01", "QS-04", 85),
    ("HZ01-CM1", "操作台摄像机", "camera", "HZ-01", "", 150),
    ("HZH1-CM1", "分拣线摄像机", "camera", "HZ-H1", "", 96),
    ("HZ02-PDA", "手持终端一批", "terminal", "HZ-02", "", 200),
)  # fmt: skip


def tell(cast: Cast, *, now: datetime, since: date) -> str:
    """Fill the pages of things through the services; return a line about them."""
    fleet = _fleet(cast, now)
    _licences(cast, fleet, now, since)
    _equipment(cast, now)
    _maintenance(cast, fleet, now)
    _safety(cast, now)
    _incidents(cast, now)
    _rounds(now)
    _warehouse(cast, now)
    return f"{len(fleet)} vehicles, {len(LICENCES)} licences, {len(EQUIPMENT)} machines, incidents"


def _fleet(cast: Cast, now: datetime) -> dict[str, Vehicle]:
    boss, since = cast.users["manager"], now - 300 * DAY
    fleet = {}
    for place, (plate, kind, energy, site, load, space, km) in enumerate(FLEET):
        facts = {
            "kind": kind, "energy": energy, "site": cast.sites[site], "load_kg": load,
            "space_l": space, "gear": SafetyGear.values[: 6 - place % 3],
            "acquired_on": business_day(since),
        }  # fmt: skip
        fleet[plate] = shipments.services.save_vehicle(
            None, plate=plate, fields=facts, odometer_km=km, actor=boss, at=since
        )
    shipments.services.report_defect(
        fleet["浙AK3006"], what="右后轮胎磨损超限", is_safety=True, at=now - 5 * HOUR, actor=boss
    )
    shipments.services.report_defect(
        fleet["浙AD1005"], what="货箱漆面划痕", is_safety=False, at=now - 30 * HOUR, actor=boss
    )
    _bookings(cast, fleet, now)
    ticket = things.open_ticket(
        vehicle=fleet["浙CK6001"], kind="breakdown", driver=cast.couriers["WZ-01"][0],
        what="发动机水温过高，停在路边", place="府东路口", called_at=now - 3 * DAY, by=boss,
        at=now - 3 * DAY,
    )  # fmt: skip
    things.help_arrived(ticket, arrived_at=now - 3 * DAY + HOUR / 2, by=boss, at=now - 2 * DAY)
    things.solve_ticket(ticket, solved_at=now - 3 * DAY + 2 * HOUR, solution="更换水泵",
                        cost_fen=86_000, by=boss, at=now - 2 * DAY)  # fmt: skip
    return fleet


def _bookings(cast: Cast, fleet: dict[str, Vehicle], now: datetime) -> None:
    today = business_day(now)
    for plate in ("浙AD1001", "浙AD1002", "沪AD3001", "浙BD2001"):
        crew = cast.couriers[fleet[plate].site.code]
        driver = crew[-1] if plate == "浙AD1002" else crew[0]
        for ahead in range(3):
            shipments.services.book_vehicle(
                vehicle=fleet[plate], driver=driver, day=today + ahead * DAY, shifts=["early"],
                route=f"{ahead + 1} 线", at=now, actor=cast.users["manager"],
            )  # fmt: skip


def _licences(cast: Cast, fleet: dict[str, Vehicle], now: datetime, since: date) -> None:
    """Register what has to be valid half a year ago, or when the story began (F04)."""
    today = business_day(now)
    at = max(day_start(since), now - 180 * DAY)
    for kind, name, number, left, of in LICENCES:
        fields: dict[str, Any] = {
            "kind": kind, "name": name, "scope": "按证照核定范围经营", "authority": "发证机关",
            "site": cast.sites.get(of or ""), "vehicle": fleet.get(of or ""),
        }  # fmt: skip
        term = things.LicenceTermInput(number, today - 700 * DAY, today + left * DAY)
        row = things.register_licence(fields=fields, term=term, by=cast.users["quality"], at=at)
        if kind == "courier":
            things.apply_renewal(row, on=today - 3 * DAY, by=cast.users["quality"], at=now)


def _equipment(cast: Cast, now: datetime) -> None:
    boss, today = cast.users["manager"], business_day(now)
    for code, name, kind, site, sop, left in EQUIPMENT:
        facts = {"name": name, "kind": kind, "site": cast.sites[site], "sop": sop,
                 "valid_until": today + left * DAY}  # fmt: skip
        row = things.save_equipment(None, code=code, fields=facts, by=boss, at=now - 200 * DAY)
        is_guarded = kind in ("sorter", "conveyor")
        things.check_equipment(
            row, on=today - 9 * DAY, result="good", guards_in_place=is_guarded or None,
            valid_until=None, note="", by=boss, at=now - 9 * DAY,
        )  # fmt: skip
    for place, courier in enumerate(cast.couriers["HZ-01"]):
        for kind in ("gloves", "raincoat", "helmet")[: 3 - place % 2]:
            things.issue_gear(
                employee=courier, kind=kind, pieces=1, issued_on=today - 150 * DAY,
                replace_on=today + (30 + 25 * place) * DAY, by=boss, at=now,
            )  # fmt: skip


def _maintenance(cast: Cast, fleet: dict[str, Vehicle], now: datetime) -> None:
    boss, today = cast.users["manager"], business_day(now)
    for place, row in enumerate(fleet.values()):
        things.plan_maintenance(
            thing=row, what="例行保养", every="quarter", interval=1,
            anchor=today - (40 - 9 * place % 47) * DAY, every_km=10_000, by=boss, at=now,
        )  # fmt: skip
    done = Maintenance.objects.filter(due_day__lt=today).select_related("plan__vehicle")
    for turn in list(done.order_by("due_day"))[:3]:
        vehicle: Any = turn.plan.vehicle
        things.finish_maintenance(
            turn, done_on=turn.due_day, km=vehicle.odometer_km + 120, cost_fen=45_000,
            workshop="城西修理厂", note="更换机油与滤芯", by=boss, at=now,
        )  # fmt: skip


def _safety(cast: Cast, now: datetime) -> None:
    quality, today = cast.users["quality"], business_day(now)
    for site, level, what, left, step in (
        ("HZ-H1", "major", "装卸平台护栏松动", 1, "open"),
        ("HZ-01", "general", "消防通道堆放空箱", 3, "removed"),
        ("SH-01", "general", "充电区插座老化", 9, "open"),
        ("NB-01", "general", "夜间照明不足", 5, "verified"),
    ):
        owner = cast.supervisors.get(site) or cast.supervisors["HZ-01"]
        row = things.register_hazard(
            site=cast.sites[site], level=level, what=what, place="", owner=owner,
            due_on=today + left * DAY, by=quality, at=now - HOUR,
        )  # fmt: skip
        if step != "open":
            things.remove_hazard(row, how="已整改并拍照", by=owner.user, at=now)
        if step == "verified":
            things.verify_hazard(row, is_gone=True, note="", by=quality, at=now)
    plan = EmergencyPlan.objects.get(kind="fire")
    held = things.plan_drill(plan=plan, site=cast.sites["HZ-01"], planned_on=today, by=quality,
                             at=now)  # fmt: skip
    things.hold_drill(held, held_on=today, people=cast.couriers["HZ-01"], partners="辖区消防站",
                      lessons="疏散用时三分十秒，出口标识需加灯", by=quality, at=now)  # fmt: skip
    things.plan_drill(plan=plan, site=cast.sites["HZ-H1"], planned_on=today + 12 * DAY,
                      by=quality, at=now)  # fmt: skip
    shipments.services.save_risk_area(
        None, name="地铁施工路段", city="杭州", keywords=["文三路"],
        advice="绕行天目山路，不在路边停车", until=None, is_active=True, at=now, actor=quality,
    )  # fmt: skip
    things.destroy_records(
        data_kind="纸质面单底联", site=cast.sites["HZ-01"], records_until=today - 400 * DAY,
        term_ended_on=today - 35 * DAY, way="shredded", count=1260, destroyed_on=today - DAY,
        witness=cast.supervisors["HZ-01"], note="", by=quality, at=now,
    )  # fmt: skip


def _incidents(cast: Cast, now: datetime) -> None:
    for place, (site, kind, severity, what, ago) in enumerate((
        ("HZ-02", "traffic", "serious", "路口与电动车刮擦，骑手擦伤", 26),
        ("NJ-01", "weather", "slight", "暴雨，站点门口积水", 50),
        ("SH-01", "injury", "serious", "搬运时扭伤手腕", 5),
    )):  # fmt: skip
        courier = cast.couriers[site][0]
        at = now - ago * HOUR
        said = things.Happening(kind, severity, what, at - HOUR / 6, place="站点附近")
        row = things.report_incident(
            uid=uuid5(NAMESPACE_URL, f"demo-incident-{place}"), happening=said,
            site=cast.sites[site], reporter=courier, by=courier.user or cast.users["quality"],
            at=at,
        )  # fmt: skip
        if place < 2:
            boss: Any = cast.supervisors[site].user
            things.take_incident(row, by=boss, at=at + HOUR / 4)
        if place == 1:
            things.close_incident(row, outcome="已清理积水，快件未受损", people_hurt=0,
                                  damage_fen=0, by=boss, at=at + 3 * HOUR)  # fmt: skip


def _rounds(now: datetime) -> None:
    """Name the vehicles of rounds that ran: their checks had plates of nobody's fleet."""
    named = set()
    for row in Round.objects.exclude(started_at=None).order_by("pk"):
        fit = Vehicle.objects.filter(site=row.site_id, status="fit").order_by("plate").first()
        if fit is not None:
            Round.objects.filter(pk=row.pk).update(vehicle=fit.plate)
            named.add(fit.plate)
    for plate in sorted(named):
        run_counts.refresh_plate(plate, at=now)


def _warehouse(cast: Cast, now: datetime) -> None:
    """Zones at two sites with what lies there; the last arrivals counted, one short."""
    boss = cast.users["manager"]
    for code in ("HZ-01", "HZ-H1"):
        site = cast.sites[code]
        lying = list(expected_at(site.pk).values_list("waybill", flat=True)[:24])
        for place, (short, name, goods, room) in enumerate((
            ("A1", "小件区", "小件、文件", 60), ("B1", "大件区", "大件", 12),
            ("C1", "问题件区", "待处理", 10),
        )):  # fmt: skip
            zone = shipments.services.save_zone(
                None, site=site, code=short, name=name, goods=goods, capacity=room,
                dwell_hours=24, is_active=True, at=now, actor=boss,
            )  # fmt: skip
            shipments.services.put_in_zone(
                zone, waybills=lying[place * 9 : place * 9 + 9],
                at=now - (30 if place == 2 else 4) * HOUR, actor=boss,
            )  # fmt: skip
    arrived = Trip.objects.filter(status__in=("arrived", "unloaded")).order_by("-arrived_at")
    for place, trip in enumerate(arrived[:4]):
        expected = trip.loads.filter(is_surplus=False).count()
        short = 1 if place == 1 and expected else 0
        shipments.services.count_arrival(
            trip, site=trip.destination, counted=expected - short,
            note="一件漏装，已报发出站" if short else "", at=now, actor=boss,
        )  # fmt: skip
