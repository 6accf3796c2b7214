"""The demo's exceptions: noticed by the watch or reported by hand, worked on by the services."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from courierqa.demo.people import Cast
from shipments import services
from shipments.enums import UNDER_WAY, State
from shipments.models import ExceptionClass, Parcel, ParcelException
from staff.models import Employee

# kind → (what is seen, what the customer hears, the plan, the cause, how it ends)
STORIES = {
    "lost": (
        "扫描中断，站点未见实物",
        "正在沿途盘点，明日答复",
        "search",
        "交接漏扫",
        "已找回并转运",
    ),
    "damaged": (
        "外箱一角压破",
        "已拍照留证，可赔偿或退回",
        "compensate",
        "装卸未轻放",
        "已按约赔付",
    ),
    "delayed": ("", "预计明日送达，已优先安排", "wait", "分拨积压", "已送达"),
    "stuck": ("", "已安排最近一班发出", "redeliver", "分拣口漏装", "已随次日班车发出"),
    "attempt": ("", "已约明日上午再投", "redeliver", "收件人外出", "已再次投递"),
    "address": (
        "门牌号与小区不符",
        "请补充楼栋与房号",
        "new_address",
        "下单地址不全",
        "地址已更正",
    ),
    "misdelivered": (
        "邻栋同号收件人误收",
        "正在取回，今日重投",
        "redeliver",
        "未核对楼栋",
        "已取回重投",
    ),
    "unpaid": (
        "收件人对代收金额有异议",
        "已与寄件人核对金额",
        "wait",
        "金额录入有误",
        "金额已更正",
    ),
    "realname": (
        "证件姓名与寄件人不符",
        "请寄件人补充证件信息",
        "return",
        "代寄未登记",
        "已补登实名",
    ),
    "disputed": ("收件人称未收到", "已调取签收凭证核实", "search", "代收未告知", "已由代收人交还"),
}
REPORTED = ("address", "unpaid", "misdelivered", "realname", "address", "damaged")
STOPPED = "安检图像可见疑似锂电池组，未申报"
NOTICES = (
    ("杭州滨江隧道施工", "Road works in the Binjiang tunnel",
     "夜间封闭施工，滨江各站到件顺延约两小时。",
     "The tunnel closes at night; parcels reach the Binjiang stations about two hours later.",
     ("HZ-02", "HZ-03"), -1, 5),
    ("寒潮期间运力调整", "Fewer trips during the cold spell",
     "受寒潮影响，跨区干线减少夜班车次，部分快件可能延后一天。",
     "Fewer night trips run between regions; some parcels may take one day longer.",
     (), 2, 5),
)  # fmt: skip


class Bench:
    """The people who work on exceptions, each step as far as time allows."""

    def __init__(self, cast: Cast, rng: random.Random, *, now: datetime) -> None:
        self.cast, self.rng, self.now = cast, rng, now
        self.classes = {row.code: row for row in ExceptionClass.objects.all()}

    def work(self) -> int:
        """Report a few by hand, then take every open one as far as it has come."""
        self._report()
        rows = ParcelException.objects.exclude(status="solved").select_related("parcel", "site")
        found = list(rows.order_by("opened_at", "pk"))
        for row in found:
            self._handle(row)
        self._stop()
        return len(found)

    def _report(self) -> None:
        near = Parcel.objects.filter(
            state__in=(State.AT_STATION, State.OUT, State.AT_SITE), exceptions=None
        ).select_related("last_site").order_by("pk")  # fmt: skip
        for kind, parcel in zip(REPORTED, near[10 : 10 + len(REPORTED)], strict=False):
            at = max(self.now - timedelta(hours=self.rng.choice((2, 5, 9, 20))),
                     parcel.last_event_at or self.now)  # fmt: skip
            services.open_exception(
                parcel=parcel, kind=kind, site_id=parcel.last_site_id or parcel.destination_id,
                at=at, actor=self._boss(parcel).user, note=STORIES[kind][0],
                found_at=at - timedelta(minutes=self.rng.choice((3, 12, 45, 130))),
                place=self.rng.choice(("到件口", "分拣台", "投递车", "问题件货架")),
            )  # fmt: skip

    def _boss(self, parcel: Parcel) -> Employee:
        """Return the supervisor of where the parcel is, or of where it goes."""
        found = self.cast.supervisors
        here = parcel.last_site.code if parcel.last_site else ""
        return found.get(here) or found.get(parcel.destination.code) or next(iter(found.values()))

    def _handle(self, row: ParcelException) -> None:
        boss = self._boss(row.parcel)
        words = STORIES.get(row.kind, ("", "已核实并告知", "other", "原因待查", "已处理"))
        at = row.opened_at + timedelta(minutes=self.rng.choice((8, 20, 50, 150)))
        if at > self.now or self.rng.random() < 0.25:
            return
        services.take_exception(row, owner_id=boss.pk, actor=boss.user, at=at)
        services.do_step(row, step=0, note="", actor=boss.user, at=min(at, self.now))
        at += timedelta(hours=self.rng.choice((0.5, 2, 6, 11)))
        if at > self.now or self.rng.random() < 0.3:
            return
        services.plan_exception(row, plan=words[2], due_at=None, note="", actor=boss.user, at=at)
        services.tell_customer(row, note=words[1], actor=self.rng.choice(self.cast.agents), at=at)
        at += timedelta(hours=self.rng.choice((3, 8, 20, 30)))
        if at > self.now or row.parcel.state in UNDER_WAY:
            return
        self._finish(row, boss, words, at)

    def _finish(
        self, row: ParcelException, boss: Employee, words: tuple[str, ...], at: datetime
    ) -> None:
        services.analyse_exception(row, root_cause=words[3], actor=boss.user, at=at)
        services.solve_exception(row, note=words[4], actor=boss.user, at=at)
        if row.kind not in ("damaged", "lost"):
            return
        decided = services.decide_responsibility(
            exception=row, party="site", site=row.site, evidence="依据扫描间隔与监控录像",
            actor=self.cast.users["quality"], at=at + timedelta(minutes=30),
        )  # fmt: skip
        if at + timedelta(hours=2) < self.now and self.rng.random() < 0.5:
            services.appeal_responsibility(
                decided, text="交接时外箱已变形，有照片", actor=boss.user,
                at=at + timedelta(hours=2),
            )  # fmt: skip

    def _stop(self) -> None:
        parcel = Parcel.objects.filter(
            state=State.AT_SITE, exceptions=None, last_event_at__lt=self.now
        ).order_by("-pk").first()  # fmt: skip
        if parcel is not None:
            at = max(self.now - timedelta(minutes=40), parcel.last_event_at or self.now)
            services.stop_parcel(
                parcel=parcel, why=STOPPED, at=at, actor=self.cast.users["quality"]
            )

    def notify(self) -> None:
        """Write the service notices."""
        start = self.now.replace(minute=0)
        for title, title_en, text, text_en, codes, first, days in NOTICES:
            begins = start + timedelta(days=first)
            values = {
                "title": title, "title_en": title_en, "text": text, "text_en": text_en,
                "starts_at": begins, "ends_at": begins + timedelta(days=days), "is_public": True,
                "sites": [self.cast.sites[code] for code in codes if code in self.cast.sites],
            }  # fmt: skip
            services.save_notice(None, values=values, actor=self.cast.users["quality"], at=self.now)
