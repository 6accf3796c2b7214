"""What the fast JSON reader says, in our words and the caller's language."""

from __future__ import annotations

import re

import msgspec
from django.utils.translation import gettext as _

from courierqa.core.api.parsing import BadJson
from courierqa.core.api.paths import path_of

_PLACE = re.compile(r" - at `(?:key in )?\$(?P<path>[^`]*)`$")
_PART = re.compile(r"\.?([^.\[\]]+)")
_NAMED = re.compile(r"(?:missing required|contains unknown) field `([^`]+)`")
_TYPE = re.compile(r"Expected `([^`]+)`, got `([^`]+)`")


def refusal(error: msgspec.ValidationError, *, under: str = "") -> BadJson:
    """Return the refusal of a whole body."""
    path, why = told(error)
    return BadJson(why, field=path_of(part for part in (under, path) if part))


def told(error: msgspec.ValidationError) -> tuple[str, str]:
    """Return the path (`position.lat`) and one sentence with what to send instead."""
    text = str(error)
    place = _PLACE.search(text)
    parts = _PART.findall(place.group("path")) if place else []
    named = _NAMED.search(text)
    if named:
        parts.append(named.group(1))
    return path_of(parts), _sentence(text, missing="missing required" in text)


def _sentence(text: str, *, missing: bool) -> str:
    if missing:
        return _("This field is required")
    if "unknown field" in text:
        return _("This field is not known")
    if "UUID" in text:
        return _("Send a UUID")
    if "datetime" in text or "RFC3339" in text or "timezone" in text:
        return _("Send the time with its zone: 2026-10-31T18:00:00+08:00")
    if "of length" in text:
        return _("The text has the wrong length")
    return _of_type(text)


def _of_type(text: str) -> str:
    wanted = _TYPE.search(text)
    words = {
        "str": _("Send plain text"), "array": _("Send a list"), "object": _("Send an object"),
        "float": _("Send a number"), "int": _("Send a whole number"),
        "bool": _("Send true or false"),
    }  # fmt: skip
    first = wanted.group(1).split(" | ")[0] if wanted else ""
    return words.get(first, _("This value cannot be read"))
