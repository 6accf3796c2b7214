"""The garbage collector set for long-lived processes that make many small rows at a time."""

from __future__ import annotations

import gc

# The standard 700 walks every module and model again and again while a batch is read.
YOUNG = 20_000


def settle() -> None:
    """Leave what start-up made out of every later collection, and collect less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)
