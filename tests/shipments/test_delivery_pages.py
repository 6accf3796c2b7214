"""Pages and programs around a delivery: forms keep errors, gateways log calls and answers."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from shipments import services
from shipments.models import Consent, ConsentRequest, Contact, Preference
from shipments.selectors import runsheets
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
PHONE = "13798763391"


@pytest.fixture
def here(cast):
    now = timezone.now()
    placed = make.order(
        origin=cast.neighbour, destination=cast.station, at=now - timedelta(hours=9)
    )
    return make.accept(placed, now - timedelta(hours=8))


FORMS = {
    "contact": {"way": "call", "purpose": "agree", "result": "reached", "seconds": "30"},
    "slot": {"starts_at": "09:00", "ends_at": "11:00", "asked_by": "recipient"},
    "address": {"address": "杭州市西湖区文三路 77 号", "way": "call", "words": "核对"},
    "consent": {"kind": "locker", "given": "yes", "way": "call"},
    "ask_consent": {"kind": "locker", "way": "sms"},
    "contents": {"lines": "2 × 衬衫\n+ 袜子"},
    "return_new": {"kind": "recall", "asked_by": "sender", "cause": "填错地址"},
}


@pytest.mark.parametrize("name", FORMS)
def test_each_deed_has_its_page_keeps_errors_and_answers(as_role, here, name):
    client, url = as_role("supervisor"), reverse(f"shipments:{name}", args=[here.waybill])
    now = timezone.localtime(timezone.now())
    typed = dict(FORMS[name])
    if name in ("contact", "consent"):
        typed["at"] = (now - timedelta(minutes=3)).strftime("%Y-%m-%dT%H:%M")
    if name == "slot":
        typed["day"] = (now + timedelta(days=2)).strftime("%Y-%m-%d")

    shown, empty, done = client.get(url), client.post(url, {"verb": ""}), client.post(url, typed)

    assert (shown.status_code, empty.status_code) == (200, 422)
    assert done.url == reverse("shipments:delivery", args=[here.waybill])
    assert client.get(done.url).status_code == 200
    assert "文三路 9" not in shown.content.decode()


def test_a_gift_is_told_on_the_record_and_the_phone(as_role, here):
    client = as_role("supervisor")
    client.post(reverse("shipments:contents", args=[here.waybill]), {"lines": "2 × 衬衫\n+ 袜子\n"})

    page = client.get(reverse("shipments:delivery", args=[here.waybill])).content.decode()

    assert list(here.content_lines.values_list("name", "count", "is_gift").order_by("pk")) == [
        ("衬衫", 2, False), ("袜子", 1, True),
    ]  # fmt: skip
    assert "赠品" in page
    assert runsheets.phone_extras([here])[here.pk]["gifts"] == ["袜子"]


def test_a_standing_consent_is_listed_masked_found_and_withdrawn(as_role, here):
    client = as_role("agent")
    typed = {"phone": PHONE, "way": "locker", "how": "call"}
    client.post(reverse("shipments:consent_new"), typed)
    row = Consent.objects.get()

    page = client.get(reverse("shipments:consents"), {"q": PHONE})
    nobody = client.get(reverse("shipments:consents"), {"q": "13800000000"})
    client.post(reverse("shipments:consent_withdraw", args=[row.pk]))

    assert [one.pk for one in page.context["page"].rows] == [row.pk]
    assert "137******91" in page.content.decode()
    assert nobody.context["page"].rows == []
    row.refresh_from_db()
    assert row.withdrawn_at is not None
    assert Preference.objects.get().ended_at is not None


@pytest.mark.req("DEL-05", "DEL-12")
def test_programs_log_calls_ask_and_bring_answers(api_client, here):
    client, uid = api_client("delivery.change", "consent.create"), str(uuid4())
    base = f"/api/v1/parcels/{here.waybill}"
    call = {"id": uid, "way": "call", "purpose": "agree", "result": "no_answer", "seconds": 12}

    def post(url, body):
        answer = client.post(url, body, content_type="application/json")
        return answer.status_code, answer.json()

    logged, again = post(f"{base}/contacts/", call), post(f"{base}/contacts/", call)
    asked = post(f"{base}/ask/", {"kind": "locker", "way": "sms"})
    unclear = post("/api/v1/consents/reply/", {"phone": PHONE, "text": "谁？"})
    answered = post("/api/v1/consents/reply/", {"phone": PHONE, "text": "1"})
    said = {"kind": "station", "given": False, "way": "call", "at": "2026-03-02T10:00:00+08:00"}
    recorded = post(f"{base}/consent/", said)

    assert logged == again == (201, {"id": uid, "result": "no_answer"})
    assert asked == (201, {"waybill": here.waybill, "kind": "locker", "given": None})
    assert (unclear, answered) == ((200, {"result": "unclear"}), (200, {"result": "recorded"}))
    assert recorded[0] == 201
    assert list(Consent.objects.order_by("pk").values_list("kind", "given", "way")) == [
        ("locker", True, "sms"), ("station", False, "call"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [("contacts", {"id": "x"}, 400), ("contacts", [], 400), ("contacts", {"id": 7}, 400),
     ("contacts", {"id": str(uuid4()), "way": "call", "seconds": "9"}, 400),
     ("contacts", {"id": str(uuid4()), "way": "smoke"}, 409),
     ("contacts", {"id": str(uuid4()), "at": "2026-03-02T10:00"}, 400),
     ("consent", {"given": "yes"}, 400), ("consent", {"given": True, "kind": "moon"}, 409),
     ("consent", {"given": True, "at": "2999-01-01T00:00:00Z"}, 400), ("ask", {}, 409)],
)  # fmt: skip
def test_bad_bodies_are_refused_at_their_field(api_client, here, path, body, status):
    client = api_client("delivery.change")

    answer = client.post(
        f"/api/v1/parcels/{here.waybill}/{path}/", body, content_type="application/json"
    )

    assert answer.status_code == status, answer.content
    assert not Contact.objects.exists()
    assert not Consent.objects.exists()


def test_a_gateway_of_one_station_answers_for_no_other(api_client, cast):
    far = make.accept(make.order(origin=cast.neighbour, destination=make.site("NB-09")))
    services.ask_consent(parcel=far, kind="locker", way="sms", at=timezone.now(), actor=None)
    client = api_client("consent.create", "delivery.change")

    body = {"phone": PHONE, "text": "1"}
    answer = client.post("/api/v1/consents/reply/", body, content_type="application/json")
    other = client.post(f"/api/v1/parcels/{far.waybill}/ask/", {}, content_type="application/json")

    assert answer.json() == {"result": "no_request"}
    assert other.status_code == 404


def test_an_open_question_is_answered_on_the_phone(as_role, here):
    row = services.ask_consent(
        parcel=here, kind="locker", way="call", at=timezone.now(), actor=None
    )
    client, url = as_role("supervisor"), reverse("shipments:consent_answer", args=[row.pk])

    unclear, done = client.post(url, {"given": "x"}), client.post(url, {"given": "yes"})
    again = client.post(url, {"given": "no"})

    assert (unclear.status_code, done.status_code, again.status_code) == (302, 302, 302)
    assert ConsentRequest.objects.get().consent.given is True
    assert Consent.objects.count() == 1
