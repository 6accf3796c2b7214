"""Keyset paging: the next page begins after the last row, however long the table is."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

SIZE = 50
MAX_SIZE = 200


@dataclass(frozen=True)
class KeysetPage:
    """One page of rows, and the cursors of its neighbours ("" when there is none)."""

    rows: Sequence[Any]
    next: str
    is_first: bool

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def has_next(self) -> bool:
        return bool(self.next)


def keyset_page(
    rows: QuerySet[Any], *, cursor: str = "", order: Sequence[str] = ("-id",), size: int = SIZE
) -> KeysetPage:
    """Return the page after `cursor`. `order` must end in a unique field.

    A cursor that is not ours, or was made for another order, gives the first page.
    """
    size = max(1, min(size, MAX_SIZE))
    after = _read(cursor, rows.model, order)
    chosen = rows.order_by(*order)
    if after is not None:
        chosen = chosen.filter(_beyond(order, after))
    found = list(chosen[: size + 1])
    more = len(found) > size
    found = found[:size]
    return KeysetPage(found, _write(found[-1], order) if more else "", after is None)


def _beyond(order: Sequence[str], values: list[Any]) -> Q:
    """(a, b) > (x, y) spelled out: a > x, or a = x and b > y."""
    condition, equal = Q(pk__in=()), Q()
    for name, value in zip(order, values, strict=True):
        plain = name.removeprefix("-")
        word = "lt" if name.startswith("-") else "gt"
        condition |= equal & Q(**{f"{plain}__{word}": value})
        equal &= Q(**{plain: value})
    return condition


def _write(row: Model, order: Sequence[str]) -> str:
    values = []
    for name in order:
        field = row._meta.get_field(name.removeprefix("-"))
        values.append(field.value_to_string(row))
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _read(cursor: str, model: type[Model], order: Sequence[str]) -> list[Any] | None:
    if not cursor or len(cursor) > 500:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if len(values) != len(order):
            return None
        fields = [model._meta.get_field(name.removeprefix("-")) for name in order]
        return [field.to_python(str(value)) for field, value in zip(fields, values, strict=True)]
    except (ValueError, TypeError, KeyError, binascii.Error, ValidationError, RecursionError):
        return None
