"""Checklists to begin with, as proposals: their points, limits and rhythm are the company's."""

from datetime import UTC, datetime

from django.db import migrations

from courierqa.core.rows_of_migrations import RunRows

MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)
NORMS = (
    ("courier-conduct", "快递员行为规范", "Conduct of couriers", "GB/T 27917.3", "GB/T 27917.3"),
    ("no-throwing", "快件不着地、不抛扔、不踩踏", "Parcels off the floor, never thrown or trodden on",
     "《快递市场管理办法》", "Measures for the express market"),
    ("acceptance-inspection", "收寄验视", "Contents are inspected at acceptance",
     "《快递暂行条例》第三十一条", "Interim Regulations on Express Delivery, Art. 31"),
    ("real-name", "实名收寄", "Senders are identified", "《快递暂行条例》第二十二条",
     "Interim Regulations on Express Delivery, Art. 22"),
    ("screening", "过机安检", "Parcels pass the X-ray machine", "《反恐怖主义法》第二十条",
     "Counter-Terrorism Law, Art. 20"),
    ("fire-safety", "消防与用电安全", "Fire safety and safe electricity", "《消防法》", "Fire Law"),
    ("vehicle-look", "车辆外观：漆面脱落不超过1平方厘米", "Vehicles: no chip of paint above 1 cm²",
     "企业车辆管理规定", "Vehicle rules of the house"),
    ("privacy", "用户信息保护，面单销毁", "Customer data protected, waybills shredded",
     "《寄递服务用户个人信息安全管理规定》", "Rules on personal data in delivery"),
    ("publicity", "服务公示", "What must be displayed", "《快递暂行条例》第十九条",
     "Interim Regulations on Express Delivery, Art. 19"),
    ("premises-order", "营业场所管理", "Order of the premises", "YZ/T 0137", "YZ/T 0137"),
    ("storage", "库房管理", "Order of the warehouse", "企业库房管理规定", "Warehouse rules of the house"),
    ("office-order", "办公秩序", "Order of the office", "企业办公管理规定", "Office rules of the house"),
    ("post-qualification", "持证与培训上岗", "Trained and certified for the post",
     "GB/T 27917.1", "GB/T 27917.1"),
    ("equipment-care", "设备维护与计量检定", "Care and calibration of equipment", "《计量法》",
     "Metrology Law"),
    ("drills", "应急演练", "Emergency drills", "《邮政业突发事件应急预案》", "Emergency plan of the sector"),
    ("complaint-channels", "投诉渠道畅通", "Complaint channels work", "《快递暂行条例》第二十七条",
     "Interim Regulations on Express Delivery, Art. 27"),
    ("working-hours", "工时与休息", "Working hours and rest", "《劳动法》", "Labour Law"),
    ("green-packing", "绿色包装", "Green packing", "《邮件快件包装管理办法》", "Measures on packing"),
)  # fmt: skip
# Each point: area, zh, en, critical, method, limit zh, limit en, rhythm, rule.
ROUND = (
    ("people", "工装整洁、工牌佩戴", "Uniform clean, badge worn", 0, "inspection", "全员", "everybody",
     "week", "courier-conduct"),
    ("people", "用语文明、态度和气", "Polite words and manner", 0, "visit", "无一例外", "no exception",
     "week", "courier-conduct"),
    ("people", "在岗人员与排班一致", "People on duty as on the roster", 0, "inspection", "缺岗0人",
     "0 missing", "week", "working-hours"),
    ("people", "新员工有人带教", "New people have somebody beside them", 0, "inspection", "100%", "100 %",
     "month", "post-qualification"),
    ("handling", "快件不抛扔、不踩踏", "No parcel thrown or trodden on", 1, "inspection", "0起",
     "0 seen", "day", "no-throwing"),
    ("handling", "快件离地存放", "Parcels off the floor", 0, "inspection", "0件着地", "0 on the floor",
     "day", "no-throwing"),
    ("handling", "易碎件单独放置", "Fragile parcels apart", 0, "inspection", "100%", "100 %", "week",
     "no-throwing"),
    ("handling", "滞留件有标识、有台账", "Parcels left over are marked and listed", 0, "data",
     "24小时内处理", "dealt with in 24 h", "day", "storage"),
    ("security", "验视章或验视标识齐全", "Inspection mark on every parcel", 1, "inspection", "100%",
     "100 %", "day", "acceptance-inspection"),
    ("security", "安检机开机且有人值守", "X-ray machine on and manned", 1, "inspection", "在用时段100%",
     "100 % of running time", "day", "screening"),
    ("security", "实名登记逐件核对", "Identity seen for each parcel", 1, "data", "100%", "100 %",
     "day", "real-name"),
    ("security", "禁寄物品目录上墙", "List of prohibited goods on the wall", 0, "inspection", "现行版",
     "current edition", "month", "acceptance-inspection"),
    ("fire", "安全出口畅通", "Fire exit clear", 1, "inspection", "无遮挡", "nothing in the way", "day",
     "fire-safety"),
    ("fire", "灭火器在有效期内", "Extinguishers in date", 1, "inspection", "压力在绿区",
     "pressure in the green", "month", "fire-safety"),
    ("fire", "无私拉电线、无违规充电", "No loose wiring, no charging where it is forbidden", 1,
     "inspection", "0处", "0 places", "week", "fire-safety"),
    ("fire", "下班断电有记录", "Power off after hours, written down", 0, "data", "每日", "every day",
     "day", "fire-safety"),
    ("vehicle", "车身标识清晰，漆面脱落不超过1平方厘米", "Marking clear, no chip of paint above 1 cm²", 0,
     "measure", "≤1平方厘米", "≤ 1 cm²", "week", "vehicle-look"),
    ("vehicle", "车厢清洁、无异味", "Inside clean and without smell", 0, "inspection", "目视",
     "by eye", "week", "vehicle-look"),
    ("vehicle", "灯光、制动、锁闭正常", "Lights, brakes and locks work", 1, "inspection", "全部",
     "all of them", "day", "vehicle-look"),
    ("privacy", "废弃面单粉碎或涂销", "Old waybills shredded or blacked out", 1, "inspection", "0张外流",
     "0 left lying", "week", "privacy"),
    ("privacy", "屏幕与单据不外露客户信息", "No customer data open on screens or paper", 0, "inspection",
     "0处", "0 places", "week", "privacy"),
    ("notices", "许可证与营业时间公示", "Licence and opening hours displayed", 0, "inspection", "现行",
     "current", "month", "publicity"),
    ("notices", "价目、时限、赔偿标准公示", "Prices, times and compensation displayed", 0, "inspection",
     "现行", "current", "month", "publicity"),
    ("notices", "投诉电话公示", "Complaint number displayed", 0, "inspection", "号码正确",
     "the right number", "month", "complaint-channels"),
)  # fmt: skip
LISTS = (
    ("site-round", "站点综合检查", "Round of a site", ROUND),
    ("vehicles", "车辆外观检查", "Look of a vehicle", (
        ("vehicle", "漆面脱落不超过1平方厘米", "No chip of paint above 1 cm²", 0, "measure",
         "≤1平方厘米", "≤ 1 cm²", "week", "vehicle-look"),
        ("vehicle", "标识完整、无遮挡", "Marking complete and uncovered", 0, "inspection", "100%",
         "100 %", "week", "vehicle-look"),
        ("vehicle", "轮胎花纹与气压", "Tyres: tread and pressure", 1, "measure", "花纹≥1.6毫米",
         "tread ≥ 1.6 mm", "week", "vehicle-look"),
        ("vehicle", "灭火器随车", "Extinguisher on board", 1, "inspection", "有效", "in date", "month",
         "fire-safety"),
    )),
    ("premises", "营业场所检查", "Premises", (
        ("premises", "门头与招牌完好", "Front and sign in order", 0, "inspection", "完好", "intact",
         "month", "premises-order"),
        ("premises", "收寄区与操作区分开", "Counter and work area apart", 0, "inspection", "有隔离",
         "divided", "quarter", "premises-order"),
        ("premises", "监控无死角、存储不少于90天", "Cameras without blind spots, 90 days kept", 1,
         "data", "≥90天", "≥ 90 days", "month", "screening"),
        ("premises", "地面干燥、通道畅通", "Floor dry, ways clear", 0, "inspection", "通道≥1.2米",
         "way ≥ 1.2 m", "week", "premises-order"),
        ("premises", "场所整洁、分类垃圾桶", "Clean, with sorted bins", 0, "inspection", "目视", "by eye",
         "week", "green-packing"),
    )),
    ("warehouse", "库房检查", "Warehouse", (
        ("warehouse", "分区标识、先进先出", "Zones marked, first in first out", 0, "inspection", "100%",
         "100 %", "month", "storage"),
        ("warehouse", "堆码不超高", "Stacks not too high", 0, "measure", "≤2米", "≤ 2 m", "week",
         "storage"),
        ("warehouse", "账实相符", "Stock as in the books", 1, "data", "差异0件", "0 difference",
         "month", "storage"),
        ("warehouse", "防潮、防鼠、防虫", "Dry, no mice, no insects", 0, "inspection", "无痕迹",
         "no trace", "month", "storage"),
        ("warehouse", "包装物料分类、可循环的单独放", "Packing sorted, reusable kept apart", 0,
         "inspection", "100%", "100 %", "month", "green-packing"),
    )),
    ("office", "办公秩序检查", "Office order", (
        ("office", "按时到岗、交接有记录", "On time, handover written down", 0, "data", "迟到0人",
         "0 late", "week", "office-order"),
        ("office", "桌面整洁、文件归档", "Desks clear, papers filed", 0, "inspection", "目视", "by eye",
         "week", "office-order"),
        ("office", "离座锁屏", "Screens locked when away", 0, "inspection", "100%", "100 %", "week",
         "privacy"),
        ("office", "值班电话有人接听", "Duty phone is answered", 0, "call", "30秒内", "within 30 s",
         "month", "complaint-channels"),
    )),
    ("inputs", "过程输入检查", "Inputs of the process", (
        ("skills", "上岗人员持证且在有效期内", "People certified and in date", 1, "data", "100%",
         "100 %", "month", "post-qualification"),
        ("skills", "抽问操作要点答对", "Key points known when asked", 0, "inspection", "≥80%", "≥ 80 %",
         "month", "post-qualification"),
        ("methods", "现场使用现行作业指导书", "Current instructions in use", 0, "audit", "现行版",
         "current edition", "quarter", "premises-order"),
        ("terminals", "手持终端可用、电量足", "Terminals work and are charged", 0, "inspection",
         "可用率≥98%", "≥ 98 % usable", "week", "equipment-care"),
        ("it", "网络与服务器、备用电源正常", "Network, servers, spare power work", 0, "data", "中断0次",
         "0 outages", "month", "equipment-care"),
        ("meters", "电子秤检定在有效期内", "Scales calibrated and in date", 1, "inspection", "100%",
         "100 %", "month", "equipment-care"),
        ("vehicle", "车辆年检、保险有效", "Vehicle test and insurance valid", 1, "data", "100%", "100 %",
         "month", "vehicle-look"),
    )),
    ("drills", "应急演练检查", "Drills", (
        ("drills", "半年内做过消防演练", "Fire drill within half a year", 1, "data", "≥1次", "≥ 1",
         "half_year", "drills"),
        ("drills", "演练有记录、有照片、有改进", "Drill recorded, with photos and lessons", 0, "data",
         "100%", "100 %", "half_year", "drills"),
        ("drills", "员工会用灭火器", "People can use an extinguisher", 0, "inspection", "抽查3人",
         "3 asked", "quarter", "drills"),
        ("drills", "应急电话人人知道", "Everybody knows the emergency numbers", 0, "inspection",
         "抽查3人", "3 asked", "quarter", "drills"),
    )),
    ("channels", "投诉渠道测试", "Test of the complaint channels", (
        ("channels", "客服热线接通", "Hotline answers", 1, "call", "30秒内", "within 30 s", "week",
         "complaint-channels"),
        ("channels", "站点投诉电话接通", "Complaint number of the site answers", 1, "call", "30秒内",
         "within 30 s", "month", "complaint-channels"),
        ("channels", "网上投诉表单给出编号", "Form on the web gives a number", 1, "call", "立即",
         "at once", "week", "complaint-channels"),
        ("channels", "邮箱有人回复", "E-mail is answered", 0, "call", "24小时内", "within 24 h",
         "month", "complaint-channels"),
    )),
)  # fmt: skip


def plant(apps, schema_editor):
    norms = _norms(apps.get_model("quality", "Norm"))
    lists, versions = (apps.get_model("quality", n) for n in ("Checklist", "ChecklistVersion"))
    for place, (code, name, name_en, points) in enumerate(LISTS, 1):
        row, is_new = lists.objects.get_or_create(
            code=code, defaults={"name": name, "name_en": name_en, "position": place}
        )
        if is_new:
            version = versions.objects.create(
                checklist=row, number=1, state="approved", is_proposal=True, made_at=MADE_AT,
                approved_at=MADE_AT,
            )  # fmt: skip
            _points(apps.get_model("quality", "ChecklistLine"), version, points, norms)


def _norms(norm):
    for place, (code, name, name_en, basis, basis_en) in enumerate(NORMS, 1):
        norm.objects.get_or_create(
            code=code,
            defaults={
                "name": name, "name_en": name_en, "basis": basis, "basis_en": basis_en,
                "position": place,
            },
        )  # fmt: skip
    return {row.code: row for row in norm.objects.all()}


def _points(line, version, points, norms):
    line.objects.bulk_create(
        line(
            version=version, position=place, area=area, text=text, text_en=text_en,
            is_critical=bool(critical), method=method, limit=limit, limit_en=limit_en,
            every=every, norm=norms[norm],
        )
        for place, (area, text, text_en, critical, method, limit, limit_en, every, norm)
        in enumerate(points, 1)
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("quality", "0011_inspections_only_grow")]
    operations = [RunRows(plant, migrations.RunPython.noop)]
