"""Courses on every topic of the trade, units, texts to sign, proposed rewards and promotions."""

import json
from datetime import date
from pathlib import Path

from django.db import migrations

HERE = Path(__file__).resolve().parent.parent / "catalogue"
FROM = date(2026, 1, 1)
EXAM = {"size": 3, "pass_percent": 60, "minutes": 10, "max_attempts": 3, "retake_hours": 24}


def _json(name):
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def _question(course, row):
    text, text_en, options, correct, why, why_en = row
    return {
        "course": course, "text": text, "text_en": text_en, "correct": correct,
        "explanation": why, "explanation_en": why_en,
        "options": [{"key": "ABCD"[i], "zh": zh, "en": en} for i, (zh, en) in enumerate(options)],
    }  # fmt: skip


def _course(apps, plan):
    posts, questions = plan.pop("posts"), plan.pop("q", [])
    body, body_en = plan.pop("zh", ""), plan.pop("en", "")
    if apps.get_model("staff", "Course").objects.filter(code=plan["code"]).exists():
        return
    course = apps.get_model("staff", "Course").objects.create(**plan)
    course.posts.set(apps.get_model("staff", "Post").objects.filter(code__in=posts))
    if not body:
        return
    apps.get_model("staff", "Lesson").objects.create(
        course=course, position=1, title=course.title, title_en=course.title_en,
        body=body, body_en=body_en,
    )  # fmt: skip
    for row in questions:
        apps.get_model("staff", "Question").objects.create(**_question(course, row))
    apps.get_model("staff", "Exam").objects.create(course=course, **EXAM)


def load(apps, schema_editor):
    for plan in _json("topics.json"):
        _course(apps, plan)
    Course = apps.get_model("staff", "Course")
    Course.objects.filter(code="prohibited-goods").update(guards="round")
    found, Unit = _json("organisation.json"), apps.get_model("staff", "Unit")
    for place, row in enumerate(found["units"]):
        parent = Unit.objects.filter(code=row.pop("parent")).first()
        Unit.objects.create(position=place, parent=parent, **row)
    for row in found["statements"]:
        apps.get_model("staff", "Statement").objects.create(**row)
    for row in found["rewards"]:
        apps.get_model("staff", "RewardRule").objects.create(valid_from=FROM, **row)
    for code, terms in found["promotions"].items():
        apps.get_model("staff", "Post").objects.filter(code=code).update(**terms)


def unload(apps, schema_editor):
    codes = [plan["code"] for plan in _json("topics.json")]
    Course = apps.get_model("staff", "Course").objects.filter(code__in=codes)
    for name in ("Exam", "Question", "Lesson"):
        apps.get_model("staff", name).objects.filter(course__code__in=codes).delete()
    Course.delete()
    Unit = apps.get_model("staff", "Unit")
    Unit.objects.exclude(parent=None).delete()
    Unit.objects.all().delete()
    for name in ("Statement", "RewardRule"):
        apps.get_model("staff", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("staff", "0008_people_at_work")]
    operations = [migrations.RunPython(load, unload)]
