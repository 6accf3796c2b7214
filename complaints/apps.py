"""The app of the customer's voice."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplaintsConfig(AppConfig):
    name = "complaints"

    def ready(self) -> None:
        from complaints import effects  # noqa: F401, PLC0415 -- registers the handlers
        from complaints.imports import MAPPINGS, import_reviews  # noqa: PLC0415 -- needs models
        from complaints.own_tasks import own_case  # noqa: PLC0415 -- needs the models
        from courierqa.core.imports.kinds import ImportKind, register  # noqa: PLC0415 -- the same
        from courierqa.core.privacy import register_finder  # noqa: PLC0415 -- the same

        register_finder(own_case)

        def named() -> dict[str, str]:
            return {name: name for name in MAPPINGS}

        register(ImportKind("reviews", _("Customer ratings"), named, import_reviews))
