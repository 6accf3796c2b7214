"""Load posts, the first course with its exam, and the proposed scheme of couriers' grades."""

import json
from datetime import date
from pathlib import Path

from django.db import migrations

from courierqa.core.rows_of_migrations import RunRows

HERE = Path(__file__).resolve().parent.parent / "catalogue"


def _json(name):
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def _course(apps, folder):
    plan = _json(f"{folder}/course.json")
    posts, exam, lessons = plan.pop("posts"), plan.pop("exam"), plan.pop("lessons")
    course = apps.get_model("staff", "Course").objects.create(**plan)
    Lesson = apps.get_model("staff", "Lesson")
    for position, titles in enumerate(lessons, start=1):
        texts = [HERE / folder / f"lesson-{position}.{tag}.md" for tag in ("zh", "en")]
        body, body_en = (path.read_text(encoding="utf-8") for path in texts)
        Lesson.objects.create(
            course=course, position=position, body=body, body_en=body_en, **titles
        )
    Question = apps.get_model("staff", "Question")
    for question in _json(f"{folder}/questions.json"):
        Question.objects.create(course=course, **question)
    apps.get_model("staff", "Exam").objects.create(course=course, **exam)
    course.posts.set(apps.get_model("staff", "Post").objects.filter(code__in=posts))


def load(apps, schema_editor):
    Post = apps.get_model("staff", "Post")
    for post in _json("posts.json"):
        Post.objects.create(reviewed_on=date(2026, 1, 5), **post)
    _course(apps, "prohibited-goods")
    scheme = _json("scheme.json")
    post = Post.objects.get(code=scheme.pop("post"))
    apps.get_model("staff", "AssessmentScheme").objects.create(post=post, **scheme)


def unload(apps, schema_editor):
    for name in ("AssessmentScheme", "Exam", "Question", "Lesson", "Course", "Post"):
        apps.get_model("staff", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("staff", "0001_initial")]
    operations = [RunRows(load, unload)]
