"""Which figures a dashboard shows, and which of them are the columns of its site table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kpi.board.parts import CORE, Part, by_part, core_codes
from kpi.metrics import METRICS

ALL, SIGNALS = "all", "signals"


@dataclass(frozen=True)
class Tab:
    """A page of the site table's columns."""

    key: str
    part: Part
    number: int
    codes: tuple[str, ...]
    is_current: bool


@dataclass(frozen=True)
class Choice:
    """The figures asked for: the core ones, named ones, all, or those with a signal."""

    kind: str
    codes: tuple[str, ...]
    columns: tuple[str, ...]
    tabs: tuple[Tab, ...]

    @property
    def is_plain(self) -> bool:
        """Say whether the reader asked for nothing special."""
        return self.kind == ""


def read(params: Any, changed: Sequence[str] = ()) -> Choice:
    """Read `fig` (codes, "all" or "signals") and `cols`; unknown codes are passed over.

    `changed` are the figures with a signal, in the order pages show them.
    """
    asked = [word for text in params.getlist("fig") for word in text.split(",") if word]
    named = [code for code in METRICS if code in {word.upper() for word in asked}]
    if ALL in asked:
        return _made(ALL, list(METRICS), params)
    if SIGNALS in asked:
        return _made(SIGNALS, list(changed), params)
    return _made("named", named, params) if named else _made("", core_codes(), params)


def _made(kind: str, codes: list[str], params: Any) -> Choice:
    """A table wider than the page is no table: more columns than eight become tabs by part."""
    if len(codes) <= CORE:
        return Choice(kind, tuple(codes), tuple(codes), ())
    pages = [
        (f"{part.value}{place // CORE or ''}", part, place // CORE + 1, found[place : place + CORE])
        for part, found in by_part(codes)
        for place in range(0, len(found), CORE)
    ]
    keys = [page[0] for page in pages]
    current = params.get("cols") if params.get("cols") in keys else keys[0]
    tabs = tuple(
        Tab(key, part, number, tuple(found), key == current) for key, part, number, found in pages
    )
    (columns,) = [tab.codes for tab in tabs if tab.is_current]
    return Choice(kind, tuple(codes), columns, tabs)
