"""Complaints and appeals with a known end, spoken through the services of the desk."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from complaints import services as desk
from complaints.enums import CaseKind, Channel, Liability, RegulatorMatter, RegulatorOutcome
from complaints.models import Case, Reason
from shipments.models import Parcel
from staff.models import User
from tests.kpi.hidden_truth.answers import Answer
from tests.kpi.hidden_truth.lives import DAY, HOUR, NOW, end_of

ENDS = (
    "settled", "late", "silent", "twice", "reopened", "repeated", "left_early", "left_late",
    "ours", "theirs", "query", "in_steps", "merged", "appealed",
)  # fmt: skip
APPEALS = ("valid", "invalid", "open", "penalty")


@dataclass
class Voice:
    """One case: its end, and what each figure should hear of it."""

    parcel: Parcel | None
    said: list[Answer] = field(default_factory=list)


class Choir:
    """Opens cases and brings each to its end; every step is a service of the desk."""

    def __init__(self, seed: int, agent: User, parcels: list[Parcel]) -> None:
        self.dice, self.agent, self.parcels = random.Random(seed), agent, parcels
        self.reason = Reason.objects.get(code="lost")
        self.number = 0

    def sing(self) -> Iterator[Voice]:
        """Yield every end on a parcel and without one, and every judgement of an authority."""
        for end in ENDS:
            for parcel in (self._parcel(), None):
                yield from self._case(end, parcel, self._received())
        for judged in APPEALS:
            yield self._appeal(judged, self._parcel(), self._received())

    def _parcel(self) -> Parcel:
        return self.parcels.pop(self.dice.randrange(len(self.parcels)))

    def _received(self) -> datetime:
        """Some are older than a fortnight at the end of the story, some are not."""
        return NOW - self.dice.randrange(9, 24) * DAY - self.dice.randrange(600, 900) * HOUR / 100

    def _open(self, parcel: Parcel | None, at: datetime, **more) -> Case:
        self.number += 1
        intake = desk.Intake(
            key=f"voice-{self.number}", reason=self.reason, channel=Channel.PHONE, words="没有收到",
            phone=f"139{self.number:08}", parcel=parcel, received_at=at, **more,
        )  # fmt: skip
        return desk.open_case(intake, by=self.agent, at=at)

    def _answer(self, case: Case, at: datetime, **more) -> None:
        more = {"final": True, **more}
        desk.reply(case=case, by=self.agent, at=at, text="已处理", via="phone", **more)

    def _case(self, end: str, parcel: Parcel | None, at: datetime) -> Iterator[Voice]:
        legal, by = end_of(at + 7 * DAY), self.agent
        case = self._open(parcel, at, kind=CaseKind.QUERY if end == "query" else CaseKind.COMPLAINT)
        first, answered, again, closed = None, None, False, None
        if end == "in_steps":
            first = at + 2 * HOUR
            self._answer(case, first, final=False)
        if end in ("settled", "twice", "reopened", "repeated", "ours", "theirs", "in_steps"):
            answered = at + 3 * DAY
        elif end == "late":
            answered = legal + HOUR
        elif end == "appealed" and parcel is not None:
            answered, again = at + 3 * DAY, True
        if answered:
            self._answer(case, answered)
        if end == "twice":
            self._answer(case, at + 4 * DAY, once_more=True)
        elif end == "reopened":
            desk.reopen_case(case=case, by=by, at=at + 5 * DAY, reason="又来电")
        elif end == "repeated":
            self._open(parcel, at + 6 * DAY, repeat_of=case)
            yield Voice(parcel, _said_of_repeat(at + 6 * DAY, self.reason))
        elif end == "appealed" and parcel is not None:
            yield self._appeal("open", parcel, at + 6 * DAY)
        elif end in ("left_early", "left_late"):
            closed = at + (2 * HOUR if end == "left_early" else 8 * DAY)
            desk.withdraw_case(case=case, by=by, at=closed, reason="已解决")
        elif end == "merged":
            case, closed = self._merged(case, parcel, at)
            yield self._survivor(parcel, at)
        if end in ("ours", "theirs"):
            blame = Liability.OURS if end == "ours" else Liability.SENDER
            desk.decide_liability(
                case=case, liability=blame, evidence="核对记录", by=by, at=at + 4 * DAY
            )
        if end != "query":
            again = again or end in ("twice", "reopened", "repeated")
            yield Voice(parcel, self._said(end, at, first or answered, answered, again, closed))

    def _merged(self, case: Case, parcel: Parcel | None, at: datetime) -> tuple[Case, datetime]:
        """Merge a second call of the same customer into the first one."""
        closed = at + HOUR
        twin = self._twin(case, at + HOUR / 2)
        desk.merge_cases(case=twin, into=case, by=self.agent, at=closed)
        return twin, closed

    def _twin(self, case: Case, at: datetime) -> Case:
        self.number += 1
        intake = desk.Intake(
            key=f"voice-{self.number}", reason=self.reason, channel=Channel.PHONE, words="没有收到",
            phone=f"139{self.number - 1:08}", parcel=case.parcel, received_at=at,
        )  # fmt: skip
        return desk.open_case(intake, by=self.agent, at=at)

    def _survivor(self, parcel: Parcel | None, at: datetime) -> Voice:
        return Voice(parcel, self._said("silent", at, None, None, False, None))

    def _said(
        self, end: str, at: datetime, first: datetime | None, answered: datetime | None,
        again: bool, closed: datetime | None,
    ) -> list[Answer]:  # fmt: skip
        """Say what each figure should hear of a complaint with this end."""
        at = at + HOUR / 2 if end == "merged" else at
        legal, first_due = end_of(at + 7 * DAY), at + self.reason.first_hours * HOUR
        in_time = answered is not None and answered <= legal
        gone = end in ("left_early", "left_late", "merged")
        said = [
            Answer("C01", at, True),
            Answer("C03", legal, in_time, end in ("left_early", "merged")),
            Answer(
                "C04", first_due, first is not None and first <= first_due,
                closed is not None and closed <= first_due,
            ),
            Answer("C05", at + 14 * DAY, in_time and not again, gone),
        ]  # fmt: skip
        if not gone:
            said.append(Answer("C02", at, end == "ours", end not in ("ours", "theirs")))
        return said

    def _appeal(self, judged: str, parcel: Parcel, at: datetime) -> Voice:
        self.number += 1
        penalty = judged == "penalty"
        matter = RegulatorMatter.PENALTY if penalty else RegulatorMatter.APPEAL
        letter = desk.Forwarded("宁波市邮政管理局", f"L{self.number}", matter, at)
        intake = desk.Intake(
            key=f"voice-{self.number}", reason=self.reason, channel=Channel.REGULATOR,
            words="快件迟到", kind=CaseKind.APPEAL, parcel=parcel, received_at=at,
        )  # fmt: skip
        case = desk.open_regulator_case(intake, letter, by=self.agent, at=at)
        if judged in ("valid", "invalid"):
            outcome = RegulatorOutcome(judged)
            desk.set_outcome(
                row=case.regulator_file, outcome=outcome, by=self.agent, at=at + 5 * DAY
            )
        said = [Answer("C11", at, True), Answer("C12", at, judged == "valid", judged == "open")]
        return Voice(parcel, [] if penalty else said)


def _said_of_repeat(at: datetime, reason: Reason) -> list[Answer]:
    """A repeat is answered like any complaint, and received once."""
    return [
        Answer("C03", end_of(at + 7 * DAY), False),
        Answer("C04", at + reason.first_hours * HOUR, False),
    ]
