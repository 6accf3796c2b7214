"""Named places where a test may kill the process: `FAILPOINT=outbox.before_commit:3`.

Without the variable a point costs one comparison. The process dies as by `kill -9`, so nothing
is cleaned up: what survives is what was committed.
"""

from __future__ import annotations

import os
import signal
from collections import Counter

_name, _colon, _number = os.environ.get("FAILPOINT", "").partition(":")
_passes: Counter[str] = Counter()


def reach(name: str) -> None:
    """Die here when this is the n-th pass of the point that was asked for."""
    if not _name or name != _name:
        return
    _passes[name] += 1
    if _passes[name] == int(_number or 1):
        os.kill(os.getpid(), signal.SIGKILL)
