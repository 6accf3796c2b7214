"""Messages to people: written with their cause, delivered by jobs, their state in plain sight."""

from courierqa.core.notify.delivery import deliver
from courierqa.core.notify.writing import (
    Letter,
    after_quiet_hours,
    mark_read,
    send,
    send_many,
    unread_for,
)

__all__ = [
    "Letter", "after_quiet_hours", "deliver", "mark_read", "send", "send_many", "unread_for",
]  # fmt: skip
