"""The improvement loop: inspections, nonconformities, actions, audits, documents."""

from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "quality"

    def ready(self) -> None:
        from quality import effects  # noqa: F401, PLC0415 -- registers handlers
