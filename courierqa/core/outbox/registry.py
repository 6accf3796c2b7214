"""Which function carries out which kind of effect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Handler:
    """How one kind of effect is carried out."""

    kind: str
    run: Callable[..., Any]
    max_attempts: int
    atomic: bool
    lease_seconds: int
    gave_up: Callable[..., Any] | None = None


_handlers: dict[str, Handler] = {}


def effect(
    kind: str,
    max_attempts: int = 8,
    *,
    atomic: bool = True,
    lease_seconds: int = 60,
    gave_up: Callable[..., Any] | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register `handler(payload, *, now)` for a kind. Handlers must be idempotent.

    With `atomic` the handler and the mark "done" are one transaction: its database work is kept
    exactly once. A handler that talks to the outside world or computes for long sets
    `atomic=False`, opens its own transactions and may be run again after a crash.
    `gave_up(payload, *, now)` is called when the last attempt failed, with the mark "parked".
    """

    def register(run: Callable[..., Any]) -> Callable[..., Any]:
        _handlers[kind] = Handler(kind, run, max_attempts, atomic, lease_seconds, gave_up)
        return run

    return register


def handler_of(kind: str) -> Handler | None:
    """Return the handler of a kind, or None when no installed app knows it."""
    return _handlers.get(kind)
