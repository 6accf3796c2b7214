"""The colours of the token file keep the contrast the visual language promises (WCAG 2.2)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.once
TOKENS = Path(__file__).resolve().parents[2] / "static" / "css" / "tokens.css"
TEXT, GRAPHICS = 4.5, 3.0

LIGHT = ":root {"
DARK = ':root[data-bs-theme="dark"] {'
SYSTEM = ":root:not([data-bs-theme]) {"
OUTDOOR = ":root[data-outdoor] {"
GROUNDS = ("ground", "surface", "surface-2", "surface-3")
WORDS = ("text", "text-2", "hint", "action", "action-hover", "better", "worse", "neutral",
         "caution", "danger")  # fmt: skip
SOFT = ("action", "better", "worse", "neutral", "caution", "danger")
DRAWN = ("same", "control")
HEAT = ("heat-1", "heat-2", "heat-3", "heat-4", "heat-5")


def block(opening: str) -> dict[str, str]:
    """Return the colours a theme sets itself."""
    text = TOKENS.read_text(encoding="utf-8")
    begin = text.index(opening)
    return dict(
        re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6});", text[begin : text.index("}", begin)])
    )


def theme(opening: str) -> dict[str, str]:
    return {**block(LIGHT), **(block(opening) if opening != LIGHT else {})}


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = "".join(sign * 2 for sign in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pairs() -> list[tuple[str, str, float]]:
    """Return what stands on what, and the least contrast it needs."""
    found = [(word, ground, TEXT) for word in WORDS for ground in GROUNDS]
    found += [(word, f"{word}-soft", TEXT) for word in SOFT]
    found += [("text", f"{word}-soft", TEXT) for word in SOFT]
    found += [(line, ground, GRAPHICS) for line in DRAWN for ground in GROUNDS]
    found += [("on-action", "action", TEXT), ("on-action", "action-hover", TEXT)]
    found += [("nav-text", "nav-ground", TEXT), ("nav-hint", "nav-ground", TEXT)]
    found += [("nav-on", "nav-on-ground", TEXT), ("heat-text", "heat-3", TEXT)]
    found += [("heat-text", cell, 8.0) for cell in HEAT]
    return found


@pytest.mark.parametrize("opening", [LIGHT, DARK, SYSTEM, OUTDOOR])
def test_every_pair_of_a_theme_can_be_read(opening):
    colours = theme(opening)

    faint = [
        f"{front} on {back}: {contrast(colours[front], colours[back]):.2f} < {least}"
        for front, back, least in pairs()
        if contrast(colours[front], colours[back]) < least
    ]

    assert faint == []


def test_the_chosen_and_the_systems_dark_are_the_same():
    assert block(DARK) == block(SYSTEM)


def test_the_focus_ring_shows_on_any_ground():
    colours = theme(LIGHT)

    assert contrast(colours["focus"], colours["halo"]) >= 11
    assert all(contrast(colours["focus"], colours[ground]) >= GRAPHICS for ground in GROUNDS)


@pytest.mark.parametrize(
    ("front", "back", "ratio"),
    [("#14202b", "#ffffff", 16.5), ("#00635a", "#ffffff", 7.2), ("#b84300", "#fde7db", 4.6),
     ("#0067a3", "#ddeef9", 5.1), ("#000", "#fff", 21.0)],
)  # fmt: skip
def test_the_ratio_is_the_one_of_the_standard(front, back, ratio):
    assert contrast(front, back) == pytest.approx(ratio, abs=0.06)
