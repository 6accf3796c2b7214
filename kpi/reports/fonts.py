"""The two faces of the report: those of all printed pages."""

from courierqa.core.printing.fonts import (
    BOLD,
    FILES,
    INVISIBLE,
    REGULAR,
    GuardedFont,
    MissingGlyph,
    drawable,
    known_characters,
    register,
)

__all__ = [
    "BOLD",
    "FILES",
    "INVISIBLE",
    "REGULAR",
    "GuardedFont",
    "MissingGlyph",
    "drawable",
    "known_characters",
    "register",
]
