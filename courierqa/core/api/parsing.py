"""JSON without its loopholes: what one reader would accept and another refuse is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import IO, Any, NoReturn

from django.conf import settings
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser

MAX_DEPTH = 50
# Beyond this no column of ours can hold a number.
MAX_INT_DIGITS = 18


class TooLarge(APIException):
    """The body is over the limit."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"
    default_detail = "The request body is too large."


class StrictJSONParser(JSONParser):
    """Refuses NaN, duplicate keys, NUL, lone surrogates, a byte order mark and deep nesting."""

    strict = True

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        data = stream.read(limit + 1)
        if len(data) > limit:
            raise TooLarge
        return strict_loads(data)


def strict_loads(data: bytes) -> Any:
    """Return the value of a JSON text, or raise ParseError saying what is wrong."""
    text = _text(data)
    _check_depth(text)
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_int=_integer,
            parse_float=_float,
        )
    except (ValueError, RecursionError) as error:
        raise ParseError("The body is not valid JSON.") from error


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ParseError("The body is not valid UTF-8.") from error
    if text.startswith("\ufeff"):
        raise ParseError("The body begins with a byte order mark.")
    if not text.strip():
        raise ParseError("The body is empty.")
    if "\\u" in text.lower() or "\x00" in text:
        _check_escapes(text)
    return text


def _check_escapes(text: str) -> None:
    """Find NUL and lone surrogates that hide in escapes, wherever they stand."""
    try:
        value = json.loads(text)
        flat = json.dumps(value, ensure_ascii=False)
        flat.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ParseError("The body holds half of a surrogate pair.") from error
    except (ValueError, RecursionError) as error:
        raise ParseError("The body is not valid JSON.") from error
    # `dumps` writes NUL as this escape; a written-out backslash is doubled and does not match.
    if "\\u0000" in flat.replace("\\\\", ""):
        raise ParseError("The body holds a NUL character.")


def _check_depth(text: str) -> None:
    """Count brackets outside strings before the parser recurses."""
    depth, in_string, escaped = 0, False, False
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return
    for sign in text:
        if in_string:
            in_string = escaped or sign != '"'
            escaped = sign == "\\" and not escaped
        elif sign == '"':
            in_string = True
        elif sign in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise ParseError(f"The body is nested deeper than {MAX_DEPTH}.")
        elif sign in "]}":
            depth -= 1


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ParseError("An object names the same key twice.")
    return found


def _constant(name: str) -> NoReturn:
    raise ParseError(f"{name} is not a JSON number.")


def _integer(digits: str) -> int:
    if len(digits.lstrip("-")) > MAX_INT_DIGITS:
        raise ParseError("A number is too large.")
    return int(digits)


def _float(digits: str) -> float:
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise ParseError("A number is too large.")
    return value
