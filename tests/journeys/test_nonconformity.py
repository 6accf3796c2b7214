"""A signal becomes a nonconformity, is planned, done, and proven months later, or opened again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kpi import rollups
from kpi.models import Cell, Watermark
from quality.enums import Status
from quality.models import EffectCheck, Nonconformity
from tests.quality.conftest import Loop, worker

pytestmark = [pytest.mark.django_db, pytest.mark.once]
START = datetime(2026, 3, 2, 2, tzinfo=UTC)
DAY = timedelta(days=1)


class Clock:
    """The time of day, moved by the test."""

    def __init__(self) -> None:
        self.now = START

    def move(self, days: int) -> datetime:
        self.now += days * DAY
        Watermark.objects.update(through=self.now)
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    moved = Clock()
    monkeypatch.setattr(timezone, "now", lambda: moved.now)
    return moved


@pytest.fixture
def people(db: None, clock: Clock) -> Loop:
    """The same people as in the tests of `quality`, and nine months of figures of their site."""
    from tests.factories.staff import SiteFactory

    site, office = SiteFactory(code="HZ-01"), SiteFactory(code="HQ")
    leader, courier = worker("supervisor", site), worker("courier", site)
    Watermark.objects.create(name="figures", through=START)
    figures(site, date(2025, 6, 1), START.date(), lambda day: 86 if day.month == 2 else 94)
    return Loop(site, leader, courier, worker("quality", office).user,
                worker("manager", office).user, worker("lead", office))  # fmt: skip


def figures(site: Any, since: date, until: date, hits: Callable[[date], int]) -> None:
    """One hundred parcels due on each day, so many of them on time."""
    days = [since + n * DAY for n in range((until - since).days)]
    Cell.objects.bulk_create(
        Cell(metric="T01", day=day, site_id=site.pk, product_id=0, hits=hits(day), total=100,
             pending=0, excluded=0)
        for day in days
    )  # fmt: skip
    for month in sorted({day.replace(day=1) for day in days}):
        rollups.sum_month(month, {site.pk})


def signed_in(user: Any) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(user)
    return client


def sent(client: Client, url: str, **said: Any) -> None:
    answer = client.post(url, said)
    assert answer.status_code == 302, answer.content.decode()


def raised(people: Loop) -> str:
    """Raise one from the page of the figure; what it said comes along."""
    quality = signed_in(people.quality)
    asked = "?period=2026-02&site=HZ-01"
    page = quality.get(f"/kpi/T01/{asked}").content.decode()
    assert "/actions/of/signal/T01%7CHZ-01%7C2026-02/" in page
    slot = quality.get("/actions/of/signal/T01%7CHZ-01%7C2026-02/").content.decode()
    assert "/kpi/T01/raise/?period=2026-02&amp;site=HZ-01" in slot
    form = quality.get(f"/kpi/T01/raise/{asked}").content.decode()
    assert "86.0" in form
    sent(quality, f"/kpi/T01/raise/{asked}", title="准时率下降", kind="actual", severity="minor",
         site="HZ-01", found_on="2026-03-01")  # fmt: skip
    row = Nonconformity.objects.get()
    assert (row.data["metric"], row.data["period"], row.data["site"], row.data["n"]) == (
        "T01", "2026-02", "HZ-01", 2800,
    )  # fmt: skip
    assert row.owner == people.leader
    return f"/actions/{row.number}/"


def planned(people: Loop, page: str) -> None:
    """The leader corrects, finds the cause and plans; quality management approves."""
    leader = signed_in(people.leader.user)
    sent(leader, f"{page}contain/", text="已联系收件人并补派")
    assert leader.post(f"{page}cause/", {"cause": "people-training"}).status_code == 422
    sent(leader, f"{page}cause/", why1="快件晚派", why2="新人不熟路线", cause="people-training",
         bone_people="两名新员工")  # fmt: skip
    sent(leader, f"{page}tasks/", kind="corrective", text="全站派件路线培训",
         owner=people.courier.number, due_on="2026-03-12")  # fmt: skip
    sent(leader, f"{page}criterion/", rule="at_least", metric="T01", site="HZ-01",
         threshold="92.5", due_on="2026-06-11", verifier=people.checker.number)  # fmt: skip
    sent(leader, f"{page}propose/")
    own = leader.post(f"{page}decide/", {"outcome": "yes"})
    assert own.status_code == 403
    home = signed_in(people.quality).get("/home/approvals/").content.decode()
    assert page in home
    sent(signed_in(people.quality), f"{page}decide/", outcome="yes")


def trained(people: Loop, page: str, clock: Clock) -> None:
    """The courier trains the site and shows it."""
    clock.move(9)
    courier = signed_in(people.courier.user)
    assert "/tasks/1/done/" in courier.get(page).content.decode()
    refused = courier.post(f"{page}tasks/1/done/", {"done_on": "2026-03-11", "note": "已培训"})
    assert refused.status_code == 422
    sent(courier, f"{page}tasks/1/done/", done_on="2026-03-11", note="12 人到场",
         reference="TS-2026-03")  # fmt: skip


def three_months(people: Loop, clock: Clock, hits: int) -> None:
    """Three months go by with this many of a hundred on time."""
    figures(people.site, date(2026, 3, 12), date(2026, 6, 11), lambda day: hits)
    clock.move(92)


def proven(people: Loop, page: str, answer: str) -> None:
    """Nobody but the checker gives the result, and the figure decides it."""
    effect = f"{page}effect/"
    assert signed_in(people.quality).post(effect, {"note": "x"}).status_code == 403
    checker = signed_in(people.checker.user)
    text = checker.get(effect).content.decode()
    assert answer in text
    assert "Last measure 2026-03-11" in text
    # What is typed against the figure changes nothing.
    sent(checker, effect, note="看过图表", is_effective="yes" if "not" in answer else "no")


@pytest.mark.req("NCR-01", "NCR-05", "NCR-07", "IMP-04", "IMP-10")
def test_a_signal_is_corrected_and_the_figure_closes_it(people: Loop, clock: Clock) -> None:
    page = raised(people)
    planned(people, page)
    trained(people, page, clock)
    checker = signed_in(people.checker.user)
    early = checker.post(f"{page}effect/", {"note": "看起来不错"})
    assert Nonconformity.objects.get().status == Status.CHECKING, early
    three_months(people, clock, 97)
    proven(people, page, "By what was fixed beforehand it is effective")
    row, check = Nonconformity.objects.get(), EffectCheck.objects.get()
    assert row.status == Status.CLOSED
    assert check.reading["after"]["hits"], check.reading["after"]["total"] == (91 * 97, 9100)
    assert check.reading["before"]["total"] == 8200
    assert "97.0" in signed_in(people.manager).get(page).content.decode()


def test_the_same_signal_is_opened_again_when_the_figure_did_not_move(
    people: Loop, clock: Clock
) -> None:
    page = raised(people)
    planned(people, page)
    trained(people, page, clock)
    three_months(people, clock, 90)
    proven(people, page, "it is not effective")
    row = Nonconformity.objects.get()
    assert (row.status, row.round) == (Status.CONTAINED, 2)
    text = signed_in(people.leader.user).get(page).content.decode()
    assert "90.0" in text
    assert "Not effective" in text
