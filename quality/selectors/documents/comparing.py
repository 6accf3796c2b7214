"""What changed between two versions, line by line and word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# Latin words and numbers as a whole, every other character by itself: Chinese has no blanks.
_PIECE = re.compile(r"[A-Za-z0-9]+|\s+|.", re.S)
MOST_LINES = 4000


@dataclass(frozen=True)
class Part:
    """A run of characters of a line, marked where it is only on this side."""

    text: str
    is_changed: bool = False


@dataclass(frozen=True)
class Pair:
    """A line of the old text beside its line of the new one; "" stands for none.

    `kind` is "same", "changed", "removed" or "added". Line numbers count from 1, 0 for none.
    """

    kind: str
    old: tuple[Part, ...] = ()
    new: tuple[Part, ...] = ()
    old_line: int = 0
    new_line: int = 0


def compared(old: str, new: str) -> list[Pair]:
    """Return both texts side by side, in order; nothing of either is lost."""
    before, after = old.splitlines()[:MOST_LINES], new.splitlines()[:MOST_LINES]
    pairs: list[Pair] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for verb, a, b, c, d in matcher.get_opcodes():
        if verb == "equal":
            pairs += [
                Pair("same", (Part(line),), (Part(line),), a + n + 1, c + n + 1)
                for n, line in enumerate(before[a:b])
            ]
        else:
            pairs += _differing(before[a:b], after[c:d], a, c)
    return pairs


def changed_only(pairs: Sequence[Pair], *, around: int = 2) -> list[Pair | None]:
    """Return what changed with a few lines around it; None stands for lines left out."""
    near = {
        place + step for place, pair in enumerate(pairs) if pair.kind != "same"
        for step in range(-around, around + 1)
    }  # fmt: skip
    found: list[Pair | None] = []
    for place, pair in enumerate(pairs):
        if place in near:
            found.append(pair)
        elif not found or found[-1] is not None:
            found.append(None)
    return found


def _differing(old: list[str], new: list[str], a: int, c: int) -> Iterator[Pair]:
    for n in range(max(len(old), len(new))):
        if n >= len(new):
            yield Pair("removed", (Part(old[n], is_changed=True),), (), a + n + 1, 0)
        elif n >= len(old):
            yield Pair("added", (), (Part(new[n], is_changed=True),), 0, c + n + 1)
        else:
            left, right = _words(old[n], new[n])
            yield Pair("changed", left, right, a + n + 1, c + n + 1)


def _words(old: str, new: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    left: list[Part] = []
    right: list[Part] = []
    for verb, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        marked = verb != "equal"
        if b > a:
            left.append(Part("".join(before[a:b]), marked))
        if d > c:
            right.append(Part("".join(after[c:d]), marked))
    return tuple(left), tuple(right)
