"""Demo data as an app of its own, so that nothing else depends on it."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "courierqa.demo"
    label = "demo"
