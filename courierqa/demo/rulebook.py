"""The texts of the demo's rule book: number, card, Chinese and English wording."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """One document of the demo; `second` is what a second version adds, in both tongues."""

    number: str
    level: str
    category: str
    title: str
    title_en: str
    body: str
    body_en: str
    clauses: tuple[str, ...] = ()
    screens: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    is_read: bool = False
    metric: str = ""
    quiz: str = ""
    second: tuple[str, str] = ("", "")


def _said(aim: str, steps: tuple[str, ...], *, english: bool = False) -> str:
    heads = ("Purpose", "What to do", "Records") if english else ("目的", "要求", "记录")
    kept = (
        "Records are made in this system; nothing is kept on paper beside it."
        if english
        else "记录在本系统中形成，不另立纸质台账。"
    )
    lines = "\n".join(f"{n}. {step}" for n, step in enumerate(steps, 1))
    return f"## {heads[0]}\n\n{aim}\n\n## {heads[1]}\n\n{lines}\n\n## {heads[2]}\n\n{kept}\n"


def _both(zh: tuple[str, tuple[str, ...]], en: tuple[str, tuple[str, ...]]) -> dict[str, str]:
    return {"body": _said(*zh), "body_en": _said(*en, english=True)}


DELIVERY_QUIZ = """? 未经收件人同意，可以投柜吗 | May a parcel go into a locker without consent
- 可以，事后补登即可 | Yes, noting it later is enough
+ 不可以 | No
? 首次联系不上收件人时应当怎么做 | The recipient cannot be reached at first. What do you do
- 直接标记签收 | Mark it as received
+ 登记原因并约定再次投递 | Note why and agree on another attempt"""
PICKUP_QUIZ = """? 寄件人拒绝出示身份证件时怎么办 | The sender shows no identity. What do you do
+ 不予收寄 | Refuse the parcel
- 先收寄再补登 | Accept it and note it later"""

RULES = (
    Rule("QF-01", "manual", "policy", "服务质量方针", "Service quality policy", **_both(
        ("准时、完整、安全、可追溯、真诚服务，是公司对每一件快件的承诺。",
         ("以首次投递准时率和申诉率衡量承诺", "每年由管理评审复核方针与目标",
          "全体员工知晓并执行")),
        ("In time, whole, safe, traceable and sincere: what we promise for every parcel.",
         ("Measure the promise by on-time delivery and appeals",
          "Review policy and objectives each year", "Everybody knows it and works by it"))),
         clauses=("5.1", "5.2", "6.2"), is_read=True),
    Rule("QM-01", "manual", "system", "质量手册", "Quality manual", **_both(
        ("说明质量管理体系的范围、过程与职责。",
         ("体系覆盖订单、揽收、分拣、运输、投递、投诉六个过程", "过程负责人按月查看其指标",
          "文件分手册、程序、作业指导、记录四级")),
        ("Says what the system covers, its processes and who answers for them.",
         ("It covers order, acceptance, sorting, transport, delivery and complaints",
          "Each owner looks at the figures of the process every month",
          "Documents have four levels: manual, procedure, instruction, record"))),
         clauses=("4.1", "4.2", "4.3", "4.4", "5.3", "7.1")),
    Rule("QP-01", "procedure", "system", "文件控制程序", "Document control", **_both(
        ("保证现场使用的都是现行有效的文件。",
         ("起草人与批准人不得为同一人", "新版生效当日旧版作废", "需阅知的人员在十四天内确认")),
        ("Makes sure that everybody works by the rule that holds.",
         ("Whoever writes a rule does not approve it",
          "The old version ends when the new one holds",
          "Those concerned confirm within fourteen days"))),
         clauses=("7.5",)),
    Rule("QP-02", "procedure", "system", "内部审核程序", "Internal audits", **_both(
        ("按年度方案审核各站点与过程。",
         ("审核员不审核本站点和本人负责的工作", "发现项须有证据",
          "发现项由复审或非责任人验证后关闭")),
        ("Sites and processes are audited by a programme of the year.",
         ("Auditors do not audit their own site or work", "A finding has its evidence",
          "A finding ends by a re-audit, or when somebody else saw it gone"))),
         clauses=("9.2",)),
    Rule("QP-03", "procedure", "system", "不符合与纠正措施程序", "Nonconformity and correction",
         **_both(
             ("从发现问题到证明措施有效。",
              ("先补救受影响的客户", "查明原因后再定措施", "由他人在另一日验证效果")),
             ("From seeing a problem to proving that it is gone.",
              ("First make it right for those it hit", "Find the cause, then plan",
               "Somebody else proves the effect on another day"))),
         clauses=("8.7", "10.1", "10.2", "10.3"), screens=("exception",)),
    Rule("QP-04", "procedure", "service", "投诉处理程序", "Complaint handling", **_both(
        ("首问负责，件件有答复。",
         ("首问责任人登记后两小时内联系客户", "七日内答复并妥善处理", "不满意的告知申诉途径")),
        ("Whoever is asked first stays responsible; every complaint gets an answer.",
         ("Contact the customer within two hours", "Answer within seven days",
          "Tell those who are not content how to appeal"))),
         clauses=("8.2", "9.1"), screens=("complaint",)),
    Rule("QP-05", "procedure", "service", "赔付程序", "Compensation", **_both(
        ("按规则核定赔付，及时支付。",
         ("核对保价与实际损失", "按金额权限审批", "记录成本承担方")),
        ("Compensation by the rule, paid in time.",
         ("Check the insured value and the loss", "Approve by amount", "Book who bears the cost"))),
         clauses=("8.2",), screens=("claim",)),
    Rule("QI-01", "instruction", "courier", "揽收与验视作业指导", "Pickup and inspection", **_both(
        ("把好收寄第一关。",
         ("查验寄件人身份并登记", "当面验视内件", "检查并补强包装",
          "称重计费、粘贴面单、扫描收寄")),
        ("The first gate of every parcel.",
         ("Check and record who sends", "Inspect the contents together",
          "Check and mend the packing",
          "Weigh, charge, label and scan"))),
         clauses=("8.5",), screens=("pickup", "acceptance"), posts=("courier",), is_read=True,
         quiz=PICKUP_QUIZ),
    Rule("QI-02", "instruction", "courier", "投递作业指导", "Delivery at the door", **_both(
        ("把快件完好、准时地交到收件人手中。",
         ("投递前联系收件人", "提醒收件人当面验收后再签收", "投柜或代收须先征得同意",
          "未妥投时登记原因")),
        ("Hand parcels over whole and in time.",
         ("Contact the recipient first", "Invite to inspect before the signature",
          "Locker or somebody else only with consent", "If not delivered, note why"))),
         clauses=("8.5", "8.6"), screens=("delivery",), posts=("courier",), is_read=True,
         quiz=DELIVERY_QUIZ,
         second=("联系不上时约定下一次投递时段", "If nobody answers, agree on the next slot")),
    Rule("QI-03", "instruction", "operation", "分拣作业指导", "Sorting", **_both(
        ("按路由分拣，轻拿轻放。",
         ("到件逐件扫描", "易碎件单独码放", "集包后核对件数")),
        ("Sort by route, handle with care.",
         ("Scan every parcel in", "Keep fragile parcels apart", "Count after bagging"))),
         clauses=("8.5",), screens=("sorting",),
         second=("滚装传送带不得踩踏", "Nobody steps on the conveyor")),
    Rule("QI-04", "instruction", "packing", "包装操作规范", "Packing rules", **_both(
        ("减少破损，也减少浪费。",
         ("按重量选择箱型", "易碎件四周缓冲不少于三厘米", "优先使用可循环包装")),
        ("Less damage, less waste.",
         ("Choose the box by weight", "At least three centimetres around fragile goods",
          "Use boxes that come back first"))),
         clauses=("8.5",)),
    Rule("QI-05", "instruction", "privacy", "个人信息保护操作规程", "Handling personal data",
    **_both(
        ("只看需要看的信息，不留不该留的信息。",
         ("查看号码须写明理由", "不得拍摄、抄录运单", "发现泄露立即报告")),
        ("See only what is needed, keep nothing that is not.",
         ("Give a reason before a number is shown", "No pictures or copies of waybills",
          "Report a leak at once"))),
         clauses=("7.4", "8.5"), screens=("privacy",), posts=("agent", "lead"), is_read=True),
    Rule("QS-01", "procedure", "manager", "管理人员服务标准", "Standards for managers", **_both(
        ("管理人员对过程和结果负责。",
         ("每日查看逾期与异常", "每周到现场抽查", "每月评审目标完成情况")),
        ("Managers answer for the process and the result.",
         ("Look at what is late every day", "Spot checks every week", "Review goals every month"))),
         clauses=("5.1", "9.1", "9.3")),
    Rule("QS-02", "procedure", "vehicle", "车辆标准", "Standards for vehicles", **_both(
        ("车辆整洁、安全、标识清楚。",
         ("出车前检查灯光、制动、厢锁", "车身漆面脱落不超过一平方厘米", "证件随车并在有效期内")),
        ("Clean, safe, marked vehicles.",
         ("Check lights, brakes and locks before the run",
          "No chip of paint larger than one square centimetre", "Valid papers on board"))),
         clauses=("7.1",), screens=("transport",)),
    Rule("QS-03", "procedure", "driver", "驾驶员标准", "Standards for drivers", **_both(
        ("驾驶员持证上岗，安全行车。",
         ("驾驶证与车型相符", "连续驾驶不超过四小时", "酒后不得驾驶")),
        ("Drivers hold a licence and drive safely.",
         ("The licence fits the vehicle", "At most four hours without a rest",
          "Nobody drives after drinking"))),
         clauses=("7.2", "7.3")),
    Rule("QS-04", "procedure", "safety", "站点消防与用电安全规定", "Fire and power at stations",
         **_both(
             ("防止站点火灾和触电，保证人员能够撤离。",
              ("灭火器每月检查，压力不足当日更换", "电动车不得在站内充电，插座不得串接",
               "疏散通道和出口不堆放快件", "下班前关闭设备电源并记录")),
             ("No fire and no electric shock at a station, and a way out for everybody.",
              ("Look at the extinguishers every month, change a weak one the same day",
               "No e-bike is charged inside, no socket hangs on another",
               "No parcels in escape ways and exits", "Switch off and note it before leaving"))),
         clauses=("7.1", "8.5"), screens=("sorting",), posts=("courier", "supervisor"),
         is_read=True),
    Rule("QD-01", "record", "indicator", "指标定义：准时投递率", "Definition: on-time delivery",
         **_both(
             ("说明准时投递率怎样计算、由谁解释。",
              ("分母为承诺日到期的快件，未投递的也计入", "分子为在承诺时限内首次妥投的快件",
               "经批准的免责单独列示")),
             ("How on-time delivery is counted, and who explains it.",
              ("Counted are all parcels due on the day, delivered or not",
               "In time are those delivered by the promise", "Approved exemptions stand apart"))),
         clauses=("9.1",), metric="T01"),
)  # fmt: skip
