"""The pages of agents and customers."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from complaints import selectors, services
from complaints.models import Case, Claim, Forum, RegulatorFile
from courierqa.core.models import AuditEntry
from shipments.models import Customer, Parcel
from tests.factories.complaints import AT, open_case

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def agent(team):
    client = Client()
    client.force_login(team.ana)
    return client


def new_case(**fields):
    given = {"key": str(uuid.uuid4()), "who": "13900000042", "reason": "lost", "words": "丢了"}
    return {**given, **fields}


def public_case(**fields):
    given = {"key": str(uuid.uuid4()), "reason": "lost", "words": "没收到", "phone": "13900000042"}
    return {**given, **fields}


@pytest.mark.parametrize("cases", [1, 3])
def test_inbox_query_count_is_flat(agent, team, cases, django_assert_num_queries):
    for _ in range(cases):
        open_case(by=team.ana)

    with django_assert_num_queries(11):
        response = agent.get(reverse("complaints:inbox"))

    assert len(response.context["rows"]) == cases


@pytest.mark.parametrize("view", [*selectors.VIEWS])
def test_every_view_of_the_inbox_opens_empty_and_full(agent, team, view):
    assert agent.get(f"/complaints/?view={view}").status_code == 200
    open_case(by=team.ana)
    assert agent.get(f"/complaints/?view={view}").status_code == 200


@pytest.mark.parametrize(
    "query", ["view=nothing", "after=zzz", "q=%27%3B--", "q=" + "x" * 500, "after=" + "x" * 5000]
)
def test_inbox_answers_strange_addresses(agent, query):
    assert agent.get(f"/complaints/?{query}").status_code == 200


def test_inbox_finds_by_number_phone_and_waybill(agent, team, parcel):
    case = open_case(by=team.ben, waybill=parcel.waybill)

    for text in (case.number.lower(), "１３９ 0000 0042", parcel.waybill):
        response = agent.get(reverse("complaints:inbox"), {"q": text, "view": "all"})
        assert [row for row, _clock in response.context["rows"]] == [case]


def test_take_takes_what_is_free_and_names_the_rest(agent, team):
    mine, other = open_case(channel="web"), open_case(by=team.ben)
    Case.objects.filter(pk=mine.pk).update(owner=None)

    page = agent.post(
        reverse("complaints:bulk"),
        {"deed": "take", "case": [mine.number, other.number]},
        follow=True,
    )

    assert Case.objects.get(pk=mine.pk).owner == team.ana
    assert f"{other.number}" in page.content.decode()


@pytest.mark.req("CMP-01", "CMP-02")
def test_f2_saves_with_parcel_and_shows_the_number_large(agent, parcel):
    page = agent.post(reverse("complaints:case_new"), new_case(waybill=parcel.waybill), follow=True)

    case = Case.objects.get()
    assert (case.parcel, case.customer_phone) == (parcel, "+8613900000042")
    assert case.number in page.content.decode()


def test_f2_errors_keep_what_was_typed(agent):
    response = agent.post(reverse("complaints:case_new"), new_case(reason="", words="丢了"))

    assert response.status_code == 422
    assert "丢了" in response.content.decode()
    assert "reason" in response.context["form"].errors


@pytest.mark.parametrize("words", [SCRIPT, "a\r\nBcc: x@y.z", "𠮷野家", "=1+1"])
def test_hostile_words_are_text(agent, words):
    agent.post(reverse("complaints:case_new"), new_case(words=words))

    case = Case.objects.get()
    page = agent.get(reverse("complaints:case", args=[case.number])).content.decode()
    assert case.words == words.replace("\r\n", "\n")
    assert SCRIPT not in page


@pytest.mark.parametrize("words", ["x" * 100_000, "a\x00b", "a\u202eb", "   "])
def test_unstorable_words_answer_422(agent, words):
    response = agent.post(reverse("complaints:case_new"), new_case(words=words))

    assert response.status_code == 422
    assert "words" in response.context["form"].errors


def test_caller_fragment_offers_parcels_and_open_cases(agent, team, parcel):
    case = open_case(by=team.ben, waybill=parcel.waybill)

    response = agent.post(reverse("complaints:find_caller"), {"who": "13900000042"})

    assert response.context["parcels"] == [parcel]
    assert response.context["cases"] == [case]


def test_case_page_masks_the_customer_and_shows_scans(agent, team, parcel):
    case = open_case(by=team.ana, waybill=parcel.waybill, name="何美玲")

    page = agent.get(reverse("complaints:case", args=[case.number])).content.decode()

    assert "何美玲" not in page
    assert "13900000042" not in page


def test_case_page_query_count_is_flat(agent, team, django_assert_max_num_queries):
    case = open_case(by=team.ana)
    for _ in range(5):
        services.add_note(case=case, text="记录", by=team.ana, at=AT)

    with django_assert_max_num_queries(47):
        agent.get(reverse("complaints:case", args=[case.number]))


def deed(client, case, name, data, **more):
    url = reverse(f"complaints:case_{name}", args=[case.number])
    return client.post(url, data, headers={"HX-Request": "true"}, **more)


def test_reply_with_a_blank_comes_back_with_the_text(agent, team):
    case = open_case(by=team.ana)

    response = deed(agent, case, "reply", {"text": "原因是{{原因}}", "via": "message"})

    assert response.status_code == 422
    assert "{{原因}}" in response.content.decode()


def test_refusal_of_a_right_is_shown_in_the_form(agent, team):
    case = open_case(by=team.ben)

    response = deed(agent, case, "reply", {"text": "你好", "via": "phone", "final": "on"})

    assert response.status_code == 422
    assert team.ben.display_name in response.content.decode()


def test_whole_case_by_the_pages(agent, team):
    case = open_case(by=team.ana)
    ben, lea = Client(), Client()
    ben.force_login(team.ben)
    lea.force_login(team.lea)

    assert deed(agent, case, "close", {}).status_code == 422
    deed(agent, case, "reply", {"text": "已找到", "via": "phone", "final": "on"})
    deed(agent, case, "liability", {"liability": "none", "evidence": "客户地址写错"})
    deed(agent, case, "claim", {"event_kind": "goodwill", "amount": "20"})
    claim = Claim.objects.get()
    lea.post(reverse("complaints:claim_pay", args=[case.number, claim.pk]), {"payment_ref": "P9"})
    call = case.followups.get()
    ben.post(reverse("complaints:followup_record", args=[call.pk]), {"result": "satisfied"})
    deed(agent, case, "cause", {"cause": "地址错误", "summary": "下单时核对地址"})
    response = deed(agent, case, "close", {})

    assert response.status_code == 200
    assert Case.objects.get().status == "closed"


def test_reveal_is_logged_first(agent, team):
    case = open_case(by=team.ana)

    response = deed(agent, case, "reveal", {"reason": "call_back"})

    assert "+8613900000042" in response.content.decode()
    assert response["Cache-Control"] == "no-store"
    assert AuditEntry.objects.filter(action="case.reveal", actor_id=team.ana.pk).exists()


def test_privacy_case_is_hidden_from_other_agents(team):
    case = open_case(by=team.ana, reason="leak")
    ben = Client()
    ben.force_login(team.ben)

    there = ben.get(reverse("complaints:case", args=[case.number]))
    missing = ben.get(reverse("complaints:case", args=["C-2026-999999"]))

    assert (there.status_code, missing.status_code) == (404, 404)


def test_supervisor_sees_only_the_own_site(team, cast, parcel, as_role):
    here, there = open_case(by=team.ana, waybill=parcel.waybill), open_case(by=team.ana)

    response = as_role("supervisor").get(reverse("complaints:inbox"), {"view": "all"})

    assert [case for case, _clock in response.context["rows"]] == [here]
    url = reverse("complaints:case", args=[there.number])
    assert as_role("supervisor").get(url).status_code == 404


@pytest.mark.req("CMP-08")
def test_followup_page_and_one_key_results(team):
    case = open_case(by=team.ana)
    services.reply(case=case, text="已送达", by=team.ana, at=AT, final=True)
    ben = Client()
    ben.force_login(team.ben)
    # Due whatever the clock of the machine says.
    case.followups.update(due_at=datetime(2020, 1, 1, tzinfo=UTC))
    call = case.followups.get()

    assert [row["call"] for row in ben.get("/complaints/follow-ups/").context["rows"]] == [call]
    bad = ben.post(reverse("complaints:followup_record", args=[call.pk]), {"result": "unsatisfied"})
    ben.post(reverse("complaints:followup_record", args=[call.pk]), {"result": "no_answer"})

    call.refresh_from_db()
    assert (bad.status_code, call.tries) == (422, 1)


@pytest.mark.req("CMP-01", "CMP-18", "PUB-05")
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_public_form_gives_number_responder_and_appeal(client, team, prefix):
    page = client.post(f"{prefix}/complain/", public_case(), follow=True)

    case = Case.objects.get()
    text = page.content.decode()
    assert case.number in text
    assert case.first_responder.display_name in text
    assert "12305" in text
    assert case.language == ("en" if prefix else "zh-hans")


def test_public_form_sent_twice_is_one_case(client, team):
    sent = public_case()

    client.post("/complain/", sent)
    client.post("/complain/", sent)

    assert Case.objects.count() == 1


def test_the_same_words_after_going_back_are_the_same_case_other_words_are_not(client, team):
    sent = public_case()
    for words in (sent["words"], sent["words"], "还有一件也没收到"):
        client.post("/complain/", {**sent, "key": str(uuid.uuid4()), "words": words})

    assert Case.objects.count() == 2


def test_public_form_answers_alike_for_known_and_unknown_waybills(client, team, parcel):
    pages = []
    for waybill in (parcel.waybill, "YT0000000000000"):
        response = client.post("/complain/", public_case(waybill=waybill), follow=True)
        case = Case.objects.latest("pk")
        text = response.content.decode()
        for own in (case.number, case.token, case.owner.display_name):
            text = text.replace(own, "")
        pages.append(len(text))

    assert pages[0] == pages[1]


def test_public_form_needs_a_way_to_answer(client, team):
    response = client.post("/complain/", public_case(phone=""))

    assert response.status_code == 422
    assert "phone" in response.context["form"].errors


@pytest.mark.parametrize("field", ["words", "name", "waybill", "phone", "email"])
@pytest.mark.parametrize("value", [SCRIPT, "\x00", "a\r\nb", "x" * 100_000])
def test_public_form_never_breaks(client, team, field, value):
    response = client.post("/complain/", public_case(**{field: value}), follow=True)

    assert response.status_code in (200, 422)
    assert SCRIPT not in response.content.decode()


def test_public_form_is_limited_per_minute(client, team, still):
    cases = [public_case(words=f"没收到 {number}") for number in range(7)]
    answers = [client.post("/complain/", case).status_code for case in cases]

    assert answers == [302] * 5 + [429] * 2
    assert Case.objects.count() == 5


def test_status_page_needs_the_token_and_hides_notes(client, team):
    case = open_case(by=team.ana)
    services.add_note(case=case, text="内部备注", by=team.ana, at=AT)
    services.reply(case=case, text="已找到", by=team.ana, at=AT, final=True)

    page = client.get(reverse("complaints:case_status", args=[case.token])).content.decode()

    assert "已找到" in page
    assert "内部备注" not in page
    assert client.get("/complain/status/guess/").status_code == 404


def test_customer_adds_words(client, team):
    case = open_case(by=team.ana)
    url = reverse("complaints:case_words", args=[case.token])

    assert client.post(url, {"text": ""}).status_code == 422
    client.post(url, {"text": "补充：箱子也坏了"})

    assert case.entries.latest("pk").text == "补充：箱子也坏了"


def test_privacy_case_is_hidden_on_the_pages_that_lead_to_cases(as_role, cast, parcel):
    customer = Customer.objects.create(code="K-7", name="远航")
    forum = Forum.objects.create(name="黑猫", url="https://x.example/", watcher=cast.lead,
                                 every_days=1, next_due_at=AT)  # fmt: skip
    Parcel.objects.filter(pk=parcel.pk).update(customer=customer)
    case = open_case(by=cast.lead, reason="leak", waybill=parcel.waybill, forum=forum)
    RegulatorFile.objects.create(case=case, authority="邮政管理局", reference="R-1",
                                 forwarded_at=AT, due_at=AT, matter="appeal")  # fmt: skip
    pages = [
        reverse("complaints:customer", args=["K-7"]),
        reverse("complaints:forum", args=[forum.pk]),
        reverse("complaints:regulator"),
    ]

    for page in pages:
        assert case.number in as_role("lead").get(page).content.decode(), page
        assert case.number not in as_role("agent").get(page).content.decode(), page
