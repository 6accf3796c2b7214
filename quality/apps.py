"""The improvement loop: inspections, nonconformities, actions, audits, documents."""

from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "quality"

    def ready(self) -> None:
        from complaints.selectors import tasks  # noqa: PLC0415 -- models must be loaded first
        from quality import effects  # noqa: F401, PLC0415 -- registers handlers
        from quality.selectors.improvement.owed import tasks_of  # noqa: PLC0415 -- the same

        tasks.offer(tasks_of)
