"""Let the first person into an empty system: `manage.py first_login`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.errors import DomainError
from staff import services


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.description = _(
            "Makes the first administrator. The password is printed once and changed at sign-in."
        )
        parser.add_argument("--username", default="admin", help=_("Login; admin by default."))
        parser.add_argument("--name", default="Administrator", help=_("Name shown to others."))
        parser.add_argument(
            "--if-none", action="store_true", help=_("Say nothing when there is one already.")
        )

    def handle(self, *, username: str, name: str, if_none: bool, **_options: Any) -> None:
        now = timezone.now()
        if if_none and services.administrator_at(now) is not None:
            return
        try:
            user, password = services.first_login(username=username, display_name=name, at=now)
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _("Administrator: login %(login)s, password %(password)s (to be changed at sign-in)")
            % {"login": user.username, "password": password}
        )
