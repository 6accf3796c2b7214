"""Side effects that must happen: rows written with their cause, run at least once, kept once.

    outbox.emit("parcel.told", f"told:{parcel.pk}", {"parcel_id": parcel.pk})

    @outbox.effect("parcel.told")
    def tell(payload, *, now): ...

Redis is only a doorbell: it says "look at the rows". Losing it loses nothing.
"""

from courierqa.core.outbox.registry import Handler, effect, handler_of
from courierqa.core.outbox.running import relay, run_due, run_effect, unpark
from courierqa.core.outbox.writing import emit, emit_many

__all__ = [
    "Handler", "effect", "emit", "emit_many", "handler_of", "relay", "run_due", "run_effect",
    "unpark",
]  # fmt: skip
