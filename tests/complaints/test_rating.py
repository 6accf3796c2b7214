"""One tap after a delivery: asked once, behind the link of the receipt."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from complaints.models import Answer
from shipments.receipts import receipt_token
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def parcel():
    made = make.accept(make.order())
    make.deliver(made, make.MONDAY + timedelta(hours=4))
    return made


@pytest.mark.req("DEL-22")
def test_one_tap_is_one_answer(client, parcel):
    url = reverse("complaints:rate", args=[receipt_token(parcel.pk)])

    asked = client.get(url)
    tapped = client.post(url, {"score": "5"})
    again = client.post(url, {"score": "1"})
    thanked = client.get(url)

    assert (asked.status_code, tapped.status_code, again.status_code) == (200, 302, 200)
    assert list(Answer.objects.values_list("score", "parcel")) == [(5, parcel.pk)]
    assert "感谢您的评价" in thanked.content.decode()
    assert "很满意" in thanked.content.decode()


@pytest.mark.parametrize("score", ["", "0", "6", "x", "5.5"])
def test_no_answer_is_asked_for_again(client, parcel, score):
    url = reverse("complaints:rate", args=[receipt_token(parcel.pk)])

    response = client.post(url, {"score": score, "words": "慢了点"})

    assert response.status_code == 422
    assert "慢了点" in response.content.decode()
    assert not Answer.objects.exists()


def test_a_bad_score_leads_to_the_complaint_form(client, parcel):
    url = reverse("complaints:rate", args=[receipt_token(parcel.pk)])
    client.post(url, {"score": "1"})

    assert f"/complain/?waybill={parcel.waybill}" in client.get(url).content.decode()


def test_a_link_that_was_not_made_here_is_not_there(client, parcel):
    undelivered = make.order()

    for token in ("x", f"{parcel.pk}", receipt_token(undelivered.pk), "a" * 500):
        assert client.get(reverse("complaints:rate", args=[token])).status_code == 404


def test_an_address_that_taps_too_often_waits(client, parcel, still):
    url = reverse("complaints:rate", args=[receipt_token(parcel.pk)])

    answers = [client.post(url, {"score": "9"}).status_code for _tap in range(6)]

    assert answers == [422] * 5 + [429]
