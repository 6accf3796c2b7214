"""Bad requests get their own answer, in one shape, and never a 5xx."""

from __future__ import annotations

import json

import pytest
from django.db import OperationalError, connection
from django.http import Http404
from django.test import Client
from django.urls import path
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from courierqa.core.access import allow
from courierqa.core.api import strict_loads
from courierqa.core.errors import DomainError, NotAllowed, StaleEdit, Unavailable
from courierqa.urls import handler400, handler403, handler404, handler500, urlpatterns
from tests.factories.core import person

__all__ = ["handler400", "handler403", "handler404", "handler500"]

ERRORS = {
    "refused": lambda: DomainError("Weigh it first", field="weight"),
    "forbidden": lambda: NotAllowed("Somebody else must decide"),
    "stale": lambda: StaleEdit("Changed by 王芳"),
    "down": lambda: Unavailable("Later"),
    "lost": lambda: OperationalError("server closed the connection: 13812345678"),
    "missing": lambda: Http404("Parcel 13812345678 of site 4"),
    "huge": lambda: OverflowError("int too large"),
    "fault": lambda: RuntimeError("13812345678"),
}


class Line(serializers.Serializer):
    code = serializers.CharField(max_length=3)


class Batch(serializers.Serializer):
    events = Line(many=True)
    note = serializers.CharField(required=False)


class Echo(APIView):
    access = ("public", {"GET": "read", "POST": "read"})

    def get(self, request, name):
        if name in ERRORS:
            raise ERRORS[name]()
        return Response({"name": name})

    def post(self, request, name):
        checked = Batch(data=request.data)
        checked.is_valid(raise_exception=True)
        return Response(checked.data)


class Undeclared(Echo):
    access = ("public", {"GET": "read"})


@allow("public", GET="read", POST="read")
def page(request, name):
    raise ERRORS[name]()


urlpatterns = [
    path("api/v1/echo/<str:name>/", Echo.as_view()),
    path("api/v1/undeclared/<str:name>/", Undeclared.as_view()),
    path("page/<str:name>/", page),
    *urlpatterns,
]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


def post(client, body, **options):
    kind = options.pop("content_type", "application/json")
    return client.post("/api/v1/echo/x/", body, content_type=kind, **options)


GOOD = b'{"events": [{"code": "abc"}]}'


def test_a_good_body_is_taken(client):
    assert post(client, GOOD).json() == {"events": [{"code": "abc"}]}


@pytest.mark.parametrize(
    "body",
    [
        b"   ", b"{", b"\xff\xfe", b'{"a": "\xed\xa0\x80"}', b"\xef\xbb\xbf{}", b'{"a": NaN}',
        b'{"a": Infinity}', b'{"a": -Infinity}', b'{"a": 1, "a": 2}', b'{"a": {"b": 1, "b": 1}}',
        b"[" * 10_000, b'{"a":' * 51 + b"1" + b"}" * 51, b'{"a": 9223372036854775808}',
        b'{"a": 1e400}', b'{"a": "\\u0000"}', b'{"a\\u0000": 1}', b'{"a": "\x00"}',
        b'{"a": "\\ud800"}', b'{"\\udfff": 1}', b"'a'", b'{"a": 1} x', b"\x00",
    ],
)  # fmt: skip
def test_loose_json_is_refused(client, body):
    answer = post(client, body)

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "parse_error"


@pytest.mark.parametrize(
    "body",
    ['{"a": "\\\\u0000"}', '{"a": "\\ud83d\\ude00"}', '{"a": "[[[[' + "[" * 99 + '"}',
     '{"a": "\\"{"}', "[1, 2.5, -3, true, null]", '{"a": "𠮷"}', "[" * 50 + "]" * 50],
)  # fmt: skip
def test_honest_json_is_read_like_any_json(body):
    assert strict_loads(body.encode()) == json.loads(body)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"[]", ""), (b"", "events"), (b"{}", "events"), (b'{"events": {}}', "events"),
        (b'{"events": [{"code": "abc"}, {"code": "abcd"}]}', "events.1.code"),
        (b'{"events": [{"code": "abc"}, 5]}', "events.1"),
        (b'{"events": [{"code": []}]}', "events.0.code"),
    ],
)  # fmt: skip
def test_an_invalid_body_names_the_field(client, body, field):
    answer = post(client, body)

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert answer.json().get("field", "") == field


def test_http_mistakes_have_their_own_codes(client, settings):
    assert post(client, b"a=1", content_type="application/x-www-form-urlencoded").status_code == 415
    wrong = client.put("/api/v1/echo/x/", GOOD, content_type="application/json")
    assert (wrong.status_code, wrong["Allow"]) == (405, "GET, POST, HEAD, OPTIONS")
    assert client.get("/api/v1/echo/x/", headers={"Accept": "image/png"}).status_code == 406
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    large = post(client, GOOD)
    assert (large.status_code, large.json()["status"]) == (413, 413)


def test_a_method_nobody_declared_is_refused_even_when_it_exists(client):
    answer = client.post("/api/v1/undeclared/x/", GOOD, content_type="application/json")

    assert answer.status_code in (401, 403)


def test_every_error_is_problem_json_even_where_no_view_is(client):
    for address in ("/api/v1/nowhere/", "/api/v1/echo/missing/", "/api/v1/echo/fault/"):
        answer = client.get(address)

        assert answer["Content-Type"] == "application/problem+json"
        assert set(answer.json()) == {"type", "title", "status", "code", "detail"}


def test_not_there_and_not_yours_are_byte_for_byte_the_same(client):
    missing, unknown = client.get("/api/v1/echo/missing/"), client.get("/api/v1/nowhere/")

    assert missing.status_code == unknown.status_code == 404
    assert missing.json() == unknown.json()
    assert "13812345678" not in missing.content.decode()


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("refused", 409, "refused"), ("forbidden", 403, "not_allowed"), ("stale", 412, "stale"),
        ("down", 503, "unavailable"), ("lost", 503, "unavailable"), ("huge", 400, "bad_request"),
        ("fault", 500, "fault"),
    ],
)  # fmt: skip
def test_refusals_keep_their_code_and_faults_their_secrets(client, name, status, code):
    answer = client.get(f"/api/v1/echo/{name}/")

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert "13812345678" not in answer.content.decode()
    assert ("Retry-After" in answer) == (status == 503)


def test_a_refusal_names_its_field(client):
    assert client.get("/api/v1/echo/refused/").json()["field"] == "weight"


# --- pages ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "status"),
    [("refused", 409), ("forbidden", 403), ("stale", 412), ("down", 503), ("lost", 503),
     ("missing", 404), ("huge", 400), ("fault", 500)],
)  # fmt: skip
def test_pages_answer_the_same_troubles_in_html(client, name, status):
    answer = client.get(f"/page/{name}/")

    assert answer.status_code == status
    assert answer["Content-Type"].startswith("text/html")
    assert "13812345678" not in answer.content.decode()
    assert ("Retry-After" in answer) == (status == 503)


def test_a_refusal_nobody_caught_still_says_what_is_wrong(client):
    assert "Weigh it first" in client.get("/page/refused/").content.decode()


@pytest.mark.parametrize("address", ["/?q=%00", "/%00/", "/api/v1/echo/%00/", "/api/v1/?x=%00"])
def test_nul_in_an_address_is_refused_before_any_database(client, address):
    assert client.get(address).status_code == 400


def test_an_unavailable_page_needs_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/page/lost/").status_code == 503


def test_a_database_lost_below_the_views_is_an_outage_too(client):
    client.force_login(person("agent"))

    def lost(execute, sql, params, many, context):
        raise OperationalError("server closed the connection")

    with connection.execute_wrapper(lost):
        page, api = client.get("/"), client.get("/api/v1/echo/x/")

    assert (page.status_code, api.status_code) == (503, 503)
    assert "Retry-After" in page
    assert client.get("/api/v1/echo/x/").status_code == 200


def test_every_answer_carries_a_request_id(client):
    first, second = client.get("/api/v1/echo/x/"), client.get("/page/lost/")

    assert first["X-Request-ID"] != second["X-Request-ID"] != ""


def test_the_description_of_the_api_can_be_read(client):
    answer = client.get("/api/v1/schema/")

    assert answer.status_code == 200
    assert b"openapi" in answer.content
