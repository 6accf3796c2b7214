"""Monthly grades: drafts, freezing, objection, re-grade, and who sees what."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from courierqa.core import history
from courierqa.core.errors import DomainError, IllegalTransition, NotAllowed
from courierqa.core.models import AuditEntry
from staff import selectors, services
from staff.enums import AssessmentState
from staff.grading import PartResult
from staff.models import Assessment, AssessmentScheme
from tests.factories.staff import (
    AssessmentSchemeFactory,
    CourierFactory,
    SupervisorFactory,
    UserFactory,
)
from tests.staff.conftest import body_of

# Tuesday 3 November 2026, 10:00 in Shanghai.
NOW = datetime(2026, 11, 3, 2, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def chen():
    return CourierFactory(name="陈强")


@pytest.fixture
def li(chen):
    return SupervisorFactory(name="李娜", site=chen.site)


@pytest.fixture
def quality():
    return UserFactory(role="quality")


def record(person, *, month="2026-10", on_time=0.95, complaints=0.0, **more):
    scheme = person.post.schemes.first() or AssessmentSchemeFactory(post=person.post)
    AssessmentSchemeFactory._meta.model.objects.filter(pk=scheme.pk).update(
        parts=[
            {"code": "T01", "weight": 60, "target": 0.95, "floor": 0.85, "bound": "low"},
            {"code": "C02", "weight": 40, "target": 0.0, "floor": 0.01, "bound": "high"},
        ]
    )
    scheme.refresh_from_db()
    parts = [
        PartResult("T01", 190, 200, 0.95, on_time, "/kpi/T01/records/?courier=x"),
        PartResult("C02", 1, 200, 0.005, complaints),
    ]
    settings = {"deliveries": 200, "work_days": 22, **more}
    return services.record_assessment(
        employee=person, month=month, scheme=scheme, site=person.site, parts=parts, as_of=NOW,
        now=NOW, **settings,
    )  # fmt: skip


@pytest.mark.req("ASM-01", "ASM-09")
def test_couriers_have_a_scheme_with_weights_ratings_and_complaints():
    scheme = AssessmentScheme.objects.get(post__code="courier")
    weights = {part["code"]: part["weight"] for part in scheme.parts}

    assert sum(weights.values()) == 100
    assert (weights["T01"], weights["C02"], weights["V02"]) == (25, 20, 10)
    assert scheme.is_proposal


@pytest.mark.req("ASM-02", "ASM-04")
def test_record_keeps_parts_with_counts_and_records(chen):
    # T01: (0.93 − 0.85) ÷ 0.10 = 80 · C02: (0.002 − 0.01) ÷ (0 − 0.01) = 80 → 80
    found = record(chen, on_time=0.93, complaints=0.002)

    assert (found.score, found.grade, found.state) == (Decimal("80.00"), "B", "draft")
    part = found.parts.get(code="T01")
    assert (part.hits, part.total, part.score) == (190, 200, Decimal("80.00"))
    assert part.records_url == "/kpi/T01/records/?courier=x"


def test_same_facts_twice_change_nothing_other_facts_replace_the_draft(chen):
    first, again = record(chen), record(chen)
    other = record(chen, on_time=0.9)

    assert again.pk == first.pk == other.pk
    assert Assessment.objects.get().score == Decimal("70.00")  # 0.6 × 50 + 0.4 × 100
    assert first.parts.count() == 2


@pytest.mark.req("ASM-02", "ROL-02")
def test_confirmed_month_is_frozen_and_traced(chen, li):
    found = record(chen)
    services.confirm_assessment(found, by=li.user, at=NOW)
    lifted = record(chen, on_time=0.96, deliveries=201)

    found.refresh_from_db()
    assert (found.state, found.version, found.confirmed_by) == ("confirmed", 1, li.user)
    assert (lifted.state, lifted.version) == ("draft", 2)
    assert [c.verb for c in history.changes_of(found)] == ["confirm"]
    assert AuditEntry.objects.filter(action="assessment.confirm").count() == 1
    with pytest.raises(IllegalTransition):
        services.confirm_assessment(found, by=li.user, at=NOW)


def test_version_that_lowers_a_confirmed_grade_needs_a_reason(chen, li):
    services.confirm_assessment(record(chen), by=li.user, at=NOW)
    lower = record(chen, on_time=0.86)

    with pytest.raises(DomainError) as refused:
        services.confirm_assessment(lower, by=li.user, at=NOW)
    assert refused.value.code == "reason_needed"
    services.confirm_assessment(lower, by=li.user, at=NOW, note="补录了两件超时件")
    assert lower.grade == "C"


@pytest.mark.req("ASM-03")
def test_up_needs_two_months_in_a_row_and_short_month_keeps_the_grade(chen, quality):
    for month, on_time, grade in [
        ("2026-06", 0.93, "B"),  # 0.6 × 80 + 40 = 88
        ("2026-07", 0.95, "B"),  # 100: one good month
        ("2026-08", 0.95, "A"),  # two in a row
        ("2026-09", 0.87, "C"),  # 0.6 × 20 + 40 = 52: down at once
    ]:
        found = record(chen, month=month, on_time=on_time)
        services.confirm_assessment(found, by=quality, at=NOW)
        assert (month, found.grade) == (month, grade)
    short = record(chen, month="2026-10", deliveries=42)

    assert (short.grade, short.raw_grade, short.not_graded_reason) == ("C", "", "few_deliveries")


def test_nobody_decides_on_their_own_grade(li):
    found = record(li)

    with pytest.raises(NotAllowed):
        services.confirm_assessment(found, by=li.user, at=NOW)


@pytest.mark.req("ASM-12", "ROL-03")
def test_objection_is_decided_by_somebody_else_and_graded_again(chen, li, quality):
    found = record(chen, red_lines=["no_consent"])
    services.confirm_assessment(found, by=li.user, at=NOW)
    objection = services.object_to_assessment(found, by=chen.user, at=NOW, text="有电话录音")

    assert found.grade == "C"
    for nobody in (li.user, chen.user):
        with pytest.raises(NotAllowed):
            services.decide_objection(objection, by=nobody, at=NOW, decision="…")
    again = services.decide_objection(
        objection, by=quality, at=NOW, decision="录音证明已征得同意", leave_out=["no_consent"]
    )

    found.refresh_from_db()
    assert (found.state, found.grade, found.red_lines) == ("final", "C", ["no_consent"])
    assert (again.version, again.state, again.grade, again.red_lines) == (2, "final", "A", [])
    assert objection.state == "upheld"


def test_rejected_objection_leaves_the_grade(chen, li, quality):
    found = record(chen)
    services.confirm_assessment(found, by=li.user, at=NOW)
    objection = services.object_to_assessment(found, by=chen.user, at=NOW, text="不同意")

    stands = services.decide_objection(objection, by=quality, at=NOW, decision="数据无误")

    assert (stands.pk, stands.state, objection.state) == (found.pk, "final", "rejected")
    assert Assessment.objects.count() == 1


def test_objections_end_after_five_working_days(chen, li):
    found = record(chen)
    services.confirm_assessment(found, by=li.user, at=NOW)
    # Tuesday 3 November + 5 working days = Tuesday 10 November, to its end in Shanghai.
    end = datetime(2026, 11, 10, 16, tzinfo=UTC)

    assert found.object_until == end - timedelta(microseconds=1)
    with pytest.raises(DomainError) as late:
        services.object_to_assessment(found, by=chen.user, at=end, text="晚了")
    assert late.value.code == "too_late"
    assert services.finalise_due(now=end) == {"finalised": 1}
    found.refresh_from_db()
    assert found.state == AssessmentState.FINAL


def test_my_page_tells_grade_moves_and_one_advice(chen, quality):
    for month, on_time in [("2026-09", 0.95), ("2026-10", 0.90)]:
        services.confirm_assessment(record(chen, month=month, on_time=on_time), by=quality, at=NOW)

    own = selectors.my_page(chen, now=NOW)

    assert (own.grade, own.month, own.score) == ("C", "2026-10", Decimal("70.00"))
    assert [(move.score, move.change) for move in own.moved] == [(Decimal(50), Decimal(-50))]
    assert own.advice


def grade_url(person, month="2026-10", name="grade"):
    return reverse(f"staff:{name}", args=[person.number, month])


def test_grade_page_shows_every_part_and_links_to_records(client, chen, li):
    record(chen, on_time=0.93)
    client.force_login(li.user)

    page = client.get(grade_url(chen))

    assert page.status_code == 200
    text = page.content.decode()
    assert "/kpi/T01/records/?courier=x" in text
    assert "190 / 200" in text
    assert grade_url(chen, name="grade_confirm") in text


@pytest.mark.req("ROL-01", "INF-02")
def test_courier_sees_only_own_confirmed_months(client, chen, li):
    other = CourierFactory(site=chen.site, name="王磊")
    for person in (chen, other):
        services.confirm_assessment(record(person), by=li.user, at=NOW)
    record(chen, month="2026-11")
    client.force_login(chen.user)

    own = client.get(grade_url(chen))
    foreign = client.get(grade_url(other))
    draft = client.get(grade_url(chen, month="2026-11"))
    missing = client.get(grade_url(chen, month="2020-01"))

    assert own.status_code == 200
    assert other.name not in own.content.decode()
    assert [foreign.status_code, draft.status_code, missing.status_code] == [404, 404, 404]
    assert body_of(foreign) == body_of(missing)


def test_supervisor_of_another_site_sees_and_confirms_nothing(client, chen):
    found = record(chen)
    client.force_login(SupervisorFactory().user)

    assert client.get(grade_url(chen)).status_code == 404
    assert client.post(grade_url(chen, name="grade_confirm"), {"note": ""}).status_code == 404
    found.refresh_from_db()
    assert found.state == "draft"


@pytest.mark.req("ASM-12")
def test_objecting_and_deciding_through_the_pages(client, chen, li, quality):
    record(chen, red_lines=["theft"])
    client.force_login(li.user)
    assert client.post(grade_url(chen, name="grade_confirm"), {"note": ""}).status_code == 302
    Assessment.objects.update(object_until=datetime(2099, 1, 1, tzinfo=UTC))
    client.force_login(chen.user)
    empty = client.post(grade_url(chen, name="grade_object"), {"text": " "})
    sent = client.post(grade_url(chen, name="grade_object"), {"text": "赠品已上交"})
    client.force_login(quality)
    nothing = client.post(
        grade_url(chen, name="grade_decide"), {"outcome": "upheld", "decision": "属实"}
    )
    done = client.post(
        grade_url(chen, name="grade_decide"),
        {"outcome": "upheld", "decision": "属实", "leave_out": ["theft"]},
    )

    assert [r.status_code for r in (empty, sent, nothing, done)] == [422, 302, 422, 302]
    assert Assessment.objects.get(version=2).grade == "A"


def test_month_list_query_count_is_flat(client, chen, quality, django_assert_max_num_queries):
    record(chen)
    for _turn in range(5):
        record(CourierFactory(site=chen.site))
    client.force_login(quality)

    with django_assert_max_num_queries(12):
        page = client.get(reverse("staff:grades"))

    assert len(page.context["rows"]) == 6


def test_month_list_says_which_rule_holds_a_grade(client, chen, li, quality):
    for month, on_time in [("2026-08", 0.87), ("2026-09", 0.95)]:
        services.confirm_assessment(record(chen, month=month, on_time=on_time), by=quality, at=NOW)
    record(li, month="2026-09", deliveries=42)
    client.force_login(quality)

    text = client.get(reverse("staff:grades"), {"month": "2026-09"}).content.decode()

    # 100 points, and C in August: one good month alone lifts nobody.
    assert text.count("本月单月 A，升级须连续两个月") == 1
    assert text.count("派件量不足") == 1


def drawn(person):
    """Record a month whose complaints were drawn to the company's mean."""
    parts = [
        PartResult("T01", 190, 200, 0.95, 0.95),
        PartResult("C02", 2, 100, 0.02, 0.0125, mean=0.005, pull=100),
    ]
    scheme = AssessmentSchemeFactory(post=person.post, parts=[
        {"code": "T01", "weight": 60, "target": 0.95, "floor": 0.85, "bound": "low"},
        {"code": "C02", "weight": 40, "target": 0.003, "floor": 0.02, "bound": "mean", "pull": 100},
    ])  # fmt: skip
    return services.record_assessment(
        employee=person, month="2026-10", scheme=scheme, site=person.site, parts=parts, as_of=NOW,
        now=NOW, deliveries=100, work_days=22, red_lines=["theft"],
    )  # fmt: skip


def test_a_figure_drawn_to_the_mean_says_so_and_is_kept_by_a_new_version(client, chen, li, quality):
    # T01 100 · C02 (0.0125 − 0.02) ÷ (0.003 − 0.02) = 44.12 → 0.6 × 100 + 0.4 × 44.12 = 77.65
    found = drawn(chen)
    services.confirm_assessment(found, by=li.user, at=NOW)
    objection = services.object_to_assessment(found, by=chen.user, at=NOW, text="没有的事")
    again = services.decide_objection(
        objection, by=quality, at=NOW, decision="属实", leave_out=["theft"]
    )
    client.force_login(quality)

    page = client.get(grade_url(chen)).content.decode()

    assert (found.score, again.score, again.grade) == (Decimal("77.65"), Decimal("77.65"), "B")
    assert (again.parts.get(code="C02").mean, again.parts.get(code="C02").pull) == (0.005, 100)
    assert "另计 100 件公司均值 0.5%" in page


AMENDING = import_module("staff.migrations.0006_scheme_drawn_to_the_mean")


def old_scheme(**more):
    parts = [{"code": code, "weight": 10, **old} for code, old in AMENDING.OLD.items()]
    return AssessmentSchemeFactory(parts=parts, valid_from=date(2024, 1, 1), **more)


def test_a_scheme_that_has_graded_somebody_is_followed_not_changed(chen):
    unused, used, decided = old_scheme(), old_scheme(), old_scheme(is_proposal=False)
    services.record_assessment(
        employee=chen, month="2026-12", scheme=used, site=chen.site, parts=[], as_of=NOW, now=NOW
    )

    AMENDING.amend(apps, None)
    AMENDING.amend(apps, None)

    def known(scheme):
        rows = AssessmentScheme.objects.filter(post=scheme.post).order_by("valid_from")
        return [(row.valid_from, row.parts[0]["bound"]) for row in rows]

    first = date(2024, 1, 1)
    assert known(unused) == [(first, "mean")]
    assert known(used) == [(first, "high"), (date(2027, 1, 1), "mean")]
    assert known(decided) == [(first, "high")]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_on_a_phone_no_figure_of_a_part_hides_behind_the_edge(browser_page, live_server, chen, li):
    drawn(chen)
    page = browser_page(user=li.user, width=390, height=844)

    page.goto(f"{live_server.url}{grade_url(chen)}")

    cells = page.locator(".grade-table td:visible, .grade-table tbody th").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().right)"
    )
    assert len(cells) > 12
    assert max(cells) <= 390
    assert page.locator(".table-scroll:has(.grade-table)").evaluate(
        "one => one.scrollWidth <= one.clientWidth"
    )
