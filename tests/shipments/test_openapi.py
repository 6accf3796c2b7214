"""The description of the API is complete and true; what it forbids is refused, never a fault."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from drf_spectacular.generators import SchemaGenerator

from courierqa.core.addresses import all_addresses
from courierqa.core.api.schema import REFUSALS
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
METHODS = ("get", "post", "put", "patch", "delete")
RIGHTS = (
    "scan.create", "parcel.read", "parcel.create", "case.read", "case.create", "figure.read",
    "trip.track",
)  # fmt: skip
JUNK = (None, [], {}, "", "x" * 5000, -1, 1e308, True, "\u202e", "9999-99-99", [[]], {"a": {}})


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return json.loads(json.dumps(SchemaGenerator().get_schema(request=None, public=True)))


def operations(schema: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            if method in METHODS:
                yield path, method, operation


def contents(operation: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for content in operation.get("requestBody", {}).get("content", {}).values():
        yield "body", content
    for status, answer in operation["responses"].items():
        if status.startswith("2"):
            for content in answer.get("content", {}).values():
                yield status, content


def faults(schema: dict[str, Any], part: dict[str, Any], value: Any) -> list[str]:
    whole = {**_nullable(part), "components": _nullable(schema["components"])}
    return [e.message[:200] for e in jsonschema.Draft7Validator(whole).iter_errors(value)]


def _nullable(node: Any) -> Any:
    """Say `nullable` of OpenAPI 3.0 as JSON schema does."""
    if isinstance(node, list):
        return [_nullable(one) for one in node]
    if not isinstance(node, dict):
        return node
    plain = {name: _nullable(inner) for name, inner in node.items() if name != "nullable"}
    return {"anyOf": [plain, {"type": "null"}]} if node.get("nullable") is True else plain


def test_every_endpoint_is_described_with_its_methods(schema):
    described = {(path.rstrip("/"), method) for path, method, _o in operations(schema)}
    for address in all_addresses():
        if not address.is_api or address.route.startswith("/api/v1/schema"):
            continue
        path = "".join(
            "{" + part.partition(":")[2].rstrip(">") + "}" if part.startswith("<") else part
            for part in _parts(address.route)
        )
        for method in address.access[1]:
            assert (path.rstrip("/"), method.lower()) in described, address.route


def _parts(route: str) -> Iterator[str]:
    while "<" in route:
        before, _mark, rest = route.partition("<")
        inner, _mark, route = rest.partition(">")
        yield before
        yield f"<{inner}>"
    yield route


def test_every_body_is_typed_and_has_an_example_that_is_valid(schema):
    found = []
    for path, method, operation in operations(schema):
        assert operation["description"], path
        for where, content in contents(operation):
            part = content["schema"]
            named = schema["components"]["schemas"].get(part.get("$ref", "").rpartition("/")[2], {})
            if not (named.get("properties") or part.get("items")):
                found.append(f"{method} {path} {where}: not typed")
            elif bad := faults(schema, part, content["example"]):
                found.append(f"{method} {path} {where}: {bad}")
    assert found == []


def test_every_endpoint_says_what_it_refuses(schema):
    for path, _method, operation in operations(schema):
        for code in REFUSALS:
            answer = operation["responses"][str(code)]
            assert "application/problem+json" in answer["content"], (path, code)
        assert "Retry-After" in operation["responses"]["429"]["headers"]


def test_operations_have_names_of_their_own(schema):
    names = [operation["operationId"] for _p, _m, operation in operations(schema)]
    assert len(names) == len(set(names))


def test_what_is_answered_is_what_is_described(schema, api_client, as_role, cast):
    parcel = make.accept(make.order(origin=cast.station, destination=cast.neighbour))
    client = api_client(*RIGHTS)
    event = {
        "id": "4f9a1c1e-7c52-4c62-9a4e-1c8c1f3f9d10", "waybill": parcel.waybill, "code": "ARR",
        "happened_at": "2026-03-02T10:00:00+08:00", "site": "HZ-01",
    }  # fmt: skip
    answers = {
        ("/api/v1/parcels/{waybill}/", "get"): client.get(f"/api/v1/parcels/{parcel.waybill}/"),
        ("/api/v1/scans/batch", "post"): client.post(
            "/api/v1/scans/batch", {"events": [event, {}]}, content_type="application/json"
        ),
        ("/api/v1/parcels/{waybill}/epcis/", "get"): client.get(
            f"/api/v1/parcels/{parcel.waybill}/epcis/"
        ),
        ("/api/v1/round/", "get"): as_role("courier").get("/api/v1/round/"),
    }
    for (path, method), answer in answers.items():
        assert answer.status_code == 200, path
        [part] = [
            content["schema"]
            for where, content in contents(schema["paths"][path][method])
            if where == "200"
        ][:1]
        assert faults(schema, part, answer.json()) == [], path


# -- what the description forbids -----------------------------------------------------------
def mutations(value: Any) -> Iterator[Any]:
    """Return the example with one thing wrong, for each thing that can be."""
    yield from JUNK
    if not isinstance(value, dict):
        return
    yield {**value, "no_such_field": 1}
    for name, inner in value.items():
        yield {key: one for key, one in value.items() if key != name}
        for junk in JUNK:
            yield {**value, name: junk}
        if isinstance(inner, dict):
            yield from ({**value, name: other} for other in mutations(inner))
        elif isinstance(inner, list) and inner:
            yield from ({**value, name: [other]} for other in mutations(inner[0]))


def test_nothing_that_is_sent_is_a_fault(schema, api_client, as_role, cast, settings):
    settings.API_RATE_PER_MINUTE = 10**6
    parcel = make.accept(make.order(origin=cast.station, destination=cast.neighbour))
    keyed, courier = api_client(*RIGHTS), as_role("courier", raise_request_exception=False)
    keyed.raise_request_exception = False
    found, sent = [], 0
    for path, method, operation in operations(schema):
        body = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if body is None:
            continue
        address = path.replace("{waybill}", parcel.waybill)
        for part in ("{number}", "{pk}", "{uid}"):
            address = address.replace(part, "none")
        client = courier if "round" in path or "consents" in path else keyed
        for wrong in mutations(copy.deepcopy(body["example"])):
            sent += 1
            answer = client.generic(
                method.upper(), address, json.dumps(wrong), "application/json",
                headers={"Idempotency-Key": f"key-{sent}"},
            )  # fmt: skip
            kind = answer["Content-Type"]
            if answer.status_code >= 500 or (
                answer.status_code >= 400 and kind != "application/problem+json"
            ):
                found.append(f"{answer.status_code} {method} {path} {json.dumps(wrong)[:160]}")
    assert sent > 300
    assert found == [], "\n".join(found[:20])
