"""Shapes of states: every state has its own shape and word, colour only helps (ux.md §4)."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

RING = '<circle cx="12" cy="12" r="9" class="glyph-line"/>'

# Variation: is the process changing? Letter for the side, two dots at the end of the run.
_WAVE = '<path d="M3 13c2-5 4-5 6 0s4 5 6 0 4-5 6 0" class="glyph-line"/>'
_ARROW_UP = '<path d="M12 19V6M7 11l5-5 5 5" class="glyph-line"/>'
_ARROW_DOWN = '<path d="M12 5v13M7 13l5 5 5-5" class="glyph-line"/>'
VARIATIONS = {
    "better_high": ("better", "H", gettext_lazy("getting better")),
    "better_low": ("better", "L", gettext_lazy("getting better")),
    "worse_high": ("worse", "H", gettext_lazy("getting worse")),
    "worse_low": ("worse", "L", gettext_lazy("getting worse")),
    "neutral_high": ("neutral", _ARROW_UP, gettext_lazy("changed")),
    "neutral_low": ("neutral", _ARROW_DOWN, gettext_lazy("changed")),
    "same": ("same", _WAVE, gettext_lazy("no signal")),
    "": ("same", _WAVE, gettext_lazy("too few points")),
}

# Assurance: can the process reach the target? The line is the target: below, through, above.
ASSURANCES = {
    "pass": ("better", "P", 21, gettext_lazy("passes")),
    "hit_or_miss": ("same", "?", 12, gettext_lazy("hit or miss")),
    "fail": ("worse", "F", 3, gettext_lazy("fails")),
}

GRADES = {
    "A": gettext_lazy("Grade A"),
    "B": gettext_lazy("Grade B"),
    "C": gettext_lazy("Grade C"),
}

CLOCKS = {
    "running": RING,
    "due_soon": RING + '<path d="M12 3a9 9 0 0 1 0 18z" class="glyph-fill"/>',
    "overdue": '<circle cx="12" cy="12" r="9" class="glyph-fill"/>'
    '<path d="M12 7v6M12 16.5v.5" class="glyph-cut"/>',
    "paused": RING + '<path d="M6 17L17 6M4.5 13.5l9-9M10.5 19.5l9-9" class="glyph-thin"/>',
    "met": RING + '<path d="M8 12.5l3 3 5.5-6" class="glyph-line"/>',
    "missed": RING + '<path d="M9 9l6 6M15 9l-6 6" class="glyph-line"/>',
}


def _svg(kind: str, inner: str, label: str) -> SafeString:
    """Return the shape; without a label it is decoration beside its words."""
    told = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="glyph glyph-{}" viewBox="0 0 24 24" {}>{}</svg>',
        kind, mark_safe(told), mark_safe(inner),
    )  # fmt: skip


def _lettered(letter: str) -> str:
    """Return a ring with its letter and two dots at the high or low end."""
    end, near = (5, 7) if letter == "H" else (19, 17)
    dots = (
        f'<circle cx="14" cy="{near}" r="2" class="glyph-fill"/>'
        f'<circle cx="19" cy="{end}" r="2.5" class="glyph-fill"/>'
    )
    return f'{RING}<text x="9.5" y="16" class="glyph-text">{letter}</text>{dots}'


def variation(kind: str, *, words: bool = True) -> SafeString:
    """Draw what the process does: better, worse, changed or no signal, with its word."""
    tone, mark, word = VARIATIONS.get(str(kind or ""), VARIATIONS[""])
    inner = _lettered(mark) if mark in ("H", "L") else mark
    return _with_word(tone, _svg(tone, inner, str(word)), str(word) if words else "")


def assurance(kind: str, *, words: bool = True) -> SafeString:
    """Draw whether the target is within reach: passes, hit or miss, fails."""
    if str(kind or "") not in ASSURANCES:
        return SafeString("—")
    tone, letter, height, word = ASSURANCES[str(kind)]
    line = f'<path d="M1 {height}h22" class="glyph-line glyph-dash"/>'
    inner = f'{RING}<text x="12" y="16" class="glyph-text glyph-middle">{letter}</text>{line}'
    return _with_word(tone, _svg(tone, inner, str(word)), str(word) if words else "")


def _with_word(tone: str, drawn: SafeString, word: str) -> SafeString:
    shown = format_html('<span class="verdict-word">{}</span>', word) if word else ""
    return format_html('<span class="verdict verdict-{}">{}{}</span>', tone, drawn, shown)


def clock(status: str) -> SafeString:
    """Draw the shape of a clock status."""
    return _svg(f"clock-{status.replace('_', '-')}", CLOCKS.get(status, RING), "")


def grade(letter: str, *, size: str = "") -> SafeString:
    """Draw a grade: solid, outlined or hatched square; the letter is always there."""
    if letter not in GRADES:
        return format_html('<span class="grade grade-none">{}</span>', _("not graded"))
    return format_html(
        '<span class="grade grade-{} {}" role="img" aria-label="{}">{}</span>',
        letter.lower(), size, GRADES[letter], letter,
    )  # fmt: skip
