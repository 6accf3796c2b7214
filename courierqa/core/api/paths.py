"""Where in a JSON text something stands: `events.3.detail.name`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

MAX_PATH = 200
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}:,]', re.DOTALL)


def path_of(parts: Iterable[Any]) -> str:
    """Join names and places with dots; a name that cannot be printed is left out."""
    plain = (str(part).encode("utf-8", "replace").decode() for part in parts)
    return ".".join(part for part in plain if part.isprintable())[:MAX_PATH]


def path_at(text: str, end: int) -> str:
    """Return the path of the value that stands at `end`, as far as the text can be followed."""
    stack: list[list[Any]] = []
    for match in _TOKEN.finditer(text, 0, end):
        _step(stack, match.group())
    return path_of(part for _kind, part in stack if part is not None)


def _step(stack: list[list[Any]], token: str) -> None:
    """Keep one entry per open bracket: its kind, and the name or place reached in it."""
    if token in "[{":
        stack.append([token, 0 if token == "[" else None])
    elif token in "]}":
        del stack[-1:]
    elif not stack or token == ":":
        return
    elif token == ",":
        kind, part = stack[-1]
        stack[-1][1] = part + 1 if kind == "[" else None
    elif stack[-1][0] == "{" and stack[-1][1] is None:
        stack[-1][1] = token[1:-1]
