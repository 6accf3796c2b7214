"""The terms that hold now; without any set, the proposals the product comes with."""

from __future__ import annotations

from quality.models import LoopTerms


def current_terms() -> LoopTerms:
    """Return the newest terms, or the proposed ones while the company has set none."""
    return LoopTerms.objects.first() or LoopTerms()


def past_terms() -> list[LoopTerms]:
    """Return every setting, newest first, with who set it."""
    return list(LoopTerms.objects.select_related("set_by"))
