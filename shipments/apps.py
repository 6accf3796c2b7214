"""The app of parcels."""

from django.apps import AppConfig


class ShipmentsConfig(AppConfig):
    name = "shipments"

    def ready(self) -> None:
        from shipments import effects, exchange_effects  # noqa: F401, PLC0415 -- registers handlers
        from shipments.imports.running import register_kinds  # noqa: PLC0415 -- needs the models

        register_kinds()
