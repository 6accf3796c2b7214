"""A file may belong to the check of a duty or to a certificate."""

import django.db.models.deletion
from django.db import migrations, models

from courierqa.core.insert_only import guard, unguard
from courierqa.core.rows_of_migrations import RunRows

TABLE = "quality_keptfile"
NAME = "qual_kept_of_one"
BEFORE = ("part", "benchmark")
NEW = {"check_of_duty": "quality.dutycheck", "certification": "quality.certification"}


def one_of(*names):
    """Return the condition that exactly one of the fields is filled."""
    whole = models.Q()
    for name in names:
        whole |= models.Q(**{f"{one}__isnull": one != name for one in names})
    return whole


def limit(*names):
    return migrations.AddConstraint(
        "keptfile", models.CheckConstraint(name=NAME, condition=one_of(*names))
    )


def link(name, to):
    return migrations.AddField(
        "keptfile",
        name,
        models.ForeignKey(
            null=True,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="files",
            to=to,
        ),
    )


def lift(apps, editor):
    """Take the triggers off while the table is changed."""
    if editor.connection.vendor == "postgresql":
        # Foreign keys still to be checked would forbid altering the table.
        editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    unguard(editor, TABLE)


def close(apps, editor):
    """Make it insert-only again; changing a table drops its triggers on SQLite."""
    lift(apps, editor)
    guard(editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [("quality", "0093_person_requests")]
    operations = [
        RunRows(lift, close),
        *(link(name, to) for name, to in NEW.items()),
        migrations.RemoveConstraint("keptfile", NAME),
        limit(*BEFORE, *NEW),
        RunRows(close, lift),
    ]
