"""Print who may do what, and which address declares it."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from courierqa.core.access import matrix
from courierqa.core.addresses import Address, all_addresses


class Command(BaseCommand):
    help = "Declared cells (resource, action, role, scope) and the addresses that use them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        cells, addresses = _cells(), [_described(address) for address in all_addresses()]
        if options["format"] == "json":
            found = {"cells": cells, "addresses": addresses}
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
            return
        for resource, actions in matrix().items():
            for action, roles in actions.items():
                who = ", ".join(f"{role} {scope}" for role, scope in roles.items())
                self.stdout.write(f"{resource}.{action}: {who}")
        for address in addresses:
            methods = ", ".join(f"{m} {a}" for m, a in address["methods"].items())
            self.stdout.write(f"{address['route']}  {address['resource']}: {methods}")


def _cells() -> list[dict[str, str]]:
    return [
        {"resource": resource, "action": action, "role": role, "scope": scope}
        for resource, actions in matrix().items()
        for action, roles in actions.items()
        for role, scope in roles.items()
    ]


def _described(address: Address) -> dict[str, Any]:
    resource, methods = address.access or ("", {})
    return {
        "route": address.route,
        "name": address.name,
        "resource": resource,
        "methods": dict(methods),
    }
