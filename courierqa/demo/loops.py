"""The improvement loop of the demo: problems at every step, one proven, one opened again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from complaints.models import Case
from courierqa.core.calendars import business_day
from courierqa.demo.people import Cast
from kpi.board import effects
from quality import services
from quality.enums import NcKind, Severity, SourceKind
from quality.models import Cause, Nonconformity
from shipments.models import ParcelException, Violation
from staff.models import Observation

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Tale:
    """One problem: what, where, since when (days ago), its cause, and how far it has come.

    `wanted` is the share of T01 its effect check asks for; None checks in words.
    """

    title: str
    site: str
    ago: int
    cause: str
    whys: tuple[str, ...]
    deed: str
    step: str
    source: str = SourceKind.OTHER
    severity: str = Severity.MINOR
    kind: str = NcKind.ACTUAL
    wanted: str | None = None


# The step each one has reached: raised, contained, analysed, planned, proposed, doing, late,
# delivered (to be checked), proven, failed (the check opened the next round).
TALES = (
    Tale("上门派件前未电话预约", "HZ-01", 19, "method-skipped-step",
         ("派前未联系", "交班时预约清单没有打印", "流程里没有这一步"),
         "交班清单增加预约一栏并试行一周", "proven"),
    Tale("准时投递率低于目标", "HZ-02", 19, "people-staffing",
         ("午后到件积压", "只有一个班次", "排班没有跟上件量"), "增加午后班次", "failed",
         source=SourceKind.SIGNAL, wanted="0.999"),
    Tale("柜机投放前未取得同意", "SH-01", 17, "method-skipped-step",
         ("快件直接入柜", "手机上可以跳过询问"), "晨会讲解同意要求并抽查", "delivered",
         severity=Severity.MAJOR, source=SourceKind.VIOLATION, wanted="0.95"),
    Tale("分拨到站晚点导致晚派", "NB-01", 15, "environment-traffic",
         ("班车晚到", "绕行施工路段"), "班车提前三十分钟发车", "late",
         source=SourceKind.EXCEPTION, wanted="0.96"),
    Tale("易碎件包装破损", "SU-01", 12, "material-packing",
         ("缓冲材料不足", "收寄时没有检查"), "收寄口张贴包装样板", "doing",
         source=SourceKind.CASE),
    Tale("新员工路线不熟", "NJ-01", 8, "people-training",
         ("重复派件", "带教只有一天"), "带教延长到五天", "proposed",
         source=SourceKind.OBSERVATION, wanted="0.96"),
    Tale("客服首次答复超时", "HZ-03", 6, "people-overload",
         ("午间无人接听", "轮休集中在同一时段"), "错开午间轮休", "planned"),
    Tale("收寄验视记录不全", "WZ-01", 5, "method-unclear-rule",
         ("验视照片缺失", "哪些要拍照没有写清"), "", "analysed"),
    Tale("高温天外场分拣存在中暑风险", "SX-01", 4, "environment-premises",
         ("没有遮阳",), "", "raised", kind=NcKind.POTENTIAL),
    Tale("派件车辆尾门关不严", "JX-01", 3, "machine-vehicle", ("锁扣磨损",), "", "contained",
         severity=Severity.MAJOR),
    Tale("又有快件未预约就上门", "HZ-01", 2, "method-skipped-step",
         ("代班人员没有清单", "清单只给固定班组"), "", "analysed"),
)  # fmt: skip
FAR = ("proposed", "doing", "late", "delivered", "proven", "failed")


def tell(cast: Cast, *, now: datetime, days: int) -> str:
    """Tell each problem as far as it has come; return a line about them."""
    # A shorter history than the tales has them closer together.
    for tale in TALES:
        tell_one(cast, tale, now - min(tale.ago, max(days - 1, 1)) * DAY, now)
    closed = Nonconformity.objects.exclude(closed_at=None).count()
    return f"{len(TALES)} nonconformities, {closed} closed with their effect proven"


def tell_one(cast: Cast, tale: Tale, at: datetime, now: datetime) -> Nonconformity:
    """Tell one problem that was seen at a moment, as far as it has come."""
    quality, leader = cast.users["quality"], cast.supervisors[tale.site]
    boss: Any = leader.user
    row = services.raise_nonconformity(
        source=tale.source, reference=_reference(tale, cast, at), site=cast.sites[tale.site],
        found_at=at - timedelta(hours=3), by=quality, at=at, even_so=True,
        problem=services.Problem(tale.title, kind=tale.kind, severity=tale.severity, owner=leader,
                                 data=_data(tale, cast, at)),
    )  # fmt: skip
    if tale.step == "raised":
        return row
    services.contain(row, text="已联系受影响的客户并补救", by=boss, at=at + timedelta(hours=1))
    if tale.step == "contained":
        return row
    services.find_cause(row, cause=Cause.objects.get(code=tale.cause), whys=tale.whys,
                        fishbone={}, by=boss, at=at + timedelta(hours=2))  # fmt: skip
    if tale.step != "analysed":
        _plan(cast, tale, row, at + timedelta(hours=3))
    if tale.step in FAR:
        services.propose_plan(row, by=boss, at=at + timedelta(hours=4))
    if tale.step in FAR[1:]:
        _work(cast, tale, row, at + timedelta(hours=6), now)
    return row


def _plan(cast: Cast, tale: Tale, row: Nonconformity, at: datetime) -> None:
    boss: Any = cast.supervisors[tale.site].user
    doer, day = cast.couriers[tale.site][0], business_day(at)
    services.add_action(row, kind="corrective", text=tale.deed, owner=doer, due_on=day + 4 * DAY,
                        by=boss, at=at)  # fmt: skip
    services.add_action(row, kind="preventive", text="把新做法写进站点作业指导", owner=doer,
                        due_on=day + 6 * DAY, by=boss, at=at)  # fmt: skip
    fixed: dict[str, Any] = {"rule": "words", "words": "抽查二十件，全部按新做法"}
    if tale.wanted:
        fixed = {"rule": "at_least", "metric": "T01", "threshold": Decimal(tale.wanted),
                 "site": cast.sites[tale.site]}  # fmt: skip
    looks = day + (12 if tale.step in ("proven", "failed") else 17) * DAY
    criterion = services.Criterion(
        verifier=cast.users["lead"].employee, due_on=looks, **fixed
    )  # fmt: skip
    services.set_criterion(row, criterion=criterion, by=boss, at=at)


def _work(cast: Cast, tale: Tale, row: Nonconformity, at: datetime, now: datetime) -> None:
    """Approve it and do as much of it as the tale says."""
    who = "manager" if tale.severity == Severity.MAJOR else "quality"
    row = services.decide_plan(row, approve=True, note="", by=cast.users[who], at=at)
    first, second = row.actions.order_by("position")
    _done(first, min(at + 3 * DAY, now))
    if tale.step in ("doing", "late"):
        return
    _done(second, min(at + 5 * DAY, now))
    if tale.step in ("proven", "failed"):
        _check(row, tale, at + 13 * DAY, now)


def _done(action: Any, at: datetime) -> None:
    services.finish_action(
        action, done_on=business_day(at), note="已完成，班前会已讲解", reference="站点日志",
        by=action.owner.user or action.nonconformity.raised_by, at=at,
    )  # fmt: skip


def _check(row: Nonconformity, tale: Tale, at: datetime, now: datetime) -> None:
    """The lead looks on the day that was fixed, or today where the history is too short."""
    at = min(at, now)
    check = row.checks.get(round=row.round)
    if business_day(at) < check.due_on:
        return
    reading = effects.kept(check, effects.read(row, check, business_day(at)))
    is_good = reading["says"] == services.MET
    if reading["says"] == services.UNCLEAR:
        is_good = tale.step == "proven"
    services.check_effect(
        row, reading=reading, is_effective=is_good, note="抽查二十件，结果与标准对照",
        by=check.verifier.user, at=at,
    )  # fmt: skip


def _reference(tale: Tale, cast: Cast, at: datetime) -> str:
    """Return a record of the site of this kind, or nothing where there is none."""
    site = cast.sites[tale.site]
    found = {
        SourceKind.SIGNAL: lambda: f"T01|{site.code}|{business_day(at):%Y-%m}",
        SourceKind.CASE: lambda: _first(Case.objects.filter(site=site), "number"),
        SourceKind.EXCEPTION: lambda: _first(ParcelException.objects.filter(site=site), "number"),
        SourceKind.VIOLATION: lambda: _first(Violation.objects.filter(courier__site=site), "pk"),
        SourceKind.OBSERVATION: lambda: _first(Observation.objects.filter(site=site), "pk"),
    }.get(SourceKind(tale.source))
    return str(found()) if found else ""


def _first(rows: Any, name: str) -> Any:
    return rows.order_by("pk").values_list(name, flat=True).first() or ""


def _data(tale: Tale, cast: Cast, at: datetime) -> dict[str, Any]:
    if tale.source != SourceKind.SIGNAL:
        return {}
    return {"metric": "T01", "site": tale.site, "period": f"{business_day(at):%Y-%m}"}
