"""Which kinds of files the import pages take; each app registers its own when it is ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from courierqa.core.imports.columns import Column
from courierqa.core.imports.runs import ImportReport


@dataclass(frozen=True)
class ImportKind:
    """One kind: `run(file, *, filename, mapping, now, dry_run)` returns its report.

    `mappings` names each mapping with its label, or is a function that does.
    """

    code: str
    label: Any
    mappings: Callable[[], Mapping[str, Any]]
    run: Callable[..., ImportReport]
    # Several files are sent together as one bundle (a zip), named as the mapping wants them.
    takes_bundle: bool = False
    # The columns of a mapping that a person may assign; then `run` also takes `choices`.
    columns: Callable[[str], Sequence[Column]] | None = None
    # What the import stored can be taken back within a day.
    can_undo: bool = False

    def columns_of(self, mapping: str) -> Sequence[Column]:
        """Return the columns of a mapping, none where they are fixed."""
        return self.columns(mapping) if self.columns is not None else ()


_kinds: dict[str, ImportKind] = {}


def register(kind: ImportKind) -> None:
    """Offer a kind of import; the same code again replaces it."""
    _kinds[kind.code] = kind


def kinds() -> dict[str, ImportKind]:
    """Return the registered kinds by code."""
    return dict(_kinds)
