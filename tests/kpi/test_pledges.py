"""Pledges, resources of objectives, objectives made known, the policy above the tree."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from courierqa.core.timeframes import month_of
from kpi import announcing, promising
from kpi.models import MonthCell, ObjectiveResource, Pledge, Target
from kpi.selectors.pledges import announcements, pledges
from quality.models import Reading
from quality.services import documents
from tests.quality.conftest import Loop, loop, worker  # noqa: F401
from tests.quality.shelf import Shelf

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 11, 2, tzinfo=UTC)


def signed_in(user: Any) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(user)
    return client


def counted(site: Any, hits: int, total: int = 100, *, at: datetime = AT) -> None:
    """Store last month's on-time delivery."""
    month = month_of(business_day(at)).previous().start_day
    MonthCell.objects.create(metric="T01", month=month, site_id=site.pk, product_id=0, hits=hits,
                             total=total, pending=0, excluded=0)  # fmt: skip


def of(code: str, **asked: Any) -> Any:
    return next(one for one in pledges(at=AT, **asked) if one.row.code == code)


@pytest.mark.req("OBJ-10")
@pytest.mark.parametrize(("hits", "total", "kept"), [(96, 100, True), (90, 100, False),
                                                     (29, 29, None)])  # fmt: skip
def test_a_pledge_says_whether_it_was_kept(
    loop: Loop, hits: int, total: int, kept: bool | None  # noqa: F811
) -> None:  # fmt: skip
    counted(loop.site, hits, total)
    assert of("on-time").is_kept is kept


@pytest.mark.req("OBJ-10")
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_everybody_reads_promise_and_figure(loop: Loop, prefix: str) -> None:  # noqa: F811
    from django.utils import timezone

    counted(loop.site, 97, at=timezone.now())
    Pledge.objects.filter(code="intact").update(is_active=False)
    page = Client().get(f"{prefix}/service/pledges/")
    text = page.content.decode()
    words = ("Delivered within the time", "97.0") if prefix else ("按承诺时限送达", "97.0")
    assert (page.status_code, [one in text for one in words]) == (200, [True, True])
    assert ("arrives whole" in text or "完好无损" in text) is False


def test_a_person_ends_the_proposal(loop: Loop) -> None:  # noqa: F811
    row = Pledge.objects.get(code="on-time")
    url = reverse("kpi:pledge_edit", args=[row.code])
    said = {"text": "按时送达", "text_en": "In time", "value": "96.5", "is_active": "on"}
    assert signed_in(loop.quality).post(url, said).status_code == 302
    row.refresh_from_db()
    assert (row.value, row.is_proposal, row.changed_by) == (
        Decimal("0.9650"), False, loop.quality,
    )  # fmt: skip
    refused = signed_in(loop.quality).post(url, {**said, "value": "120"})
    assert refused.status_code == 422
    assert signed_in(loop.quality).get(reverse("kpi:pledges")).status_code == 200


def test_a_new_pledge_has_a_figure_and_a_code_of_its_own(loop: Loop) -> None:  # noqa: F811
    url = reverse("kpi:pledge_new")
    said = {"code": "first-try", "metric": "D01", "text": "一次送达", "text_en": "At first try",
            "value": "90"}  # fmt: skip
    answers = [signed_in(loop.quality).post(url, said).status_code for _again in range(2)]
    assert answers == [302, 422]
    assert Pledge.objects.get(code="first-try").value == Decimal("0.9")
    assert signed_in(loop.leader.user).get(url).status_code == 403


@pytest.mark.req("OBJ-09")
def test_an_objective_is_given_people_vehicles_and_money(loop: Loop) -> None:  # noqa: F811
    client = signed_in(loop.quality)
    url = reverse("kpi:resource_give", args=[2026, "T01"])
    for kind, amount in (("people", "3"), ("vehicles", "2"), ("money", "20000.50")):
        said = {"kind": kind, "amount": amount, "words": "午后班次"}
        assert client.post(url, said).status_code == 302
    assert list(ObjectiveResource.objects.values_list("kind", "amount")) == [
        ("people", 3), ("vehicles", 2), ("money", 2_000_050),
    ]  # fmt: skip
    half = client.post(url, {"kind": "people", "amount": "1.5", "words": "x"})
    below = client.post(url, {"kind": "vehicles", "amount": "-3", "words": "x"})
    assert (half.status_code, below.status_code) == (422, 422)
    Target.objects.create(metric="T01", value=Decimal("0.95"), valid_from=date(2025, 6, 1))
    page = client.get(reverse("kpi:objectives") + "?period=2026-02").content.decode()
    assert "People 3 · Vehicles 2" in page
    own = reverse("kpi:site_resources", args=[2026, "T01", "HZ-01"])
    assert client.get(own).status_code == 200
    stranger = worker("supervisor", loop.checker.site)
    assert signed_in(stranger.user).get(own).status_code == 404


@pytest.mark.req("OBJ-05")
def test_objectives_are_confirmed_by_the_people_of_a_unit(loop: Loop) -> None:  # noqa: F811
    said: dict[str, Any] = {
        "year": 2026,
        "site": loop.site,
        "owner": loop.leader,
        "effective_on": AT.date(),
        "change": "",
        "by": loop.quality,
        "at": AT,
    }
    row = announcing.announce(**said)
    version = row.versions.get()
    assert "On-time delivery rate (T01)" in version.body_en
    documents.decide_version(row, approve=True, note="", by=loop.manager, at=AT)
    asked = set(Reading.objects.values_list("employee__number", flat=True))
    assert asked == {loop.leader.number, loop.courier.number}
    mine = Reading.objects.get(employee=loop.courier)
    documents.confirm_reading(mine, answers={}, by=loop.courier.user, at=AT)
    (known,) = announcements(2026, announcing.PREFIX)
    assert (known.asked_n, known.read_n) == (2, 1)
    with pytest.raises(DomainError):
        announcing.announce(**said)


def test_the_page_makes_them_known_and_shows_the_policy(loop: Loop) -> None:  # noqa: F811
    Shelf(loop).in_force("QF-01", level="manual", category="policy", must_be_read=False)
    client = signed_in(loop.quality)
    url = reverse("kpi:announce", args=[2026])
    assert client.get(url).status_code == 200
    said = {"site": "", "owner": loop.leader.number, "effective_on": "2099-01-01", "change": ""}
    assert client.post(url, said).status_code == 302
    page = client.get(reverse("kpi:objectives") + "?period=2026-02").content.decode()
    assert "QO-2026" in page
    assert f"signed by {loop.manager}" in page
    assert "not yet judged by a management review" in page


def test_nothing_is_given_for_nought() -> None:
    with pytest.raises(DomainError):
        promising.give_resource(metric="T01", site=None, year=2026, kind="people", amount=0,
                                words="x", by=None, at=AT)  # type: ignore[arg-type]  # fmt: skip
