"""The figures an effect check may name. The measure, which stands above, tells which there are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Named:
    """A figure by its code, for choices and for the words of a criterion."""

    code: str
    name: Any
    is_share: bool
    higher_is_better: bool


_known: list[Callable[[], list[Named]]] = []


def offer(book: Callable[[], list[Named]]) -> None:
    """Say which figures there are; called once when the measure is loaded."""
    _known.append(book)


def named() -> dict[str, Named]:
    """Return every figure by code, in the order of the catalogue."""
    return {one.code: one for book in _known for one in book()}
