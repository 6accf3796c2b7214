"""Both languages of a text, frozen side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils import translation

Both = dict[str, str]
CODES = tuple(code for code, _name in settings.LANGUAGES)


def both(say: Callable[[], Any]) -> Both:
    """Return what `say` answers in each language."""
    found = {}
    for code in CODES:
        with translation.override(code):
            found[code] = str(say())
    return found


def named(obj: Any, field: str = "name") -> Both:
    """Return the two names of a record; one without an English name keeps its Chinese one."""
    own = str(getattr(obj, field))
    return {"zh-hans": own, "en": str(getattr(obj, f"{field}_en", "") or own)}
