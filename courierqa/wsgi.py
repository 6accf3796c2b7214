"""WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "courierqa.settings")
application = get_wsgi_application()

from courierqa.core import garbage  # noqa: E402 -- after the application is loaded

garbage.settle()
