"""A checklist on how managers serve their couriers: a proposal, every point of it is editable."""

from datetime import UTC, datetime

from django.db import migrations

from courierqa.core.rows_of_migrations import RunRows

MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)
NORM = ("manager-service", "管理人员服务标准", "How managers serve couriers",
        "企业管理人员服务规范", "Service rules for managers")  # fmt: skip
# Point, English, critical, method, limit, English, rhythm
POINTS = (
    ("班前会按时召开，当日安排说清楚", "Briefing on time, the day’s work made clear", 0,
     "inspection", "每班", "every shift", "month"),
    ("快递员提出的问题当日答复", "Questions of couriers answered the same day", 1, "data",
     "24小时内", "within 24 h", "month"),
    ("考核结果当面说明，听取申辩", "Results of assessments explained face to face, objections heard",
     0, "data", "100%", "100 %", "quarter"),
    ("罚款有依据、有凭证，不以罚代管", "Deductions have a rule and a record, never instead of leading",
     1, "data", "100%", "100 %", "quarter"),
    ("劳保用品、车辆和终端及时配齐", "Gear, vehicles and terminals handed out in time", 0,
     "inspection", "抽查3人", "3 asked", "quarter"),
    ("言语尊重，无辱骂", "Respectful words, no abuse", 1, "inspection", "抽查3人", "3 asked",
     "month"),
    ("休息与排班按规定执行", "Rest and rosters as agreed", 0, "data", "100%", "100 %", "month"),
)  # fmt: skip


def plant(apps, schema_editor):
    code, name, name_en, basis, basis_en = NORM
    said = {"name": name, "name_en": name_en, "basis": basis, "basis_en": basis_en, "position": 90}
    norm, _made = apps.get_model("quality", "Norm").objects.get_or_create(code=code, defaults=said)
    lists = apps.get_model("quality", "Checklist")
    row, is_new = lists.objects.get_or_create(
        code=code,
        defaults={"name": "管理人员服务检查", "name_en": "How managers serve couriers",
                  "position": 90},
    )  # fmt: skip
    if not is_new:
        return
    version = apps.get_model("quality", "ChecklistVersion").objects.create(
        checklist=row, number=1, state="approved", is_proposal=True, made_at=MADE_AT,
        approved_at=MADE_AT,
    )  # fmt: skip
    line = apps.get_model("quality", "ChecklistLine")
    line.objects.bulk_create(
        line(version=version, position=place, area="people", text=text, text_en=text_en,
             is_critical=bool(critical), method=method, limit=limit, limit_en=limit_en,
             every=every, norm=norm)
        for place, (text, text_en, critical, method, limit, limit_en, every)
        in enumerate(POINTS, 1)
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("quality", "0051_improvement_rows")]
    operations = [RunRows(plant, migrations.RunPython.noop)]
