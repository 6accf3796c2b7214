"""The rules, pauses, procedures and channels a company starts with; all are proposals to edit.

Open cases get the targets they were promised: until now these were those of their reason.
"""

from datetime import UTC, datetime

from django.conf import settings
from django.db import migrations
from django.db.models import F

from courierqa.core.insert_only import insert_only
from courierqa.core.rows_of_migrations import RunRows

START = datetime(2026, 1, 1, tzinfo=UTC)
LADDER = {
    "first": [60, 0, 240, 1440],
    "resolve": [240, 0, 240, 1440],
    "legal": [1440, 0, 240, 1440],
    "internal": [120, 0, 240, 1440],
    "regulator": [1440, 0, 240, 1440],
}
# (code, zh, en, longest hours)
PAUSES = [
    ("customer-proof", "等待客户提供凭证", "Waiting for the customer’s proof", 120),
    ("customer-time", "客户要求改期", "The customer asked for a later time", 72),
    ("authority", "等待第三方机构结论", "Waiting for an authority’s finding", 120),
]
# class → (steps zh, steps en, remedies zh, remedies en)
PROCEDURES = {
    "attitude": (
        "倾听并致歉，记录原话\n请当事人和站点各作说明\n核对通话和派送记录\n告知客户处理结果",
        "Listen, apologise, keep the customer’s words\nAsk the person and the site for a statement"
        "\nCompare calls and delivery records\nTell the customer the result",
        "当面或电话致歉\n更换派送人员\n对当事人进行辅导",
        "Apology in person or by phone\nAnother courier\nCoaching for the colleague",
    ),
    "service": (
        "核对快件轨迹，找出超时或出错的环节\n联系责任站点，给出时限\n查找或重新安排派送\n"
        "认定责任和损失\n答复客户并约定回访",
        "Read the parcel’s timeline, find the late or wrong leg\nAsk the site, with a time limit"
        "\nSearch, or deliver again\nDecide liability and loss\nAnswer, agree on the call back",
        "免费再次派送\n补寄\n退还运费\n按规则赔偿\n致歉",
        "Free second delivery\nSend again\nRefund of the fee\nCompensation by the rules\nApology",
    ),
    "fee": (
        "核对运价、重量和付款记录\n向收件站点了解收费经过\n计算多收金额\n退款并告知客户",
        "Compare tariff, weight and payment\nAsk the site how it was charged\nWork out the excess"
        "\nRefund and tell the customer",
        "退还多收费用\n开具正确票据\n致歉",
        "Refund of the overcharge\nCorrect receipt\nApology",
    ),
    "privacy": (
        "立即限制案件查看范围\n登记个人信息事件\n查清信息经谁、在何处外露\n采取补救措施\n"
        "告知客户影响和措施",
        "Restrict who sees the case at once\nRegister the privacy incident\nFind out who exposed it"
        " and where\nStop the exposure\nTell the customer what it means and what was done",
        "停止外露并删除\n更换面单或虚拟号\n书面致歉",
        "Stop and erase\nNew label or masked number\nApology in writing",
    ),
    "other": (
        "问清客户的要求\n转给能够解决的部门\n答复客户",
        "Make clear what is wanted\nAsk whoever can settle it\nAnswer the customer",
        "说明原因\n给出替代办法",
        "Explanation\nAlternative",
    ),
}
# (channel, offered to colleagues, receipt, where it arrives)
CHANNELS = [
    ("phone", True, True, "客服热线"),
    ("sms", True, True, "短信"),
    ("email", True, True, "客服邮箱"),
    ("web", True, True, "/complain/"),
    ("courier", True, True, "快递员手机端"),
    ("forum", True, False, ""),
    ("api", True, True, "/api/v1/cases/"),
    ("regulator", True, False, "12305"),
]


def fill(apps, editor):
    apps.get_model("complaints", "CaseRules").objects.create(
        version=1, ladder=LADDER, made_at=START
    )
    pause = apps.get_model("complaints", "PauseReason")
    for position, (code, name, name_en, hours) in enumerate(PAUSES, start=1):
        pause.objects.create(
            code=code, name=name, name_en=name_en, most_hours=hours, position=position,
            is_proposal=True,
        )  # fmt: skip
    procedure = apps.get_model("complaints", "Procedure")
    for case_class, (steps, steps_en, remedies, remedies_en) in PROCEDURES.items():
        procedure.objects.create(
            case_class=case_class, steps=steps, steps_en=steps_en, remedies=remedies,
            remedies_en=remedies_en, is_proposal=True,
        )  # fmt: skip
    channel = apps.get_model("complaints", "ChannelSetting")
    for position, (code, offered, receipt, place) in enumerate(CHANNELS, start=1):
        channel.objects.create(
            channel=code, is_offered=offered, sends_receipt=receipt, place=place, position=position
        )


def empty(apps, editor):
    for name in ("PauseReason", "Procedure", "ChannelSetting", "CaseRules"):
        apps.get_model("complaints", name).objects.all().delete()


def copy_targets(apps, editor):
    case = apps.get_model("complaints", "Case")
    case.objects.update(resolve_from=F("received_at"))
    for reason in apps.get_model("complaints", "Reason").objects.all():
        case.objects.filter(reason=reason).update(
            first_hours=reason.first_hours, resolve_hours=reason.resolve_hours
        )
    transfer = apps.get_model("complaints", "Transfer")
    transfer.objects.filter(answered_at=None, missed_at=None).update(next_check_at=F("due_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0006_case_rules"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        RunRows(fill, empty),
        RunRows(copy_targets, migrations.RunPython.noop),
        insert_only("complaints_caserules"),
        insert_only("complaints_forumlook"),
    ]
