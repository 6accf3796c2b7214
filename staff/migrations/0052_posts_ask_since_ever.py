"""What posts ask for today counts since ever; who was activated counts from that day (H04)."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import migrations
from django.utils import timezone

from courierqa.core.insert_only import insert_only
from courierqa.core.rows_of_migrations import RunRows


def fill(apps, schema_editor):
    """Nothing is known of what a post asked before: what it asks now stands for all of it."""
    now, made = timezone.now(), apps.get_model("staff", "PostRequirement")
    asked = apps.get_model("staff", "Post").courses.through.objects.order_by("pk")
    made.objects.bulk_create(
        made(post_id=post, course_id=course, is_required=True, from_on=None, at=now)
        for post, course in asked.values_list("post_id", "course_id")
    )
    # PostgreSQL puts no trigger on a table whose rows it has still to check.
    schema_editor.connection.check_constraints()


def clear(apps, schema_editor):
    """Going forward again writes them anew: twice would make the later one win."""
    apps.get_model("staff", "PostRequirement").objects.all().delete()


def date_activations(apps, schema_editor):
    """The trail knows when somebody taken on before was activated."""
    zone = ZoneInfo(settings.BUSINESS_TIME_ZONE)
    people = apps.get_model("staff", "Employee").objects
    trail = apps.get_model("core", "AuditEntry").objects.filter(action="staff.activate")
    for pk, at in trail.order_by("pk").values_list("object_id", "at"):
        people.filter(pk=int(pk)).update(active_from=at.astimezone(zone).date())


def forget_activations(apps, schema_editor):
    """The column goes with the migration before."""


class Migration(migrations.Migration):
    dependencies = [("staff", "0051_what_posts_ask"), ("core", "0008_personal_views")]
    operations = [
        RunRows(fill, clear),
        RunRows(date_activations, forget_activations),
        insert_only("staff_postrequirement"),
    ]
