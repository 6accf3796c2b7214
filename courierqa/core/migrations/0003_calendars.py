"""The calendars every installation starts with: mainland China and 24/7."""

from datetime import date, timedelta

from django.db import migrations

from courierqa.core.rows_of_migrations import RunRows

CHINA_HOURS = [
    [weekday, start, end]
    for weekday in range(5)
    for start, end in (("08:00", "12:00"), ("13:00", "18:00"))
]
ALWAYS = [[weekday, "00:00", "24:00"] for weekday in range(7)]

# The State Council's published lists: (first day off, last day off, name), make-up workdays.
OFF = [
    (date(2025, 1, 1), date(2025, 1, 1), "元旦"),
    (date(2025, 1, 28), date(2025, 2, 4), "春节"),
    (date(2025, 4, 4), date(2025, 4, 6), "清明节"),
    (date(2025, 5, 1), date(2025, 5, 5), "劳动节"),
    (date(2025, 5, 31), date(2025, 6, 2), "端午节"),
    (date(2025, 10, 1), date(2025, 10, 8), "国庆节、中秋节"),
    (date(2026, 1, 1), date(2026, 1, 3), "元旦"),
    (date(2026, 2, 15), date(2026, 2, 23), "春节"),
    (date(2026, 4, 4), date(2026, 4, 6), "清明节"),
    (date(2026, 5, 1), date(2026, 5, 5), "劳动节"),
    (date(2026, 6, 19), date(2026, 6, 21), "端午节"),
    (date(2026, 9, 25), date(2026, 9, 27), "中秋节"),
    (date(2026, 10, 1), date(2026, 10, 7), "国庆节"),
]
MAKE_UP = [
    date(2025, 1, 26),
    date(2025, 2, 8),
    date(2025, 4, 27),
    date(2025, 9, 28),
    date(2025, 10, 11),
    date(2026, 1, 4),
    date(2026, 2, 14),
    date(2026, 2, 28),
    date(2026, 5, 9),
    date(2026, 9, 20),
    date(2026, 10, 10),
]


def add_calendars(apps, schema_editor):
    calendar = apps.get_model("core", "Calendar")
    china = calendar.objects.create(
        code="CN", name="中国大陆工作日", name_en="Mainland China", hours=CHINA_HOURS
    )
    calendar.objects.create(code="24/7", name="全年无休", name_en="Every day", hours=ALWAYS)
    add_days(apps.get_model("core", "CalendarDay"), china)
    year = apps.get_model("core", "CalendarYear")
    for number in (2025, 2026):
        year.objects.create(
            calendar=china, year=number, source=f"国务院办公厅 {number} 年部分节假日安排"
        )


def add_days(model, china):
    days = [
        model(calendar=china, day=first + timedelta(step), is_working=False, name=name)
        for first, last, name in OFF
        for step in range((last - first).days + 1)
    ]
    days += [model(calendar=china, day=day, is_working=True, name="调休上班") for day in MAKE_UP]
    model.objects.bulk_create(days)


def remove_calendars(apps, schema_editor):
    for name in ("CalendarDay", "CalendarYear", "Calendar"):
        apps.get_model("core", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("core", "0002_initial")]
    operations = [RunRows(add_calendars, remove_calendars)]
