"""Customers: the file with own limits, visits, expectations, needs, the honest no."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from complaints.enums import CaseKind, NeedStatus
from complaints.models import (
    Case,
    CustomerFile,
    DeskDuty,
    Expectation,
    Need,
    NotPossible,
    ReplyTemplate,
    Visit,
)
from complaints.services import customers, desk, visits, wishes
from complaints.words import blanks_in
from courierqa.core.errors import DomainError, IllegalTransition, StaleEdit
from courierqa.core.models import AuditEntry
from courierqa.core.privacy import phone_index
from shipments.models import Customer, Parcel
from tests.factories.complaints import AT, open_case

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def customer(team):
    said = customers.FileText(
        name="远航商贸", customer_class="vip", notes="先联系客户经理", contact_name="钱经理",
        contact_phone="139 0000 0042", first_hours=1, resolve_hours=12, manager=team.lea,
    )  # fmt: skip
    return customers.open_file(code="k-100", said=said, by=team.lea, at=AT).customer


@pytest.mark.req("CUS-01", "CUS-12")
def test_a_file_shows_class_parcels_cases_and_that_it_was_opened(as_role, customer, parcel, team):
    parcel.customer = customer
    parcel.save()
    case = open_case(parcel=parcel, by=team.ana)
    client = as_role("agent")

    listed = client.get(reverse("complaints:customers"), {"class": "vip"}).content.decode()
    page = client.get(reverse("complaints:customer", args=["K-100"]))

    assert "远航商贸" in listed
    text = page.content.decode()
    for part in ("重点客户", "先联系客户经理", case.number, f"/parcels/{parcel.waybill}/"):
        assert part in text, part
    assert "13900000042" not in text.replace(" ", "")
    assert "钱经理" not in text
    opened = AuditEntry.objects.get(action="customer.read_file")
    assert (opened.object_code, opened.actor_name) == ("K-100", "测试agent")


def test_the_contact_is_shown_after_a_logged_reason(as_role, customer):
    client, url = as_role("lead"), reverse("complaints:customer_reveal", args=["K-100"])

    assert "钱经理" not in client.post(url, {"reason": ""}).content.decode()
    assert "钱经理" in client.post(url, {"reason": "call_back"}).content.decode()
    assert AuditEntry.objects.filter(action="customerfile.reveal").count() == 1
    assert as_role("manager").post(url, {"reason": "call_back"}).status_code == 403


@pytest.mark.req("CUS-02")
def test_own_limits_shorten_the_clocks_of_a_case_and_never_lengthen_them(team, customer):
    case = open_case(by=team.ana)
    ordinary = open_case(by=team.ana, phone="13900000043")
    CustomerFile.objects.update(first_hours=100, resolve_hours=None)
    patient = open_case(by=team.ana)

    assert (case.first_due_at - AT, case.resolve_due_at - AT) == (HOUR, 12 * HOUR)
    assert case.legal_due_at == ordinary.legal_due_at
    assert patient.first_due_at == ordinary.first_due_at == AT + 2 * HOUR


@pytest.mark.req("CUS-02")
def test_the_notes_stand_beside_a_case_of_the_customer(as_role, team, customer):
    case = open_case(by=team.ana)

    panel = as_role("agent").get(reverse("complaints:case_voice", args=[case.number]))

    assert "先联系客户经理" in panel.content.decode()
    assert "重点客户" in panel.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "wrong"),
    [("first_hours", 0, "first_hours"), ("contact_phone", "12", "contact_phone"),
     ("customer_class", "gold", "customer_class"),
     ("customer_class", "agreement", "agreement_from")],
)  # fmt: skip
def test_a_file_refuses_nonsense_and_names_the_field(team, customer, field, value, wrong):
    said = {"name": "远航", "customer_class": "vip", field: value}

    with pytest.raises(DomainError) as refused:
        customers.change_file(
            customer=customer, said=customers.FileText(**said), by=team.lea, at=AT
        )
    assert refused.value.field == wrong


def test_an_empty_phone_keeps_the_number_on_file(as_role, customer):
    client, url = as_role("lead"), reverse("complaints:customer_edit", args=["K-100"])
    said = {"name": "远航商贸", "customer_class": "vip", "contact_phone": "", "first_hours": "2"}

    assert client.post(url, said).status_code == 302
    row = CustomerFile.objects.get()
    assert (row.contact_phone, row.first_hours) == ("+8613900000042", 2)
    assert row.phone_index == phone_index("13900000042")
    assert client.post(url, {**said, "first_hours": "900"}).status_code == 422


@pytest.mark.req("CUS-09")
def test_a_visit_is_planned_held_and_followed_by_the_next(as_role, customer, team):
    day = date(2026, 11, 30)
    visit = visits.plan_visit(
        customer=customer, on=day, way="visit", purpose="季度回访", visitor=team.lea, by=team.lea,
        at=AT,
    )  # fmt: skip
    said = visits.Said(
        heard="整体满意，希望早送", score=4, agreed="九点前送", next_on=day + 90 * 24 * HOUR
    )
    held = visits.hold_visit(visit=visit, said=said, by=team.lea, at=AT + 5 * 24 * HOUR)

    assert Visit.objects.count() == 2
    page = as_role("quality").get(reverse("complaints:visits"), {"period": "2026-Q4"})
    assert (page.context["held"], page.context["happy"].n) == (1, 1)
    assert "早送" in as_role("agent").get(
        reverse("complaints:visit", args=[held.pk])).content.decode()  # fmt: skip
    with pytest.raises(DomainError):
        visits.cancel_visit(visit=held, reason="x", by=team.lea, at=AT)
    with pytest.raises(DomainError):
        visits.plan_visit(customer=customer, on=date(2020, 1, 1), way="visit", purpose="x",
                          visitor=team.lea, by=team.lea, at=AT)  # fmt: skip


@pytest.mark.req("CUS-10")
def test_the_table_of_expectations_names_group_promise_and_gap(as_role):
    client = as_role("quality")
    row = Expectation.objects.filter(group="recipient").first()
    assert row.is_proposal
    page = client.get(reverse("complaints:expectations")).content.decode()
    for part in ("按承诺时间送达", "下单时告知送达时限", "部分满足", "建议值"):
        assert part in page, part

    said = {"group": "recipient", "topic": "time", "expects": "当日达", "expects_en": "Same day",
            "promise": "同城当日", "promise_en": "Same day in town", "gap": "large"}  # fmt: skip
    url = reverse("complaints:expectation", args=[row.pk])
    assert client.post(url, said).status_code == 302
    row.refresh_from_db()
    assert (row.is_proposal, row.gap, row.checked_by.username) == (False, "large", "C004")
    assert client.post(reverse("complaints:expectation_new"), said).status_code == 422


@pytest.mark.req("CUS-03")
def test_a_need_has_a_source_an_analysis_and_a_change(team):
    heard = wishes.Heard("research", "shop", "希望开放夜间揽收", "六成网店晚八点后出单")
    need = wishes.record_need(heard=heard, by=team.lea, at=AT)
    said = {"change": "试点夜间揽收", "improvement": "IP-2026-03", "analysis": "试点两站"}

    wishes.decide_need(need=need, status=NeedStatus.CHANGING, said=said, by=team.lea, at=AT)
    wishes.decide_need(need=need, status=NeedStatus.CHANGED, said=said, by=team.lea, at=AT + HOUR)

    need.refresh_from_db()
    assert (need.status, need.improvement) == (NeedStatus.CHANGED, "IP-2026-03")
    with pytest.raises(IllegalTransition):
        wishes.decide_need(need=need, status=NeedStatus.DECLINED, said=said, by=team.lea, at=AT)


def test_what_a_reader_may_not_see_gives_no_number_and_no_count(as_role, team, customer, parcel):
    parcel.customer = customer
    parcel.save()
    hidden = open_case(parcel=parcel, by=team.ana, reason="waybill-exposed")
    need = wishes.need_of_case(case=hidden, requirement="面单打码", by=team.lea, at=AT)
    pages = [reverse("complaints:needs"), reverse("complaints:need", args=[need.pk])]
    count = {"q": customer.code}
    for role, sees in (("lead", True), ("agent", False)):
        client = as_role(role)
        for page in pages:
            assert (hidden.number in client.get(page).content.decode()) is sees
        row = client.get(reverse("complaints:customers"), count).context["page"].rows[0]
        assert row.complaints_made == int(sees)


@pytest.mark.req("CUS-08")
def test_a_suggestion_from_the_public_box_is_answered_and_used(client, as_role, team):
    form = client.get(reverse("complaints:suggest"))
    key = form.context["form"].initial["key"]
    sent = client.post(reverse("complaints:suggest"), {"key": key, "words": "可以预约送达时段吗"})
    case = Case.objects.get()
    agent = as_role("lead")
    need = agent.post(reverse("complaints:case_need", args=[case.number]),
                      {"requirement": "预约送达时段"})  # fmt: skip

    assert (sent.status_code, need.status_code) == (302, 302)
    assert (case.kind, case.reason.code) == (CaseKind.SUGGESTION, "suggestion")
    listed = agent.get(reverse("complaints:suggestions")).content.decode()
    assert case.number in listed
    assert "预约送达时段" in listed
    assert Need.objects.get().source == "suggestion"
    assert client.post(reverse("complaints:suggest"), {"key": key}).status_code == 422


@pytest.mark.req("CUS-07")
def test_a_wish_that_cannot_be_met_has_a_reason_and_an_alternative(as_role, team):
    case = open_case(by=team.ana)
    client = as_role("lead")
    url = reverse("complaints:case_not_possible", args=[case.number])

    assert client.post(url, {"reason": "已过截单时间"}).status_code == 422
    said = {"reason": "已过截单时间", "alternative": "安排次日早班"}
    assert client.post(url, said).status_code == 302
    page = client.get(reverse("complaints:case", args=[case.number]))
    words = next(t for t in page.context["templates"] if t["code"] == "not-possible")
    assert "已过截单时间" in words["body"]
    assert blanks_in(words["body"]) == []
    assert client.post(url, said).status_code == 422
    assert NotPossible.objects.count() == 1


@pytest.mark.req("CUS-04")
def test_people_of_the_desk_are_named_with_hours_and_duties(as_role, cast):
    client, url = as_role("lead"), reverse("complaints:desk")
    said = {"person": cast.agent.pk, "queue": "complaints", "duty": "受理投诉", "opens": "08:00",
            "closes": "20:00", "weekdays": ["0", "1", "2", "3", "4"]}  # fmt: skip

    assert client.post(url, said).status_code == 302
    assert client.post(url, {**said, "closes": "07:00"}).status_code == 422
    page = client.get(url).content.decode()
    for part in ("测试agent", "受理投诉", "08:00–20:00"):
        assert part in page, part
    client.post(reverse("complaints:duty_end", args=[DeskDuty.objects.get().pk]))
    assert "受理投诉" not in client.get(url).content.decode()


def test_templates_keep_blanks_alike_in_both_languages(as_role, team):
    row = ReplyTemplate.objects.get(code="apology-late")
    said = {"title": "延误", "title_en": "Late", "body": "您好 {{number}}，{{原因}}",
            "body_en": "Case {{number}}: {{cause}}"}  # fmt: skip
    seen = row.updated_at.isoformat()

    for body_en, code in (
        ("Case {{number}}", "blanks_differ"),
        ("Case {{number}}: {{", "bad_blank"),
    ):
        text = desk.TemplateText(**{**said, "body_en": body_en})
        with pytest.raises(DomainError) as wrong:
            desk.save_template(code=row.code, said=text, seen=seen, by=team.lea, at=AT)
        assert wrong.value.code == code
    desk.save_template(code=row.code, said=desk.TemplateText(**said), seen=seen, by=team.lea, at=AT)
    with pytest.raises(StaleEdit):
        desk.save_template(
            code=row.code, said=desk.TemplateText(**said), seen=seen, by=team.leo, at=AT
        )
    page = as_role("lead").get(reverse("complaints:reply_template", args=[row.code]))
    assert "{{cause}}" in page.content.decode()
    assert as_role("auditor").get(reverse("complaints:replies")).status_code == 200
    assert as_role("auditor").post(
        reverse("complaints:reply_template", args=[row.code]), said).status_code == 403  # fmt: skip


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_need_the_same_queries_for_one_and_three(
    as_role, team, rows, django_assert_num_queries
):
    for number in range(rows):
        said = customers.FileText(name=f"客户 {number}", customer_class="standard")
        row = customers.open_file(code=f"K-{number}", said=said, by=team.lea, at=AT)
        visits.plan_visit(customer=row.customer, on=date(2026, 12, 1), way="phone", purpose="回访",
                          visitor=team.lea, by=team.lea, at=AT)  # fmt: skip
        wishes.record_need(heard=wishes.Heard("visit", "vip", f"需要 {number}"), by=team.lea, at=AT)
    client = as_role("lead")
    client.get("/customers/")

    for url, queries in (("/customers/", 6), ("/customers/visits/", 6), ("/customers/needs/", 6)):
        with django_assert_num_queries(queries):
            assert client.get(url).status_code == 200
    assert Customer.objects.count() == rows


@pytest.mark.req("COM-06")
def test_every_unit_reads_the_one_record_of_a_parcel(as_role, cast, parcel, team):
    Parcel.objects.filter(pk=parcel.pk).update(destination=cast.station)
    parcel.refresh_from_db()
    case = open_case(parcel=parcel, by=team.ana)

    for role in ("agent", "lead", "supervisor", "quality", "manager", "auditor"):
        client = as_role(role)
        page = client.get(f"/parcels/{parcel.waybill}/")
        cases = client.get(reverse("complaints:parcel_cases", args=[parcel.waybill]))
        assert page.status_code == cases.status_code == 200, role
        assert page.context["parcel"] == parcel, role
        assert case.number in cases.content.decode(), role
