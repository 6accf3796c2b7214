"""Inspections of the demo: plans, visits over the whole story, findings at every step."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from PIL import Image

from complaints.models import Case
from courierqa.core.calendars import business_day, day_start
from courierqa.demo.people import Cast
from quality.inspection_enums import PointGrade, SampleKind
from quality.models import CheckFinding, Checklist, ChecklistVersion, Inspection, InspectionPlan
from quality.services import inspections as quality
from quality.services.inspections import Graded, Visit
from staff.models import Employee, Site

DAY = timedelta(days=1)
# Site, checklist, rhythm, how many others are on the team, reason of a targeted one.
PLANS = (
    ("HZ-01", "site-round", "week", 1, ""),
    ("HZ-02", "site-round", "week", 0, ""),
    ("SH-01", "site-round", "week", 2, ""),
    ("NB-01", "premises", "month", 0, ""),
    ("HZ-01", "channels", "week", 0, ""),
    ("SU-01", "vehicles", "week", 0, "近期车辆尾门故障"),
    ("NJ-01", "inputs", "month", 1, ""),
    ("HZ-03", "drills", "month", 0, ""),
)  # fmt: skip
# Of the planned days that came last, those nobody went out on.
MISSED = (2, 5, 9)
SIGNED = [{"points": [{"x": n * 8, "y": 40 + n % 6 * 12, "time": n * 16} for n in range(24)]}]
SEEN = {
    "fire": "灭火器压力不足", "vehicle": "右侧车门掉漆约 1.5 平方厘米", "privacy": "废弃面单未粉碎",
    "handling": "三件快件直接放在地面", "people": "一人未佩戴工牌", "notices": "赔偿标准已过期",
}  # fmt: skip
REPORT = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@dataclass
class Inspector:
    """Who goes out, and what was made so far."""

    cast: Cast
    rng: random.Random
    now: datetime
    photo: bytes
    made: int = 0

    def plan(
        self, site: str, code: str, every: str, others: int, reason: str, *, since: date
    ) -> InspectionPlan | None:
        """Plan one inspection, when the network has the site."""
        place, lead = self.cast.sites.get(site), self.cast.supervisors.get(site)
        if place is None or lead is None:
            return None
        return quality.make_inspection_plan(
            checklist=Checklist.objects.get(code=code), site=place, lead=lead, every=every,
            kind=SampleKind.TARGETED if reason else SampleKind.RANDOM, reason=reason, interval=1,
            members=self.others(lead, others), starts_on=since, by=self.cast.users["quality"],
            at=day_start(since) + timedelta(hours=1),
        )  # fmt: skip

    def others(self, lead: Employee, count: int) -> list[Employee]:
        known = [one for one in self.cast.supervisors.values() if one.pk != lead.pk]
        return sorted(known, key=lambda one: one.number)[:count]

    def visit(self, plan: InspectionPlan, day: Any, version: ChecklistVersion) -> Inspection:
        """Do one planned day, as the phone would send it."""
        end = day_start(day.planned_day) + timedelta(hours=10, minutes=self.rng.randrange(60))
        points = [self.grade(line, end) for line in version.lines.all()]
        team = list(plan.members.all())
        told = Visit(
            uid=UUID(int=self.rng.getrandbits(128), version=4), version=version, site=plan.site,
            kind=plan.kind, started_at=end - timedelta(minutes=9), finished_at=end, points=points,
            planned=day, team=team, signature=SIGNED, site_signature=SIGNED, signed_by="值班员",
        )  # fmt: skip
        row, _new = quality.record_inspection(
            told, by=plan.lead.user, at=end + timedelta(minutes=4)
        )
        self.made += 1
        return row

    def grade(self, line: Any, end: datetime) -> Graded:
        """Grade one point: one in thirty fails, one in fifty does not apply."""
        dice = self.rng.random()
        if dice < 0.02:
            return Graded(line.pk, PointGrade.NA)
        if dice > 0.055:
            return Graded(line.pk, PointGrade.CONFORM)
        grave = PointGrade.MAJOR if self.rng.random() < 0.25 else PointGrade.MINOR
        return Graded(line.pk, grave, note=SEEN.get(line.area) or f"未做到：{line.text}", photos=1,
                      due_on=business_day(end) + self.rng.choice((2, 3, 7)) * DAY)  # fmt: skip

    def follow(self, found: CheckFinding) -> None:
        """Bring a finding as far as its age allows: mended after two days, verified after four."""
        leader, checker = found.graded.inspection.inspector.user, self.cast.users["quality"]
        quality.add_photo(found.graded, kind="photo", content=self.photo, name="p.jpg", by=leader,
                          at=found.found_at + timedelta(minutes=5))  # fmt: skip
        age = self.now - found.found_at
        if age < 3 * DAY or (age < 14 * DAY and self.rng.random() < 0.2):
            return
        at = found.found_at + 2 * DAY
        found = quality.fix_finding(found, text="已整改并拍照", content=self.photo, name="fix.jpg",
                                    by=leader, at=at)  # fmt: skip
        if age > 5 * DAY:
            quality.judge_fix(found, is_mended=True, note="", by=checker, at=at + 2 * DAY)


def tell(cast: Cast, *, now: datetime, days: int) -> str:
    """Tell the plans, visits on all planned days but a few, findings, and what others found."""
    one = Inspector(cast, random.Random(days), now, _photo())
    since = business_day(now) - min(days - 1, 60) * DAY
    plans = [plan for row in PLANS if (plan := one.plan(*row, since=since)) is not None]
    quality.plan_ahead(now=now)
    versions = {v.checklist_id: v for v in ChecklistVersion.objects.filter(state="approved")}
    past = [(day, plan) for plan in plans
            for day in plan.days.filter(planned_day__lt=business_day(now))]  # fmt: skip
    past.sort(key=lambda pair: (pair[0].planned_day, pair[1].pk))
    for place, (day, plan) in enumerate(past):
        if len(past) - place not in MISSED:
            one.visit(plan, day, versions[plan.checklist_id])
    findings = CheckFinding.objects.select_related("graded__inspection__inspector__user")
    for found in list(findings.order_by("pk")):
        one.follow(found)
    _outside(cast, now)
    return f"{len(plans)} inspection plans, {one.made} inspections, {findings.count()} findings"


def _photo() -> bytes:
    """Return a small grey picture: of nothing and nobody."""
    page = io.BytesIO()
    Image.new("RGB", (64, 48), (150, 160, 165)).save(page, "JPEG")
    return page.getvalue()


def _outside(cast: Cast, now: datetime) -> None:
    """Tell an outside evaluation, the year's plan with its nodes, two reviews, two clips."""
    by, today, year = cast.users["quality"], business_day(now), business_day(now).year
    when: dict[str, Any] = {"by": by, "at": now}
    quality.record_evaluation(
        kind="agency", body="省快递协会", subject="服务满意度与时限测试", site=None,
        on=today - 9 * DAY, result="总体满意度 84.6 分，时限准时率 93.1%", content=REPORT,
        name="evaluation.pdf", **when,
    )  # fmt: skip
    plan = quality.make_evaluation_plan(
        year=year, name="年度服务质量评估", scope="收寄、分拣、派送、投诉四个环节，全部站点",
        owner=by.employee, **when,
    )  # fmt: skip
    for name, ago in (("方案发布", 20), ("数据采集", 8), ("现场评估", -14), ("评估报告", -30)):
        node = quality.add_milestone(plan, name=name, due_on=today - ago * DAY, **when)
        if ago > 10:
            quality.finish_milestone(node, done_on=today - ago * DAY, result="按期完成", **when)
    for process, outcome, text in (
        ("delivery", "adjust", "派前联系不足，交班清单增加预约一栏"),
        ("security", "fits", "过机安检与验视衔接顺畅"),
    ):
        quality.record_review(process=process, on=today - 6 * DAY, outcome=outcome, text=text,
                              next_on=today + 84 * DAY, **when)  # fmt: skip
    _clip(cast.sites["HZ-01"], now, by)


def _clip(site: Site, now: datetime, by: Any) -> None:
    """Note where the pictures of a finding lie, and those of the newest complaint of the site."""
    first = CheckFinding.objects.order_by("pk").values_list("pk", flat=True).first() or 1
    shown = [("2 号操作台", f"F-{first}", now - 2 * DAY)]
    case = Case.objects.filter(parcel__destination=site).order_by("-received_at").first()
    if case is not None:
        shown.append(("HZ01-CM1 操作台摄像机", case.number, case.received_at - DAY))
    for place, (camera, about, begin) in enumerate(shown):
        quality.keep_clip(
            site=site, camera=camera, from_at=begin, to_at=begin + timedelta(minutes=6),
            kept_at=f"录像机 NVR-2，编号 {117 + place:04}",
            keep_until=business_day(now) + 90 * DAY, about=about, note="", by=by, at=now,
        )  # fmt: skip
