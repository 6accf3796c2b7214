"""The legal register to begin with: what each duty is about, in our own words.

A proposal to be checked by the company: owners and first days are set when a duty is taken on.
"""

from datetime import UTC, date, datetime

from django.db import migrations

from courierqa.core.rows_of_migrations import RunRows

LAWS = (
    ("postal-law", "law", "中华人民共和国邮政法", "Postal Law of the People’s Republic of China",
     "全国人民代表大会常务委员会", "Standing Committee of the National People’s Congress",
     "2015 年修正", date(2015, 4, 24), (
         ("51", "经营许可", "Licence to operate",
          "取得快递业务经营许可并按期办理年度报告与延续",
          "Hold the licence for express services; file the yearly report and renew in time",
          "year"),
     )),
    ("express-rules", "regulation", "快递暂行条例", "Interim Regulations on Express Delivery",
     "国务院", "State Council", "国务院令第 697 号，2025 年修订", date(2025, 6, 1), (
         ("22", "实名收寄", "Real name at acceptance",
          "收寄时查验寄件人身份并登记，拒不出示的不予收寄",
          "Check and record who sends; refuse where no identity is shown", "quarter"),
         ("31", "收寄验视", "Inspection at acceptance",
          "当面验视内件，禁寄物品不予收寄", "Inspect the contents together; refuse prohibited goods",
          "quarter"),
         ("34", "个人信息", "Personal data",
          "定期销毁运单，防止信息泄露，发生泄露立即补救并报告",
          "Destroy waybills regularly, prevent leaks, remedy and report a leak at once", "quarter"),
     )),
    ("market-rules", "measure", "快递市场管理办法", "Measures for the Express Delivery Market",
     "交通运输部", "Ministry of Transport", "交通运输部令 2023 年第 22 号", date(2024, 3, 1), (
         ("28", "投递方式", "Way of delivery",
          "未经收件人同意不得代为确认收到、不得擅自投入智能快件箱或服务站",
          "Without consent: no confirmation for the recipient, no locker, no service point",
          "month"),
         ("", "七日答复", "Complaints",
          "自收到投诉之日起 7 日内答复并妥善处理",
          "Answer and handle within 7 days of the complaint", "month"),
     )),
    ("service-standard", "standard", "GB/T 27917 快递服务", "GB/T 27917 Express service",
     "国家标准化管理委员会", "Standardization Administration", "GB/T 27917—2023",
     date(2023, 12, 1), (
         ("", "服务时限与赔偿", "Time limits and compensation",
          "公布并遵守服务时限、彻底延误时限与赔偿规则",
          "Publish and keep time limits, limits of total delay and compensation", "half_year"),
     )),
    ("personal-data", "law", "中华人民共和国个人信息保护法", "Personal Information Protection Law",
     "全国人民代表大会常务委员会", "Standing Committee of the National People’s Congress",
     "2021 年主席令第 91 号", date(2021, 11, 1), (
         ("54", "合规审计", "Compliance audit",
          "定期对处理个人信息的情况进行合规审计",
          "Audit regularly whether personal data are handled as the law asks", "year"),
     )),
    ("work-safety", "law", "中华人民共和国安全生产法", "Work Safety Law",
     "全国人民代表大会常务委员会", "Standing Committee of the National People’s Congress",
     "2021 年修正", date(2021, 9, 1), (
         ("41", "风险与隐患", "Risks and hazards",
          "建立风险分级管控与隐患排查治理制度并如实记录",
          "Grade risks, look for hazards, remove them and record it truly", "quarter"),
     )),
)  # fmt: skip


def plant(apps, schema_editor):
    law_model = apps.get_model("quality", "Law")
    version = apps.get_model("quality", "LawVersion")
    duty_model = apps.get_model("quality", "LegalDuty")
    at = datetime(2026, 1, 1, tzinfo=UTC)
    for code, kind, title, title_en, issuer, issuer_en, citation, since, duties in LAWS:
        row, made = law_model.objects.get_or_create(
            code=code,
            defaults={"kind": kind, "title": title, "title_en": title_en, "issuer": issuer,
                      "issuer_en": issuer_en},
        )  # fmt: skip
        if not version.objects.filter(law=row).exists():
            version.objects.create(law=row, version=1, citation=citation, effective_on=since, at=at)
        if not made:
            continue
        for article, subject, subject_en, words, words_en, every in duties:
            duty_model.objects.create(
                law=row, article=article, subject=subject, subject_en=subject_en, duty=words,
                duty_en=words_en, every=every,
            )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("quality", "0022_law_versions_only_grow")]
    operations = [RunRows(plant, migrations.RunPython.noop)]
