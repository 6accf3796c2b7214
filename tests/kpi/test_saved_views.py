"""Saved views: kept, shared, begun with, mailed within the reader's reach, ended."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from courierqa.core.models import Message
from kpi import mailing, viewing
from kpi.models import SavedView, ViewMail
from tests.factories import shipments as make
from tests.kpi.test_pages import network, sign_in  # noqa: F401

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 1, tzinfo=UTC)


def saved(owner, **given) -> SavedView:
    values = {"name": "Station", "query": "site=HZ-01&fig=T01", **given}
    return viewing.save_view(by=owner, at=AT, **values)


def test_a_view_is_saved_without_its_period_and_becomes_the_start(client, network) -> None:  # noqa: F811
    user = sign_in(client, "manager")
    typed = {"name": "Mine", "query": "period=2026-10&site=HZ-01", "is_default": "on"}

    answer = client.post(reverse("kpi:view_save"), typed)

    assert answer.status_code == 302
    assert SavedView.objects.get(owner=user).query == "site=HZ-01"
    begin = client.get(reverse("kpi:dashboard"))
    assert begin["Location"] == reverse("kpi:dashboard") + "?site=HZ-01"


def test_a_view_without_a_name_keeps_what_was_typed(client, network) -> None:  # noqa: F811
    sign_in(client, "manager")

    answer = client.post(reverse("kpi:view_save"), {"name": "", "query": "site=HZ-01"})

    assert answer.status_code == 422
    assert b"site=HZ-01" in answer.content


def test_shared_views_reach_the_role_and_only_the_owner_changes_them(client, network) -> None:  # noqa: F811
    owner = make.user("quality")
    shared, private = saved(owner, shared_role="manager"), saved(owner, name="Own")
    sign_in(client, "manager")

    text = client.get(reverse("kpi:views")).content.decode()

    assert shared.name in text
    assert f"/views/{private.pk}/" not in text
    assert client.post(reverse("kpi:view_remove", args=[shared.pk])).status_code == 404
    assert client.post(reverse("kpi:view_default", args=[private.pk])).status_code == 404
    assert client.post(reverse("kpi:view_mail", args=[private.pk])).status_code == 404
    assert SavedView.objects.count() == 2


def test_one_view_begins_and_again_ends_it(network) -> None:  # noqa: F811
    owner = make.user("manager")
    first, second = saved(owner, is_default=True), saved(owner, name="Other")

    viewing.make_default(view=second, by=owner)
    first.refresh_from_db()
    assert (first.is_default, second.is_default) == (False, True)
    viewing.make_default(view=second, by=owner)
    assert not SavedView.objects.filter(is_default=True).exists()


@pytest.mark.parametrize(
    ("rhythm", "today", "expected"),
    [
        ("daily", date(2026, 11, 2), date(2026, 11, 3)),
        ("weekly", date(2026, 11, 2), date(2026, 11, 9)),
        ("weekly", date(2026, 11, 8), date(2026, 11, 9)),
        ("monthly", date(2026, 11, 2), date(2026, 11, 3)),
        ("monthly", date(2026, 11, 3), date(2026, 12, 3)),
        ("monthly", date(2026, 12, 31), date(2027, 1, 3)),
    ],
)
def test_next_day_of_a_rhythm(rhythm, today, expected) -> None:
    assert mailing.next_day(rhythm, today) == expected


def ordered(user, view, rhythm="daily") -> ViewMail:
    user.email = f"{user.username}@example.test"
    user.save(update_fields=["email"])
    return mailing.order_mail(view=view, user=user, rhythm=rhythm, at=AT)


def test_a_mail_holds_the_readers_own_reach_and_comes_once(network) -> None:  # noqa: F811
    """80 parcels in the company, 60 at the reader's site."""
    here, _there, _courier = network
    owner, head = make.user("quality"), make.user("supervisor", site=here)
    view = saved(owner, query="fig=T01&period=2026-10", keep_period=True, shared_role="supervisor")
    ordered(owner, view)
    ordered(head, view)

    for _again in range(2):
        mailing.send_due(now=AT + timedelta(days=1))

    bodies = {message.recipient_user_id: message.body for message in Message.objects.all()}
    assert len(bodies) == Message.objects.count() == 2
    assert "n 80" in bodies[owner.pk]
    assert "n 60" in bodies[head.pk]
    assert "/views/" in bodies[head.pk]


def test_a_mail_ends_when_its_site_is_not_the_readers_any_more(network) -> None:  # noqa: F811
    _here, there, _courier = network
    head = make.user("supervisor", site=there)
    view = saved(make.user("quality"), shared_role="supervisor")
    ordered(head, view)

    assert mailing.send_due(now=AT + timedelta(days=1)) == {"sent": 0, "ended": 1}
    assert not Message.objects.exists()
    assert not ViewMail.objects.exists()


def test_a_reader_orders_and_ends_a_mail(client, network) -> None:  # noqa: F811
    user = sign_in(client, "manager")
    view = saved(user)
    address = reverse("kpi:view_mail", args=[view.pk])

    client.post(address, {"rhythm": "weekly"})
    assert not ViewMail.objects.exists(), "without an address nothing can be sent"
    user.email = "m@example.test"
    user.save(update_fields=["email"])
    client.post(address, {"rhythm": "weekly"})
    assert ViewMail.objects.get().rhythm == "weekly"
    client.post(address, {"rhythm": ""})
    assert not ViewMail.objects.exists()


def test_removing_a_view_ends_its_mails(client, network) -> None:  # noqa: F811
    user = sign_in(client, "manager")
    view = saved(user)
    ordered(user, view)

    client.post(reverse("kpi:view_remove", args=[view.pk]))

    assert not SavedView.objects.exists()
    assert not ViewMail.objects.exists()
