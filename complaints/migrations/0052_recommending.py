"""A question from 0 to 10 (V03), and the next version of our questionnaire that asks it.

A questionnaire the company wrote itself is left alone. Going back keeps a version that was asked;
answers outside 1 to 5 must be gone first.
"""

from datetime import UTC, datetime

from django.db import migrations, models

from courierqa.core.insert_only import guard, unguard
from courierqa.core.rows_of_migrations import RunRows

FIRST_DAY = datetime(2024, 1, 1, tzinfo=UTC)
TABLES = ("complaints_surveytemplate", "complaints_surveyquestion")
# (block, kind, zh, en); before the first question in words.
ELEVEN = (
    "overall", "nps", "您有多大可能把我们推荐给亲友？", "How likely are you to recommend us to others?"
)  # fmt: skip


def propose(apps, schema_editor):
    templates = apps.get_model("complaints", "SurveyTemplate").objects
    question = apps.get_model("complaints", "SurveyQuestion")
    last = templates.filter(code="service").order_by("-version").first()
    if last is None or last.made_by_id is not None:
        return
    made = templates.create(
        code="service", version=last.version + 1, name=last.name, name_en=last.name_en,
        weights=last.weights, made_at=FIRST_DAY,
    )  # fmt: skip
    names = ("block", "kind", "text", "text_en")
    asked = list(question.objects.filter(template=last).order_by("position").values_list(*names))
    first_words = next((n for n, one in enumerate(asked) if one[1] == "words"), len(asked))
    asked.insert(first_words, ELEVEN)
    for place, one in enumerate(asked, start=1):
        question.objects.create(template=made, position=place, **dict(zip(names, one, strict=True)))


def withdraw(apps, schema_editor):
    templates = apps.get_model("complaints", "SurveyTemplate").objects
    held = apps.get_model("complaints", "SurveyRound").objects.values("template")
    ours = templates.filter(code="service", version__gt=1, made_by=None).exclude(pk__in=held)
    question = apps.get_model("complaints", "SurveyQuestion").objects
    for table in TABLES:
        unguard(schema_editor, table)
    chosen = list(ours)
    question.filter(template__in=chosen).delete()
    templates.filter(pk__in=[one.pk for one in chosen]).delete()
    # PostgreSQL alters no table whose removed rows it has still to check.
    schema_editor.connection.check_constraints()
    for table in TABLES:
        guard(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [("complaints", "0051_recoveries")]

    operations = [
        migrations.RemoveConstraint(model_name="surveyitem", name="comp_item_1_5"),
        migrations.AlterField(
            model_name="surveyquestion",
            name="kind",
            field=models.CharField(
                choices=[
                    ("scale", "Scale of five"),
                    ("nps", "0 to 10: would you recommend us"),
                    ("words", "Words"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("value", None),
                    models.Q(("value__gte", 0), ("value__lte", 10)),
                    _connector="OR",
                ),
                name="comp_item_0_10",
            ),
        ),
        RunRows(propose, withdraw),
    ]
