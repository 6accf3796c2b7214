"""Audits: impartial, graded line by line, findings closed only by somebody else's look."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from courierqa.core.errors import DomainError, NotAllowed
from quality.document_enums import AuditStatus as A
from quality.models import AuditLine, AuditProgramme, InternalAudit
from quality.selectors import raised_from
from quality.services import auditing as services
from quality.services import certifications
from tests.quality.conftest import DAY, NOW, Loop, worker
from tests.quality.test_pages import queries, signed_in

pytestmark = pytest.mark.django_db
QUESTIONS = (("8.5", "快件是否逐件扫描"), ("8.7", "异常是否登记"), ("", "站点是否整洁"))


@pytest.fixture
def programme(loop: Loop) -> AuditProgramme:
    row = services.make_programme(year=2026, aim="覆盖所有站点", by=loop.quality, at=NOW)
    return services.approve_programme(row, by=loop.manager, at=NOW)


def plan_of(loop: Loop, **fields: Any) -> services.Plan:
    whole = {
        "title": "西湖站内审", "site": loop.site, "owner": loop.leader, "lead": loop.checker,
        "planned_on": date(2026, 3, 20), "scopes": ("delivery",), "methods": ("inspection",),
        "questions": QUESTIONS, **fields,
    }  # fmt: skip
    return services.Plan(**whole)


@pytest.fixture
def planned(loop: Loop, programme: AuditProgramme) -> InternalAudit:
    return services.plan_audit(programme, plan=plan_of(loop), by=loop.quality, at=NOW)


def graded(loop: Loop, row: InternalAudit, *grades: str, at: Any = NOW) -> list[AuditLine]:
    """Grade the lines in order by the lead auditor."""
    return [
        services.grade_line(line, grade=grade, evidence="抽查 20 件，3 件未扫描",
                            by=row.lead.user, at=at)
        for line, grade in zip(row.lines.order_by("position"), grades, strict=True)
    ]  # fmt: skip


def reported(loop: Loop, row: InternalAudit, *grades: str, at: Any = NOW) -> InternalAudit:
    graded(loop, row, *grades, at=at)
    return services.report_audit(row, conclusion="总体受控", by=row.lead.user, at=at)


def test_the_programme_is_approved_by_somebody_else(loop: Loop) -> None:
    row = services.make_programme(year=2026, aim="x", by=loop.quality, at=NOW)
    with pytest.raises(NotAllowed):
        services.approve_programme(row, by=loop.quality, at=NOW)
    with pytest.raises(DomainError):
        services.make_programme(year=2026, aim="y", by=loop.quality, at=NOW)


@pytest.mark.req("AUD-01")
def test_auditors_neither_work_there_nor_answer_for_it(
    loop: Loop, programme: AuditProgramme
) -> None:
    near = worker("supervisor", loop.site)
    cases: list[tuple[str, dict[str, Any]]] = [
        ("lead", {"lead": near}), ("lead", {"lead": loop.leader}),
        ("team", {"team": (near,)}), ("lead", {"lead": loop.courier}),
    ]  # fmt: skip
    for field, people in cases:
        with pytest.raises(NotAllowed) as refused:
            services.plan_audit(programme, plan=plan_of(loop, **people), by=loop.quality, at=NOW)
        assert (refused.value.field, refused.value.code) == (field, "partial")


@pytest.mark.req("AUD-03")
@pytest.mark.req("AUD-04")
@pytest.mark.parametrize("lacks", ["scopes", "methods", "questions"])
def test_a_plan_says_what_it_covers_and_how(
    loop: Loop, programme: AuditProgramme, lacks: str
) -> None:
    with pytest.raises(DomainError) as refused:
        services.plan_audit(programme, plan=plan_of(loop, **{lacks: ()}), by=loop.quality, at=NOW)
    assert refused.value.field == lacks


def test_only_the_team_grades_and_a_finding_needs_evidence(
    loop: Loop, planned: InternalAudit
) -> None:
    line = planned.lines.get(position=1)
    with pytest.raises(NotAllowed):
        services.grade_line(line, grade="conform", evidence="", by=loop.manager, at=NOW)
    with pytest.raises(DomainError) as refused:
        services.grade_line(line, grade="minor", evidence=" ", by=loop.checker.user, at=NOW)
    assert refused.value.field == "evidence"
    services.grade_line(line, grade="conform", evidence="", by=loop.checker.user, at=NOW)
    planned.refresh_from_db()
    assert planned.status == A.RUNNING


def test_no_report_while_a_line_is_not_graded(loop: Loop, planned: InternalAudit) -> None:
    services.grade_line(planned.lines.get(position=1), grade="conform", evidence="",
                        by=loop.checker.user, at=NOW)  # fmt: skip
    with pytest.raises(DomainError) as refused:
        services.report_audit(planned, conclusion="x", by=loop.checker.user, at=NOW)
    assert refused.value.code == "not_graded"


def test_without_findings_it_closes_with_its_report(loop: Loop, planned: InternalAudit) -> None:
    assert reported(loop, planned, "conform", "observation", "na").closed_at == NOW
    planned.refresh_from_db()
    assert planned.status == A.CLOSED


@pytest.mark.req("AUD-05")
def test_words_end_no_finding(loop: Loop, planned: InternalAudit) -> None:
    reported(loop, planned, "minor", "conform", "conform")
    line = planned.lines.get(position=1)
    with pytest.raises(DomainError) as refused:
        services.verify_finding(line, words="已改", by=loop.checker.user, at=NOW + DAY)
    assert refused.value.code == "not_corrected"

    row = loop.raised(source="audit", reference=line.reference, even_so=True)
    row = loop.done(loop.approved(loop.planned(row)), at=NOW + 5 * DAY)
    for owner in (loop.leader.user, loop.courier.user):
        with pytest.raises(NotAllowed):
            services.verify_finding(line, words="已改", by=owner, at=NOW + 6 * DAY)

    services.verify_finding(line, words="50 件均已扫描", by=loop.checker.user, at=NOW + 6 * DAY)
    planned.refresh_from_db()
    assert planned.status == A.CLOSED


@pytest.mark.req("AUD-05")
def test_a_finding_is_closed_by_its_reaudit_or_stays(loop: Loop, planned: InternalAudit) -> None:
    reported(loop, planned, "major", "minor", "conform")
    with pytest.raises(DomainError) as caught:
        services.plan_reaudit(planned, lead=loop.checker, planned_on=NOW.date() - DAY,
                              by=loop.quality, at=NOW)  # fmt: skip
    assert (caught.value.code, caught.value.field) == ("past", "planned_on")
    again = services.plan_reaudit(planned, lead=loop.checker, planned_on=date(2026, 5, 4),
                                  by=loop.quality, at=NOW)  # fmt: skip
    assert [one.looks_at.reference for one in again.lines.all()] == ["IA-2026-01-1", "IA-2026-01-2"]

    reported(loop, again, "conform", "minor", at=NOW + 60 * DAY)

    open_ones = planned.lines.filter(grade__in=["major", "minor"], verified_at=None)
    assert [one.position for one in open_ones] == [2]
    planned.refresh_from_db()
    assert planned.status == A.REPORTED
    third = services.plan_reaudit(again, lead=loop.checker, planned_on=date(2026, 6, 4),
                                  by=loop.quality, at=NOW)  # fmt: skip
    reported(loop, third, "conform", at=NOW + 90 * DAY)
    again.refresh_from_db()
    assert again.status == A.CLOSED


@pytest.mark.req("AUD-05")
def test_a_finding_raises_a_nonconformity_by_one_button(loop: Loop, planned: InternalAudit) -> None:
    reported(loop, planned, "minor", "conform", "conform")
    quality = signed_in(loop.quality)
    page = quality.get("/audits/IA-2026-01/").content.decode()
    assert "/actions/new/?source=audit&amp;ref=IA-2026-01-1" in page
    form = quality.get("/actions/new/?source=audit&ref=IA-2026-01-1")
    assert "快件是否逐件扫描" in form.content.decode()
    said = {"title": "快件未逐件扫描", "kind": "actual", "severity": "minor", "site": "HZ-01",
            "found_on": "2026-03-02"}  # fmt: skip
    assert quality.post("/actions/new/?source=audit&ref=IA-2026-01-1", said).status_code == 302
    raised = raised_from("audit", "IA-2026-01-1").get()
    assert raised.number in quality.get("/audits/findings/").content.decode()


def test_pages_in_every_state(loop: Loop, planned: InternalAudit) -> None:
    quality, lead = signed_in(loop.quality), signed_in(loop.checker.user)
    grade = "/audits/IA-2026-01/lines/1/grade/"
    bad = lead.post(grade, {"grade": "minor", "evidence": ""})
    assert (bad.status_code, "Fill this in" in bad.content.decode()) == (422, True)
    assert lead.post(grade, {"grade": "minor", "evidence": "缺 3 件"}).status_code == 302
    later = {"planned_on": "2026-01-01", "reason": "x"}
    assert quality.post("/audits/IA-2026-01/later/", later).status_code == 422
    graded(loop, planned, "minor", "conform", "conform")
    assert lead.post("/audits/IA-2026-01/report/", {"conclusion": "受控"}).status_code == 302
    for path in ("/audits/", "/audits/IA-2026-01/", "/audits/findings/", "/certifications/"):
        assert quality.get(path).status_code == 200
    assert quality.get("/audits/IA-2026-01/print/").content.startswith(b"%PDF")
    assert signed_in(loop.courier.user).get("/audits/").status_code == 403
    other = worker("supervisor", loop.checker.site)
    assert signed_in(other.user).get("/audits/IA-2026-01/").status_code == 404


def test_lists_ask_the_same_number_of_questions_at_1_and_3(
    loop: Loop, programme: AuditProgramme, planned: InternalAudit
) -> None:
    reported(loop, planned, "minor", "conform", "conform")
    quality = signed_in(loop.quality)
    urls = ("/audits/", "/audits/findings/")
    few = [queries(quality, url) for url in urls]
    for _n in range(2):
        row = services.plan_audit(programme, plan=plan_of(loop), by=loop.quality, at=NOW)
        reported(loop, row, "minor", "minor", "conform")
    assert [queries(quality, url) for url in urls] == few


@pytest.mark.req("AUD-02")
def test_a_certificate_with_its_surveillance_visits(loop: Loop) -> None:
    said = {
        "number": "Q-2026-01", "standard": "ISO 9001:2015", "issuer": "中心", "scope": "快递",
        "owner": loop.checker.number, "valid_from": "2026-01-05", "expires_on": "2029-01-04",
        "visits": "2027-01-05 2028-01-05",
    }  # fmt: skip
    quality = signed_in(loop.quality)
    bad = quality.post("/certifications/new/", {**said, "visits": "2030-01-01"})
    assert bad.status_code == 422
    assert quality.post("/certifications/new/", {**said, "visits": "soon"}).status_code == 422
    assert quality.post("/certifications/new/", said).status_code == 302
    visit = certifications.Surveillance.objects.order_by("due_on").first()
    done = certifications.record_visit(visit, done_on=date(2026, 3, 1), result="kept", note="无",
                                       by=loop.quality, at=NOW)  # fmt: skip
    assert done.get_result_display()
    assert "ISO 9001:2015" in quality.get("/certifications/").content.decode()
