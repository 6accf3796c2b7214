"""Ride-alongs and spot checks, what follows from them, and how they count."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from courierqa.core.errors import DomainError, NotAllowed
from courierqa.core.timeframes import parse_period
from kpi import evidence
from staff import services
from staff.enums import FORBIDDEN, ObservationItem
from staff.models import Observation, TrainingNeed
from tests.factories.staff import CourierFactory, SupervisorFactory

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.django_db


@pytest.fixture
def li():
    return SupervisorFactory(name="李娜")


@pytest.fixture
def chen(li):
    return CourierFactory(name="陈强", site=li.site)


def seen(chen, li, **more):
    answers = more.pop("answers", {"uniform": "ok", "badge": "fail", "greeting": "na"})
    said = {"kind": "ride_along", "on": TODAY, "note": "未戴工牌", **more}
    return services.record_observation(chen, answers=answers, by=li.user, at=NOW, **said)


@pytest.mark.req("INS-01", "STF-06", "STF-07", "STF-08")
def test_a_ride_along_is_recorded_on_the_phone_and_seen_by_the_person(client, li, chen):
    client.force_login(li.user)
    new = reverse("staff:observation_new", args=[chen.number])
    said = {"kind": "ride_along", "on": "2026-11-23", "item_uniform": "ok", "item_badge": "fail",
            "note": ""}  # fmt: skip

    assert client.post(new, said).status_code == 422
    page = client.post(new, {**said, "note": "未戴工牌"})["Location"]
    client.post(page, {"verb": "coach", "text": "每天出门前互查", "next_on": "2099-01-01"})

    row = Observation.objects.get()
    assert (row.seen, row.fails) == (2, 1)
    client.force_login(chen.user)
    text = client.get(page).content.decode()
    assert all(word in text for word in ("工牌佩戴可见", "未戴工牌", "每天出门前互查"))
    client.force_login(CourierFactory(site=li.site).user)
    assert client.get(page).status_code == 404


@pytest.mark.req("STF-09")
def test_a_forbidden_act_lowers_the_conduct_part_and_raises_a_need(li, chen):
    assert len(FORBIDDEN) == 5
    answers = dict.fromkeys(ObservationItem.values, "ok") | {"no_rush_fee": "fail"}

    seen(chen, li, answers=answers, note="私收 10 元")

    assert TrainingNeed.objects.get().employee == chen
    # 14 points seen, one not in order.
    assert evidence.conduct(parse_period("2026-11"))[chen.pk] == (13, 14)


@pytest.mark.req("INS-03", "ROL-02")
def test_a_record_is_never_edited_and_a_corrected_one_counts_no_more(li, chen):
    first = seen(chen, li)
    with pytest.raises(DatabaseError), transaction.atomic():
        Observation.objects.filter(pk=first.pk).update(fails=0)

    seen(chen, li, answers={"uniform": "ok", "badge": "ok"}, corrects=first)

    assert evidence.observed(parse_period("2026-11"))[chen.pk] == (2, 2)
    with pytest.raises(DomainError):
        seen(chen, li, corrects=first)


def test_nobody_checks_themselves_or_the_future(li, chen):
    with pytest.raises(NotAllowed):
        seen(li, li)
    with pytest.raises(DomainError):
        seen(chen, li, on=date(2026, 11, 24))
    with pytest.raises(DomainError):
        seen(chen, li, answers={"uniform": "na"})
