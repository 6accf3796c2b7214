"""A booked deduction points to its discipline step instead of naming it in its words."""

import re

import django.db.models.deletion
from django.db import migrations, models

from courierqa.core.insert_only import guard, unguard
from courierqa.core.rows_of_migrations import RunRows

TABLE = "staff_ledgerentry"
KEY = re.compile(r"discipline-([1-9]\d{0,17})")


def point(apps, editor):
    """Point each entry to the step its words name; its words become the rule that was broken."""
    entries = apps.get_model("staff", "LedgerEntry").objects.using(editor.connection.alias)
    steps = apps.get_model("staff", "Discipline").objects.using(editor.connection.alias)
    old = entries.filter(proposal=None, reverses=None, words__startswith="discipline-")
    # The oldest is the one that was found when booking again.
    for entry in old.order_by("pk"):
        found = KEY.fullmatch(entry.words)
        step = steps.filter(pk=found[1], employee=entry.employee_id).first() if found else None
        if step is not None and not entries.filter(discipline=step).exists():
            entries.filter(pk=entry.pk).update(discipline=step, words=step.basis)


def name(apps, editor):
    """Write the step into the words again."""
    entries = apps.get_model("staff", "LedgerEntry").objects.using(editor.connection.alias)
    for entry in entries.exclude(discipline=None):
        entries.filter(pk=entry.pk).update(words=f"discipline-{entry.discipline_id}")


def lift(apps, editor):
    """Take the triggers off while rows are moved."""
    if editor.connection.vendor == "postgresql":
        # Foreign keys still to be checked would forbid altering the table.
        editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    unguard(editor, TABLE)


def close(apps, editor):
    """Make the ledger insert-only again; changing a table drops its triggers on SQLite."""
    lift(apps, editor)
    guard(editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [("staff", "0010_kept_for_ever")]
    operations = [
        RunRows(lift, close),
        migrations.AddField(
            "ledgerentry",
            "discipline",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entry",
                to="staff.discipline",
            ),
        ),
        RunRows(point, name),
        RunRows(close, lift),
    ]
