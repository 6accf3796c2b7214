"""The improvement loop: inspections, nonconformities, actions, audits, documents."""

from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "quality"
