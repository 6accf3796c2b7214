"""Reviews: made once, overdue and told, filled by the system, decided, signed, followed up."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from courierqa.core.errors import DomainError, NotAllowed
from courierqa.core.models import Approval, Message
from kpi.models import Cell, MonthCell, Target, Watermark
from quality import services as loop_services
from quality.enums import SourceKind, Status
from quality.models import Document, Nonconformity, Review, ReviewDecision, ReviewMinutes
from quality.review_enums import ReviewStatus as R
from quality.review_enums import Topic
from quality.services import reviews as services
from quality.services.reviews import amending
from quality.services.reviews.preparing import Written
from tests.quality.conftest import DAY, NOW, Loop
from tests.quality.shelf import Shelf
from tests.quality.test_pages import signed_in

pytestmark = pytest.mark.django_db
# The tenth of the month after: a Tuesday.
TENTH = date(2026, 3, 10)


def on(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 2, tzinfo=UTC)


def counted(site: Any, month: date, hits: int, total: int = 100) -> None:
    """Store a month's on-time delivery of a site, by day and by month."""
    row = {"metric": "T01", "site_id": site.pk, "product_id": 0, "hits": hits, "total": total}
    Cell.objects.create(day=month, pending=0, excluded=0, **row)
    MonthCell.objects.create(month=month, pending=0, excluded=0, **row)


@pytest.fixture
def figures(loop: Loop) -> None:
    Watermark.objects.create(name="figures", through=on(date(2026, 3, 11)))
    Target.objects.filter(metric="T01").delete()
    Target.objects.create(metric="T01", value=Decimal("0.95"), valid_from=date(2025, 1, 1),
                          is_proposal=False)  # fmt: skip
    for month, hits in ((date(2026, 1, 1), 96), (date(2026, 2, 1), 86)):
        counted(loop.site, month, hits)


def monthly(loop: Loop, *, site: Any = None, at: datetime = NOW) -> Review:
    """Plan the monthly review by the tenth and return its first turn."""
    plan = services.make_review_plan(
        kind="timeliness", site=site, owner=loop.leader, every="month", starts_on=TENTH,
        by=loop.quality, at=at,
    )  # fmt: skip
    return plan.reviews.get(planned_day=TENTH)


def written(loop: Loop, **fields: Any) -> Written:
    whole = {"participants": [loop.leader, loop.checker], "causes": "分拨班车晚点",
             "conclusion": "二月准时率低于目标", **fields}  # fmt: skip
    return Written(**whole)


def decided(loop: Loop, **fields: Any) -> services.Decided:
    whole = {
        "output": "improvement", "category": "transport", "text": "班车提前三十分钟发车",
        "owner": loop.courier, "due_on": date(2026, 3, 20), "cause": loop.cause("people-staffing"),
        "metric": "T01", **fields,
    }  # fmt: skip
    return services.Decided(**whole)


def prepared(loop: Loop, row: Review, *, at: datetime, **fields: Any) -> Review:
    services.open_review(row, by=loop.leader.user, at=at)
    services.write_review(row, written=written(loop), by=loop.leader.user, at=at)
    services.add_decision(row, decided=decided(loop, **fields), by=loop.leader.user, at=at)
    return Review.objects.get(pk=row.pk)


def held(loop: Loop, row: Review, *, at: datetime, **fields: Any) -> Review:
    row = prepared(loop, row, at=at, **fields)
    services.hold_review(row, held_on=at.date(), by=loop.leader.user, at=at)
    return Review.objects.get(pk=row.pk)


@pytest.mark.req("TIM-07")
def test_a_month_without_a_review_is_overdue_and_told_once(loop: Loop) -> None:
    row = monthly(loop, site=loop.site)
    assert (row.number, row.period.key) == ("TR-2026-02-HZ-01", "2026-02")
    on_time = services.run_reviews(now=on(TENTH))
    late = [services.run_reviews(now=on(TENTH + DAY)) for _again in range(2)]
    assert (on_time["told"], [one["told"] for one in late]) == (0, [1, 0])
    told = Message.objects.filter(recipient_user=loop.leader.user)
    assert [one.link for one in told] == [reverse("quality:review", args=[row.pk])]
    page = signed_in(loop.quality).get(reverse("quality:reviews") + "?show=overdue")
    assert row.pk in [one.pk for one in page.context["rows"]]


def test_each_turn_is_made_once_whatever_the_clock_does(loop: Loop) -> None:
    monthly(loop)
    for days in (40, 10, 70, 40):
        services.run_reviews(now=NOW + days * DAY)
    days = list(Review.objects.order_by("planned_day").values_list("planned_day", flat=True))
    assert days == [date(2026, month, 10) for month in (3, 4, 5, 6)]


def test_a_plan_keeps_the_least_rhythm_and_stands_alone(loop: Loop) -> None:
    monthly(loop)
    for fields in ({"every": "quarter"}, {}):
        with pytest.raises(DomainError):
            services.make_review_plan(**{
                "kind": "timeliness", "site": None, "owner": loop.leader, "every": "month",
                "starts_on": TENTH, "by": loop.quality, "at": NOW, **fields,
            })  # fmt: skip


def test_a_month_that_is_not_over_cannot_be_reviewed(loop: Loop) -> None:
    row = monthly(loop, at=datetime(2026, 2, 20, tzinfo=UTC))
    with pytest.raises(DomainError) as refused:
        services.open_review(row, by=loop.leader.user, at=datetime(2026, 2, 27, tzinfo=UTC))
    assert refused.value.code == "too_early"


def test_the_system_fills_in_value_n_target_and_how_far_it_reaches(
    loop: Loop, figures: None
) -> None:
    row = services.open_review(monthly(loop, site=loop.site), by=loop.leader.user, at=on(TENTH))
    line = next(one for one in row.figures["lines"] if one["code"] == "T01")
    kept = {name: line[name] for name in ("hits", "total", "value", "target", "last")}
    assert kept == {"hits": 86, "total": 100, "value": 0.86, "target": "0.9500", "last": 0.96}
    assert row.figures["as_of"] == on(date(2026, 3, 11)).isoformat()
    MonthCell.objects.filter(month=date(2026, 2, 1)).update(hits=99)
    row.refresh_from_db()
    assert row.figures["lines"][0]["hits"] == 86


@pytest.mark.req("TIM-08")
@pytest.mark.req("TIM-09")
def test_a_decision_becomes_a_measure_with_its_figure_and_category(
    loop: Loop, figures: None
) -> None:
    row = held(loop, monthly(loop, site=loop.site), at=on(TENTH))
    one = row.decisions.get()
    raised = one.nonconformity
    assert raised is not None
    assert one.action is not None
    assert (raised.source, raised.status, raised.cause) == (
        SourceKind.REVIEW, Status.CAUSE_FOUND, loop.cause("people-staffing"),
    )  # fmt: skip
    assert (raised.data["metric"], raised.data["value"], raised.data["category"]) == (
        "T01", 0.86, "transport",
    )  # fmt: skip
    assert (one.action.owner, one.action.due_on) == (loop.courier, date(2026, 3, 20))


def test_a_decision_on_timeliness_says_how_time_is_gained(loop: Loop) -> None:
    row = services.open_review(monthly(loop), by=loop.leader.user, at=on(TENTH))
    for lacks in ({"category": ""}, {"cause": None}, {"due_on": date(2026, 3, 1)}):
        with pytest.raises(DomainError) as refused:
            services.add_decision(row, decided=decided(loop, **lacks), by=loop.quality,
                                  at=on(TENTH))  # fmt: skip
        assert refused.value.field == next(iter(lacks))


def test_a_decision_may_name_a_measure_that_stands(loop: Loop) -> None:
    known = loop.planned(loop.raised())
    row = held(loop, monthly(loop), at=on(TENTH), nonconformity=known, cause=None)
    assert row.decisions.get().nonconformity == known
    assert known.actions.count() == 2
    assert Nonconformity.objects.count() == 1


def test_signed_minutes_stay_as_they_are(loop: Loop) -> None:
    row = held(loop, monthly(loop), at=on(TENTH))
    assert row.minutes.content["decisions"][0]["text"] == "班车提前三十分钟发车"
    with pytest.raises(DatabaseError), transaction.atomic():
        ReviewMinutes.objects.filter(review=row).update(sha256="0" * 64)
    for deed in (
        lambda: services.refill(row, by=loop.leader.user, at=on(TENTH)),
        lambda: services.write_review(row, written=written(loop), by=loop.quality, at=on(TENTH)),
        lambda: services.add_decision(row, decided=decided(loop), by=loop.quality, at=on(TENTH)),
        lambda: services.hold_review(row, held_on=TENTH, by=loop.quality, at=on(TENTH)),
    ):
        with pytest.raises(DomainError):
            deed()


def test_nobody_took_part_is_not_held(loop: Loop) -> None:
    row = services.open_review(monthly(loop), by=loop.leader.user, at=on(TENTH))
    for lacks in ("participants", "conclusion"):
        said = written(loop, **{lacks: () if lacks == "participants" else ""})
        services.write_review(row, written=said, by=loop.leader.user, at=on(TENTH))
        with pytest.raises(DomainError) as refused:
            services.hold_review(row, held_on=TENTH, by=loop.leader.user, at=on(TENTH))
        assert refused.value.field == lacks


@pytest.fixture
def proven(loop: Loop, figures: None) -> ReviewDecision:
    """A decision whose measure was done and whose effect somebody else saw."""
    one = held(loop, monthly(loop, site=loop.site), at=on(TENTH)).decisions.get()
    row = one.nonconformity
    assert row is not None
    loop.fixed(row, at=on(TENTH))
    row = loop.approved(row, at=on(TENTH))
    row = loop.done(row, at=on(date(2026, 3, 20)))
    loop.checked(row, loop_services.MET, at=on(TENTH) + 102 * DAY)
    return one


@pytest.mark.req("TIM-10")
@pytest.mark.req("TIM-11")
def test_keep_shows_time_satisfaction_and_cost_and_needs_proof(
    loop: Loop, proven: ReviewDecision
) -> None:
    for month, hits in ((date(2026, 3, 1), 40), (date(2026, 4, 1), 96)):
        counted(loop.site, month, hits)
    end = on(date(2026, 6, 25))
    one = services.end_decision(proven, outcome="keep", reason="准时率回到目标", by=loop.quality,
                                at=end)  # fmt: skip
    codes = [line["code"] for line in one.reading]
    assert codes == ["T01", "T05", "V01", "P04"]
    assert (one.reading[0]["before"]["hits"], one.reading[0]["after"]["hits"]) == (222, 96)
    assert (one.outcome, one.ended_by) == ("keep", loop.quality)
    with pytest.raises(DomainError):
        services.end_decision(proven, outcome="stop", reason="x", by=loop.quality, at=end)


@pytest.mark.req("TIM-11")
def test_unproven_is_adjusted_or_stopped_with_a_reason(loop: Loop, figures: None) -> None:
    one = held(loop, monthly(loop), at=on(TENTH)).decisions.get()
    with pytest.raises(DomainError) as refused:
        services.end_decision(one, outcome="keep", reason="好", by=loop.quality, at=on(TENTH))
    assert refused.value.code == "not_proven"
    with pytest.raises(DomainError) as refused:
        services.end_decision(one, outcome="stop", reason=" ", by=loop.quality, at=on(TENTH))
    assert refused.value.field == "reason"
    row = services.end_decision(one, outcome="stop", reason="成本过高", by=loop.quality,
                                at=on(TENTH))  # fmt: skip
    assert row.outcome == "stop"


def yearly(loop: Loop) -> Review:
    plan = services.make_review_plan(
        kind="management", site=None, owner=loop.checker, every="year", starts_on=TENTH,
        by=loop.quality, at=NOW,
    )  # fmt: skip
    return plan.reviews.get()


def judged(row: Review, **verdicts: str) -> dict[int, tuple[str, str]]:
    """Keep everything, but what is named."""
    return {
        one.pk: (verdicts.get(one.metric or "policy", "keep"), "目标提高到 96 %")
        for one in row.verdicts.all()
    }


def reviewed(loop: Loop, **verdicts: str) -> Review:
    """Bring a management review before the president."""
    row = services.open_review(yearly(loop), by=loop.quality, at=on(TENTH))
    said = written(loop, notes={"customers": "申诉集中在投递"}, verdicts=judged(row, **verdicts))
    services.write_review(row, written=said, by=loop.quality, at=on(TENTH))
    services.add_decision(row, decided=decided(loop, category="", output="resources"),
                          by=loop.quality, at=on(TENTH))  # fmt: skip
    services.propose_review(row, held_on=TENTH, by=loop.quality, at=on(TENTH))
    return Review.objects.get(pk=row.pk)


@pytest.mark.req("REV-01")
@pytest.mark.req("REV-04")
def test_every_input_is_filled_and_the_president_approves(loop: Loop, figures: None) -> None:
    loop.raised(at=datetime(2026, 2, 10, tzinfo=UTC))
    row = reviewed(loop)
    assert [one.topic for one in row.inputs.order_by("id")] == list(Topic.values)
    facts = {code: n for one in row.inputs.all() for code, n, _url in one.facts}
    assert (facts["raised"], facts["complaints"], facts["needs"]) == (1, 0, 0)
    assert [one["code"] for one in row.figures["customers"]][:2] == ["C01", "C02"]
    assert row.inputs.get(topic="customers").note == "申诉集中在投递"
    assert row.decisions.get().nonconformity is None
    row = services.decide_review(row, approve=True, note="", by=loop.manager, at=on(TENTH))
    assert (row.status, row.approved_by) == (R.HELD, loop.manager)
    assert row.decisions.get().action is not None
    assert row.minutes.signed_by == loop.manager


@pytest.mark.req("REV-03")
def test_whoever_prepared_it_cannot_approve_it(loop: Loop, figures: None) -> None:
    from tests.factories.staff import GrantFactory

    row = reviewed(loop)
    GrantFactory(user=loop.quality, role="manager", site=None)
    with pytest.raises(NotAllowed):
        services.decide_review(row, approve=True, note="", by=loop.quality, at=on(TENTH))
    row = services.decide_review(row, approve=False, note="补充供应商", by=loop.manager,
                                 at=on(TENTH))  # fmt: skip
    assert (row.status, row.decisions.get().nonconformity) == (R.OPEN, None)
    assert Approval.objects.get().note == "补充供应商"


@pytest.mark.req("REV-02")
def test_keep_or_change_is_said_to_every_objective(loop: Loop, figures: None) -> None:
    row = services.open_review(yearly(loop), by=loop.quality, at=on(TENTH))
    one = row.verdicts.get(metric="T01")
    assert (one.line["value"], one.line["target"]) == (0.91, "0.9500")
    services.write_review(row, written=written(loop), by=loop.quality, at=on(TENTH))
    with pytest.raises(DomainError) as refused:
        services.propose_review(row, held_on=TENTH, by=loop.quality, at=on(TENTH))
    assert refused.value.code == "no_verdict"
    with pytest.raises(DomainError) as refused:
        services.write_review(row, written=written(loop, verdicts={one.pk: ("change", "")}),
                              by=loop.quality, at=on(TENTH))  # fmt: skip
    assert refused.value.field == f"words{one.pk}"


def test_a_number_of_twelve_months_carries_no_verdict_of_a_month(loop: Loop, figures: None) -> None:
    for month in range(3, 13):
        counted(loop.site, date(2025, month, 1), 70)
    row = services.open_review(yearly(loop), by=loop.quality, at=on(TENTH))
    line = row.verdicts.get(metric="T01").line
    assert (line["total"], line["last"], line["variation"]) == (1200, None, "")
    assert line["sentence"]["en"] == "judged by months: see 2026-02"
    row = services.open_review(monthly(loop), by=loop.leader.user, at=on(TENTH))
    line = next(one for one in row.figures["lines"] if one["code"] == "T01")
    assert (line["total"], line["last"], line["variation"]) == (100, 0.96, "better_high")


@pytest.mark.req("OBJ-06")
@pytest.mark.req("REV-03")
def test_a_decided_change_of_the_policy_is_its_next_version(loop: Loop, figures: None) -> None:
    shelf = Shelf(loop)
    policy = shelf.in_force("QF-01", level="manual", category="policy", must_be_read=False)
    row = reviewed(loop, policy="change")
    one = row.verdicts.get(document=policy)
    with pytest.raises(DomainError):
        amending.start_policy(one, by=loop.quality, at=on(TENTH))
    services.decide_review(row, approve=True, note="", by=loop.manager, at=on(TENTH))
    one.refresh_from_db()
    amending.start_policy(one, by=loop.quality, at=on(TENTH))
    draft = Document.objects.get(pk=policy.pk).versions.get(version=2)
    assert draft.change == "MR-2026-03: 目标提高到 96 %"
    shelf.approved(policy, at=on(TENTH))
    draft.refresh_from_db()
    assert (draft.status, draft.approved_by) == ("effective", loop.manager)


def test_the_next_review_shows_what_became_of_each_decision(loop: Loop, figures: None) -> None:
    first = reviewed(loop)
    services.decide_review(first, approve=True, note="", by=loop.manager, at=on(TENTH))
    services.run_reviews(now=on(date(2027, 3, 2)))
    second = Review.objects.get(planned_day=date(2027, 3, 10))
    second = services.open_review(second, by=loop.quality, at=on(date(2027, 3, 9)))
    facts = {code: n for code, n, _url in second.inputs.get(topic="earlier").facts}
    assert facts == {"decided": 1, "decisions_done": 0, "decisions_late": 1, "decisions_kept": 0}
    url = reverse("quality:review", args=[second.pk])
    page = signed_in(loop.manager).get(url).content.decode()
    assert "班车提前三十分钟发车" in page
