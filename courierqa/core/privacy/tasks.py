"""Which own task a look at personal data was for (X02).

A page knows the task it is about. Where a number is typed instead, the app that owns such numbers
says whether it is the viewer's own: it registers its finder when it is loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Task:
    """A task of the viewer's own: its kind (`ViewTask`) and the number people call it by."""

    kind: str
    ref: str


_finders: list[Callable[[str, Any], Task | None]] = []


def register_finder(finder: Callable[[str, Any], Task | None]) -> None:
    """Say how a number typed by somebody becomes a task of their own, or None."""
    if finder not in _finders:
        _finders.append(finder)


def own_task(ref: str, actor: Any) -> Task | None:
    """Return the actor's own task with this number; None where it is another's, or none."""
    wanted = ref.strip()
    found = (finder(wanted, actor) for finder in _finders) if wanted else ()
    return next((one for one in found if one is not None), None)
