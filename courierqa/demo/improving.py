"""Improvement of the demo: a programme with two plans, benchmarks, meetings, a notice, a task."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from courierqa.core.calendars import business_day
from courierqa.demo.people import Cast
from kpi.board import programmes as board
from quality.models import Action, Process, Programme, Receipt, Routine
from quality.services import communication, improvement
from staff.models import Employee

DAY = timedelta(days=1)
# figure, who, value as people read it, source, days ago, what is learnt
BENCHMARKS = (
    ("T01", "同行甲", "97.2", "行业服务质量年报", 120, "分拨夜班前移两小时"),
    ("T01", "同行乙", "95.4", "企业社会责任报告", 200, ""),
    ("D01", "同行甲", "93.5", "行业服务质量年报", 120, "派前短信预约到小时"),
    ("D01", "区域均值", "90.8", "行业协会通报", 60, ""),
    ("C03", "同行乙", "98.5", "企业社会责任报告", 200, "客服首接负责到底"),
    ("C03", "区域均值", "96.0", "行业协会通报", 60, ""),
)
# kind, title, aim, starts (days ago), length, took part, result; none where it lies ahead
ACTIVITIES = (
    ("month", "质量月", "降低破损与错分", 75, 30, 64, "收集改进建议 21 条，采纳 6 条"),
    (
        "contest",
        "收派技能比武",
        "规范收寄验视与派件礼仪",
        33,
        2,
        28,
        "三个站点获奖，作业指导补充两条",
    ),
    ("customers", "客户开放日", "听取重点客户意见", -12, 1, None, ""),
)
MINUTES = "通报上周指标与投诉。\n讨论晚到件的派送安排。\n明确责任人与完成时间。"
RAIN = "快件装车前加盖防雨布。\n派件遇暴雨先保人身安全，再与客户改约。"
TEAM_AGENDA = "上周服务质量数据\n投诉与异常\n本周安排"


def tell(cast: Cast, *, now: datetime, days: int) -> str:
    """Fill the pages of improvement and communication; return a line about them."""
    # A shorter history begins later; nothing happens before it.
    back = min(days - 6, 45) * DAY
    done = _programmes(cast, now - back, now)
    _benchmarks(cast, now)
    _activities(cast, now)
    _records(cast, now)
    _meetings(cast, now)
    asked = _notices(cast, now)
    _task(cast, now)
    return f"{done} programmes and plans, meetings of 2 series, a notice for {asked} people"


def _programmes(cast: Cast, since: datetime, now: datetime) -> int:
    """Tell one programme that runs, one plan of it that is proven and one under way."""
    top = _start(cast, since, now, kind="programme", title="服务质量提升行动", field="service",
                 problem="准时投递率与首次投递率低于目标，投诉集中在上门派送",
                 metric="T01", target="0.97", site=None, budget=12_000_000)  # fmt: skip
    rows = Action.objects.order_by("pk")
    ended = rows.filter(status="done", nonconformity__status="closed",
                        nonconformity__site__code="HZ-01")  # fmt: skip
    going = rows.filter(status="open", nonconformity__site__code="NB-01")
    proven = _start(cast, since, now, title="派前预约到小时", field="delivery",
                    problem="上门前未预约，客户投诉增加", metric="D01", target="0.80",
                    site="HZ-01", budget=1_800_000, programme=top, actions=ended[:2])  # fmt: skip
    _start(cast, since + 4 * DAY, now, title="班车提前与到站衔接", field="time",
           problem="分拨到站晚点，晚派占比高", metric="T01", target="0.96", site="NB-01",
           budget=3_600_000, programme=top, actions=going[:2])  # fmt: skip
    draft(cast, now, title="循环包装扩大试用", field="green", metric="S01", target="0.9995",
          problem="一次性纸箱用量偏高", site=None, budget=2_400_000)  # fmt: skip
    if proven.actions.exists():
        _judge(cast, proven, now)
    return Programme.objects.count()


def draft(cast: Cast, at: datetime, **said: Any) -> Programme:
    """Draft a programme or plan at a moment."""
    site, owner = said["site"], cast.users["lead"].employee
    aim = improvement.Aim(
        kind=said.get("kind", "plan"), field=said["field"], title=said["title"],
        problem=said["problem"], metric=said["metric"], target=Decimal(said["target"]),
        owner=cast.supervisors[site] if site else owner,
        site=cast.sites[site] if site else None, start_on=business_day(at),
        due_on=business_day(at) + 120 * DAY, budget_fen=said["budget"],
        programme=said.get("programme"),
    )  # fmt: skip
    team = cast.couriers[site][:2] if site else []
    return improvement.start_programme(aim, team=team, by=cast.users["quality"], at=at)


def _start(cast: Cast, at: datetime, now: datetime, **said: Any) -> Programme:
    """Draft one, fix its baseline from the figures before that day, have it approved."""
    row, by = draft(cast, at, **said), cast.users["quality"]
    reading = board.readings(row, board.span_before(row, board.SPANS[0], business_day(now)))
    if (reading.get(row.metric) or {}).get("value") is None:
        return row
    improvement.fix_baseline(row, reading=reading, by=by, at=at)
    for action in said.get("actions", ()):
        improvement.link_action(row, action, by=by, at=at)
    if row.kind == "programme" or row.actions.exists():
        # A programme is proposed with what it begins with: its first plan is drafted with it.
        if row.kind == "programme":
            draft(cast, at, **{**said, "kind": "plan", "programme": row, "title": "客服首接负责",
                               "site": "HZ-03", "metric": "C01", "target": "4",
                               "budget": 600_000})  # fmt: skip
        improvement.propose_programme(row, by=by, at=at)
        row = improvement.decide_programme(
            row, approve=True, note="", by=cast.users["manager"], at=at
        )
    return row


def _judge(cast: Cast, row: Programme, now: datetime) -> None:
    """Somebody who did none of it reads the figures after the last measure."""
    row.refresh_from_db()
    span = board.span_after(row, business_day(now))
    if row.status != "running" or not span.days:
        return
    improvement.conclude(
        row, verdict="keep", note="首次投递率达到目标，预约做法写入作业指导并推广",
        cost_fen=1_652_000, reading=board.readings(row, span), by=cast.users["manager"], at=now,
    )  # fmt: skip


def _benchmarks(cast: Cast, now: datetime) -> None:
    for metric, who, value, source, ago, lesson in BENCHMARKS:
        improvement.add_benchmark(
            metric=metric, who=who, value=Decimal(value), source=source, link="",
            on=business_day(now) - ago * DAY, lesson=lesson, by=cast.users["quality"], at=now,
        )  # fmt: skip


def _activities(cast: Cast, now: datetime) -> None:
    today, by = business_day(now), cast.users["quality"]
    for kind, title, aim, ago, length, took_part, result in ACTIVITIES:
        starts = today - ago * DAY
        row = improvement.plan_activity(
            kind=kind, title=title, aim=aim, site=None, owner=cast.users["lead"].employee,
            starts_on=starts, ends_on=starts + (length - 1) * DAY, by=by, at=now,
        )  # fmt: skip
        if took_part:
            improvement.hold_activity(row, took_part=took_part, result=result, by=by, at=now)


def _records(cast: Cast, now: datetime) -> None:
    """Tell a decision of strategy, two changed processes, and who takes on the routines."""
    today, manager, quality = business_day(now), cast.users["manager"], cast.users["quality"]
    improvement.decide_strategy(
        field="mode", title="大型社区开设晚间派送", situation="工作日白天家中无人，首投失败集中",
        decision="六个社区试行 18:30—21:00 派送", reason="与增设柜机相比，客户更愿意当面签收",
        decided_on=today - 20 * DAY, effective_on=today - 10 * DAY, review_on=today + 80 * DAY,
        programme=Programme.objects.filter(kind="programme").first(), by=manager, at=now,
    )  # fmt: skip
    for place, (code, what, reason) in enumerate(
        (("order", "下单页增加两小时时段", "客户不知道上门时间"),
         ("complaint", "首接客服负责到结案", "转派后重复说明情况"))
    ):  # fmt: skip
        change = improvement.propose_change(
            process=Process.objects.get(code=code), what=what, reason=reason, risk="middle",
            risk_note="先在两个站点试行两周，随时可退回", training="客服、收派员", documents=[],
            effective_on=today + (7 + place) * DAY, by=quality, at=now,
        )  # fmt: skip
        if not place:
            improvement.decide_change(change, approve=True, note="", by=manager, at=now)
    for row in Routine.objects.filter(code__in=("trend-look", "process-review", "managers-survey")):
        names = ("kind", "title", "link", "every", "interval")
        fields = {name: getattr(row, name) for name in names}
        fields |= {"owner": quality.employee, "anchor": today + 5 * DAY, "is_active": True}
        title_en = row.title_en
        made = improvement.save_routine(row, fields=fields, by=quality, at=now)
        assert made.title_en == title_en


def _meetings(cast: Cast, now: datetime) -> None:
    """Tell a weekly team meeting and a monthly work meeting; one was missed."""
    today, quality = business_day(now), cast.users["quality"]
    leader = cast.supervisors["HZ-01"]
    crew = [leader, *cast.couriers["HZ-01"][:5]]
    series = communication.plan_series(
        kind="team", title="西湖站周例会", site=cast.sites["HZ-01"], chair=leader, people=crew,
        agenda=TEAM_AGENDA, every="week", interval=1, anchor=today - 20 * DAY, by=quality, at=now,
    )  # fmt: skip
    for row in series.meetings.filter(due_day__lt=today - 7 * DAY).order_by("due_day"):
        _held(cast, row, crew, now)
    heads = [cast.users[role].employee for role in ("manager", "quality", "lead", "hr")]
    work = communication.plan_series(
        kind="work", title="公司服务质量工作例会", site=None, chair=heads[0], people=heads,
        agenda="月度指标\n投诉与申诉\n改进方案进度", every="month", interval=1,
        anchor=today - 9 * DAY, by=quality, at=now,
    )  # fmt: skip
    row = work.meetings.order_by("due_day").first()
    if row is not None:
        _held(cast, row, heads, now)


def _held(cast: Cast, row: Any, people: list[Employee], now: datetime) -> None:
    by: Any = row.chair.user
    at = min(now, now - (business_day(now) - row.due_day).days * DAY)
    communication.hold_meeting(
        row, held_on=row.due_day, minutes=MINUTES,
        there=people[:-1], excused=people[-1:], by=by, at=at,
    )  # fmt: skip
    communication.decide(row, text="晚到件由晚班接力派送，次日晨会通报结果", nonconformity=None,
                         by=by, at=at)  # fmt: skip


def _notices(cast: Cast, now: datetime) -> int:
    """Publish one notice half of its people have confirmed; another is a draft."""
    today, by = business_day(now), cast.users["quality"]
    said: dict[str, Any] = {"people": [], "carriers": ["board", "paper"], "by": by, "at": now}
    row = communication.write_notice(
        None, title="雨季收派作业要求", text=RAIN,
        sites=[cast.sites["HZ-01"], cast.sites["HZ-02"]], roles=["courier", "supervisor"],
        due_on=today + DAY, **said,
    )  # fmt: skip
    asked = communication.publish_notice(row, by=by, at=now - 2 * DAY)
    for place, one in enumerate(Receipt.objects.filter(notice=row).order_by("pk")):
        if place % 2 and one.employee.user is not None:
            communication.confirm_notice(one, by=one.employee.user, at=now - DAY)
    communication.write_notice(None, title="年末旺季排班说明", text="排班表见附件，十二月执行。",
                               sites=[], roles=[], due_on=today + 20 * DAY, **said)  # fmt: skip
    communication.run_notices(now=now)
    return asked


def _task(cast: Cast, now: datetime) -> None:
    """Give a task to three sites and the office; two of its four parts are reported."""
    words = "核对旺季运力与场地，更新站点应急清单"
    owners = [cast.supervisors[code] for code in ("HZ-01", "HZ-02", "SH-01")]
    parts = [communication.Part(one, words) for one in owners]
    parts.append(communication.Part(cast.users["lead"].employee, "更新客服旺季话术"))
    at = now - 5 * DAY
    row = communication.give_task(
        title="旺季准备", text="各单位在同一日期前完成，逐项回报。",
        owner=cast.users["quality"].employee, due_on=business_day(now) + 4 * DAY, parts=parts,
        by=cast.users["manager"], at=at,
    )  # fmt: skip
    for part in row.parts.order_by("position")[:2]:
        by: Any = part.owner.user
        communication.finish_part(part, note="已核对并更新", reference="站点应急清单 2026-11",
                                  by=by, at=at + 2 * DAY)  # fmt: skip
