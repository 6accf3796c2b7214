"""Ready answers found by rules, questions to a person, rules of compensation, ways to complain."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from complaints import selectors, services
from complaints.enums import CaseKind
from complaints.models import Case, CaseFacts, Faq
from courierqa.core.errors import DomainError, StaleEdit

pytestmark = pytest.mark.django_db


def words(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def best(question: str) -> str:
    hits = selectors.find_answers(question, selectors.published_answers())
    return hits[0].faq.code if hits else ""


@pytest.mark.req("ONL-06")
@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("我的快件到哪里了", "where"),
        ("怎么还没到，都超时两天了", "late"),
        ("显示签收但是我没收到", "not-received"),
        ("为什么放快递柜不送上门", "locker"),
        ("取件码丢了", "collect"),
        ("我想改地址", "change"),
        ("寄到上海多少钱", "price"),
        ("能送到乡镇吗 在不在服务范围", "area"),
        ("锂电池能寄吗", "prohibited"),
        ("寄件一定要身份证吗", "id"),
        ("收到的东西破损了", "damaged"),
        ("我要投诉快递员态度差", "complain"),
        ("Where is my parcel?", "where"),
        ("it says delivered but I never received it", "not-received"),
        ("How much does it cost to send 3 kg?", "price"),
        ("can I change the delivery address", "change"),
        ("ｐｒｉｖａｃｙ", "privacy"),
    ],
)
def test_a_question_in_either_language_finds_its_answer(question, code):
    assert best(question) == code


@pytest.mark.parametrize("question", ["今天天气如何", "hello", "？", "%", "a" * 200])
def test_nothing_is_claimed_where_no_rule_fits(question):
    assert best(question) == ""


@pytest.mark.req("ONL-06")
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_page_answers_and_always_offers_a_person(client, db, prefix):
    found = words(client.get(f"{prefix}/service/faq/", {"q": "取件码 pickup code"}))
    nothing = words(client.get(f"{prefix}/service/faq/", {"q": "<b>x</b>"}))

    assert f"{prefix}/service/ask/?q=" in found
    assert 'class="faq-hit"' in found
    assert 'class="faq-hit"' not in nothing
    assert "<b>x</b>" not in nothing
    assert client.get(f"{prefix}/service/faq/", {"q": " "}).status_code == 422


def question(**fields):
    return {"key": str(uuid4()), "words": "周末派件吗？", "phone": "13812345678", **fields}


@pytest.mark.req("ONL-07", "ONL-04")
def test_a_question_becomes_a_case_with_number_and_status_page(client, cast):
    sent = client.post("/en/service/ask/", question())

    case = Case.objects.get()
    page = words(client.get(sent.url))
    assert (case.kind, case.reason.code, case.language) == (CaseKind.QUERY, "question", "en")
    assert sent.url == f"/en/complain/status/{case.token}/?sent=1"
    assert "We have your question. Its number:" in page
    assert case.number in page
    # A question is no complaint: it is not appealed and not counted as one.
    assert "12305" not in page
    assert not CaseFacts.objects.get(case=case).is_complaint


def test_sending_a_question_twice_is_one_case(client, cast):
    said = question()

    first, again = client.post("/service/ask/", said), client.post("/service/ask/", said)

    assert first.url == again.url
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"words": " "}, "words"), ({"phone": ""}, "phone"), ({"phone": "12"}, "phone"),
     ({"phone": "", "email": "x"}, "email"), ({"words": "x\u202e"}, "words")],
)  # fmt: skip
def test_a_faulty_question_names_the_field_and_keeps_the_words(client, db, fields, field):
    answer = client.post("/en/service/ask/", question(**fields))

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert Case.objects.count() == 0
    assert "周末派件吗" in words(answer) or field == "words"


def test_programs_and_floods_get_no_case(client, db, still):
    assert client.post("/service/ask/", question(website="x")).status_code == 422
    codes = [client.post("/service/ask/", question()).status_code for _try in range(12)]
    assert 429 in codes


@pytest.mark.req("PUB-05")
def test_every_way_to_complain_is_public(client, cast):
    text = words(client.get("/en/service/contact/"))

    for said in ("/en/complain/", "/en/service/ask/", "12305", "Phone:", str(cast.station)):
        assert said in text


def test_compensation_is_shown_with_the_arithmetic_claims_use(client, db):
    text = words(client.get("/en/service/compensation/"))

    for said in ("Fee of this service waived: ¥12.00", "¥512.00", "¥500.00 × 40% = ¥200.00",
                 "¥75.00", "not a legal limit"):  # fmt: skip
        assert said in text


def test_the_complaint_form_is_prefilled_from_tracking(client, cast):
    text = words(client.get("/complain/?waybill=YS0000000000001&reason=false-signature"))

    assert 'value="YS0000000000001"' in text
    assert re.search(r'value="false-signature" checked', text)


# --- editing ----------------------------------------------------------------------------------


def text(**more):
    said = {
        "question": "能开发票吗？", "question_en": "Do I get an invoice?", "answer": "可以。",
        "answer_en": "Yes.", "keywords": "发票", "keywords_en": "invoice", **more,
    }  # fmt: skip
    return services.AnswerText(**said)


def write(code="invoice", *, seen=0, by=None, **more):
    return services.publish_answer(
        code=code, said=text(**more), seen_version=seen, by=by, at=timezone.now()
    )


@pytest.mark.req("ONL-06")
def test_an_answer_changes_by_versions_and_the_newest_is_found(cast):
    write(by=cast.lead)
    write(seen=1, by=cast.lead, keywords="开票 发票")
    assert best("可以开票吗") == "invoice"

    write(seen=2, by=cast.lead, is_published=False)
    assert best("可以开票吗") == ""
    assert [row.version for row in selectors.answer_versions("invoice")] == [3, 2, 1]


def test_two_editors_and_a_taken_name_are_refused(cast):
    write(by=cast.lead)

    with pytest.raises(StaleEdit):
        write(seen=5, by=cast.lead)
    with pytest.raises(DomainError, match="短名称"):
        write(seen=0, by=cast.lead)
    with pytest.raises(DatabaseError), transaction.atomic():
        Faq.objects.filter(code="invoice").update(answer="x")


def test_a_lead_edits_on_the_settings_page(as_role, cast):
    lead, reader = as_role("lead"), as_role("auditor")
    said = {**vars(text()), "code": "invoice", "is_published": "on", "seen_version": "0"}

    made = lead.post("/settings/answers/new/", said)
    changed = lead.post(made.url, {**said, "answer": "可以，请联系站点。", "seen_version": "1"})

    assert (made.url, changed.status_code) == ("/settings/answers/invoice/", 302)
    assert "联系站点" in reader.get(made.url).content.decode()
    assert reader.post(made.url, said).status_code == 403
    assert lead.post("/settings/answers/new/", {**said, "code": "A b"}).status_code == 422
    assert lead.get("/settings/answers/none/").status_code == 404


@pytest.mark.req("PAY-05")
def test_the_public_page_follows_the_rule_in_force(client, db):
    from complaints.claim_rules import Rule
    from complaints.enums import EventKind
    from complaints.services import publish_rule
    from tests.factories import shipments as make

    publish_rule(
        kind=EventKind.DELAY, insured=False, rule=Rule(fee_percent=50), note="试行",
        by=make.user("quality"), at=timezone.now(),
    )  # fmt: skip
    text = words(client.get("/en/service/compensation/"))
    assert "¥12.00 × 50% waived = ¥6.00" in text
    assert "Rule version 2" in text
