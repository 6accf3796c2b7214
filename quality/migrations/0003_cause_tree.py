"""The cause tree to begin with: six areas of the fishbone; all of it is editable."""

from django.db import migrations

from courierqa.core.rows_of_migrations import RunRows

TREE = (
    ("people", "人员", "People", (
        ("training", "培训不足或未培训", "Not trained, or not enough"),
        ("not-followed", "知道规定但未执行", "The rule was known and not followed"),
        ("staffing", "人手不足或排班缺口", "Too few people on duty"),
        ("overload", "超负荷或疲劳", "Overload or fatigue"),
        ("handover", "交接不清", "Unclear handover"),
    )),
    ("method", "方法", "Method", (
        ("no-rule", "没有规定", "There is no rule"),
        ("unclear-rule", "规定不清或已过时", "The rule is unclear or out of date"),
        ("skipped-step", "流程允许漏步", "The process lets a step be skipped"),
        ("planning", "计划、线路或班次不当", "Plan, route or shift does not fit"),
    )),
    ("machine", "设备", "Machine", (
        ("breakdown", "设备故障", "Equipment broke down"),
        ("unsuitable", "设备不足或不适用", "Equipment missing or unsuitable"),
        ("vehicle", "车辆故障", "Vehicle broke down"),
        ("system", "信息系统故障", "Computer system failed"),
    )),
    ("material", "物料", "Material", (
        ("packing", "包装不当", "Packing does not protect"),
        ("label", "面单或地址信息有误", "Label or address is wrong"),
        ("supplies", "物料短缺或不合格", "Supplies missing or faulty"),
    )),
    ("environment", "环境", "Environment", (
        ("weather", "天气", "Weather"),
        ("traffic", "道路交通", "Road and traffic"),
        ("premises", "场地不足或布局不当", "Premises too small or badly laid out"),
        ("outside", "外部单位原因", "Another company or authority"),
    )),
    ("measurement", "测量", "Measurement", (
        ("unseen", "没有监测，发现过晚", "Nobody measured it; seen too late"),
        ("misread", "读数或记录有误", "Read or written down wrongly"),
        ("no-scan", "扫描缺失或滞后", "Scans missing or late"),
    )),
)  # fmt: skip


def plant(apps, schema_editor):
    cause = apps.get_model("quality", "Cause")
    for place, (code, name, name_en, causes) in enumerate(TREE, 1):
        area, _new = cause.objects.get_or_create(
            code=code, defaults={"name": name, "name_en": name_en, "position": place}
        )
        for under, (short, words, words_en) in enumerate(causes, 1):
            cause.objects.get_or_create(
                code=f"{code}-{short}",
                defaults={
                    "parent": area, "name": words, "name_en": words_en, "position": under,
                },
            )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("quality", "0002_extensions_only_grow")]
    operations = [RunRows(plant, migrations.RunPython.noop)]
