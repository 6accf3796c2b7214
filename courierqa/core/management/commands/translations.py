"""Keep the Chinese catalogues complete: `translations --update | --check | --compile`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from courierqa.core import catalogues


class Command(BaseCommand):
    help = "Collect texts to translate, check that Chinese is complete, compile the catalogues."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        deed = parser.add_mutually_exclusive_group(required=True)
        deed.add_argument("--update", action="store_true", help="collect texts into the catalogues")
        deed.add_argument("--check", action="store_true", help="exit 1 when a text is missing")
        deed.add_argument("--compile", action="store_true", help="write what Django reads")
        parser.add_argument("--app", action="append", help="only this app (core, staff, …)")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = [
            domain
            for domain in catalogues.domains(settings.BASE_DIR)
            if not options["app"] or domain.name in options["app"]
        ]
        if options["update"]:
            self._update(chosen)
        elif options["compile"]:
            changed = sum(catalogues.compile_catalogue(domain) for domain in chosen)
            self.stdout.write(f"{len(chosen)} catalogues compiled, {changed} changed.")
        else:
            self._check(chosen)

    def _update(self, chosen: list[catalogues.Domain]) -> None:
        for domain in chosen:
            missing = catalogues.update(domain)
            place = domain.po.relative_to(settings.BASE_DIR)
            self.stdout.write(f"{place}: {missing} texts want a translation.")

    def _check(self, chosen: list[catalogues.Domain]) -> None:
        faults = [fault for domain in chosen for fault in catalogues.check(domain)]
        faults += catalogues.disagreements(settings.BASE_DIR)
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write("Every text has its translation.")
