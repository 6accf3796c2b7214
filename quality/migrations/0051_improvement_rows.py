"""What people said and proved stays on record; retention rules and routines to begin with.

Both are proposals: the company checks them, changes them and takes them on.
"""

from datetime import date

from django.db import migrations

from courierqa.core.insert_only import insert_only
from courierqa.core.rows_of_migrations import RunRows

GROWING = ("quality_benchmark", "quality_attendance", "quality_decision", "quality_keptfile")
# code, name, English name, counted from, in English, months, why, in English
RULES = (
    ("waybill-paper", "纸质运单", "Paper waybills", "收寄之日", "the day of acceptance", 12,
     "行业惯例：纸质运单保管一年", "Practice of the trade: paper waybills for one year"),
    ("waybill-data", "运单电子信息", "Electronic waybill data", "收寄之日", "the day of acceptance",
     24, "行业惯例：电子信息保存两年后匿名",
     "Practice of the trade: two years, then personal fields are made anonymous"),
    ("case-file", "投诉与赔偿档案", "Files of complaints and claims", "结案之日",
     "the day of closing", 36, "诉讼时效三年", "Claims can be brought for three years"),
    ("survey", "满意度调查答卷", "Answers of surveys", "答卷之日", "the day of the answer", 24,
     "趋势比较需要两年", "Trends need two years"),
    ("inspection", "检查记录", "Records of inspections", "检查之日", "the day of the inspection", 36,
     "体系审核周期三年", "A cycle of certification lasts three years"),
    ("training", "培训与考试记录", "Records of training and exams", "培训之日",
     "the day of the training", 36, "安全培训档案三年", "Safety training is kept for three years"),
)  # fmt: skip
# code, kind, title, English title, page, every
ROUTINES = (
    ("managers-survey", "survey", "快递员评价管理人员服务", "Couriers judge how managers serve them",
     "/surveys/", "year"),
    ("staff-survey", "survey", "员工满意度调查", "Survey of staff satisfaction", "/surveys/", "year"),
    ("trend-look", "trend", "服务质量趋势分析", "Look at the trends of service quality",
     "/dashboard/", "month"),
    ("process-review", "review", "过程适宜性评审", "Review whether processes still fit",
     "/process-reviews/", "half_year"),
    ("training-plan", "training", "年度培训计划编制", "Make the training plan of the year",
     "/training/plan/", "year"),
    ("mechanism", "review", "服务质量长效机制评估", "Review the lasting mechanism of service quality",
     "/programmes/", "year"),
)  # fmt: skip


def plant(apps, schema_editor):
    rules = apps.get_model("quality", "RetentionRule")
    for place, (code, name, name_en, starts, starts_en, months, basis, basis_en) in enumerate(
        RULES
    ):
        said = {
            "name": name, "name_en": name_en, "starts": starts, "starts_en": starts_en,
            "months": months, "basis": basis, "basis_en": basis_en, "is_proposal": True,
            "position": place,
        }  # fmt: skip
        rules.objects.get_or_create(code=code, defaults=said)
    routines = apps.get_model("quality", "Routine")
    for code, kind, title, title_en, link, every in ROUTINES:
        said = {
            "kind": kind, "title": title, "title_en": title_en, "link": link, "every": every,
            "anchor": date(2026, 1, 1), "is_proposal": True,
        }  # fmt: skip
        routines.objects.get_or_create(code=code, defaults=said)


class Migration(migrations.Migration):
    dependencies = [("quality", "0050_improvement")]
    operations = [
        *(insert_only(table) for table in GROWING),
        RunRows(plant, migrations.RunPython.noop),
    ]
