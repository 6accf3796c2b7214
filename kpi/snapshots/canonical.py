"""One text for one content: sorted keys, whole numbers, decimals as text."""

from __future__ import annotations

import hashlib
import json
from typing import Any


class Inexact(TypeError):
    """A binary fraction in the content: its digits differ between machines."""


def canonical(content: Any) -> str:
    """Return the one way to write this content down."""
    _refuse_floats(content, "content")
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def fingerprint(content: Any) -> str:
    """Return the SHA-256 of the canonical text."""
    return hashlib.sha256(canonical(content).encode("utf-8", "surrogatepass")).hexdigest()


def _refuse_floats(value: Any, where: str) -> None:
    if isinstance(value, float):
        raise Inexact(f"{where} is a float")
    if isinstance(value, dict):
        for key, part in value.items():
            _refuse_floats(part, f"{where}.{key}")
    elif isinstance(value, list | tuple):
        for place, part in enumerate(value):
            _refuse_floats(part, f"{where}[{place}]")
