"""The list of reasons: complete, editable with audit, never reused, offered to the phone."""

from __future__ import annotations

import pytest

from courierqa.core.errors import DomainError
from courierqa.core.models import AuditEntry
from shipments import enums
from shipments.models import Reason
from shipments.services import reasons
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
VALUES = {
    "code": "dog", "scan_code": "ATT", "party": "recipient", "name": "院内有犬",
    "name_en": "Dog in the yard", "needs_photo": True, "needs_call": False, "may_excuse": False,
    "next_steps": ["retry"], "position": 60,
}  # fmt: skip


def test_the_list_after_installation_names_every_party_and_usual_steps():
    rows = Reason.objects.filter(is_active=True)

    assert {row.party for row in rows} == set(enums.Party.values)
    assert rows.count() >= 52
    assert Reason.objects.get(code="absent").next_steps == ["retry", "place", "counter"]
    assert all(row.next_steps for row in rows if row.scan_code in ("ATT", "RFS", "NAT"))


def test_a_code_is_never_used_again_not_even_after_retirement(cast):
    made = reasons.add_reason(values=VALUES, at=make.MONDAY, actor=cast.quality)
    reasons.retire_reason(reason=made, why="合并", at=make.MONDAY, actor=cast.quality)

    with pytest.raises(DomainError) as refused:
        reasons.add_reason(values=VALUES, at=make.MONDAY, actor=cast.quality)
    assert (refused.value.code, refused.value.field) == ("code_taken", "code")
    assert list(AuditEntry.objects.filter(verb__in=("create", "retire"), object_id=made.pk)
                .order_by("pk").values_list("verb", flat=True)) == ["create", "retire"]  # fmt: skip


def test_the_party_of_a_reason_stays_whatever_the_form_sends(as_role):
    client = as_role("quality")
    said = {**VALUES, "name": "无人应答", "party": "us", "scan_code": "DLY"}

    assert client.post("/settings/reasons/no-answer/", said).status_code == 302

    row = Reason.objects.get(code="no-answer")
    assert (row.name, row.party, row.scan_code) == ("无人应答", "recipient", "ATT")


def test_the_page_adds_and_retires_and_says_what_is_wrong(as_role):
    client = as_role("admin")

    taken = client.post("/settings/reasons/new/", {**VALUES, "code": "absent"})
    assert taken.status_code == 422
    assert "院内有犬" in taken.content.decode()
    assert client.post("/settings/reasons/new/", VALUES).status_code == 302
    assert client.post("/settings/reasons/dog/", {"verb": "retire", "why": ""}).status_code == 422
    gone = client.post("/settings/reasons/dog/", {"verb": "retire", "why": "不再使用"})
    assert gone.status_code == 302
    assert "院内有犬" not in client.get("/settings/reasons/").content.decode()
    assert "院内有犬" in client.get("/settings/reasons/?show=all").content.decode()


def test_the_phone_gets_the_reasons_with_party_and_steps(as_role):
    sent = as_role("courier").get("/api/v1/round/").json()["reasons"]

    absent = next(row for row in sent if row["code"] == "absent")
    assert absent["party"] == "recipient"
    assert absent["next_steps"] == ["retry", "place", "counter"]
    assert absent["needs_photo"] is True
