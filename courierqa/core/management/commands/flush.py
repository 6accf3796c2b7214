"""Empty the database, insert-only tables included, and put the guards back.

The triggers that protect history would stop Django's own `flush`. Tests need it after every
transactional test; elsewhere it also destroys the audit trail, so it must be asked for by name.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.base import CommandError, CommandParser
from django.core.management.color import no_style
from django.core.management.commands.flush import Command as DjangoFlush
from django.db import connections
from django.test.utils import _TestState

from courierqa.core.insert_only import lifted
from courierqa.core.privacy import forget_keys


class Command(DjangoFlush):
    help = "Removes ALL data, history and audit trail included."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--with-history",
            action="store_true",
            help="Needed outside tests: says that the audit trail may go too.",
        )

    def handle(self, **options: Any) -> None:
        testing = hasattr(_TestState, "saved_data")
        if not (testing or options.get("with_history")):
            raise CommandError("This removes the audit trail too. Add --with-history to do it.")
        connection = connections[options["database"]]
        # Reference data come from migrations; a test run keeps a copy to start again from.
        kept = getattr(connection, "_test_serialized_contents", "")
        if kept:
            options["inhibit_post_migrate"] = True
        with lifted(connection):
            super().handle(**options)
        forget_keys()
        if kept:
            connection.creation.deserialize_db_from_string(kept)
            _count_on(connection)


def _count_on(connection: Any) -> None:
    """Let new rows be numbered after the ones put back with their numbers."""
    statements = connection.ops.sequence_reset_sql(no_style(), apps.get_models())
    with connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)
