"""Keyset paging: the next page begins after the last row, however long the table is."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

SIZE = 50
MAX_SIZE = 200


@dataclass(frozen=True)
class KeysetPage:
    """One page of rows, and the keys of its neighbours ("" when there is none).

    Addresses carry them as `?after=<next_key>` and `?before=<previous_key>`.
    """

    rows: Sequence[Any]
    next_key: str = ""
    previous_key: str = ""

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def page_of(
    rows: QuerySet[Any],
    asked: Mapping[str, str],
    *,
    order: Sequence[str] = ("-id",),
    size: int = SIZE,
) -> KeysetPage:
    """Return the page a reader asked for by `after` or `before` in the address."""
    before = asked.get("before", "")
    return keyset_page(
        rows, cursor=before or asked.get("after", ""), order=order, size=size, back=bool(before)
    )


def keyset_page(
    rows: QuerySet[Any],
    *,
    cursor: str = "",
    order: Sequence[str] = ("-id",),
    size: int = SIZE,
    back: bool = False,
) -> KeysetPage:
    """Return the page after `cursor`, or the one before it. `order` ends in a unique field.

    A cursor that is not ours, or was made for another order, gives the first page.
    """
    size = max(1, min(size, MAX_SIZE))
    edge = _read(cursor, rows.model, order)
    back = back and edge is not None
    walk = [_turned(name) for name in order] if back else list(order)
    chosen = rows.order_by(*walk)
    found = list((chosen.filter(_beyond(walk, edge)) if edge else chosen)[: size + 1])
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    if not found:
        return KeysetPage([])
    has_next, has_previous = (True, more) if back else (more, edge is not None)
    return KeysetPage(
        found,
        _write(found[-1], order) if has_next else "",
        _write(found[0], order) if has_previous else "",
    )


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _beyond(order: Sequence[str], values: list[Any]) -> Q:
    """(a, b) > (x, y) spelled out: a > x, or a = x and b > y."""
    condition, equal = Q(pk__in=()), Q()
    for name, value in zip(order, values, strict=True):
        plain = name.removeprefix("-")
        word = "lt" if name.startswith("-") else "gt"
        condition |= equal & Q(**{f"{plain}__{word}": value})
        equal &= Q(**{plain: value})
    return condition


def _fields(model: type[Model], order: Sequence[str]) -> list[Any]:
    names = [name.removeprefix("-") for name in order]
    return [model._meta.pk if name == "pk" else model._meta.get_field(name) for name in names]


def _write(row: Model, order: Sequence[str]) -> str:
    fields = _fields(type(row), order)
    values = json.dumps([field.value_to_string(row) for field in fields])
    return base64.urlsafe_b64encode(values.encode()).decode().rstrip("=")


def _read(cursor: str, model: type[Model], order: Sequence[str]) -> list[Any] | None:
    if not cursor or len(cursor) > 500:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        fields = _fields(model, order)
        read = [field.to_python(str(value)) for field, value in zip(fields, values, strict=True)]
    except (ValueError, TypeError, KeyError, binascii.Error, ValidationError, RecursionError):
        return None
    # No column holds a larger number; the database would refuse the question.
    return None if any(isinstance(v, int) and abs(v) >= 2**63 for v in read) else read
