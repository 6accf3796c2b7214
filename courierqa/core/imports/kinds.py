"""Which kinds of files the import pages take; each app registers its own when it is ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from courierqa.core.access import may
from courierqa.core.errors import NotAllowed
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
    # (resource, action) whoever sends such a file, or reads what became of it, must have.
    required: tuple[str, str] = ("import", "network")
    # `run` also takes `by`, whoever sent the file, for the audit and for their site scope.
    takes_actor: bool = False
    # The file holds secrets of people: it goes once it is stored, and after a day in any case.
    is_secret: bool = False

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


def kinds_for(user: Any) -> dict[str, ImportKind]:
    """Return the kinds of files a person may send and read about, by code (ROL-01)."""
    return {code: kind for code, kind in _kinds.items() if may(user, *kind.required)}


def require_kind(code: str, by: Any) -> None:
    """Refuse a kind whose right the sender lacks; without a sender it is the console."""
    if by is not None and code not in kinds_for(by):
        raise NotAllowed(_("You may not import files of this kind"))
