"""The ground floor: engines every other app stands on."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "courierqa.core"
    label = "core"
    default = True
