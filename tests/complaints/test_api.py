"""The cases API."""

from __future__ import annotations

import json

import pytest

from complaints.models import Case

pytestmark = pytest.mark.django_db
BODY = {"reason": "lost", "words": "快件没有收到", "phone": "13900000042"}


def send(client, body=BODY, key="k-1"):
    headers = {"Idempotency-Key": key} if key else {}
    text = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return client.post("/api/v1/cases/", text, content_type="application/json", headers=headers)


@pytest.mark.req("CMP-01")
def test_post_opens_one_case_per_key(api_client):
    client = api_client("case.create", "case.read")

    first, again = send(client), send(client)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert Case.objects.get().channel == "api"


def test_post_same_key_with_other_words_is_refused(api_client):
    client = api_client("case.create")
    send(client)

    response = send(client, {**BODY, "words": "别的事"})

    assert (response.status_code, response.json()["code"]) == (422, "idempotency_key_reused")


@pytest.mark.parametrize("key", ["", "x" * 41, "ключ"])
def test_post_without_a_usable_key_is_refused(api_client, key):
    if key == "ключ":
        key = key.encode().decode("latin-1")
    assert send(api_client("case.create"), key=key).status_code == 400


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({**BODY, "reason": "nothing"}, "reason"),
        ({**BODY, "status": "closed"}, "status"),
        ({**BODY, "words": "长" * 2001}, "words"),
    ],
)
def test_post_bad_field_is_named(api_client, body, field):
    response = send(api_client("case.create"), body)

    assert response.status_code == 400
    assert field in json.dumps(response.json())
    assert not Case.objects.exists()


@pytest.mark.parametrize("body", ["{", "NaN", '{"words": "a\\u0000b", "reason": "lost"}', "[]"])
def test_post_broken_body_answers_400(api_client, body):
    assert send(api_client("case.create"), body).status_code == 400


def test_get_shows_no_personal_data(api_client):
    client = api_client("case.create", "case.read")
    number = send(client).json()["number"]

    response = client.get(f"/api/v1/cases/{number}/")

    assert response.json()["status"] == "received"
    assert "13900000042" not in response.content.decode()
    assert client.get("/api/v1/cases/C-2026-999999/").status_code == 404
