"""The cause tree and the arithmetic a company starts with, and the place of older records in them.

Both are proposals a company edits. Liability decided before there was an appeal is final; a claim
from before was to be decided within seven days of its opening.
"""

from datetime import UTC, datetime, timedelta

from django.db import migrations

from courierqa.core.rows_of_migrations import RunRows

# area (code, zh, en) → causes
CAUSES = [
    ("hub", "分拨与运输", "Hubs and transport", [
        ("hub-backlog", "分拨积压", "Backlog at a hub"),
        ("mis-sort", "错分错装", "Sorted or loaded wrongly"),
        ("trip-late", "班车晚点", "Trip late"),
        ("handover-missed", "交接漏扫", "Handover not scanned"),
        ("rough-handling", "装卸碰撞", "Rough handling"),
    ]),
    ("delivery", "末端投递", "Delivery", [
        ("not-called", "投递前未联系", "Recipient not called before"),
        ("no-consent", "未征得同意", "Consent not asked"),
        ("early-sign", "提前点签收", "Signed before delivery"),
        ("wrong-address", "投错地址", "Delivered to a wrong address"),
        ("overload", "派件量超负荷", "Too many parcels for the round"),
    ]),
    ("acceptance", "收寄", "Acceptance", [
        ("weighing", "称重计费误差", "Weighed or priced wrongly"),
        ("packing", "包装不当", "Packed badly"),
        ("terms-not-told", "未告知服务约定", "Terms not explained"),
        ("late-pickup", "未按约揽收", "Pickup missed"),
    ]),
    ("conduct", "服务意识", "Conduct", [
        ("rude", "服务意识不足", "Lack of courtesy"),
        ("passing-on", "推诿", "Passed on to others"),
        ("not-trained", "培训不到位", "Not trained for it"),
    ]),
    ("data", "信息与系统", "Data and systems", [
        ("label-open", "面单未打码", "Label not masked"),
        ("access-misused", "违规查询", "Data looked up without need"),
        ("system-fault", "系统故障", "System fault"),
        ("customer-data", "客户信息有误", "Customer data wrong"),
    ]),
    ("outside", "外部原因", "Outside", [
        ("weather", "天气与不可抗力", "Weather, force majeure"),
        ("sender-fault", "寄件人原因", "Sender's fault"),
        ("recipient-fault", "收件人原因", "Recipient's fault"),
        ("partner-fault", "合作方原因", "Partner's fault"),
        ("unknown", "原因不明", "Not found out"),
    ]),
]  # fmt: skip

# (kind, fee %, fee only when everything is lost, value %)
RULES = [
    ("delay", 100, False, 0),
    ("loss", 100, False, 100),
    ("damage", 100, True, 100),
    ("shortage", 100, True, 100),
]
START = datetime(2020, 1, 1, tzinfo=UTC)
VALUED = ("delay", "loss", "damage", "shortage")


def fill(apps, editor):
    cause = apps.get_model("complaints", "RootCause")
    for place, (code, name, name_en, causes) in enumerate(CAUSES, start=1):
        area = cause.objects.create(code=code, name=name, name_en=name_en, position=place * 100)
        for step, (below, zh, en) in enumerate(causes, start=1):
            cause.objects.create(
                code=below, parent=area, name=zh, name_en=en, position=place * 100 + step
            )
    rule = apps.get_model("complaints", "ClaimRule")
    for kind, fee, only_whole, value in RULES:
        for insured in (True, False):
            rule.objects.create(
                event_kind=kind, insured=insured, version=1, valid_from=START, fee_percent=fee,
                fee_only_whole=only_whole, value_percent=value,
            )  # fmt: skip
    _older_claims(apps)
    _older_rulings(apps)


def _older_claims(apps):
    taken = set()
    for row in apps.get_model("complaints", "Claim").objects.select_related("case").order_by("pk"):
        row.due_at = row.opened_at + timedelta(days=7)
        same = (row.case.parcel_id, row.event_kind)
        if row.case.parcel_id and same not in taken:
            row.parcel_id = row.case.parcel_id
            if row.event_kind in VALUED and row.status != "rejected":
                taken.add(same)
        row.save(update_fields=["due_at", "parcel"])


def _older_rulings(apps):
    ruling = apps.get_model("complaints", "Ruling")
    cases = apps.get_model("complaints", "Case").objects.filter(liability_at__isnull=False)
    for case in cases.exclude(liability="undecided"):
        ruling.objects.create(
            case=case, liability=case.liability, site_id=case.liable_site_id,
            person_id=case.liable_person_id, evidence=case.liability_reason, status="final",
            decided_by_id=case.liability_by_id, decided_at=case.liability_at,
        )  # fmt: skip
        case.liability_final_at = case.liability_at
        case.save(update_fields=["liability_final_at"])


def empty(apps, editor):
    """Going back drops the tables; rules that were used go with them."""


class Migration(migrations.Migration):
    dependencies = [("complaints", "0013_claims_in_depth")]
    operations = [RunRows(fill, empty)]
