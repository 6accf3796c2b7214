"""The process system to begin with: six processes, each with a figure; all of it is editable."""

from django.db import migrations

from courierqa.core.rows_of_migrations import RunRows

P = (
    ("order", "订单处理", "Order handling",
     "客户下单、电话预约、协议客户数据", "Orders, phone bookings, files of contract customers",
     "已确认的揽收任务与承诺时限", "A confirmed pickup and a promised day",
     "核对地址与联系方式\n判断服务范围与禁寄物品\n给出价格与承诺时限\n分配揽收人员与时段",
     "Check address and contact\nCheck service area and prohibited goods\n"
     "State price and promised day\nAssign courier and slot",
     (("A05", "data"),)),
    ("acceptance", "揽收与验视", "Pickup and acceptance",
     "揽收任务、客户交寄的物品", "Pickups, goods customers hand over",
     "已验视、已实名、已称重的快件", "Parcels inspected, identified and weighed",
     "核对寄件人身份\n当面验视内件\n检查并补强包装\n称重计费并打印面单\n扫描收寄",
     "Check who sends\nInspect the contents together\nCheck and mend the packing\n"
     "Weigh, charge and print the label\nScan as accepted",
     (("A01", "inspection"), ("A02", "data"))),
    ("warehouse", "仓储与分拣", "Warehouse and sorting",
     "到站快件、分拣计划", "Parcels that arrived, the sorting plan",
     "按路由装车的快件", "Parcels loaded for their route",
     "卸车并到件扫描\n安全检查\n按路由分拣\n集包并核对件数\n发车扫描",
     "Unload and scan in\nSecurity screening\nSort by route\nBag and count\nScan out",
     (("D10", "data"), ("S01", "statistics"))),
    ("transport", "运输", "Transport",
     "装车的快件、班车计划", "Loaded parcels, the plan of trips",
     "准点到达、完好的快件", "Parcels that arrive in time and whole",
     "出车前检查车辆与证件\n按计划发车\n途中记录异常\n到达交接并核对",
     "Check vehicle and papers before the run\nLeave as planned\n"
     "Note troubles on the way\nHand over and count",
     (("D01", "data"), ("T01", "statistics"))),
    ("delivery", "派送", "Delivery",
     "到达派送站点的快件", "Parcels at the station of delivery",
     "经收件人验收的签收记录", "Receipts the recipient checked",
     "派送前联系收件人\n核对收件人身份\n邀请当面验收\n签收并留存凭证\n未妥投时登记原因并再约",
     "Contact the recipient first\nCheck who receives\nInvite to inspect\n"
     "Take the receipt and keep its proof\nIf not delivered, note why and agree anew",
     (("T01", "data"), ("T03", "statistics"))),
    ("complaint", "投诉处理", "Complaint handling",
     "客户投诉、监管转办、外部声音", "Complaints, cases of the regulator, voices outside",
     "限期内的答复、赔付与改进", "An answer in time, compensation, improvement",
     "登记并确定首问责任人\n联系客户核实\n调查取证、认定责任\n答复并赔付\n回访\n归类分析并改进",
     "Register, name the first responder\nContact the customer and verify\n"
     "Investigate and decide who answers for it\nAnswer and compensate\nFollow up\n"
     "Classify, analyse and improve",
     (("C02", "complaints"), ("C04", "data"))),
)  # fmt: skip


def plant(apps, schema_editor):
    process = apps.get_model("quality", "Process")
    measure = apps.get_model("quality", "ProcessMeasure")
    for place, (
        code,
        name,
        name_en,
        into,
        into_en,
        out,
        out_en,
        steps,
        steps_en,
        figures,
    ) in enumerate(P, 1):
        row, made = process.objects.get_or_create(
            code=code,
            defaults={
                "position": place, "name": name, "name_en": name_en, "inputs": into,
                "inputs_en": into_en, "outputs": out, "outputs_en": out_en, "steps": steps,
                "steps_en": steps_en,
            },
        )  # fmt: skip
        if made:
            for metric, method in figures:
                measure.objects.create(process=row, metric=metric, method=method)


class Migration(migrations.Migration):
    dependencies = [("quality", "0020_documents")]
    operations = [RunRows(plant, migrations.RunPython.noop)]
