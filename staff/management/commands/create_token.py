"""Make a key for an integration: `manage.py create_token "Hub" --right scan.create`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.enums import Role
from courierqa.core.errors import DomainError
from staff import services
from staff.models import Site, User


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.description = _("Makes an API key. It is printed once; only its hash is stored.")
        parser.add_argument("name", help=_("What the key is for, for example “Hub scanner”."))
        parser.add_argument(
            "--user", help=_("Login of the integration; made when it does not exist.")
        )
        parser.add_argument(
            "--site", action="append", default=[], help=_("Site code; repeat for more. None: all.")
        )
        parser.add_argument(
            "--right", action="append", default=[], help=_("Such as scan.create; repeat for more.")
        )
        parser.add_argument("--days", type=int, default=365, help=_("Days until it expires."))

    def handle(self, *, name: str, **options: Any) -> None:
        sites = list(Site.objects.filter(code__in=options["site"]))
        unknown = set(options["site"]) - {site.code for site in sites}
        if unknown:
            raise CommandError(_("No such site: %(codes)s") % {"codes": ", ".join(sorted(unknown))})
        if not options["right"]:
            raise CommandError(_("Name at least one --right, for example --right scan.create"))
        try:
            key = self._make(name, sites, options)
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(key)

    @transaction.atomic
    def _make(self, name: str, sites: list[Site], options: dict[str, Any]) -> str:
        now = timezone.now()
        user = self._user(options["user"] or f"api-{name}"[:30], name)
        granted = {site for role, site in user.grants_at(now) if role == Role.API}
        wanted: list[Site | None] = [*sites] or [None]
        for site in wanted:
            if (site.pk if site else None) not in granted:
                services.grant_role(user, Role.API, site, at=now, reason="create_token")
        _token, key = services.create_token(
            name=name,
            user=user,
            rights=options["right"],
            sites=sites,
            expires_at=now + timedelta(days=options["days"]),
            at=now,
        )
        return key

    def _user(self, username: str, name: str) -> User:
        user = User.objects.filter(username=username).first()
        return user or services.create_user(username=username, display_name=name)
