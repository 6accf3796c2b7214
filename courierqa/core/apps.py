"""The ground floor: engines every other app stands on."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "courierqa.core"
    label = "core"
    default = True

    def ready(self) -> None:
        from courierqa.core import (  # noqa: PLC0415 -- registers handlers and lookups
            effects,  # noqa: F401
            lookups,  # noqa: F401
            wording,
        )

        wording.apply()
