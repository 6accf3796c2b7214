"""Do a transaction again when the database chose it as the victim of a race."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection, transaction

from courierqa.core.errors import Unavailable

T = TypeVar("T")
# Deadlock, serialization failure, lock not available in time.
AGAIN = frozenset({"40P01", "40001", "55P03"})
ATTEMPTS = 5


def again(error: OperationalError) -> bool:
    """Say whether the same transaction may well succeed when it is tried once more."""
    state = getattr(error.__cause__, "pgcode", None)
    return state in AGAIN or "locked" in str(error)


def in_transaction(work: Callable[[], T]) -> T:
    """Run `work` in a transaction, up to five times; inside a caller's transaction only once."""
    if connection.in_atomic_block:
        return work()
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return work()
        except OperationalError as error:
            if not again(error):
                raise
            last = error
    raise Unavailable("The database is busy.") from last
