"""Documents, the legal register and audits of the demo, told through the services."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from courierqa.core.calendars import business_day
from courierqa.demo.people import Cast
from courierqa.demo.rulebook import RULES, Rule
from quality import services as loop
from quality.document_enums import Kept, LineGrade, ReadingState
from quality.models import (
    Document,
    DutyCheck,
    InternalAudit,
    LegalDuty,
    Process,
    Reading,
)
from quality.services import auditing, certifications, documents, legal
from quality.services.processes import FIELDS, change_process
from staff.models import Employee, Post

DAY = timedelta(days=1)
QUESTIONS = (
    ("7.3", "员工能否说出质量方针和本岗位目标"),
    ("7.5", "现场使用的是否为现行版本文件"),
    ("8.5", "到件是否逐件扫描"),
    ("8.5", "投柜前是否取得收件人同意"),
    ("8.7", "破损件是否当日登记并隔离"),
    ("9.1", "站点是否按周查看准时率"),
    ("10.2", "上次不符合的措施是否落实"),
)
PROCESS_OWNERS = {"order": "agent", "acceptance": "courier", "complaint": "lead"}
PROCESS_RULES = {"acceptance": ["QI-01", "QI-04"], "delivery": ["QI-02"],
                 "warehouse": ["QI-03", "QS-04"],
                 "transport": ["QS-02", "QS-03"], "complaint": ["QP-04", "QP-05"]}  # fmt: skip


def tell(cast: Cast, *, now: datetime, days: int) -> str:
    """Write the rule book, the register and a year of audits; return a line about them."""
    start = now - min(19, max(days - 1, 1)) * DAY
    for place, rule in enumerate(RULES):
        _write(cast, rule, start + timedelta(minutes=place))
    _come(cast, start=start, now=now)
    read = _read(now)
    _link_processes(cast, now)
    checked = _check_law(cast, start=start, now=now)
    _audit(cast, start=start, now=now)
    _certify(cast, now)
    return f"{len(RULES)} documents, {read} confirmed readings, {checked} legal checks, 3 audits"


def _employee(cast: Cast, name: str) -> Employee:
    user: Any = cast.users[name]
    return user.employee  # type: ignore[no-any-return]


def _write(cast: Cast, rule: Rule, at: datetime) -> None:
    """Quality management writes, management approves."""
    card = documents.Card(
        level=rule.level, category=rule.category, title=rule.title, title_en=rule.title_en,
        owner=_employee(cast, "lead" if rule.category == "service" else "quality"),
        must_be_read=rule.is_read, posts=tuple(Post.objects.filter(code__in=rule.posts)),
        screens=rule.screens, clauses=rule.clauses, metric=rule.metric,
    )  # fmt: skip
    text = documents.Text(rule.body, rule.body_en, quiz=documents.quiz_of(rule.quiz))
    row = documents.create_document(
        number=rule.number, card=card, text=text, by=cast.users["quality"], at=at
    )
    _approve(cast, row, at)


def _approve(cast: Cast, row: Document, at: datetime) -> None:
    documents.submit_version(row, effective_on=business_day(at), by=cast.users["quality"], at=at)
    documents.decide_version(
        row, approve=True, note="", by=cast.users["manager"], at=at + timedelta(seconds=30)
    )


def _come(cast: Cast, *, start: datetime, now: datetime) -> None:
    """One rule was changed since, one change waits for approval, one is still being written."""
    changed = [rule for rule in RULES if rule.second[0]]
    for rule in changed:
        row = Document.objects.get(number=rule.number)
        text = documents.Text(
            f"{rule.body}\n- {rule.second[0]}\n", f"{rule.body_en}\n- {rule.second[1]}\n",
            change=rule.second[0], quiz=documents.quiz_of(rule.quiz),
        )  # fmt: skip
        at = start + (now - start) / 3
        documents.start_version(row, text=text, by=cast.users["quality"], at=at)
        if rule is changed[0]:
            _approve(cast, row, at)
        else:
            documents.submit_version(row, effective_on=business_day(now) + 7 * DAY,
                                     by=cast.users["quality"], at=now)  # fmt: skip
    packing = Document.objects.get(number="QI-04")
    text = documents.Text(packing.versions.get().body, change="补充冷链包装要求")
    documents.start_version(packing, text=text, by=cast.users["hr"], at=now)


def _read(now: datetime) -> int:
    """Most people confirm after some days; every ninth is still to be asked again."""
    rows = Reading.objects.filter(state=ReadingState.OWED).select_related(
        "version", "employee__user"
    )
    read = 0
    for place, row in enumerate(rows.order_by("id")):
        if place % 9 == 4:
            continue
        answers = {n: one["correct"] for n, one in enumerate(row.version.quiz)}
        at = max(row.version.approved_at or now, now - (place % 6) * DAY)
        documents.confirm_reading(row, answers=answers, by=row.employee.user, at=min(at, now))
        read += 1
    documents.run_documents(now=now)
    return read


def _link_processes(cast: Cast, now: datetime) -> None:
    posts = {one.code: one for one in Post.objects.all()}
    for row in Process.objects.prefetch_related("measures"):
        said = {name: getattr(row, name) for name in FIELDS}
        said["owner"] = posts.get(PROCESS_OWNERS.get(row.code, "supervisor"))
        change_process(
            row, said=said, measures=[(one.metric, one.method) for one in row.measures.all()],
            documents=Document.objects.filter(number__in=PROCESS_RULES.get(row.code, [])),
            by=cast.users["quality"], at=now,
        )  # fmt: skip


def _check_law(cast: Cast, *, start: datetime, now: datetime) -> int:
    """Every duty has an owner; most were looked at, one is not kept, one conflicts, one is late."""
    today, first = business_day(now), business_day(start)
    owners = [_employee(cast, "quality"), _employee(cast, "lead"), _employee(cast, "manager")]
    linked = {"收寄验视": ["QI-01"], "投递方式": ["QI-02"], "七日答复": ["QP-04"],
              "个人信息": ["QI-05"]}  # fmt: skip
    for place, duty in enumerate(LegalDuty.objects.select_related("law")):
        said = {name: getattr(duty, name) for name in legal.DUTY_FIELDS}
        said |= {"owner": owners[place % 3], "anchor": first + (place % 5) * DAY}
        legal.save_duty(
            duty, law=duty.law, said_=said, by=cast.users["quality"], at=start,
            documents=Document.objects.filter(number__in=linked.get(duty.subject, [])),
        )  # fmt: skip
    done = 0
    rows = DutyCheck.objects.filter(due_day__lte=today).select_related("plan__owner__user")
    for place, check in enumerate(rows.order_by("due_day", "id")):
        if place == 3:
            continue
        owner: Any = check.plan.owner
        result, other = Kept.KEPT, None
        if place == 1:
            result = Kept.GAP
        if place == 4:
            result, other = Kept.CONFLICT, Document.objects.get(number="QI-01")
        legal.check_duty(check, result=result, proof="抽查二十件并留存记录", conflict_with=other,
                         by=owner.user, at=now)  # fmt: skip
        done += 1
    return done


def _audit(cast: Cast, *, start: datetime, now: datetime) -> None:
    """One audit reported with its re-audit to come, one running, one planned."""
    year = business_day(start).year
    programme = auditing.make_programme(
        year=year, aim="覆盖全部站点与六个过程；上半年重点是投递同意与破损登记。",
        by=cast.users["quality"], at=start,
    )  # fmt: skip
    auditing.approve_programme(programme, by=cast.users["manager"], at=start)
    finished = _planned(cast, programme, "HZ-01", start)
    grades = ("conform", "conform", "minor", "major", "conform", "observation", "conform")
    _grade(finished, grades, start + 2 * DAY)
    auditing.report_audit(finished, conclusion="过程总体受控；投柜同意与逐件扫描需要整改。",
                          by=finished.lead.user, at=start + 2 * DAY)  # fmt: skip
    _raise(cast, finished, start + 2 * DAY)
    auditing.plan_reaudit(finished, lead=_employee(cast, "auditor"),
                          planned_on=business_day(now) + 10 * DAY, by=cast.users["quality"],
                          at=now)  # fmt: skip
    running = _planned(cast, programme, "SH-01", start)
    _grade(running, ("conform", "conform", "minor"), now)
    _planned(cast, programme, "NB-01", now, on=20)


def _planned(cast: Cast, programme: Any, site: str, at: datetime, on: int = 1) -> InternalAudit:
    plan = auditing.Plan(
        title=f"{cast.sites[site].name}内部审核", site=cast.sites[site],
        owner=cast.supervisors[site], lead=_employee(cast, "lead"),
        team=(_employee(cast, "auditor"),), planned_on=business_day(at) + on * DAY,
        scopes=("delivery", "supervision"), methods=("inspection", "records", "interview"),
        criteria=tuple(Document.objects.filter(number__in=["QM-01", "QI-02"])),
        questions=QUESTIONS,
    )  # fmt: skip
    return auditing.plan_audit(programme, plan=plan, by=cast.users["quality"], at=at)


def _grade(row: InternalAudit, grades: tuple[str, ...], at: datetime) -> None:
    words = {LineGrade.MINOR: "抽查 20 件，3 件到件未扫描",
             LineGrade.MAJOR: "10 件投柜中 2 件无同意记录",
             LineGrade.OBSERVATION: "看板更新晚于规定一天"}  # fmt: skip
    for line, grade in zip(row.lines.order_by("position"), grades, strict=False):
        auditing.grade_line(line, grade=grade, evidence=words.get(LineGrade(grade), ""),
                            by=row.lead.user, at=at)  # fmt: skip


def _raise(cast: Cast, row: InternalAudit, at: datetime) -> None:
    """The major finding became a nonconformity of the site."""
    line = row.lines.get(grade=LineGrade.MAJOR)
    loop.raise_nonconformity(
        source="audit", reference=line.reference, site=row.site, found_at=at,
        by=cast.users["quality"], at=at,
        problem=loop.Problem("投柜前未取得收件人同意", text=line.evidence, severity="major",
                             owner=row.owner),
    )  # fmt: skip


def _certify(cast: Cast, now: datetime) -> None:
    today = business_day(now)
    made = certifications.add_certification(
        number="Q-2024-0317", standard="ISO 9001:2015", issuer="华东质量认证中心",
        scope="国内快递服务", owner=_employee(cast, "quality"), valid_from=today - 1010 * DAY,
        expires_on=today + 85 * DAY,
        visits=[today - 645 * DAY, today - 280 * DAY, today + 20 * DAY],
        by=cast.users["quality"], at=now,
    )  # fmt: skip
    for visit in made.visits.filter(due_on__lt=today):
        certifications.record_visit(visit, done_on=visit.due_on, result="kept",
                                    note="无严重不符合，保持证书", by=cast.users["quality"],
                                    at=now)  # fmt: skip
