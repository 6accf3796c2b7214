from django.apps import AppConfig


class KpiConfig(AppConfig):
    name = "kpi"

    def ready(self) -> None:
        """Register what the worker carries out for this app."""
        from kpi import effects  # noqa: F401, PLC0415 -- models must be loaded first
        from kpi.naming import named_figures  # noqa: PLC0415 -- the same
        from kpi.reviewing import Reading  # noqa: PLC0415 -- the same
        from quality import figures, measured  # noqa: PLC0415 -- the same

        figures.offer(named_figures)
        measured.offer(Reading())
