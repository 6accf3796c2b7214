from django.apps import AppConfig


class KpiConfig(AppConfig):
    name = "kpi"

    def ready(self) -> None:
        """Register what the worker carries out for this app."""
        from kpi import effects  # noqa: F401, PLC0415 -- models must be loaded first
