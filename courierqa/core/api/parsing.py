"""JSON without its loopholes: what one reader would accept and another refuse is refused.

Every refusal names the path of the value that must change (`events.3.detail`), in the caller's
language (reliability.md, bad inputs of any JSON endpoint).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser

from courierqa.core.api.paths import path_at, path_of

MAX_DEPTH = 50
# Beyond this no column of ours can hold a number.
MAX_INT_DIGITS = 18


class TooLarge(APIException):
    """The body is over the limit."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or _("The request body is too large"))


class BadJson(ParseError):
    """The body cannot be read; `field` is the path of what must change."""

    def __init__(self, detail: str, *, field: str = "") -> None:
        super().__init__(detail)
        self.field = field


@dataclass(frozen=True)
class Flaw:
    """Stands in the parsed value for something that must not be there."""

    why: str


@dataclass(frozen=True)
class Spoiled:
    """Stands in a list for a member whose text no table can hold; the others are sound."""

    id: Any
    field: str
    why: str


class StrictJSONParser(JSONParser):
    """Refuses NaN, duplicate keys, NUL, lone surrogates, a byte order mark and deep nesting."""

    strict = True
    # The list whose members are judged one by one, as long as one of them is sound or has an id.
    spares = ""

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
        return strict_loads(data, spares=self.spares)


def strict_loads(data: bytes, *, spares: str = "") -> Any:
    """Return the value of a JSON text, or raise BadJson saying what is wrong and where."""
    text = _text(data)
    _check_depth(text)
    hooks = _Hooks()
    try:
        value = json.loads(
            text,
            object_pairs_hook=hooks.pairs,
            parse_constant=hooks.constant,
            parse_int=hooks.integer,
            parse_float=hooks.decimal,
        )
    except json.JSONDecodeError as error:
        raise _unreadable(text, error) from error
    except (ValueError, RecursionError) as error:
        raise BadJson(_("The body is not valid JSON")) from error
    if hooks.found or "\\u" in text.lower() or "\x00" in text:
        _spare(value, spares)
        _refuse_flaws(value)
    return value


def _spare(value: Any, name: str) -> None:
    """Put a mark in the place of each member with a spoilt text: the batch goes on without it.

    A device that sends one event at a time learns which of its events it was. Where none is sound
    and none can be named there is nobody to tell: the body is refused.
    """
    members = value.get(name) if name and isinstance(value, dict) else None
    if not isinstance(members, list):
        return
    spoilt = {place: flaw for place, one in enumerate(members) if (flaw := _spoilt(one))}
    if len(spoilt) < len(members) or any(flaw.id is not None for flaw in spoilt.values()):
        for place, flaw in spoilt.items():
            members[place] = flaw


def _spoilt(member: Any) -> Spoiled | None:
    if not isinstance(member, dict):
        return None
    found = list(_flaws(member, ()))
    texts = list(_flaws(member, (), only_texts=True))
    if not texts or len(found) != len(texts):
        return None
    own = member.get("id")
    known = own if isinstance(own, str) and not _flaw_of_text(own) else None
    path, why = texts[0]
    return Spoiled(known, path_of(path), why)


def _unreadable(text: str, error: json.JSONDecodeError) -> BadJson:
    said = {"line": error.lineno, "column": error.colno}
    # A raw control character inside a text is the one syntax fault people cannot see.
    if error.pos < len(text) and text[error.pos] < " " and "control" in error.msg:
        why = _("A control character stands in a text, line %(line)s column %(column)s")
    else:
        why = _("The body is not valid JSON: line %(line)s, column %(column)s")
    return BadJson(why % said, field=path_at(text, error.pos))


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        # Bytes that are wrong from the start (UTF-16, a picture) have no path.
        readable = data[: error.start].decode("utf-8", "replace")
        why = _("The body is not valid UTF-8 from byte %(byte)s on") % {"byte": error.start + 1}
        raise BadJson(why, field=path_at(readable, len(readable))) from error
    if text.startswith("\ufeff"):
        raise BadJson(_("The body begins with a byte order mark. Send UTF-8 without it"))
    if not text.strip():
        raise BadJson(_("The body is empty. Send one JSON object"))
    return text


def _check_depth(text: str) -> None:
    """Count brackets outside strings before the parser recurses."""
    depth, in_string, escaped = 0, False, False
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return
    for place, sign in enumerate(text):
        if in_string:
            in_string = escaped or sign != '"'
            escaped = sign == "\\" and not escaped
        elif sign == '"':
            in_string = True
        elif sign in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                why = _("The body is nested deeper than %(depth)s levels") % {"depth": MAX_DEPTH}
                raise BadJson(why, field=path_at(text, place))
        elif sign in "]}":
            depth -= 1


class _Hooks:
    """Puts a Flaw where the value is wrong: only the finished tree knows the path to it."""

    def __init__(self) -> None:
        self.found = False

    def _flaw(self, why: str) -> Flaw:
        self.found = True
        return Flaw(why)

    def pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            names = [name for name, _value in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            found[twice] = self._flaw(_("This key is given twice in one object"))
        return found

    def constant(self, name: str) -> Flaw:
        return self._flaw(_("%(name)s is not a JSON number") % {"name": name})

    def integer(self, digits: str) -> int | Flaw:
        if len(digits.lstrip("-")) > MAX_INT_DIGITS:
            return self._flaw(_("This number is too large"))
        return int(digits)

    def decimal(self, digits: str) -> float | Flaw:
        value = float(digits)
        if value in (float("inf"), float("-inf")):
            return self._flaw(_("This number is too large"))
        return value


def _refuse_flaws(value: Any) -> None:
    for path, why in _flaws(value, ()):
        raise BadJson(why, field=path_of(path))


def _flaws(
    value: Any, path: tuple[Any, ...], *, only_texts: bool = False
) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Walk the tree in the order of the text; depth was limited before."""
    if isinstance(value, Flaw):
        if not only_texts:
            yield path, value.why
    elif isinstance(value, str):
        if why := _flaw_of_text(value):
            yield path, why
    elif isinstance(value, dict):
        for name, inner in value.items():
            if why := _flaw_of_text(name):
                yield path, why
            yield from _flaws(inner, (*path, name), only_texts=only_texts)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _flaws(inner, (*path, place), only_texts=only_texts)


def _flaw_of_text(text: str) -> str:
    """NUL cannot be stored, half of a surrogate pair cannot be sent on."""
    if "\x00" in text:
        return _("The text holds a NUL character")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return _("The text holds half of a surrogate pair")
    return ""
