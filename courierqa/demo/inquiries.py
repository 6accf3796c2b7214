"""What the demo finds out about complaints: statements, causes, appeals, measures, incidents."""

from __future__ import annotations

import io
import random
from datetime import datetime, timedelta
from typing import Any

from PIL import Image

from complaints import services
from complaints.claim_rules import Basis
from complaints.enums import JUDGED, OPEN, EventKind
from complaints.models import Case, CostShare, PrivacyIncident, Reason, RootCause, Ruling
from complaints.services.incidents import Picture
from complaints.services.measures import Order
from complaints.work_enums import MeasureKind, RemedyKind, RulingStatus
from courierqa.demo.people import Cast
from staff.models import Course, Employee

# reason → (cause of the tree, the whys that lead to it)
CAUSES = {
    "late-delivery": ("overload", ("当天未派完", "派件量比平时多四成", "旺季未增派人手")),
    "stuck": ("hub-backlog", ("快件在分拨滞留", "夜班分拣能力不足")),
    "damaged": ("rough-handling", ("外箱受压", "装车时重货压轻货")),
    "lost": ("handover-missed", ("出站后没有扫描", "交接时未逐件核对")),
    "locker-no-consent": ("no-consent", ("直接投柜", "快递员认为收件人不在家")),
    "false-signature": ("early-sign", ("先点签收后派送", "担心超时考核")),
    "rude-courier": ("rude", ("沟通时态度生硬", "当天连续派送十小时")),
    "overcharge": ("weighing", ("计费重量偏高", "电子秤未按期校准")),
    "waybill-exposed": ("label-open", ("面单打印未打码", "旧版模板未停用")),
}
REMEDIES = {
    "redeliver": (RemedyKind.REDELIVER, "免费重新派送，电话预约时间", "已当面签收"),
    "apology": (RemedyKind.APOLOGY, "站长电话致歉", "客户接受致歉"),
    "fix_record": (RemedyKind.CORRECT, "更正签收记录", "记录已更正"),
}
HOUR = timedelta(hours=1)


def picture(rng: random.Random) -> bytes:
    """Return a plain picture, as a stand-in for one of a door or a box."""
    out = io.BytesIO()
    colour = (120 + rng.randrange(80), 100 + rng.randrange(60), 80)
    Image.new("RGB", (320, 240), colour).save(out, "JPEG")
    return out.getvalue()


def ask_and_find(
    rng: random.Random, case: Case, person: Employee | None, agent: Any, at: datetime
) -> None:
    """Ask the courier, hear the answer, name the cause, promise what was wished for."""
    if person is not None and person.user is not None and rng.random() < 0.6:
        asked = services.ask_statement(
            case=case, person=person, question="请说明当时的经过，是否联系过收件人？", hours=24,
            by=agent, at=at - 2 * HOUR,
        )  # fmt: skip
        services.answer_statement(
            statement=asked, text="当天件多，没有逐个打电话，以后会先联系。", by=person.user,
            at=at - HOUR,
        )  # fmt: skip
        services.add_file(
            case=case, content=picture(rng), name="现场照片.jpg", by=person.user, at=at - HOUR,
            statement=asked,
        )  # fmt: skip
    code, whys = CAUSES[case.reason.code]
    cause = RootCause.objects.get(code=code)
    services.analyse_case(case=case, root_cause=cause, whys=whys, by=agent, at=at)
    if case.wish in REMEDIES:
        kind, words, result = REMEDIES[case.wish]
        promised = services.promise_remedy(
            case=case, kind=kind, words=words, due_at=at + 48 * HOUR, by=agent, at=at
        )
        services.end_remedy(remedy=promised, carried_out=True, result=result, by=agent, at=at)


def ask_now(cast: Cast, *, now: datetime) -> None:
    """Leave a few questions open, for the phones and the desks."""
    cases = Case.objects.filter(status__in=["first_handling", "investigating", "registered"])
    for case in cases.exclude(parcel=None).order_by("-pk")[:6]:
        for person in cast.couriers.get(case.parcel.destination.code, [])[:1]:
            services.ask_statement(
                case=case, person=person, question="快件现在在哪里？当时交给了谁？", hours=8,
                by=case.owner or cast.agents[0], at=now - HOUR,
            )  # fmt: skip
        if case.site is not None:
            services.ask_statement(
                case=case, site=case.site, question="请核对当天出站交接记录", hours=24,
                by=case.owner or cast.agents[0], at=now - HOUR,
            )  # fmt: skip


def claim_now(*, now: datetime) -> None:
    """Leave a few amounts for the leads to agree to; one waits for the customer's receipt."""
    rows = Case.objects.filter(status__in=OPEN, no_money_reason="", claims=None)
    rows = rows.filter(kind__in=JUDGED, parcel__isnull=False, owner__isnull=False)
    for place, case in enumerate(rows.select_related("owner").order_by("pk")[:3]):
        amount = (120 + 40 * place) * 100
        claim = services.propose_claim(
            case=case, basis=Basis(EventKind.GOODWILL), amount_fen=amount, by=case.owner,
            at=now - (place + 2) * HOUR,
        )  # fmt: skip
        if place == 0:
            services.ask_proof(
                claim=claim, asked="请您发送购买凭证的照片", by=case.owner, at=now - HOUR
            )


def judge(cast: Cast, rng: random.Random, *, now: datetime) -> None:
    """Some appeal; the rest becomes final; a few people get a course or a proposed penalty."""
    named = Ruling.objects.filter(status=RulingStatus.DECIDED, person__user__isnull=False)
    for ruling in named.select_related("case", "person__user").order_by("pk"):
        at = ruling.decided_at + timedelta(days=1)
        if rng.random() < 0.2 and at < now:
            services.appeal_ruling(
                ruling=ruling,
                text="我当时联系过收件人，请核对通话记录。",
                by=ruling.person.user,
                at=at,
            )
            if rng.random() < 0.7:
                services.answer_appeal(
                    ruling=ruling, uphold=rng.random() < 0.6, text="已核对通话与扫描记录。",
                    by=cast.users["quality"], at=at + HOUR,
                )  # fmt: skip
    services.finish_rulings(now=now)
    _measures(cast, now)
    _campaign(cast, now)
    _incidents(cast, now)
    _settle(cast, now)


def _measures(cast: Cast, now: datetime) -> None:
    course, due_on = Course.objects.first(), (now + timedelta(days=14)).date()
    final = Ruling.objects.filter(status__in=["final", "upheld"], person__isnull=False)
    kinds = [
        Order(MeasureKind.TALK, "班前会当面谈话，讲清投柜前须征得同意", due_on),
        Order(MeasureKind.TRAINING, "重新学习并通过考试", due_on, course),
        Order(MeasureKind.PENALTY, "建议扣除当月服务奖", due_on),
    ]
    for place, ruling in enumerate(final.select_related("case").order_by("-pk")[:9]):
        services.order_measure(
            case=ruling.case, order=kinds[place % 3], by=cast.users["lead"], at=now - HOUR
        )


def _campaign(cast: Cast, now: datetime) -> None:
    """The campaign quality started a week ago against parcels that come late."""
    target = services.Target(Reason.objects.get(code="late-delivery"))
    services.start_campaign(
        target=target, title="旺季延误专项整治", goal="每周两件以内，派件多的站点增派人手",
        owner=cast.users["quality"], by=cast.users["quality"], at=now - timedelta(days=8),
        ends_on=(now + timedelta(days=20)).date(),
    )  # fmt: skip


def _incidents(cast: Cast, now: datetime) -> None:
    rows = PrivacyIncident.objects.order_by("opened_at")
    for row in rows[: max(1, rows.count() // 2)]:
        told = min(row.opened_at + 3 * HOUR, now)
        picture = Picture(
            kinds="姓名、电话、地址", affected=1, cause="旧版面单模板未打码",
            harm="电话可能被他人记录", measures="停用旧模板，更换已打印面单",
            people_told_at=told, authority_told_at=told, postal_told_at=told,
        )  # fmt: skip
        quality = cast.users["quality"]
        services.describe_incident(incident=row, picture=picture, by=quality, at=told)
        services.note_incident(incident=row, text="已通知站点停用旧模板", by=quality, at=told)
        services.move_incident(incident=row, verb="contain", by=quality, at=told)


def _settle(cast: Cast, now: datetime) -> None:
    rows = CostShare.objects.filter(bearer="site", settled_at=None).order_by("pk")
    for row in rows[: rows.count() * 2 // 3]:
        services.settle_share(share=row, ref=f"SET-{row.pk:06d}", by=cast.users["manager"], at=now)
