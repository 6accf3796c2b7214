"""How often one caller may ask: so many requests a minute, counted per key or person."""

from __future__ import annotations

import logging
import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from rest_framework.throttling import BaseThrottle

log = logging.getLogger(__name__)
WINDOW_SECONDS = 60


class PerCaller(BaseThrottle):
    """Answers 429 with Retry-After above `API_RATE_PER_MINUTE`.

    A guard against runaway clients, not a gate: when the cache is down everybody is let in.
    Limits that must be exact (sign-in, reveals) are counted in the database.
    """

    left = 0.0

    def allow_request(self, request: Any, view: Any) -> bool:
        """Count this request in the current minute; the counter is raised atomically."""
        now = time.time()
        self.left = WINDOW_SECONDS - now % WINDOW_SECONDS
        try:
            return self._count(self._caller(request), int(now // WINDOW_SECONDS)) <= self._limit()
        except Exception as error:
            log.warning("Requests are not counted: %s", type(error).__name__)
            return True

    def wait(self) -> float:
        """Return the seconds until the next minute begins."""
        return self.left

    def _limit(self) -> int:
        return int(settings.API_RATE_PER_MINUTE)

    def _count(self, caller: str, minute: int) -> int:
        key = f"api-rate:{caller}:{minute}"
        cache.add(key, 0, timeout=2 * WINDOW_SECONDS)
        return int(cache.incr(key))

    def _caller(self, request: Any) -> str:
        token = getattr(request.auth, "pk", None)
        if token is not None:
            return f"key-{token}"
        if getattr(request.user, "pk", None):
            return f"user-{request.user.pk}"
        return f"address-{self.get_ident(request)}"
