"""Complaints and ratings of the demo, told by the real services at the moments they happened."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from complaints import services
from complaints.claim_rules import arithmetic, total
from complaints.enums import Channel, EventKind, FollowUpResult, Liability, Wish
from complaints.models import Case, Reason
from complaints.services.closing import Call
from complaints.services.intake import Intake
from complaints.services.ratings import Rating
from complaints.work_enums import FeeLine
from courierqa.demo import inquiries
from courierqa.demo.people import Cast, person_name, phone
from shipments.models import Parcel

# reason → (what the customer says, the cause found)
STORIES = {
    "late-delivery": ("说好昨天到，现在还没收到", "分拨积压"),
    "stuck": ("物流三天没有动静了", "分拨积压"),
    "damaged": ("外箱压坏，里面的东西碎了", "装卸碰撞"),
    "lost": ("一直显示运输中，是不是丢了", "交接漏扫"),
    "locker-no-consent": ("没打电话就放到快件箱了", "末端未征得同意"),
    "false-signature": ("显示签收，可我没收到", "提前点签收"),
    "rude-courier": ("快递员说话很不客气", "服务意识不足"),
    "overcharge": ("多收了我五块钱", "称重误差"),
    "waybill-exposed": ("面单上电话全露出来了", "面单未打码"),
}
RECEIPT = "我们已收到您的反映，正在核实，今天内给您答复。"
ANSWER = "已查明原因并处理，请您查收。"
BETTER = "已重新核实，站长已当面致歉并说明处理结果。"
MONEY = {"late-delivery": EventKind.DELAY, "stuck": EventKind.DELAY}
MONEY |= {"lost": EventKind.LOSS, "damaged": EventKind.LOSS}
MONEY |= {"overcharge": EventKind.OVERCHARGE}


@dataclass(frozen=True)
class Trouble:
    """A parcel whose customer had a reason to complain, and when."""

    parcel: Parcel
    reason: str
    at: datetime
    courier_id: int | None


def office_time(rng: random.Random, at: datetime) -> datetime:
    """Move a moment into the hours in which somebody picks up the phone."""
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return day + timedelta(hours=8.5 + rng.random() * 11)


class Desk:
    """The service desk: takes each trouble through the steps as far as time allows."""

    def __init__(self, cast: Cast, rng: random.Random, *, now: datetime) -> None:
        self.cast, self.rng, self.now = cast, rng, now
        self.reasons = {reason.code: reason for reason in Reason.objects.all()}

    def handle(self, trouble: Trouble) -> Case | None:
        """Open a case and work on it; steps that would lie in the future stay undone."""
        at = office_time(self.rng, trouble.at)
        if at > self.now:
            return None
        case, agent = self._open(trouble, at)
        at += timedelta(hours=self.rng.choice((0.4, 1, 2, 5, 20, 30)))
        if at <= self.now and self.rng.random() < 0.01:
            desk, at = self._later(case, at)
            return desk._answer(case, trouble, agent, at)
        return self._answer(case, trouble, agent, at)

    def _later(self, case: Case, at: datetime) -> tuple[Desk, datetime]:
        """Return the desk that finds an overlooked case long after its limit, and when.

        Its chance is its own: what is told of other cases does not hang on it.
        """
        desk = Desk(self.cast, random.Random(f"{case.number}-{case.status}"), now=self.now)
        return desk, office_time(desk.rng, at + timedelta(days=desk.rng.randrange(9, 30)))

    def _answer(self, case: Case, trouble: Trouble, agent, at: datetime) -> Case:
        """Take a case from its first answer to its end, as far as time allows."""
        if at > self.now:
            return case
        self._reply(case, agent, at, RECEIPT, final=False)
        at += timedelta(hours=self.rng.choice((3, 8, 20, 30, 60, 90)))
        if at <= self.now and self.rng.random() < 0.015:
            desk, at = self._later(case, at)
            return desk._settle(case, trouble, agent, at)
        return self._settle(case, trouble, agent, at)

    def _settle(self, case: Case, trouble: Trouble, agent, at: datetime) -> Case:
        if at > self.now:
            return case
        self._decide(case, trouble, agent, at)
        self._reply(case, agent, at + timedelta(minutes=20), ANSWER, final=True)
        self._finish(case, agent, at + timedelta(minutes=30))
        return case

    def _open(self, trouble: Trouble, at: datetime) -> tuple[Case, object]:
        agent = self.rng.choice(self.cast.agents)
        phoned = self.rng.random() < 0.7
        intake = Intake(
            key=f"demo-{trouble.parcel.waybill}",
            reason=self.reasons[trouble.reason],
            channel=Channel.PHONE if phoned else Channel.WEB,
            words=STORIES[trouble.reason][0],
            wish=self.rng.choice(list(Wish)),
            phone=phone(self.rng),
            name=person_name(self.rng),
            parcel=trouble.parcel,
        )
        case = services.open_case(intake, by=agent if phoned else None, at=at)
        return case, case.owner or agent

    def _reply(self, case: Case, agent, at: datetime, text: str, *, final: bool) -> None:
        services.reply(case=case, text=text, by=agent, at=at, final=final)

    def _decide(self, case: Case, trouble: Trouble, agent, at: datetime) -> None:
        ours = self.rng.random() < 0.55
        staff = self.cast.couriers[trouble.parcel.destination.code]
        person = next((one for one in staff if one.pk == trouble.courier_id), None)
        inquiries.ask_and_find(self.rng, case, person, agent, at)
        services.decide_liability(
            case=case,
            liability=Liability.OURS if ours else Liability.NONE,
            evidence="依据扫描记录与站点说明",
            by=agent,
            at=at,
            site=trouble.parcel.destination if ours else None,
            person=person if ours and trouble.reason not in MONEY else None,
        )
        self._money(case, agent, at, ours=ours)

    def _money(self, case: Case, agent, at: datetime, *, ours: bool) -> None:
        kind = MONEY.get(case.reason.code)
        if kind is None or not ours:
            services.waive_money(case=case, reason="无损失", by=agent, at=at)
            return
        loss = 0 if kind == EventKind.DELAY else self.rng.randrange(30, 400) * 100
        refund = services.Refund(FeeLine.EXTRA if kind == EventKind.OVERCHARGE else "")
        loss = 500 if kind == EventKind.OVERCHARGE else loss
        basis = services.basis_of(case, kind, loss_fen=loss)
        amount = total(arithmetic(basis)) or 1000
        lead, boss = self.cast.users["lead"], self.cast.users["manager"]
        borne = case.liable_site
        claim = services.propose_claim(
            case=case, basis=basis, amount_fen=amount, by=agent, at=at, borne_by=borne,
            refund=refund,
        )  # fmt: skip
        if claim.approval is not None:
            approver = lead if claim.approval.needs_role == "lead" else boss
            services.decide_claim(claim=claim, approve=True, by=approver, at=at)
            payer = boss if approver is lead else lead
        else:
            payer = lead
        services.pay_claim(claim=claim, by=payer, at=at, payment_ref=f"PAY-{claim.pk:06d}")

    def _finish(self, case: Case, agent, at: datetime) -> None:
        case.refresh_from_db()
        call = case.followups.filter(done_at=None).first()
        when = max(at, call.due_at) if call else at
        if when > self.now:
            return
        if call:
            other = next(one for one in self.cast.agents if one.pk != agent.pk)
            happy = self.rng.random() < 0.93
            result = FollowUpResult.SATISFIED if happy else FollowUpResult.UNSATISFIED
            note = "" if happy else "仍不满意"
            services.record_followup(
                followup=call, call=Call(result=result, note=note), by=other, at=when
            )
            if not happy:
                self._once_more(case, agent, when)
                return
        cause = STORIES[case.reason.code][1]
        services.conclude(case=case, cause=cause, summary="已与站点复盘", by=agent, at=when)
        services.close_case(case=case, by=agent, at=when)

    def _once_more(self, case: Case, agent, since: datetime) -> None:
        """Answer a case that was taken up again: most in the seven days that begin anew."""
        case.refresh_from_db()
        chance = random.Random(f"{case.number}-{case.reopened}")
        at = office_time(chance, since + timedelta(days=chance.choice((1, 2, 2, 3, 4, 6, 8, 12))))
        if at > self.now:
            return
        self._reply(case, agent, at, BETTER, final=True)
        Desk(self.cast, chance, now=self.now)._finish(case, agent, at)


def rate(rng: random.Random, parcel: Parcel, *, late: bool, at: datetime) -> None:
    """Record one customer's rating of a delivery."""
    score = rng.choices((1, 2, 3, 4, 5), (30, 18, 20, 18, 14) if late else (2, 2, 6, 25, 65))[0]
    services.record_answer(
        Rating(
            key=f"demo-{parcel.waybill}",
            score=score,
            channel="sms",
            answered_at=at,
            parcel=parcel,
            asked_on=at.date(),
        )
    )
