"""More points for the proposals: the look of a vehicle, wiring, safety of the warehouse.

A version that was approved stays as it is: the proposal gets a next version with the old points
and the new ones. A list the company wrote itself is left alone.
"""

from datetime import UTC, datetime

from django.db import migrations
from django.db.models import Max

from courierqa.core.rows_of_migrations import RunRows

MADE_AT = datetime(2026, 1, 2, tzinfo=UTC)
# Each point: area, zh, en, critical, method, limit zh, limit en, rhythm, rule.
POINTS = {
    "vehicles": (
        ("vehicle", "车身无明显划痕", "Paint without visible scratches", 0, "inspection", "目视",
         "by eye", "week", "vehicle-look"),
        ("vehicle", "标志平整、无翘边", "Logo flat, no edge lifted", 0, "inspection", "0处翘边",
         "0 edges lifted", "week", "vehicle-look"),
        ("vehicle", "字样清晰可辨", "Letters clear", 0, "inspection", "10米可读",
         "readable at 10 m", "week", "vehicle-look"),
        ("vehicle", "车内整洁、无杂物", "Inside clean and tidy", 0, "inspection", "目视", "by eye",
         "week", "vehicle-look"),
    ),
    "premises": (
        ("fire", "电气设备与线路完好、无过热", "Electrical devices and lines sound, none hot", 1,
         "inspection", "0处隐患", "0 faults", "month", "fire-safety"),
        ("fire", "消防设施齐全有效、通道畅通", "Fire equipment complete, ways free", 1, "inspection",
         "100%", "100 %", "month", "fire-safety"),
        ("premises", "门店形象统一", "Look uniform as in the house rules", 0, "inspection", "目视",
         "by eye", "month", "premises-order"),
    ),
    "warehouse": (
        ("warehouse", "堆放稳固、无倾斜", "Stacks stand firm and straight", 1, "inspection",
         "0处倾斜", "0 leaning", "week", "storage"),
        ("security", "门窗锁具完好、防盗报警有效", "Doors and locks sound, alarm works", 1,
         "inspection", "100%", "100 %", "week", "storage"),
        ("security", "贵重件专柜专人", "Valuables locked up, one keeper", 1, "inspection", "100%",
         "100 %", "day", "storage"),
    ),
}  # fmt: skip


def grow(apps, schema_editor):
    versions, lines = (
        apps.get_model("quality", name) for name in ("ChecklistVersion", "ChecklistLine")
    )
    norms = {one.code: one for one in apps.get_model("quality", "Norm").objects.all()}
    for code, points in POINTS.items():
        present = versions.objects.filter(checklist__code=code, state="approved").first()
        if present is None or not present.is_proposal or present.made_at >= MADE_AT:
            continue
        _next(versions, lines, present, points, norms)


def _next(versions, lines, present, points, norms):
    old = list(lines.objects.filter(version=present).order_by("position"))
    last = versions.objects.filter(checklist=present.checklist_id).aggregate(n=Max("number"))["n"]
    versions.objects.filter(pk=present.pk).update(state="replaced")
    version = versions.objects.create(
        checklist_id=present.checklist_id, number=last + 1, state="approved", is_proposal=True,
        made_at=MADE_AT, approved_at=MADE_AT,
    )  # fmt: skip
    for line in old:
        line.pk, line.version = None, version
        line.save(force_insert=True)
    first = max((line.position for line in old), default=0) + 1
    for place, point in enumerate(points, first):
        area, text, text_en, critical, method, limit, limit_en, every, norm = point
        lines.objects.create(
            version=version, position=place, area=area, text=text, text_en=text_en,
            is_critical=bool(critical), method=method, limit=limit, limit_en=limit_en,
            every=every, norm=norms.get(norm),
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("quality", "0052_manager_service_checklist")]

    operations = [RunRows(grow, migrations.RunPython.noop)]
