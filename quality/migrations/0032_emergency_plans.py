"""Emergency plans to begin with: proposals, every word and number of them is editable."""

from datetime import date

from django.db import migrations

from courierqa.core.rows_of_migrations import RunRows

CALLS = (("火警", "119"), ("报警", "110"), ("急救", "120"))
PLANS = (
    ("traffic", "交通事故应急预案", "停车、开双闪、摆放三角警示牌。\n先救人，再护件。\n报警并向站点负责人报告。\n拍照留存，等待处理。",
     (("交通事故报警", "122"), *CALLS[1:])),
    ("injury", "人身伤害应急预案", "停止作业，切断电源。\n现场急救并呼叫急救。\n向站点负责人报告。\n保护现场。",
     (CALLS[2], CALLS[1])),
    ("fire", "火灾爆炸应急预案", "呼喊示警，按下报警按钮。\n疏散人员，清点人数。\n初起火灾就近灭火。\n拨打火警，向负责人报告。",
     CALLS),
    ("theft", "被盗被抢应急预案", "先保人身安全。\n报警并保护现场。\n清点快件和货款。\n向站点负责人报告。", (CALLS[1],)),
    ("goods", "发现危险物品应急预案", "停止接触，疏散并隔离。\n报警，说明物品和位置。\n向邮政管理部门和负责人报告。",
     (CALLS[1], ("邮政业安全申诉热线", "12305"))),
    ("weather", "恶劣天气应急预案", "停止露天作业和派送。\n快件离地、遮盖。\n清点人员和车辆并报告。", (CALLS[0], CALLS[2])),
)  # fmt: skip


def plant(apps, schema_editor):
    plans = apps.get_model("quality", "EmergencyPlan")
    contacts = apps.get_model("quality", "PlanContact")
    for kind, title, steps, calls in PLANS:
        plan, made = plans.objects.get_or_create(
            kind=kind,
            defaults={"title": title, "steps": steps, "reviewed_on": date(2026, 1, 1)},
        )
        if made:
            contacts.objects.bulk_create(
                [contacts(plan=plan, position=place, role=role, phone=phone)
                 for place, (role, phone) in enumerate(calls, 1)]
            )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("quality", "0031_things_only_grow")]
    operations = [RunRows(plant, migrations.RunPython.noop)]
