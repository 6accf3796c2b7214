"""Every row of the bad-input table that speaks of JSON, at every endpoint that takes JSON."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest

from courierqa.core.api import BadJson, strict_loads
from shipments.models import ScanEvent

pytestmark = pytest.mark.django_db
BATCH, PROOFS, CASES = "/api/v1/scans/batch", "/api/v1/proofs/", "/api/v1/cases/"
DEEP = b'{"events": [{"detail": ' + b'{"a": ' * 10_000 + b"1" + b"}" * 10_000 + b"}]}"
# What is sent, and the path the answer must name.
ROWS: dict[str, tuple[bytes, str]] = {
    "broken UTF-8": (b'{"events": [{"code": "\xff"}]}', "events.0.code"),
    "byte order mark": (b'\xef\xbb\xbf{"events": []}', ""),
    "UTF-16": ("{}".encode("utf-16"), ""),
    "blank body": (b"   ", ""),
    "no JSON": (b'{"events": [1, 2, oops]}', "events.2"),
    "cut off": (b'{"events": [{"id": ', "events.0.id"),
    "NaN": (b'{"events": [{"position": {"lat": NaN}}]}', "events.0.position.lat"),
    "Infinity": (b'{"events": [1, {"x": -Infinity}]}', "events.1.x"),
    "key twice": (b'{"events": [{"code": "ARR", "code": "DLV"}]}', "events.0.code"),
    "depth 10,000": (DEEP, "events.0.detail.a"),
    "2^63": (b'{"events": [{"position": {"lat": 9223372036854775808}}]}', "events.0.position.lat"),
    "1e400": (b'{"events": [{"position": {"lat": 1e400}}]}', "events.0.position.lat"),
    "NUL": (b'{"events": [{"detail": {"a": "x\\u0000y"}}]}', "events.0.detail.a"),
    "raw NUL": (b'{"events": [{"reason": "\x00"}]}', "events.0.reason"),
    "lone surrogate": (b'{"events": [{"detail": {"a": ["\\ud800"]}}]}', "events.0.detail.a.0"),
}  # fmt: skip


@pytest.fixture
def keyed(api_client: Any) -> Any:
    return api_client("scan.create", "case.create")


def post(client: Any, url: str, body: bytes, **headers: str) -> Any:
    return client.post(url, body, content_type="application/json", headers=headers)


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("url", [BATCH, PROOFS, CASES])
def test_a_body_no_reader_may_trust_is_refused_with_its_path(keyed, url, name):
    body, path = ROWS[name]

    answer = post(keyed, url, body, **{"Idempotency-Key": "k1"})

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    said = answer.json()
    assert (said["code"], said["status"]) == ("parse_error", 400)
    assert said.get("field", "").startswith(path)
    assert bool(said.get("field")) == bool(path)
    assert not ScanEvent.objects.exists()


@pytest.mark.parametrize(
    ("body", "path"),
    [
        (b"", "events"), (b"{}", "events"), (b"[]", ""), (b'"text"', ""), (b"7", ""),
        (b'{"events": {}}', "events"), (b'{"events": []}', "events"),
        (b'{"events": [1], "more": 1}', "more"), (b'{"events": null}', "events"),
    ],
)  # fmt: skip
def test_a_batch_of_the_wrong_shape_names_the_field(keyed, body, path):
    answer = post(keyed, BATCH, body)

    assert answer.status_code == 400
    assert answer.json().get("field", "") == path


@pytest.mark.parametrize(
    ("language", "words"), [("zh-CN,zh;q=0.9", "正文"), ("en-GB", "The body"), ("xx", "正文")]
)
def test_the_refusal_speaks_the_callers_language(keyed, language, words):
    answer = post(keyed, BATCH, b"{", **{"Accept-Language": language})

    assert words in answer.json()["detail"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"position": {"lat": "north"}}, "position.lat"),
        ({"position": {"height": 3}}, "position.height"),
        ({"detail": []}, "detail"), ({"code": 5}, "code"), ({"surprise": 1}, "surprise"),
        ({"id": "x"}, "id"), ({"happened_at": "yesterday"}, "happened_at"),
        ({"happened_at": "2026-03-02T10:00:00"}, "happened_at"), ({"reason": "x" * 99}, "reason"),
    ],
)  # fmt: skip
def test_a_bad_event_names_its_field_and_says_what_to_send(keyed, change, field):
    event = {"id": str(uuid4()), "waybill": "YS0000000001", "code": "ARR",
             "happened_at": "2026-03-02T10:00:00+08:00", "site": "HZ-01", **change}  # fmt: skip

    answer = post(keyed, BATCH, json.dumps({"events": [event]}).encode())

    [result] = answer.json()["results"]
    assert (answer.status_code, result["result"]) == (200, "rejected")
    assert result["field"] == field
    assert "`" not in result["detail"]


@pytest.mark.req("LIF-12")
def test_one_bad_event_among_two_hundred_is_the_only_one_refused(keyed):
    events = [
        {"id": str(uuid4()), "waybill": "LATER00001", "code": "ARR", "site": "HZ-01",
         "happened_at": "2026-03-02T10:00:00+08:00"}
        for _place in range(200)
    ]  # fmt: skip
    events[137]["code"] = "?"

    answer = post(keyed, BATCH, json.dumps({"events": events}).encode())

    results = [one["result"] for one in answer.json()["results"]]
    assert answer.status_code == 200
    assert results.index("rejected") == 137
    assert results.count("rejected") == 1
    assert ScanEvent.objects.count() == 199


@pytest.mark.parametrize("url", [BATCH, PROOFS, CASES])
def test_http_mistakes_have_their_own_answers(keyed, url, settings):
    wrong_type = keyed.post(url, b"a=1", content_type="application/x-www-form-urlencoded")
    unknown = post(keyed, url, b"{}", Accept="image/png")
    method = keyed.delete(url)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 20
    large = post(keyed, url, b'{"events": [1, 2, 3, 4, 5]}')

    assert [r.status_code for r in (wrong_type, unknown, method, large)] == [415, 406, 405, 413]
    assert "POST" in method["Allow"]
    for answer in (wrong_type, unknown, method, large):
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["status"] == answer.status_code


def test_a_caller_above_the_rate_waits_and_others_do_not(keyed, as_role, settings, still):
    settings.API_RATE_PER_MINUTE = 2
    answers = [post(keyed, BATCH, b"{}").status_code for _again in range(2)]

    over = post(keyed, BATCH, b"{}")

    assert answers == [400, 400]
    assert over.status_code == 429
    assert 1 <= int(over["Retry-After"]) <= 61
    assert over["Content-Type"] == "application/problem+json"
    assert post(as_role("courier"), BATCH, b"{}").status_code == 400


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('{"a": {"b\\u0000": 1}}', "a"), ('[[1, [2, NaN]]]', "0.1.1"),
        ('{"a,b": {"c": [{"d": "]"}, {"e": 1e999}]}}', "a,b.c.1.e"),
        ('{"a": "{[", "b": }', "b"), ('{"a\\"": [1 2]}', 'a\\".0'), ('{"a": "\n"}', "a"),
    ],
)  # fmt: skip
def test_paths_lead_through_texts_that_look_like_json(text, path):
    with pytest.raises(BadJson) as refused:
        strict_loads(text.encode())

    assert refused.value.field == path
