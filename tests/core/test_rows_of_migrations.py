"""A step of a migration sees the tables it asks for, and those these refer to, and no others."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from courierqa.core.rows_of_migrations import Asked

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(scope="module")
def state():
    """The tables as the migrations leave them, read without a database."""
    return MigrationLoader(None).project_state()


def rendered(asked: Asked) -> set[str]:
    return {model._meta.label_lower for model in asked.get_models(include_auto_created=True)}


def test_what_a_table_refers_to_comes_with_it_and_nothing_else_does(state):
    asked = Asked(state)

    asked.get_model("staff", "Lesson")

    assert rendered(asked) == {"staff.lesson", "staff.course"}


def test_tables_asked_for_one_after_the_other_fit_together(state):
    asked = Asked(state)
    course, lesson = asked.get_model("staff.Course"), asked.get_model("staff", "lesson")

    made = course.objects.create(code="x", title="课", title_en="Course")
    lesson.objects.create(course=made, position=1, title="一", title_en="One", body="", body_en="")

    assert [one.position for one in made.lessons.all()] == [1]
    assert asked.get_model("staff", "Course") is course


def test_every_table_can_be_asked_for(state):
    asked, known = Asked(state), set(connection.introspection.table_names())

    tables = {
        asked.get_model(model._meta.app_label, model._meta.model_name)._meta.db_table
        for model in apps.get_models()
    }

    assert len(tables) > 200
    assert tables <= known


def test_an_unknown_table_is_told_as_such(state):
    with pytest.raises(LookupError):
        Asked(state).get_model("staff", "Nothing")
