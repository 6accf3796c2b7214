"""The OpenAPI description, finished: what every endpoint may refuse, and an example of each body.

Run over the description after it is made, so that an endpoint nobody thought about is complete.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

PROBLEM = "#/components/schemas/Problem"
MEDIA_TYPE = "application/problem+json"
# What any endpoint may answer; 415 and 422 only where a body is taken.
REFUSALS = (400, 401, 403, 404, 405, 406, 413, 429, 503)
WITH_BODY = (409, 415, 422)
MOST_DEPTH = 12
_BY_FORMAT = {
    "uuid": "4f9a1c1e-7c52-4c62-9a4e-1c8c1f3f9d10", "date-time": "2026-10-31T18:00:00+08:00",
    "date": "2026-10-31", "email": "somebody@example.org", "uri": "https://example.org/",
    "binary": "…", "byte": "aGVsbG8=",
}  # fmt: skip
# Values a reader recognises, by the name of the field.
_BY_NAME = {
    "waybill": "YS0000000000123", "site": "HZ-01", "code": "ARR", "device": "hub-1",
    "person": "E1012", "reason": "", "origin": "HZ-01", "destination": "NB-01", "lat": 30.27,
    "lon": 120.15, "accuracy_m": 12.0, "field": "events.0.code", "detail": "", "phone": "",
    "schemaVersion": "2.0", "period": "2026-10", "metric": "T01",
}  # fmt: skip
_PROBLEM_SCHEMA = {
    "type": "object",
    "description": "RFC 9457: a stable code, a sentence in the caller's language, the field.",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "stable; programs decide by it"},
        "detail": {"type": "string"},
        "field": {"type": "string", "description": "path of what must change: events.3.code"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "field": {"type": "string"},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}


def complete(result: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """Add refusals and examples to every operation."""
    components = result.setdefault("components", {}).setdefault("schemas", {})
    components["Problem"] = _PROBLEM_SCHEMA
    for path in result.get("paths", {}).values():
        for method, operation in path.items():
            if method in ("get", "post", "put", "patch", "delete"):
                _finish(operation, components)
    return result


def _finish(operation: dict[str, Any], components: dict[str, Any]) -> None:
    body = operation.get("requestBody")
    contents = list((body or {}).get("content", {}).values())
    for status, answer in operation["responses"].items():
        if status.startswith("2"):
            contents += list(answer.get("content", {}).values())
            answer["description"] = answer.get("description") or HTTPStatus(int(status)).phrase
    for content in contents:
        if "example" not in content and "examples" not in content and content.get("schema"):
            content["example"] = sample(content["schema"], components)
    for code in (*REFUSALS, *(WITH_BODY if body else ())):
        operation["responses"].setdefault(str(code), _refusal(code))


def _refusal(status: int) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "description": HTTPStatus(status).phrase,
        "content": {MEDIA_TYPE: {"schema": {"$ref": PROBLEM}}},
    }
    if status in (429, 503):
        answer["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        answer["headers"] = {"Allow": {"schema": {"type": "string"}}}
    return answer


def sample(
    schema: dict[str, Any], components: dict[str, Any], *, name: str = "", depth: int = 0
) -> Any:
    """Return a value of a schema that a reader recognises."""
    if "$ref" in schema:
        named = components.get(schema["$ref"].rpartition("/")[2], {})
        return sample(named, components, name=name, depth=depth + 1)
    for word in ("allOf", "oneOf", "anyOf"):
        if schema.get(word):
            return sample(schema[word][0], components, name=name, depth=depth + 1)
    if depth > MOST_DEPTH:
        return None
    if schema.get("enum"):
        return schema["enum"][0]
    kind = schema.get("type")
    if kind == "object":
        return {
            part: sample(inner, components, name=part, depth=depth + 1)
            for part, inner in schema.get("properties", {}).items()
        }
    if kind == "array":
        return [sample(schema.get("items", {}), components, name=name, depth=depth + 1)]
    return _plain(schema, kind, name)


def _plain(schema: dict[str, Any], kind: str | None, name: str) -> Any:
    if schema.get("format") in _BY_FORMAT:
        return _BY_FORMAT[schema["format"]]
    known = _BY_NAME.get(name)
    if kind == "string":
        return known if isinstance(known, str) else "text"
    if kind in ("number", "integer"):
        return known if isinstance(known, float) and kind == "number" else 1
    return True if kind == "boolean" else {}
