"""The ground floor: engines every other app stands on."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "courierqa.core"
    label = "core"
    default = True

    def ready(self) -> None:
        from courierqa.core import effects, wording  # noqa: F401, PLC0415 -- registers its handlers

        wording.apply()
