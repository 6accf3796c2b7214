"""What a company starts with, as proposals: a questionnaire, expectations, words for a no.

The four blocks are those of the service code (seed 004 §8.1.3); the weights are equal.
"""

from datetime import UTC, datetime

from django.db import migrations

from courierqa.core.insert_only import insert_only
from courierqa.core.rows_of_migrations import RunRows

FIRST_DAY = datetime(2024, 1, 1, tzinfo=UTC)
WEIGHTS = {"attitude": 1, "efficiency": 1, "quality": 1, "overall": 1}
# (block, kind, zh, en); the first is the first tap.
QUESTIONS = [
    ("overall", "scale", "您对本次服务总体满意吗？", "How satisfied are you overall?"),
    ("attitude", "scale", "快递员有礼貌吗？", "Was the courier polite?"),
    ("attitude", "scale", "投柜或放驿站前是否征得您同意？",
     "Were you asked before a locker or a pickup point was used?"),
    ("efficiency", "scale", "快件送达及时吗？", "Did the parcel arrive in time?"),
    ("efficiency", "scale", "查询和联系我们方便吗？", "Was it easy to track and to reach us?"),
    ("quality", "scale", "快件外观完好吗？", "Was the parcel in good condition?"),
    ("overall", "scale", "您对本公司总体评价如何？", "What do you think of the company as a whole?"),
    ("problems", "words", "投递中遇到过什么问题？", "Which problems did you meet in delivery?"),
    ("proposals", "words", "您希望我们改进什么？", "What should we do better?"),
]  # fmt: skip
# (group, topic, zh, en, promise zh, promise en, gap, metric)
EXPECTATIONS = [
    ("recipient", "time", "按承诺时间送达", "Delivery as promised",
     "下单时告知送达时限", "The latest time is told with the order", "small", "T01"),
    ("recipient", "attitude", "投递前先联系", "A call before delivery",
     "投柜前征得同意", "No locker without consent", "small", "D05"),
    ("recipient", "safety", "快件完好不丢失", "Nothing lost or damaged",
     "全程扫描，破损先赔", "Scanned all the way; damage is paid first", "small", "S01"),
    ("sender", "price", "费用事先说明", "The fee is known beforehand",
     "收寄前展示并确认费用", "The fee is shown and agreed before", "none", ""),
    ("shop", "time", "揽收准时", "Pickup on time",
     "预约时段内上门", "Within the booked slot", "small", "T05"),
    ("shop", "information", "异常主动告知", "Told about trouble without asking",
     "异常当日告知", "Told on the same day", "small", "E02"),
    ("vip", "information", "有专人对接", "One person to talk to",
     "指定客户经理", "A named account manager", "none", ""),
    ("all", "privacy", "个人信息不外露", "Personal data stay private",
     "面单隐去号码", "Numbers are hidden on the waybill", "none", ""),
]  # fmt: skip
NOT_POSSIBLE = {
    "code": "not-possible",
    "title": "无法满足：说明与替代方案",
    "title_en": "Not possible: reason and alternative",
    "body": "您好，投诉编号 {{number}}。很抱歉，您的要求暂时无法满足，原因是{{原因}}。"
    "我们可以为您{{替代方案}}。",
    "body_en": "Your case {{number}}. We are sorry that we cannot do what you asked: {{reason}}. "
    "What we can do is {{alternative}}.",
}
SUGGESTION = {
    "group": 8, "position": 2, "case_class": "other", "name": "意见建议", "name_en": "Suggestion",
    "severity": 1, "first_hours": 24, "resolve_hours": 72, "is_active": False,
}  # fmt: skip


def fill(apps, schema_editor):
    """Write the questionnaire, the expectations, the template and the reason."""
    template = apps.get_model("complaints", "SurveyTemplate").objects.create(
        code="service", version=1, name="服务满意度调查", name_en="Service satisfaction",
        weights=WEIGHTS, made_at=FIRST_DAY,
    )  # fmt: skip
    question = apps.get_model("complaints", "SurveyQuestion")
    for place, (block, kind, text, text_en) in enumerate(QUESTIONS, start=1):
        question.objects.create(
            template=template, position=place, block=block, kind=kind, text=text, text_en=text_en
        )
    expectation = apps.get_model("complaints", "Expectation")
    for group, topic, zh, en, promise, promise_en, gap, metric in EXPECTATIONS:
        expectation.objects.create(
            group=group, topic=topic, expects=zh, expects_en=en, promise=promise,
            promise_en=promise_en, gap=gap, metric=metric, is_proposal=True,
        )  # fmt: skip
    templates = apps.get_model("complaints", "ReplyTemplate").objects
    templates.get_or_create(code=NOT_POSSIBLE["code"], defaults=NOT_POSSIBLE)
    apps.get_model("complaints", "Reason").objects.get_or_create(
        code="suggestion", defaults=SUGGESTION
    )


def empty(apps, schema_editor):
    """Take away what nobody has used."""
    apps.get_model("complaints", "SurveyQuestion").objects.filter(
        template__code="service", template__version=1
    ).delete()
    apps.get_model("complaints", "SurveyTemplate").objects.filter(
        code="service", version=1
    ).delete()
    apps.get_model("complaints", "Expectation").objects.filter(is_proposal=True).delete()
    apps.get_model("complaints", "ReplyTemplate").objects.filter(code="not-possible").delete()
    apps.get_model("complaints", "Reason").objects.filter(code="suggestion", cases=None).delete()


class Migration(migrations.Migration):
    dependencies = [("complaints", "0020_customers_and_surveys")]
    operations = [
        RunRows(fill, empty),
        insert_only("complaints_surveytemplate"),
        insert_only("complaints_surveyquestion"),
        insert_only("complaints_notpossible"),
    ]
