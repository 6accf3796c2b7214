"""Mapping files: which column means what, how scans and marks follow from a row."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from courierqa.core.errors import DomainError
from courierqa.core.imports import Column
from staff.models import local

FOLDER = Path(__file__).resolve().parent.parent / "mappings"


class UnknownMapping(DomainError):
    """No mapping file has this name."""

    code = "unknown_mapping"
    status = 400


@dataclass(frozen=True)
class Join:
    """A file beside the main one, looked up by a column both have."""

    file: str
    on: str


@dataclass(frozen=True)
class SiteRule:
    """Where a site comes from: a known code, or one made from a value."""

    column: str
    city: str = ""
    code: str = "{value}"
    name: str = "{value}"
    name_en: str = "{value}"
    create: bool = False
    missing: str = ""


@dataclass(frozen=True)
class ScanRule:
    """A scan that follows from a row: at the time in a column, when its conditions hold."""

    code: str
    site: str
    at: str = ""
    at_last: tuple[str, ...] = ()
    detail: Mapping[str, Any] = field(default_factory=dict)
    detail_columns: Mapping[str, str] = field(default_factory=dict)
    keep: tuple[str, ...] = ()
    when: Mapping[str, list[str]] = field(default_factory=dict)
    unless: str = ""


@dataclass(frozen=True)
class MarkRule:
    """A fault of the source that is kept and marked."""

    code: str
    field: str
    before: tuple[str, ...] = ()
    when: Mapping[str, list[str]] = dataclasses.field(default_factory=dict)
    missing: str = ""
    present: str = ""


@dataclass(frozen=True)
class ParcelMapping:
    """One mapping file."""

    name: str
    title: str
    title_en: str
    waybill: str
    zone: ZoneInfo
    origin: SiteRule
    destination: SiteRule
    product: str = "standard"
    product_column: str = ""
    file: str = ""
    needs: tuple[str, ...] = ()
    joins: tuple[Join, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    # In kilograms.
    weight_column: str = ""
    promise_column: str = ""
    promise_date_only: bool = False
    scans: tuple[ScanRule, ...] = ()
    marks: tuple[MarkRule, ...] = ()
    # Our column → [word, word in English, other heads it may come under …].
    heads: Mapping[str, list[str]] = field(default_factory=dict)

    def columns(self) -> tuple[Column, ...]:
        """Return the columns a person may assign: those the mapping file has words for."""
        return tuple(
            Column(name, _Words(*said[:2]), name in (self.waybill, *self.needs), tuple(said))
            for name, said in self.heads.items()
        )


@dataclass(frozen=True)
class _Words:
    """The word of a column in the reader's language."""

    name: str
    name_en: str

    def __str__(self) -> str:
        return local(self, "name")


def names() -> list[str]:
    """Return the names of the mapping files."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


@lru_cache(maxsize=16)
def load(name: str) -> ParcelMapping:
    """Read a mapping file."""
    if name not in names():
        text = _("Unknown mapping %(name)s. Known: %(known)s") % {
            "name": name, "known": ", ".join(names()),
        }  # fmt: skip
        raise UnknownMapping(text, field="mapping")
    said = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    promise = said.pop("promise", {})
    return ParcelMapping(
        name=name,
        zone=ZoneInfo(said.pop("zone") or settings.BUSINESS_TIME_ZONE),
        origin=SiteRule(**said.pop("origin")),
        destination=SiteRule(**said.pop("destination")),
        joins=tuple(Join(**join) for join in said.pop("joins", [])),
        promise_column=promise.get("column", ""),
        promise_date_only=promise.get("date_only", False),
        scans=tuple(ScanRule(**rule) for rule in said.pop("scans", [])),
        marks=tuple(MarkRule(**rule) for rule in said.pop("marks", [])),
        **said,
    )
