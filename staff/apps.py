"""The people app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffConfig(AppConfig):
    name = "staff"

    def ready(self) -> None:
        from courierqa.core.imports.kinds import ImportKind, register  # noqa: PLC0415 -- models
        from staff import openapi  # noqa: F401, PLC0415 -- registers itself
        from staff.imports import PEOPLE, columns_of, import_people, mappings  # noqa: PLC0415 -- models

        register(
            ImportKind(
                "people", _("People"), mappings, import_people, columns=columns_of,
                required=PEOPLE, takes_actor=True, is_secret=True,
            )
        )  # fmt: skip
