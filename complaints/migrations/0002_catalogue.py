"""The reason tree, the words for replies and the approval bands a company starts with.

All three are data: a company edits them. The groups are the digits of the phone form; every
reason belongs to one of the five classes of the service code.
"""

from django.db import migrations

from courierqa.core.rows_of_migrations import RunRows

# (group, code, class, zh, en, severity, first answer hours, resolution hours)
REASONS = [
    (1, "late-pickup", "service", "揽收不及时", "Late pickup", 2, 4, 48),
    (1, "late-delivery", "service", "超过承诺时限", "Later than promised", 2, 4, 48),
    (1, "stuck", "service", "物流停滞", "No movement", 2, 4, 48),
    (1, "no-tracking", "service", "查不到物流信息", "No tracking information", 1, 8, 72),
    (2, "wrong-place", "service", "投错地址", "Left at the wrong place", 3, 2, 48),
    (2, "no-notice", "service", "未通知收件人", "Recipient not told", 2, 4, 48),
    (2, "refused-door", "service", "拒绝送货上门", "Refused to come to the door", 2, 4, 48),
    (2, "locker-no-consent", "service", "未经同意投柜或驿站", "Locker without consent", 3, 2, 48),
    (2, "false-signature", "service", "虚假签收", "False signature", 3, 2, 48),
    (3, "lost", "service", "快件丢失", "Lost", 3, 2, 72),
    (3, "damaged", "service", "快件破损", "Damaged", 3, 2, 72),
    (3, "short", "service", "内件短少", "Contents missing", 3, 2, 72),
    (3, "different", "service", "内件不符", "Contents differ", 3, 2, 72),
    (4, "rude-courier", "attitude", "快递员态度差", "Rude courier", 2, 4, 48),
    (4, "rude-service", "attitude", "客服或站点态度差", "Rude service or site", 2, 4, 48),
    (4, "passing-on", "attitude", "推诿、无人接听", "Passed on, phone not answered", 2, 4, 48),
    (5, "overcharge", "fee", "多收费用", "Overcharged", 2, 8, 72),
    (5, "extra-fee", "fee", "派送加收费用", "Extra fee at delivery", 3, 4, 48),
    (5, "cod", "fee", "代收货款争议", "Cash on delivery dispute", 3, 4, 72),
    (5, "compensation", "fee", "赔偿争议", "Compensation dispute", 2, 8, 72),
    (6, "leak", "privacy", "个人信息泄露", "Personal data leaked", 4, 1, 24),
    (6, "misuse", "privacy", "滥用个人信息", "Personal data misused", 4, 1, 24),
    (6, "waybill-exposed", "privacy", "面单信息外露", "Waybill data visible", 3, 2, 24),
    (7, "packaging", "other", "包装问题", "Packaging", 1, 8, 72),
    (7, "app", "other", "网站或系统问题", "Website or system", 1, 8, 72),
    (7, "other", "other", "其他", "Something else", 1, 8, 72),
]

# (code, zh title, en title, zh body, en body)
TEMPLATES = [
    (
        "apology-late",
        "延误致歉",
        "Late parcel: apology",
        "您好，投诉编号 {{number}}。您的快件未能按承诺时间送达，我们向您致歉。"
        "经核实，原因是{{原因}}，现预计 {{送达时间}} 前送达。",
        "Your case {{number}}. Your parcel did not arrive when we promised. We are sorry. "
        "The cause is {{cause}}. It will reach you by {{delivery time}}.",
    ),
    (
        "locker-consent",
        "未经同意投柜",
        "Locker without consent",
        "您好，投诉编号 {{number}}。快递员未征得您同意就投入快件箱，这不符合规定，我们向您致歉。"
        "我们已安排{{补救措施}}。",
        "Your case {{number}}. The courier used a locker without asking you. That is against our "
        "rules, and we are sorry. We have arranged {{remedy}}.",
    ),
    (
        "search-started",
        "已开始查找",
        "Search started",
        "您好，投诉编号 {{number}}。我们已开始查找您的快件，将在 {{答复时间}} 前告知您结果。",
        "Your case {{number}}. We have started to look for your parcel and will tell you the "
        "result by {{answer time}}.",
    ),
    (
        "compensation",
        "赔偿方案",
        "Compensation",
        "您好，投诉编号 {{number}}。经核实，我们将向您赔偿 {{amount}}，预计 {{到账时间}} 前到账。"
        "如您的实际损失更高，请告知我们并提供凭证。",
        "Your case {{number}}. We will pay you {{amount}} by {{payment date}}. If your actual loss "
        "is higher, tell us and send what shows it.",
    ),
    (
        "fee-refund",
        "退还费用",
        "Fee refund",
        "您好，投诉编号 {{number}}。经核实多收费用 {{amount}}，将按原支付方式退还给您。",
        "Your case {{number}}. We charged {{amount}} too much and will pay it back the way you "
        "paid.",
    ),
    (
        "attitude",
        "服务态度致歉",
        "Attitude: apology",
        "您好，投诉编号 {{number}}。我们为{{事情经过}}向您致歉，已对相关人员进行辅导。",
        "Your case {{number}}. We are sorry about {{what happened}}. The colleague has been "
        "coached.",
    ),
    (
        "privacy",
        "个人信息处理结果",
        "Personal data: result",
        "您好，投诉编号 {{number}}。我们已核查您反映的个人信息问题，结果是{{核查结果}}，"
        "并已采取{{措施}}。",
        "Your case {{number}}. We have examined what happened to your personal data: {{result}}. "
        "We have done this about it: {{measures}}.",
    ),
    (
        "ask-more",
        "请补充信息",
        "More information needed",
        "您好，投诉编号 {{number}}。为尽快核实，请您补充{{所需信息}}。",
        "Your case {{number}}. To examine it quickly we need {{what is needed}} from you.",
    ),
]

# Fen; the last band has no end. An empty role is the agent's own authority.
BANDS = [(5_000, ""), (50_000, "lead"), (None, "manager")]


def fill(apps, editor):
    reason = apps.get_model("complaints", "Reason")
    places = {}
    for group, code, case_class, name, name_en, severity, first, resolve in REASONS:
        places[group] = places.get(group, 0) + 1
        reason.objects.create(
            group=group,
            position=places[group],
            code=code,
            case_class=case_class,
            name=name,
            name_en=name_en,
            severity=severity,
            first_hours=first,
            resolve_hours=resolve,
        )
    template = apps.get_model("complaints", "ReplyTemplate")
    for code, title, title_en, body, body_en in TEMPLATES:
        template.objects.create(
            code=code, title=title, title_en=title_en, body=body, body_en=body_en
        )
    band = apps.get_model("complaints", "ClaimBand")
    for up_to_fen, role in BANDS:
        band.objects.create(up_to_fen=up_to_fen, role=role)


def empty(apps, editor):
    codes = [row[1] for row in REASONS]
    apps.get_model("complaints", "Reason").objects.filter(code__in=codes).delete()
    codes = [row[0] for row in TEMPLATES]
    apps.get_model("complaints", "ReplyTemplate").objects.filter(code__in=codes).delete()
    apps.get_model("complaints", "ClaimBand").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("complaints", "0001_initial")]
    operations = [RunRows(fill, empty)]
