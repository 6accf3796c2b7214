"""Posts in versions, moves, guarded posts, teams, signed texts, HR files."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from courierqa.core.errors import DomainError
from courierqa.core.imports import Choices
from staff import services
from staff.imports import import_people
from staff.models import Course, Employee, Post, PostVersion, Signature, Statement, Unit
from tests.factories.staff import (
    CourierFactory,
    EmployeeFactory,
    PostFactory,
    SiteFactory,
    SupervisorFactory,
    UserFactory,
)

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.django_db


@pytest.fixture
def hr(client):
    user = UserFactory(role="hr")
    client.force_login(user)
    return user


@pytest.mark.req("STF-01", "STF-02")
def test_a_review_makes_the_next_version_and_keeps_the_old_one(client, hr):
    post = PostFactory(duties="送件", standard="年满 18 周岁", reviewed_on=date(2026, 1, 5))
    page = reverse("staff:post", args=[post.code])
    said = {"verb": "revise", "duties": "送件\n取件", "duties_en": "", "standard": "年满 18 周岁",
            "standard_en": "", "reviewed_on": "2026-11-23"}  # fmt: skip

    assert client.post(page, {**said, "reviewed_on": "soon"}).status_code == 422
    assert client.post(page, said).status_code == 302

    post.refresh_from_db()
    kept = {row.version: row.duties for row in PostVersion.objects.filter(post=post)}
    assert (post.version, kept) == (2, {1: "送件", 2: "送件\n取件"})
    text = client.get(page).content.decode()
    assert "年满 18 周岁" in text
    with pytest.raises(DatabaseError), transaction.atomic():
        PostVersion.objects.filter(post=post).update(duties="x")


@pytest.mark.req("STF-13", "STF-14", "TRN-13")
def test_an_operator_without_a_valid_certificate_is_refused(client, hr):
    screener = Post.objects.get(code="screener")
    licence = Course.objects.get(code="machine-operator")
    person = EmployeeFactory(name="马超")
    move = reverse("staff:person_move", args=[person.number])
    said = {"post": "screener", "site": person.site.code, "on": "2026-11-23", "reason": "缺人"}

    refused = client.post(move, said)
    assert refused.status_code == 422
    assert "安检机操作上岗证" in refused.content.decode()
    services.record_external(
        person, licence, issuer="公安", outer_number="A1", issued_on=date(2025, 1, 1),
        expires_on=TODAY, by=hr, at=NOW,
    )  # fmt: skip
    with pytest.raises(services.NotQualified):
        services.transfer(person, post=screener, site=person.site, on=TODAY, reason="x", at=NOW)
    answer = client.post(
        reverse("staff:external_new", args=[person.number]),
        {"course": "machine-operator", "issuer": "公安", "outer_number": "A2",
         "issued_on": "2026-11-01", "expires_on": "2027-11-01"},
    )  # fmt: skip
    assert answer.status_code == 302
    assert client.post(move, said).status_code == 302

    person.refresh_from_db()
    assert person.post == screener


def test_nobody_new_starts_at_once_on_a_guarded_post():
    driver, site = Post.objects.get(code="driver"), SiteFactory()
    said = {"name": "马超", "post": driver, "site": site, "hired_on": TODAY,
            "background_checked_on": TODAY}  # fmt: skip

    with pytest.raises(services.NotQualified):
        services.create_employee(number="E1", **said, at=NOW)
    person = services.create_employee(number="E1", **said, activate=False, at=NOW)
    with pytest.raises(services.NotQualified):
        services.activate_employee(person, at=NOW)
    licence = Course.objects.get(code="driving-licence")
    services.record_external(
        person, licence, issuer="车管所", outer_number="B1", issued_on=date(2020, 1, 1),
        expires_on=None, by=None, at=NOW,
    )  # fmt: skip
    assert services.activate_employee(person, at=NOW).state == "active"


@pytest.mark.req("STF-13")
def test_a_round_is_barred_by_an_ended_certificate_and_not_by_induction():
    chen, course = CourierFactory(), Course.objects.get(code="prohibited-goods")
    chen.post.courses.add(course)

    services.require_for_round(chen, day=TODAY)
    owed = services.assign_course(chen, course, due_on=TODAY, at=NOW)
    services.require_for_round(chen, day=owed.due_on)
    with pytest.raises(services.NotQualified, match="应于"):
        services.require_for_round(chen, day=TODAY + timedelta(days=1))
    given = services.issue_certificate(chen, course, at=NOW)
    services.require_for_round(chen, day=TODAY + timedelta(days=1))
    with pytest.raises(services.NotQualified, match="到期"):
        services.require_for_round(chen, day=given.expires_on)


def test_a_move_takes_the_site_role_along_at_once():
    chen, other = CourierFactory(), SiteFactory()
    old = chen.site

    services.transfer(chen, post=chen.post, site=other, on=TODAY, reason="调动", at=NOW)

    assert chen.user.grants_at(NOW + timedelta(seconds=1)) == [("courier", other.pk)]
    assert (chen.moves.get().from_site, chen.moves.get().to_site) == (old, other)
    chen.refresh_from_db()
    with pytest.raises(DomainError, match="另一"):
        services.transfer(chen, post=chen.post, site=other, on=TODAY, reason="x", at=NOW)


@pytest.mark.req("STF-15")
def test_a_team_has_an_aim_and_members_of_its_site_only(client):
    li = SupervisorFactory()
    chen, foreign = CourierFactory(site=li.site), CourierFactory()
    client.force_login(li.user)

    made = client.post(
        reverse("staff:team_new"),
        {"name": "一组", "site": li.site.code, "aim": "准时率 97%", "person": li.number},
    )
    page = made["Location"]
    bad = client.post(page, {"verb": "join", "person": foreign.number, "role": ""})
    good = client.post(page, {"verb": "join", "person": chen.number, "role": "早班"})

    assert (bad.status_code, good.status_code) == (422, 302)
    text = client.get(page).content.decode()
    assert all(word in text for word in ("准时率 97%", chen.number, "早班"))
    client.force_login(SupervisorFactory().user)
    assert client.get(page).status_code == 404


@pytest.mark.req("STF-11", "STF-19", "INF-07")
def test_a_statement_is_signed_once_by_the_person(client):
    chen = CourierFactory()
    client.force_login(chen.user)
    page = reverse("staff:statement", args=["secrecy"])

    assert "未签署" in client.get(page).content.decode()
    assert client.post(page, {"verb": "sign"}).status_code == 302
    assert client.post(page, {"verb": "sign"}).status_code == 422

    assert Signature.objects.get(employee=chen).statement == Statement.objects.get(code="secrecy")


def test_the_organisation_names_each_unit_with_its_duties(client, hr):
    head = EmployeeFactory(name="高强")
    client.post(reverse("staff:unit", args=["hr"]),
                {"head": head.number, "duties": "招聘", "duties_en": "Hiring"})  # fmt: skip

    page = client.get(reverse("staff:organisation")).content.decode()

    assert all(unit.name in page for unit in Unit.objects.all())
    assert "高强" in page


def test_an_hr_file_names_every_problem_of_every_row():
    site, post = SiteFactory(), PostFactory(name="快递")
    EmployeeFactory(number="E7")
    text = (
        "工号,姓名,岗位,网点,入职日期,手机,身份证号\n"
        f"E7,陈强,快递,{site.code},2026-11-01,,\n"
        f"e8,何静,快递,{site.code},2026/11/01,13800138000,11010519491231002X\n"
        "E9,,宇航员,月球,soon,123,110105194912310021\n"
    )
    names = {"number": "工号", "name": "姓名", "post": "岗位", "site": "网点",
             "hired_on": "入职日期", "phone": "手机", "id_number": "身份证号"}  # fmt: skip
    said = {"filename": "hr.csv", "mapping": "standard", "now": NOW, "choices": Choices(names)}
    dry = import_people(io.BytesIO(text.encode()), dry_run=True, **said)
    assert not Employee.objects.filter(number="E8").exists()
    report = import_people(io.BytesIO(text.encode()), **said)
    again = import_people(io.BytesIO(text.encode()), **said)

    assert dict(dry.counts) == dict(report.counts) == {"skipped": 1, "created": 1, "refused": 1}
    assert again.counts["created"] == 0
    fields = {row.field for row in report.problems}
    assert fields == {"name", "post", "site", "hired_on", "phone", "id_number"}
    made = Employee.objects.get(number="E8")
    assert (made.state, made.post, made.site) == ("pending", post, site)


@pytest.mark.req("STF-05")
def test_each_kind_of_post_has_its_role_and_its_menu(client):
    roles = dict(Post.objects.values_list("code", "role"))
    kinds = {"courier", "agent", "warehouse", "technician", "manager", "driver", "sorter"}
    assert kinds <= set(roles)
    seen = {}
    for code in ("courier", "agent", "manager"):
        client.force_login(UserFactory(role=roles[code]))
        page = client.get("/texts-to-sign/").content.decode()
        seen[code] = tuple(address in page for address in ("/m/today/", "/orders/", "/stocktakes/"))

    assert len(set(seen.values())) == 3
    assert seen["courier"][0]
    assert seen["agent"] == (False, True, False)
