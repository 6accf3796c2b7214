"""What happens beside the steps of demo cases: helpers, pauses, merges, letters, forums."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from itertools import islice

from complaints import services
from complaints.enums import CaseKind, Channel, RegulatorMatter, RegulatorOutcome
from complaints.models import Case, PauseReason, Reason
from complaints.services.intake import Intake
from courierqa.demo.people import Cast, person_name, phone
from shipments.models import Parcel

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EARLY = ("registered", "first_handling", "investigating")
FORUMS = (
    ("黑猫投诉", "https://tousu.example/", 1, "三条新帖，两条催件，一条投诉投柜", 3),
    ("本地生活论坛", "https://bbs.example/express", 3, "无新帖", 0),
    ("微博话题", "https://weibo.example/topic", 2, "一条询问收费，已私信答复", 1),
)
SETTLED = "延误属实，运费已退还，并向您致歉。"
LETTERS = (
    # (authority, matter, reason, words, days ago, reply after days or None)
    ("杭州市邮政管理局", "appeal", "late-delivery", "用户申诉：快件延误五天，企业未答复", 25, 6),
    ("杭州市邮政管理局", "appeal", "false-signature", "用户申诉：未收到快件却显示签收", 12, None),
    ("浙江省邮政管理局", "inquiry", "locker-no-consent", "请说明未经同意投柜的整改情况", 4, None),
    ("宁波市邮政管理局", "appeal", "lost", "用户申诉：快件丢失，赔偿未达成一致", 3, None),
)


class SideDesk:
    """Gives the cases of the story what agents do beside answering them."""

    def __init__(self, cast: Cast, rng: random.Random, *, now: datetime) -> None:
        self.cast, self.rng, self.now = cast, rng, now
        self.agents = list(cast.agents)

    def work(self) -> int:
        """Do everything once; return how many deeds succeeded."""
        deeds = (self._helpers, self._pauses, self._twins, self._letters, self._forums, self._door)
        return sum(deed() for deed in deeds)

    def _open(self) -> list[Case]:
        rows = Case.objects.filter(status__in=EARLY, paused_at=None, owner__isnull=False)
        return list(rows.select_related("owner", "reason", "parcel").order_by("-pk")[:40])

    def _helpers(self) -> int:
        done = 0
        for place, case in enumerate(islice(self._open(), 0, 4)):
            helper = next(one for one in self.agents if one != case.owner)
            takes_over = place % 3 == 0
            asked = "请接手并答复客户" if takes_over else "请核对末端交接记录"
            at = self.now - HOUR * self.rng.randint(1, 5)
            row = services.transfer(
                case=case, to_user=helper, question=asked, by=case.owner, at=at,
                takes_over=takes_over,
            )  # fmt: skip
            if place % 3 == 1:
                found = "监控显示已放入快件箱，无通话记录"
                services.answer_transfer(transfer=row, answer=found, by=helper, at=at + HOUR / 2)
            elif place % 3 == 2:
                services.return_transfer(
                    transfer=row, reason="不在我负责的片区", by=helper, at=at + HOUR / 3
                )
            done += 1
        return done

    def _pauses(self) -> int:
        reason = PauseReason.objects.filter(is_active=True).first()
        cases = [case for case in self._open() if case.resolve_due_at > self.now][:2]
        for case in cases:
            services.pause_case(
                case=case, reason=reason, note="等客户发破损照片", by=case.owner, at=self.now - HOUR
            )
        return len(cases)

    def _twins(self) -> int:
        """A few customers call twice about one parcel; the second case joins the first."""
        done = 0
        for case in [one for one in self._open() if one.parcel][-3:]:
            intake = Intake(
                key=f"demo-twin-{case.pk}", reason=case.reason, channel=Channel.PHONE,
                words="再催一次，还没有人联系我", phone=case.customer_phone,
                name=case.customer_name, parcel=case.parcel,
            )  # fmt: skip
            again = services.open_case(intake, by=case.owner, at=self.now - HOUR)
            services.merge_cases(case=again, into=case, by=case.owner, at=self.now - HOUR / 2)
            done += 1
        return done

    def _letters(self) -> int:
        for place, letter in enumerate(LETTERS):
            self._letter(place, *letter)
        return len(LETTERS)

    def _letter(
        self, place: int, authority: str, matter: str, reason: str, words: str, ago: int,
        reply_after: int | None,
    ) -> None:  # fmt: skip
        came = self.now - ago * DAY
        agent = self.agents[place % len(self.agents)]
        intake = Intake(
            key=f"demo-letter-{place}", reason=Reason.objects.get(code=reason),
            channel=Channel.REGULATOR, words=words, kind=CaseKind.APPEAL, phone=phone(self.rng),
            name=person_name(self.rng), received_at=came,
            parcel=Parcel.objects.filter(done_at__lt=came).order_by("-pk").first(),
        )  # fmt: skip
        said = services.Forwarded(
            authority, f"邮管申〔{came:%Y}〕{1200 + place} 号", RegulatorMatter(matter), came
        )
        case = services.open_regulator_case(intake, said, by=agent, at=came)
        if reply_after is not None:
            at = came + reply_after * DAY
            services.reply(case=case, text=SETTLED, by=agent, at=at - HOUR, final=True)
            services.reply_regulator(
                case=case, text="已联系用户致歉并退还运费，用户接受。", by=agent,
                reference=f"速函 {place + 1}", at=at, outcome=RegulatorOutcome.VALID,
            )  # fmt: skip

    def _forums(self) -> int:
        lead = self.cast.users["lead"]
        for place, (name, url, every, note, found) in enumerate(FORUMS):
            watcher = self.agents[place % len(self.agents)]
            values = {"name": name, "url": url, "watcher": watcher, "every_days": every,
                      "is_active": True}  # fmt: skip
            row = services.save_forum(None, values=values, by=lead, at=self.now - 9 * DAY)
            for ago in (every * 2 + 1, every - 0.5):
                services.record_look(
                    forum=row, found=found, note=note, by=watcher, at=self.now - ago * DAY
                )
            if place == 0:
                self._post(row, watcher)
        return len(FORUMS)

    def _post(self, forum, watcher) -> None:
        intake = Intake(
            key="demo-post", reason=Reason.objects.get(code="locker-no-consent"),
            channel=Channel.FORUM, words="没打电话就放快件箱，取件码都没发", forum=forum,
            source_url="https://tousu.example/posts/4711", name="网友",
        )  # fmt: skip
        services.open_case(intake, by=watcher, at=self.now - 5 * HOUR)

    def _door(self) -> int:
        """Couriers write down what customers say at the door."""
        held = Parcel.objects.exclude(holder=None).filter(holder__user__isnull=False)
        done = 0
        for parcel in held.select_related("holder__user", "destination").order_by("pk")[:4]:
            intake = Intake(
                key=f"demo-door-{parcel.pk}", reason=Reason.objects.get(code="no-notice"),
                channel=Channel.COURIER, words="客户说上次没有提前打电话", parcel=parcel,
                waybill=parcel.waybill, phone=phone(self.rng), name=person_name(self.rng),
                reported_by=parcel.holder.user,
            )  # fmt: skip
            services.open_case(intake, by=None, at=self.now - 2 * HOUR)
            done += 1
        return done
