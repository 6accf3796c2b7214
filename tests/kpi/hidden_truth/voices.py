"""Complaints and appeals with a known end, spoken through the services of the desk."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from complaints import services as desk
from complaints.claim_rules import Basis
from complaints.enums import (
    CaseKind,
    Channel,
    EventKind,
    FollowUpResult,
    Liability,
    RegulatorMatter,
    RegulatorOutcome,
)
from complaints.models import Case, FollowUp, Reason
from complaints.services.closing import Call
from shipments.models import Parcel
from staff.models import User
from tests.kpi.hidden_truth.answers import Answer
from tests.kpi.hidden_truth.deeds import HOUR, TINY
from tests.kpi.hidden_truth.lives import CHINA, DAY, NOW, end_of
from tests.kpi.hidden_truth.times import Took, whole_minutes

ENDS = (
    "settled", "late", "silent", "twice", "reopened", "repeated", "left_early", "left_late",
    "ours", "theirs", "query", "in_steps", "merged", "appealed", "pleased", "called_late", "angry",
    "nobody",
)  # fmt: skip
# What becomes of money that was asked for.
MONEY = ("paid", "paid_last", "paid_late", "unpaid", "undecided")
# When authority and people hear of a leak of their data.
LEAKS = ("told", "told_late", "half", "none")
APPEALS = ("valid", "invalid", "open", "penalty", "replied", "replied_late")
# Ends in which the case is answered after three days.
ANSWERED = (
    "settled", "twice", "reopened", "repeated", "ours", "theirs", "in_steps", "pleased",
    "called_late", "angry", "nobody",
)  # fmt: skip
AGAIN = ("twice", "reopened", "repeated", "angry")


@dataclass
class Voice:
    """One case: its end, and what each figure should hear of it."""

    parcel: Parcel | None
    said: list[Answer] = field(default_factory=list)
    # How long it took until the customer was told.
    took: list[Took] = field(default_factory=list)
    # Decided to be ours, beyond appeal.
    is_ours: bool = False


class Choir:
    """Opens cases and brings each to its end; every step is a service of the desk."""

    def __init__(self, seed: int, agent: User, lead: User, parcels: list[Parcel]) -> None:
        self.dice, self.agent, self.parcels = random.Random(seed), agent, parcels
        self.lead = lead
        self.reason = Reason.objects.get(code="lost")
        self.number = 0

    def sing(self) -> Iterator[Voice]:
        """Yield every end on a parcel and without one, and every judgement of an authority."""
        for end in ENDS:
            for parcel in (self._parcel(), None):
                yield from self._case(end, parcel, self._received())
        for judged in APPEALS:
            yield self._appeal(judged, self._parcel(), self._received())
        for end in MONEY:
            for parcel in (self._parcel(), None):
                yield self._claim(end, parcel, self._received())
        for end in LEAKS:
            for parcel in (self._parcel(), None):
                yield self._leak(end, parcel, self._received())

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
        if end in ANSWERED:
            answered = at + 3 * DAY
        elif end == "late":
            answered = legal + HOUR
        elif end == "appealed" and parcel is not None:
            answered, again = at + 3 * DAY, True
        if answered:
            self._answer(case, answered)
        calls = self._called(end, case, answered) if answered else []
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
            again = again or end in AGAIN
            said = self._said(end, at, first or answered, answered, again, closed)
            said += _heard(end, at, parcel)
            late = at + HOUR / 2 if end == "merged" else at
            took = [_took(late, answered, gone=end in ("left_early", "left_late", "merged"))]
            yield Voice(parcel, said + calls, took, is_ours=end == "ours")

    def _called(self, end: str, case: Case, answered: datetime) -> list[Answer]:
        """Call the customer after the answer, as this end has it; say what C06 and C07 hear."""
        due = third_working_day(answered)
        how = {
            "pleased": (FollowUpResult.SATISFIED, due),
            "called_late": (FollowUpResult.SATISFIED, due + TINY),
            "angry": (FollowUpResult.UNSATISFIED, answered + DAY),
            "nobody": (FollowUpResult.NO_ANSWER, answered + DAY),
        }.get(end)
        if how is None or how[1] > NOW:
            # Taken up again before the call was due: nothing was owed any more.
            return [Answer("C07", due, False, end == "reopened" and answered + 2 * DAY <= due)]
        result, at = how
        call = Call(result, note="不满意" if end == "angry" else "")
        row = FollowUp.objects.get(case=case, done_at=None)
        desk.record_followup(followup=row, call=call, by=self.lead, at=at)
        said = [Answer("C07", due, at <= due)]
        return said + ([Answer("C06", at, end != "angry")] if end != "nobody" else [])

    def _claim(self, end: str, parcel: Parcel | None, at: datetime) -> Voice:
        """Money asked for in a case nobody answered: agreed at once, or waiting for a yes."""
        case, opened = self._open(parcel, at), at + HOUR
        amount = 60_000 if end == "undecided" else 1_000 + 10 * self.number
        claim = desk.propose_claim(
            case=case, basis=Basis(EventKind.GOODWILL), amount_fen=amount, by=self.agent, at=opened
        )
        decided = end != "undecided"
        said = [Answer("P01", opened, True), Answer("P02", end_of(opened + 7 * DAY), decided)]
        due = working_day(opened, 7)
        paid = {"paid": opened + 2 * DAY, "paid_last": due, "paid_late": due + TINY}.get(end)
        if paid is not None and paid > NOW:
            paid = None
        if paid is not None:
            desk.pay_claim(claim=claim, by=self.lead, at=paid, payment_ref=f"P{self.number}")
            said.append(Answer("P04", paid, False, above=amount))
        if decided:
            said.append(Answer("P03", due, paid is not None and paid <= due))
        said += self._said("silent", at, None, None, False, None) + _heard("silent", at, parcel)
        return Voice(parcel, said, [_took(at, None)])

    def _leak(self, end: str, parcel: Parcel | None, at: datetime) -> Voice:
        """A complaint about personal data: told at the last moment, a moment later, half, none."""
        lost, self.reason = self.reason, Reason.objects.get(code="leak")
        row, until = self._open(parcel, at).incident, at + 72 * HOUR
        if end == "none":
            desk.move_incident(incident=row, verb="dismiss", reason="已打码", by=self.lead, at=at)
        else:
            people = None if end == "half" else until + (TINY if end == "told_late" else 0 * TINY)
            told = desk.Picture(authority_told_at=at, people_told_at=people)
            desk.describe_incident(incident=row, picture=told, by=self.lead, at=people or until)
        said = [Answer("X03", until, end == "told", end == "none")]
        said += self._said("silent", at, None, None, False, None) + _heard("silent", at, parcel)
        self.reason = lost
        return Voice(parcel, said, [_took(at, None)])

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
        said = self._said("silent", at, None, None, False, None)
        return Voice(parcel, said + _heard("silent", at, parcel), [_took(at, None)])

    def _said(
        self, end: str, at: datetime, first: datetime | None, answered: datetime | None,
        again: bool, closed: datetime | None,
    ) -> list[Answer]:  # fmt: skip
        """Say what each figure should hear of a complaint with this end."""
        at = at + HOUR / 2 if end == "merged" else at
        legal, first_due = end_of(at + 7 * DAY), at + self.reason.first_hours * HOUR
        in_time = answered is not None and answered <= legal
        gone = end in ("left_early", "left_late", "merged")
        ended = min((one for one in (answered, closed) if one), default=None)
        back = {"reopened": at + 5 * DAY, "angry": at + 4 * DAY}.get(end)
        said = [
            *_open_evenings(at, legal, ended),
            *(_open_evenings(back, end_of(back + 7 * DAY), None) if back else []),
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
        due = end_of(at + 10 * DAY)
        replied = due + (TINY if judged == "replied_late" else timedelta(0))
        is_replied = judged.startswith("replied") and replied <= NOW
        if is_replied:
            desk.reply_regulator(
                case=case, text="已核实", reference=f"R{self.number}", by=case.owner or self.agent,
                at=replied,
            )  # fmt: skip
        judged_yet = judged in ("valid", "invalid")
        said = [
            Answer("C11", at, True),
            Answer("C12", at, judged == "valid", not judged_yet),
            Answer("C13", due, is_replied and replied <= due),
        ]
        return Voice(parcel, [] if penalty else said)


def _took(at: datetime, told: datetime | None, *, gone: bool = False) -> Took:
    """How long until the customer knew; still open, or left before there was an answer."""
    if told is not None:
        return Took("C09", at, "", whole_minutes(at, told))
    return Took("C09", at, "", stands="left" if gone else "still_open")


def _heard(end: str, at: datetime, parcel: Parcel | None) -> list[Answer]:
    """Whether it came back to us, and whether it went to the authority."""
    back = end in ("reopened", "angry")
    at = at + HOUR / 2 if end == "merged" else at
    return [Answer("C08", at, back), Answer("C14", at, end == "appealed" and parcel is not None)]


def third_working_day(at: datetime) -> datetime:
    return working_day(at, 3)


def working_day(at: datetime, number: int) -> datetime:
    """Return the end of the working day so many after a day; no holiday lies near."""
    day = at.astimezone(CHINA)
    for _step in range(number):
        day += DAY
        while day.weekday() > 4:
            day += DAY
    return end_of(day)


def _said_of_repeat(at: datetime, reason: Reason) -> list[Answer]:
    """A repeat is answered like any complaint, and received once."""
    return [
        *_open_evenings(at, end_of(at + 7 * DAY), None),
        Answer("C03", end_of(at + 7 * DAY), False),
        Answer("C04", at + reason.first_hours * HOUR, False),
        Answer("C08", at, True),
    ]


def _open_evenings(at: datetime, limit: datetime, ended: datetime | None) -> Iterator[Answer]:
    """At every midnight it is open: whether its days have run out."""
    night = end_of(at.astimezone(CHINA))
    while night < NOW and (ended is None or ended > night):
        yield Answer("C10", night, limit <= night)
        night += DAY
