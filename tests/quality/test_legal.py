"""The legal register: wordings, duties with their cycle, checks with proof, law goes first."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from courierqa.core.errors import DomainError
from quality.document_enums import Kept
from quality.models import DutyCheck, Law, LegalDuty
from quality.services import legal as services
from tests.quality.conftest import DAY, NOW, Loop
from tests.quality.shelf import Shelf
from tests.quality.test_pages import queries, signed_in

pytestmark = pytest.mark.django_db


def duty_of(loop: Loop, **fields: Any) -> LegalDuty:
    """Add a duty checked every month from 10 March on."""
    said = {
        "article": "第 1 条", "subject": "实名", "subject_en": "Names", "duty": "查验身份",
        "duty_en": "Check who sends", "owner": loop.leader, "every": "month", "interval": 1,
        "anchor": date(2026, 3, 10), "is_active": True, **fields,
    }  # fmt: skip
    law = Law.objects.get(code="express-rules")
    return services.save_duty(None, law=law, said_=said, documents=[], by=loop.quality, at=NOW)


@pytest.mark.req("LIC-03")
def test_checks_come_by_their_cycle_each_once(loop: Loop) -> None:
    duty = duty_of(loop)
    days = [date(2026, 3, 10), date(2026, 4, 10), date(2026, 5, 10)]
    assert list(duty.checks.values_list("planned_day", flat=True)) == days
    assert services.run_duties(now=NOW) == {"planned": 0}
    assert services.run_duties(now=NOW + 31 * DAY) == {"planned": 1}
    # A clock set back plans nothing twice.
    assert services.run_duties(now=NOW) == {"planned": 0}
    assert duty.checks.count() == 4


@pytest.mark.req("LIC-03")
def test_a_check_needs_its_proof_and_is_done_once(loop: Loop) -> None:
    check = duty_of(loop).checks.first()
    with pytest.raises(DomainError) as refused:
        services.check_duty(check, result=Kept.KEPT, proof=" ", conflict_with=None,
                            by=loop.leader.user, at=NOW)  # fmt: skip
    assert refused.value.field == "proof"
    services.check_duty(check, result=Kept.KEPT, proof="抽查记录 12", conflict_with=None,
                        by=loop.leader.user, at=NOW)  # fmt: skip
    with pytest.raises(DomainError):
        services.check_duty(check, result=Kept.GAP, proof="x", conflict_with=None,
                            by=loop.leader.user, at=NOW)  # fmt: skip


@pytest.mark.req("DOC-05")
def test_law_goes_first_until_the_next_version(loop: Loop) -> None:
    shelf = Shelf(loop)
    row = shelf.in_force(number="QI-07")
    check = duty_of(loop).checks.first()
    with pytest.raises(DomainError) as refused:
        services.check_duty(check, result=Kept.CONFLICT, proof="x", conflict_with=None,
                            by=loop.quality, at=NOW + DAY)  # fmt: skip
    assert refused.value.field == "conflict_with"
    services.check_duty(check, result=Kept.CONFLICT, proof="须先征得同意", conflict_with=row,
                        by=loop.quality, at=NOW + DAY)  # fmt: skip
    reader = signed_in(loop.courier.user)
    assert "Law goes first" in reader.get("/documents/QI-07/").content.decode()
    shelf.next_version(row, at=NOW + 2 * DAY)
    assert "Law goes first" not in reader.get("/documents/QI-07/").content.decode()


@pytest.mark.req("DOC-05")
def test_a_new_wording_asks_for_a_new_look(loop: Loop) -> None:
    duty = duty_of(loop)
    law = duty.law
    with pytest.raises(DomainError):
        services.add_wording(law, citation="旧", effective_on=date(2019, 1, 1), note="",
                             by=loop.quality, at=NOW)  # fmt: skip
    services.add_wording(law, citation="新修订", effective_on=date(2026, 4, 1), note="",
                         by=loop.quality, at=NOW)  # fmt: skip
    assert DutyCheck.objects.filter(plan=duty, planned_day=date(2026, 4, 1)).count() == 1
    assert law.versions.count() == 2


def test_pages_and_who_may_check(loop: Loop) -> None:
    duty = duty_of(loop)
    leader, quality = signed_in(loop.leader.user), signed_in(loop.quality)
    said = {"result": "gap", "proof": "缺登记"}
    assert quality.get("/legal/duties/x/").status_code == 404
    other = duty_of(loop, subject="其他", owner=loop.checker)
    assert leader.post(f"/legal/duties/{other.pk}/", said).status_code == 404
    assert leader.post(f"/legal/duties/{duty.pk}/", {"result": "gap"}).status_code == 422
    assert leader.post(f"/legal/duties/{duty.pk}/", said).status_code == 302
    page = quality.get(f"/legal/duties/{duty.pk}/").content.decode()
    assert f"source=duty&amp;ref={duty.pk}" in page
    assert quality.get(f"/actions/new/?source=duty&ref={duty.pk}").status_code == 200
    for path in ("/legal/", "/legal/?q=快递", "/legal/express-rules/", "/legal/duties/?show=gap",
                 "/legal/new/", "/legal/express-rules/duties/new/"):  # fmt: skip
        assert quality.get(path).status_code == 200
    body = b"".join(quality.get("/legal/duties/?format=csv").streaming_content).decode()
    assert "缺登记" in body
    new = {"code": "road-law", "kind": "law", "title": "道路交通安全法", "title_en": "Road law",
           "issuer": "全国人大", "citation": "2021", "effective_on": "2021-04-29"}  # fmt: skip
    assert quality.post("/legal/new/", new).status_code == 302
    assert quality.post("/legal/new/", new).status_code == 422


def test_lists_ask_the_same_number_of_questions(loop: Loop) -> None:
    duty_of(loop)
    quality = signed_in(loop.quality)
    urls = ("/legal/", "/legal/duties/", "/legal/express-rules/")
    few = [queries(quality, url) for url in urls]
    for n in range(2):
        duty_of(loop, subject=f"第 {n} 项")
    assert [queries(quality, url) for url in urls] == few
