"""Complaints as a whole: causes, first-time resolution, agents, surges, campaigns."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from complaints import services
from complaints.models import Campaign, RootCause
from courierqa.core import calendars
from kpi.selectors import surges as surging
from kpi.selectors import voice
from kpi.stats import is_surge, surge_p
from tests.factories import shipments as make
from tests.factories.complaints import open_case
from tests.factories.staff import UserFactory

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


def login(user):
    client = Client()
    client.force_login(user)
    return client


def everything(user, *, days=400):
    from courierqa.core.access import access_for

    now = timezone.now()
    day = calendars.business_day(now)
    access = access_for(user, "voice", "read")
    return voice.complaints_in(access, start=day - days * DAY, end=day + DAY)


@pytest.mark.parametrize(
    ("now", "before", "weight", "p"),
    # P(X ≥ now) of a binomial with now + before trials, checked by hand or by its symmetry.
    [(0, 5, 0.5, 1.0), (3, 0, 0.5, 0.125), (2, 2, 0.5, 0.6875), (5, 0, 1 / 9, (1 / 9) ** 5),
     (1, 9, 0.1, 1 - 0.9**10)],
)  # fmt: skip
def test_surge_p_is_the_exact_tail(now, before, weight, p):
    assert surge_p(now, before, weight=weight) == pytest.approx(p, rel=1e-9)


def test_two_cases_are_no_surge_and_many_looks_need_more():
    assert not is_surge(1e-9, now=2, looked_at=1)
    assert is_surge(0.01, now=3, looked_at=1)
    assert not is_surge(0.01, now=3, looked_at=10)
    with pytest.raises(ValueError, match="weight"):
        surge_p(1, 1, weight=1)


@pytest.fixture
def agent():
    return UserFactory(role="agent", display_name="安娜")


@pytest.mark.req("CMP-03", "CMP-16")
def test_causes_are_counted_by_reason_class_and_root(agent):
    now = timezone.now()
    for reason in ("lost", "lost", "damaged", "rude-courier"):
        case = open_case(by=agent, at=now - DAY, reason=reason)
    cause = RootCause.objects.get(code="rude")
    services.analyse_case(case=case, root_cause=cause, whys=["太累"], by=agent, at=now)
    rows = everything(UserFactory(role="quality"))

    found = voice.by_reason(rows)
    # Equal ones in the order of their codes, like every Pareto chart of the house.
    assert [(bar.code, bar.records) for bar in found.causes] == [
        ("lost", 2), ("damaged", 1), ("rude-courier", 1),
    ]  # fmt: skip
    assert (found.n, found.causes[-1].running) == (4, 1)
    assert sorted(bar.records for bar in voice.by_class(rows).causes) == [1, 3]
    assert [bar.label for bar in voice.by_cause(rows).causes] == [str(cause)]
    page = login(UserFactory(role="quality")).get(
        reverse("kpi:voice"), headers={"accept-language": "en"}
    )
    assert [shown["n"] for _title, shown in page.context["paretos"]] == [4, 4, 1]
    text = page.content.decode()
    assert ("<h2>Trend</h2>" in text, "<h2>Course</h2>" in text) == (True, False)


@pytest.mark.req("CMP-17", "CMP-25")
def test_first_time_resolution_per_month_and_agent(agent):
    now = timezone.now()
    other = UserFactory(role="agent", display_name="本")
    at = now - 20 * DAY
    solved, silent, back = (open_case(by=agent, at=at) for _ in range(3))
    for case in (solved, back):
        services.reply(case=case, text="已找到", by=agent, at=at + DAY, final=True)
    services.reopen_case(case=back, by=agent, at=at + 2 * DAY, reason="又丢了")
    services.transfer(case=silent, to_user=other, question="帮忙查", by=agent, at=at)
    open_case(by=agent, at=now)
    rows = everything(UserFactory(role="quality"))

    months = voice.monthly(rows, now=now)
    assert sum(one.first_time.total for one in months) == 3
    assert sum(one.first_time.hits for one in months) == 1
    line = voice.agents(rows, now=now)[0]
    assert (line.name, line.answered) == ("安娜", 2)
    assert (line.first_time.hits, line.first_time.total) == (1, 3)
    assert line.transfers == 0.25
    pace = voice.speed(rows, now=now)
    assert pace.passed_on[0] == ("0", 3)
    assert pace.median == DAY


def test_an_agent_sees_no_colleagues_figures(agent):
    now = timezone.now()
    open_case(by=agent, at=now)
    open_case(by=UserFactory(role="agent", display_name="本"), at=now)
    page = login(agent).get(reverse("kpi:voice"))
    assert [one.name for one in page.context["agents"]] == ["安娜"]
    lead = login(UserFactory(role="lead")).get(reverse("kpi:voice"))
    assert len(lead.context["agents"]) == 2


def surge(agent, *, n=8):
    """Eight lost parcels of one site within a week, after one in eight weeks."""
    now, parcel = timezone.now(), make.order()
    open_case(by=agent, at=now - 30 * DAY, waybill=parcel.waybill)
    for _ in range(n):
        open_case(by=agent, at=now - 2 * DAY, waybill=parcel.waybill)
    return parcel


@pytest.mark.req("CMP-16")
def test_a_surge_starts_one_campaign(agent):
    parcel = surge(agent)
    quality = UserFactory(role="quality")
    client = login(quality)
    found = client.get(reverse("kpi:voice")).context["surges"]
    assert {one.kind for one in found} >= {"all", "site"}
    at_site = next(one for one in found if one.kind == "site")
    assert (at_site.place, at_site.now, at_site.before) == (parcel.destination, 8, 1)

    url = f"{reverse('kpi:campaign_new')}?reason=lost&kind=site&place={parcel.destination_id}"
    assert client.get(url).status_code == 200
    day = (timezone.now() + 28 * DAY).date().isoformat()
    said = {"title": "遗失专项整治", "goal": "每周不超过一件", "ends_on": day}
    assert client.post(url, {**said, "goal": ""}).status_code == 422
    assert client.post(url, said).status_code == 302
    assert client.post(url, said).status_code == 422
    row = Campaign.objects.get()
    assert (row.site, row.evidence["now"]) == (parcel.destination, 8)

    assert client.get(reverse("complaints:campaigns")).status_code == 200
    close = reverse("complaints:campaign_close", args=[row.pk])
    assert client.post(close, {"result": ""}).status_code == 422
    assert client.post(close, {"result": "降到每周一件"}).status_code == 302


def test_a_few_cases_and_a_busier_network_are_no_surge(agent):
    surge(agent, n=2)
    rows = everything(UserFactory(role="quality"))
    assert surging.surges(rows, day=calendars.business_day(timezone.now())) == []


@pytest.mark.parametrize(
    "query",
    [
        "reason=lost&kind=x",
        "reason=lost&kind=site&place=-1",
        "reason=lost&place=" + "9" * 30,
        "reason=none&kind=all",
    ],
)
def test_a_campaign_against_nothing_is_not_there(query):
    client = login(UserFactory(role="quality"))
    assert client.get(f"{reverse('kpi:campaign_new')}?{query}").status_code == 404


@pytest.mark.parametrize("query", ["", "?days=1e9&site=", "?days=30", "?site=NOWHERE"])
def test_the_page_answers_empty_and_strange_addresses(query):
    page = login(UserFactory(role="manager")).get(reverse("kpi:voice") + query)
    assert page.status_code == (404 if "NOWHERE" in query else 200)


def test_a_supervisor_sees_the_own_site_only(agent):
    parcel = surge(agent)
    far = UserFactory(role="supervisor", role__site=make.site("HZ-77"))
    assert login(far).get(reverse("kpi:voice")).context["n"] == 0
    near = UserFactory(role="supervisor", role__site=parcel.destination)
    assert login(near).get(reverse("kpi:voice")).context["n"] == 9


@pytest.mark.parametrize("n", [1, 3])
def test_query_count_is_flat(agent, n, django_assert_num_queries):
    for _ in range(n):
        open_case(by=agent, at=timezone.now())
    client = login(UserFactory(role="lead"))
    with django_assert_num_queries(28):
        client.get(reverse("kpi:voice"))
