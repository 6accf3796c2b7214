"""What a record says about itself when a nonconformity is raised from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from staff.models import Site


@dataclass(frozen=True)
class Found:
    """A record that shows a problem: what it is called, where and when it happened."""

    kind: str
    reference: str
    title: str
    site: Site | None
    found_at: datetime | None
    data: dict[str, Any] = field(default_factory=dict)
