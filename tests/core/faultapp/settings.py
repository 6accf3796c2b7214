"""The product's own settings and the test app; one scheduled job, to be seen from outside."""

from courierqa.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.core.faultapp.apps.FaultConfig"]  # noqa: F405
SCHEDULE = {
    "core.seal_audit": ("courierqa.core.audit.seal", 2),
    "core.relay": ("courierqa.core.outbox.relay", 1),
}
