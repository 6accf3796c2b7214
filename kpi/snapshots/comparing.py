"""What moved between two editions of a month, figure by figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

# Moments of looking and of checking, our address, what people say, and what only follows from the
# counts and the moment (where events lie among the items, how old the open ones are) are not facts
# of the month.
IGNORED = frozenset(
    {
        "as_of", "changes", "comments", "through", "ended", "format", "verify_at",
        "among", "floors", "counts_open",
    }
)  # fmt: skip


def differences(was: dict[str, Any], now: dict[str, Any]) -> list[dict[str, str]]:
    """Return every number and name that differs, by its place in the content.

    A part that editions of the time did not hold yet did not move.
    """
    old, new = dict(_leaves(was)), dict(_leaves(_known(was, now)))
    return [
        {"where": where, "was": old.get(where, "—"), "now": new.get(where, "—")}
        for where in sorted(old.keys() | new.keys())
        if old.get(where) != new.get(where)
    ]


def _known(was: Any, now: Any) -> Any:
    """Return the parts of `now` that `was` has too; rows of lists are compared as rows."""
    if not isinstance(was, dict) or not isinstance(now, dict):
        return now
    return {key: _known(was[key], part) for key, part in now.items() if key in was}


def _leaves(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key in sorted(value):
            if key not in IGNORED:
                yield from _leaves(value[key], f"{where} {key}".strip())
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from _leaves(part, f"{where} {_name(part, place)}")
    elif value is not None:
        yield where, str(value)


def _name(part: Any, place: int) -> str:
    """Name a row by its own code, so that an added row does not move all after it."""
    if isinstance(part, dict):
        for key in ("code", "period", "number", "case", "file"):
            if key in part:
                return str(part[key])
    return str(part) if isinstance(part, str) else str(place + 1)
