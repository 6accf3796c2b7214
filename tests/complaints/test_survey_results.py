"""Results: by question, site and courier, with n and range, and nobody to be recognised."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from complaints.enums import Effect
from complaints.models import Invitation, SurveyItem, SurveyQuestion
from complaints.selectors import surveys as selectors
from complaints.services import sampling, survey_answers, surveys
from complaints.services.survey_answers import Said
from complaints.survey_scores import Estimate, mean_score
from courierqa.core.errors import DomainError, NotAllowed
from courierqa.core.timeframes import parse_period
from kpi.evidence import ratings
from tests.factories import shipments as make
from tests.factories import surveys as ask

pytestmark = pytest.mark.django_db
FRIDAY, HOUR = ask.FRIDAY, ask.HOUR
PERIOD = "2026-03"


def answered(cast, taps, *, words=""):
    """Deliver one parcel per tap by the cast's courier, and let everybody answer in full."""
    for number, _tap in enumerate(taps):
        ask.delivered(number, courier=cast.courier.employee, station=cast.station)
    held = sampling.hold_round(plan=ask.plan(), seed="c" * 32, at=FRIDAY)
    asked = SurveyQuestion.objects.filter(template=held.template)
    text = asked.get(block="proposals")
    for invitation, tap in zip(held.invitations.order_by("place"), taps, strict=True):
        answer = survey_answers.first_tap(invitation=invitation, score=tap, at=FRIDAY + HOUR)
        said = Said({q.pk: tap for q in asked if q.kind == "scale"}, {text.pk: words})
        survey_answers.say_more(answer=answer, said=said, at=FRIDAY + HOUR)
    return held


@pytest.mark.req("SAT-06", "SAT-12")
def test_results_say_score_n_range_period_and_definition(as_role, cast):
    answered(cast, [5, 4, 4, 3, 1])
    page = as_role("lead").get(reverse("complaints:survey_results"), {"period": PERIOD})

    found = page.context["found"]
    assert (found.whole.score.value, found.whole.score.n, found.invited) == (60.0, 5, 5)
    assert [(g.name, g.score.n) for g in found.sites] == [(str(cast.station), 5)]
    assert [g.satisfied.value for g in found.couriers] == [0.6]
    text = page.content.decode()
    for part in ("60.0", "5 份", "12.9", "如何计算", "2026"):
        assert part in text, part


@pytest.mark.req("SAT-05", "SAT-06")
def test_the_question_from_0_to_10_is_shown_as_it_was_answered(as_role, cast):
    """0, 7, 9, 10, 10 and one who left it out: 3 promoters, 1 passive, 1 detractor of 5; 40."""
    held = answered(cast, [5] * 6)
    eleven = held.template.questions.get(kind="nps")
    answers = [row.answer for row in held.invitations.order_by("place")]
    client, page = as_role("lead"), {"period": PERIOD}
    url = reverse("complaints:survey_results")
    assert client.get(url, page).context["recommended"] is None

    for answer, step in zip(answers[:4], (0, 7, 9, 10), strict=True):
        SurveyItem.objects.create(answer=answer, question=eleven, value=step)
    few = client.get(url, page)
    assert set(few.context["recommended"]) == {"score"}
    assert "4 份答复" in few.content.decode()

    SurveyItem.objects.create(answer=answers[4], question=eleven, value=10)
    shown = client.get(url, page).context["recommended"]
    assert (shown["score"].n, shown["score"].value) == (5, 40.0)
    assert [n for _label, n, _share in shown["groups"]] == [3, 1, 1]
    assert [row[1] for row in shown["table"]["rows"]] == list("10000001012")
    other = client.get(url, {**page, "block": "attitude"})
    assert other.context["recommended"] is None
    assert as_role("supervisor").get(url, page).context["recommended"]["score"].n == 5
    march = parse_period(PERIOD)
    elsewhere = selectors.Asked(march.start_at, march.end_at, sites=[make.site("XX-09").pk])
    assert selectors.questions(elsewhere)[1].n == 0


@pytest.mark.req("SAT-10")
def test_the_first_tap_counts_for_the_courier_who_delivered(cast):
    answered(cast, [5, 5, 2])

    counted = ratings(parse_period(PERIOD))

    assert counted[cast.courier.employee.pk] == (2, 3)


@pytest.mark.req("SAT-11")
def test_the_score_is_on_the_home_page(as_role, cast):
    client = as_role("manager")
    assert reverse("complaints:home_voice") in client.get("/").content.decode()
    assert client.get(reverse("complaints:home_voice")).status_code == 200


@pytest.mark.parametrize(
    ("role", "name"), [("manager", "home_voice"), ("courier", "home_own_score")]
)
def test_the_home_page_asks_for_the_score_alone(as_role, cast, role, name):
    answered(cast, [5, 4, 4, 3, 1])
    Invitation.objects.update(invited_at=timezone.now() - 24 * HOUR)
    client, url = as_role(role), reverse(f"complaints:{name}")

    with CaptureQueriesContext(connection) as asked:
        page = client.get(url)

    assert (page.context["whole"].score.value, page.context["whole"].score.n) == (60.0, 5)
    assert sum("complaints_" in query["sql"] for query in asked) == 1


def test_a_courier_sees_the_own_whole_only_and_not_who_answered(as_role, cast):
    held = answered(cast, [5, 1, 4, 4])
    client = as_role("courier")

    for name in ("surveys", "survey_results", "survey_words", "interviews"):
        assert client.get(reverse(f"complaints:{name}")).status_code == 403, name
    assert client.get(reverse("complaints:survey_round", args=[held.pk])).status_code == 403
    own = client.get(reverse("complaints:own_score"))
    assert own.status_code == 200
    assert own.context["whole"].score.is_hidden
    text = own.content.decode()
    assert not any(i.parcel.waybill in text for i in held.invitations.all())


def test_a_supervisor_sees_the_own_site_and_no_words(as_role, cast):
    answered(cast, [5] * 5, words="电话 13800001234 打不通")
    ask_other = make.site("XX-09")
    client = as_role("supervisor")

    page = client.get(reverse("complaints:survey_results"), {"period": PERIOD})
    assert [g.name for g in page.context["found"].sites] == [str(cast.station)]
    assert str(ask_other) not in page.content.decode()
    assert client.get(reverse("complaints:survey_words")).status_code == 403


def test_words_are_shown_masked_and_tagged(as_role, cast):
    answered(cast, [5], words="电话 13800001234 打不通")
    client = as_role("quality")

    page = client.get(reverse("complaints:survey_words"), {"period": PERIOD})
    assert "打不通" in page.content.decode()
    assert "13800001234" not in page.content.decode()
    item = SurveyItem.objects.get(question__block="proposals")
    client.post(reverse("complaints:survey_words_tag", args=[item.pk]), {"tag": ["no_call", "x"]})
    item.refresh_from_db()
    assert (item.tags, item.tagged_by) == (["no_call"], cast.quality)
    results = client.get(reverse("complaints:survey_results"), {"period": PERIOD})
    assert [n for _label, n in results.context["tags"]] == [1]


def measure(owner, **fields):
    said = {"finding": "送达慢", "measure": "早班提前一小时", "improvement": "CA-2026-001",
            "site": None, "block": "", "started_on": date(2026, 3, 5),
            "check_on": date(2026, 6, 5), **fields}  # fmt: skip
    return surveys.begin_measure(said=said, by=owner, at=FRIDAY)


@pytest.mark.req("SAT-07", "SAT-08")
def test_a_measure_is_judged_by_somebody_else_on_scores_before_and_after(as_role, cast):
    answered(cast, [5, 5, 4, 4, 5])
    row = measure(cast.lead)
    before, after = selectors.before_after(row)

    assert (before.n, after.n, after.value) == (0, 5, 90.0)
    page = as_role("quality").get(reverse("complaints:measure", args=[row.pk]))
    assert "CA-2026-001" in page.content.decode()
    later = FRIDAY + timedelta(days=100)
    with pytest.raises(NotAllowed):
        surveys.check_measure(measure=row, result="better", note="", by=cast.lead, at=later)
    with pytest.raises(DomainError):
        surveys.check_measure(measure=row, result="same", note="", by=cast.quality, at=FRIDAY)
    surveys.check_measure(measure=row, result="too_few", note="", by=cast.quality, at=later)
    row.refresh_from_db()
    assert (row.result, row.checked_by) == ("too_few", cast.quality)


def test_an_effect_needs_ranges_that_do_not_touch():
    low, high = mean_score([5000, 6000] * 20), mean_score([8000, 9000] * 20)

    assert selectors.effect_of(low, high) == Effect.BETTER
    assert selectors.effect_of(high, low) == Effect.WORSE
    assert selectors.effect_of(low, low) == Effect.SAME
    assert selectors.effect_of(Estimate(0), high) == Effect.TOO_FEW


@pytest.mark.parametrize("rows", [1, 3])
def test_results_need_the_same_queries_for_one_and_three(
    as_role, cast, rows, django_assert_num_queries
):
    answered(cast, [4] * rows)
    client, url = as_role("lead"), reverse("complaints:survey_results")
    client.get(url, {"period": PERIOD})

    with django_assert_num_queries(13):
        assert client.get(url, {"period": PERIOD}).status_code == 200


def test_the_file_leaves_small_groups_out(as_role, cast):
    answered(cast, [4] * 4)
    client, url = as_role("lead"), reverse("complaints:survey_results")

    answer = client.get(url, {"period": PERIOD, "format": "csv"})

    assert len(b"".join(answer.streaming_content).splitlines()) == 1


@pytest.mark.parametrize("period", ["x", "0000", "2026-13"])
def test_a_bad_period_is_said_beside_the_field(as_role, cast, period):
    page = as_role("lead").get(reverse("complaints:survey_results"), {"period": period})

    assert page.status_code == 200
    assert page.context["problem"]
