"""CourierQA, service quality management for courier companies."""

# Loaded here so that shared tasks find this app in the web process as well.
from courierqa.celery import app as celery_app

__all__ = ["celery_app"]
