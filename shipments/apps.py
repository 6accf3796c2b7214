"""The app of parcels."""

from django.apps import AppConfig


class ShipmentsConfig(AppConfig):
    name = "shipments"

    def ready(self) -> None:
        from shipments import effects  # noqa: F401, PLC0415 -- registers the handlers
