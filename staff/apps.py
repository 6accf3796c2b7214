"""The people app."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "staff"

    def ready(self) -> None:
        from staff import openapi  # noqa: F401, PLC0415 -- registers itself
