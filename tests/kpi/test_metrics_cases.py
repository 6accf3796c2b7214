"""Known answers of the figures about complaints and appeals, worked out by hand (domain C6)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from complaints import services as desk
from complaints.enums import CaseKind, Channel, Liability, RegulatorMatter, RegulatorOutcome
from complaints.models import CaseFacts
from courierqa.core.timeframes import parse_period
from kpi import services
from kpi.enums import Outcome
from kpi.metrics import METRICS
from tests.factories import shipments as make
from tests.factories.complaints import open_case
from tests.factories.kpi import case_row, save_cases
from tests.kpi.known import HOUR, WEEK_END, counted, figure, parcel

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TINY = timedelta(microseconds=1)
# Tuesday of the week.
RECEIVED = datetime(2026, 10, 6, 2, tzinfo=UTC)


def case(**given) -> None:
    save_cases(case_row(**{"received_at": RECEIVED, **given}))


@pytest.mark.req("ANA-02")
def test_upheld_counts_final_decisions_and_shows_the_undecided() -> None:
    """Of 7 received: ours 2, not ours 1, undecided 1; a repeat, a withdrawn one and a query are
    not counted, though decided. On 4 parcels accepted in the week: 2 / 4 x 10,000."""
    for _number in range(4):
        parcel(accepted_at=RECEIVED)
    case(upheld=True)
    case(upheld=True)
    case(upheld=False)
    case(upheld=None)
    case(upheld=True, is_repeat=True)
    case(upheld=True, is_gone=True)
    case(upheld=True, kind="query", is_complaint=False)

    found = figure("C02")

    assert (found.hits, found.total, found.value) == (2, 4, 5_000)
    assert (found.excluded, METRICS["C02"].is_undecided) == (1, True)


@pytest.mark.req("ANA-02")
def test_first_response_runs_to_its_own_limit_and_silence_fails() -> None:
    """In time 2 of 5: at the limit (B4) and a key customer's within 4 hours; a moment late, silent
    and withdrawn after the limit are failures; withdrawn in time leaves; a query is none."""
    limit = RECEIVED + 24 * HOUR
    case(first_answer_at=limit)
    case(first_due_at=RECEIVED + 4 * HOUR, first_answer_at=RECEIVED + 4 * HOUR)
    case(first_answer_at=limit + TINY)
    case()
    case(is_gone=True, closed_at=limit + HOUR)
    case(is_gone=True, closed_at=limit)
    case(first_answer_at=limit, kind="query", is_complaint=False)

    before, found = figure("C04", now=limit - TINY), figure("C04")

    assert before.not_yet_due == 4
    assert (found.hits, found.total, found.excluded) == (2, 5, 1)


def test_first_time_resolution_keeps_the_never_answered() -> None:
    """Received 22 Sep, read on 6 Oct: settled by one answer 1 of 5. Never answered, answered too
    late, told too late and come back are failures; withdrawn leaves; a repeat is the first one's.
    """
    received = RECEIVED - 14 * DAY
    limit = received + 7 * DAY
    common = {"received_at": received, "answered_at": limit, "told_at": limit}
    case(**common)
    case(received_at=received)
    case(**{**common, "answered_at": limit + TINY, "told_at": limit + TINY})
    case(**{**common, "told_at": limit + TINY})
    case(**common, needed_more=True)
    case(**common, is_gone=True)
    case(**common, is_repeat=True)

    before, found = figure("C05", now=RECEIVED - TINY), figure("C05")

    assert before.not_yet_due == 5
    assert (found.hits, found.total, found.excluded) == (1, 5, 1)


@pytest.mark.req("ANA-02")
def test_appeals_count_by_the_day_they_were_forwarded() -> None:
    """3 forwarded in the week, 1 held valid, 1 not yet judged; 2 parcels accepted in it.

    One in a million parcels is few: the exact range of 1 is 0.0253 to 5.572.
    """
    for _number in range(2):
        parcel(accepted_at=RECEIVED)
    appeal = {"kind": "appeal", "is_complaint": False, "is_appeal": True}
    case(**appeal, appeal_valid=True)
    case(**appeal, appeal_valid=False)
    case(**appeal)
    case(kind="appeal", is_complaint=False)  # a penalty procedure
    case(**{**appeal, "received_at": RECEIVED - 7 * DAY}, appeal_valid=True)

    every, valid = figure("C11"), figure("C12")

    assert (every.hits, every.total, every.value) == (3, 2, 1_500_000)
    assert (valid.hits, valid.total, valid.excluded) == (1, 2, 1)
    assert valid.low == pytest.approx(0.025318 / 2 * 1e6, rel=1e-4)


def test_the_list_behind_a_rate_shows_what_was_counted() -> None:
    from kpi import selectors

    case(upheld=True)
    case(upheld=False)
    case(upheld=None)
    services.refresh_dirty(now=WEEK_END)

    def behind(outcome: str) -> int:
        rows = selectors.records(
            "C02", parse_period("2026-10"), scope=selectors.EVERYTHING, outcome=outcome,
            as_of=WEEK_END,
        )  # fmt: skip
        return rows.count()

    assert [behind(one) for one in (Outcome.FAILED, Outcome.ALL, Outcome.EXCLUDED)] == [1, 1, 1]


START = datetime(2026, 10, 2, 1, tzinfo=UTC)


def answer(one, *, at, **more):
    return desk.reply(case=one, by=one.owner, at=at, text="已处理", final=True, via="phone", **more)


def facts(one) -> CaseFacts:
    return CaseFacts.objects.get(pk=one.pk)


def forward(one, at, *, matter=RegulatorMatter.APPEAL, reference="1"):
    said = desk.Forwarded("宁波市邮政管理局", reference, matter, at)
    intake = desk.Intake(
        key=f"letter-{reference}", reason=one.reason, channel=Channel.REGULATOR, words="快件迟到",
        kind=CaseKind.APPEAL, parcel=one.parcel, received_at=at,
    )  # fmt: skip
    return desk.open_regulator_case(intake, said, by=one.owner, at=at)


@pytest.mark.req("ANA-01", "ANA-02")
def test_both_books_agree_about_what_came_back_and_what_was_decided() -> None:
    """Told through the real services, then recounted from the rows and their histories.

    October: seven complaints received on the 2nd, one repeat. First-time resolution after 14 days:
    held 1 of 5 (back: a second answer, a reopening, a repeat, an appeal); one is never answered;
    one withdrawn leaves: 1 of 6.
    """
    agent = make.user("agent")
    sent = make.accept(make.order(at=START - DAY), START - DAY)
    held, twice, again, repeated, appealed, silent, left = (
        open_case(by=agent, at=START, **({"parcel": sent} if place == 4 else {}))
        for place in range(7)
    )
    for one in (held, twice, again, repeated, appealed):
        answer(one, at=START + DAY)
    answer(twice, at=START + 3 * DAY, once_more=True)
    desk.reopen_case(case=again, by=agent, at=START + 4 * DAY, reason="又来电")
    answer(again, at=START + 5 * DAY)
    open_case(by=agent, at=START + 6 * DAY, repeat_of=repeated)
    letter = forward(appealed, START + 7 * DAY)
    forward(appealed, START + 7 * DAY, matter=RegulatorMatter.PENALTY, reference="2")
    desk.withdraw_case(case=left, by=agent, at=START + DAY, reason="已解决")
    desk.decide_liability(
        case=held, liability=Liability.SENDER, evidence="寄件人写错地址", by=agent, at=START + DAY
    )
    row = letter.regulator_file
    desk.set_outcome(row=row, outcome=RegulatorOutcome.VALID, by=agent, at=START + 9 * DAY)

    period, now = parse_period("2026-10"), START + 20 * DAY
    checked = services.verify_period(period, now=now)
    found = {code: figure(code, period=period, now=now) for code in ("C02", "C04", "C05", "C12")}

    assert checked.differences == []
    assert [facts(one).needed_more for one in (held, twice, again, repeated, appealed, silent)] == [
        False, True, True, True, True, False,
    ]  # fmt: skip
    assert (found["C05"].hits, found["C05"].total, found["C05"].excluded) == (1, 6, 1)
    assert (found["C02"].hits, found["C02"].excluded) == (0, 5)
    assert (found["C12"].hits, figure("C11", period=period, now=now).hits) == (1, 1)
    # The repeat is answered like any complaint.
    assert found["C04"].total == 8


def test_what_comes_back_after_a_week_leaves_the_answer_standing() -> None:
    agent = make.user("agent")
    one = open_case(by=agent, at=START)
    answer(one, at=START + DAY)
    open_case(by=agent, at=START + 8 * DAY + TINY, repeat_of=one)

    assert not facts(one).needed_more
    assert services.verify_period(parse_period("2026-10"), now=START + 20 * DAY).differences == []


def test_a_full_rebuild_makes_case_facts_of_an_older_version_anew() -> None:
    agent = make.user("agent")
    one = open_case(by=agent, at=START)
    whole = CaseFacts.objects.values().get()
    CaseFacts.objects.update(first_due_day=None, settled_at=None, settled_day=None, made_by=1)

    services.rebuild(now=START + 20 * DAY)

    assert CaseFacts.objects.values().get(pk=one.pk) == whole
    assert counted("C05", period=parse_period("2026-10"), now=START + 20 * DAY) == (0, 1)
