"""A test app whose effects are counted after workers were killed."""

from django.apps import AppConfig


class FaultConfig(AppConfig):
    name = "tests.core.faultapp"
    label = "faultapp"

    def ready(self) -> None:
        from tests.core.faultapp import effects  # noqa: F401 -- registers its handlers
