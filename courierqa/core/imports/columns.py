"""Which column of a file holds what: guessed from its heads, shown, and changed by a person."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, Any

from courierqa.core.imports.reading import read_table

SAMPLES = 3


@dataclass(frozen=True)
class Column:
    """A column we know: its own name, its words, other heads it may come under."""

    name: str
    label: Any
    required: bool = False
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choices:
    """What a person decided about a file: our column → theirs, their value → ours."""

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)

    def renamed(self, row: Mapping[str, str]) -> dict[str, str]:
        """Return the row under our names; columns nobody named keep their own."""
        if not self.columns:
            return dict(row)
        taken = set(self.columns.values())
        found = {name: value for name, value in row.items() if name not in taken}
        for ours, theirs in self.columns.items():
            if theirs in row:
                found[ours] = row[theirs]
            elif not theirs:
                # Said to be nowhere: a column that happens to have our name is not it.
                found.pop(ours, None)
        return found

    def head(self, ours: str) -> str:
        """Return what the file calls our column, for messages about it."""
        return self.columns.get(ours) or ours

    def value(self, text: str) -> str:
        """Return what a value of the file means here."""
        return self.values.get(text, text)


def plain(head: str) -> str:
    """Return a head without what people write differently: case, blanks, width, marks."""
    text = unicodedata.normalize("NFKC", head).casefold()
    return "".join(sign for sign in text if sign.isalnum())


def guess(columns: Sequence[Column], heads: Iterable[str]) -> dict[str, str]:
    """Return our column → the file's column, each used once; what fits nowhere is left out."""
    left = {plain(head): head for head in reversed(list(heads)) if head}
    found: dict[str, str] = {}
    for column in columns:
        for name in (column.name, *column.aliases):
            if (head := left.pop(plain(name), None)) is not None:
                found[column.name] = head
                break
    return found


def heads_of(file: IO[bytes], *, filename: str) -> tuple[list[str], list[dict[str, str]]]:
    """Return the file's columns and its first rows."""
    file.seek(0)
    rows = [row for _number, row in islice(read_table(file, filename=filename), SAMPLES)]
    file.seek(0)
    return (list(dict.fromkeys(name for row in rows for name in row)), rows)
