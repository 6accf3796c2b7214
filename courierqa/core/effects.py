"""The ground floor's own effects, registered when the app is ready."""

from courierqa.core.notify import delivery

__all__ = ["delivery"]
