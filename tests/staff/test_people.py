"""Taking people on, activating, changing, leaving; hidden numbers."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.urls import reverse

from courierqa.core.errors import DomainError
from courierqa.core.models import AuditEntry
from courierqa.core.privacy import phone_index
from staff import services
from staff.models import Employee, Post
from tests.factories.staff import CourierFactory, PostFactory, SiteFactory, UserFactory

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
ID = "11010519491231002X"
pytestmark = pytest.mark.django_db


@pytest.fixture
def hr(client):
    user = UserFactory(role="hr")
    client.force_login(user)
    return user


@pytest.fixture
def chen():
    person = CourierFactory(name="陈强")
    return services.change_employee(
        person, changes={"phone": "138 0013 8000", "id_number": ID}, at=NOW
    )


@pytest.mark.req("STF-03")
def test_post_with_background_check_bars_activation_without_one():
    post, site = PostFactory(needs_background_check=True), SiteFactory()
    person = {"name": "马超", "post": post, "site": site, "hired_on": date(2026, 11, 1)}

    with pytest.raises(services.BackgroundCheckMissing):
        services.create_employee(number="E1", **person)
    waiting = services.create_employee(number="E1", **person, activate=False)
    with pytest.raises(services.BackgroundCheckMissing):
        services.activate_employee(waiting, at=NOW)
    checked = {"background_checked_on": date(2026, 11, 20), "background_result": "concern"}
    services.change_employee(waiting, changes=checked, at=NOW)
    with pytest.raises(services.BackgroundCheckMissing):
        services.activate_employee(waiting, at=NOW)
    services.change_employee(waiting, changes={"background_result": "clear"}, at=NOW)
    services.activate_employee(waiting, at=NOW)

    assert waiting.state == "active"


def test_active_person_cannot_move_to_a_post_whose_check_is_missing():
    person = CourierFactory(background_checked_on=None, background_result="",
                            post__needs_background_check=False)  # fmt: skip
    guarded = PostFactory(needs_background_check=True)

    with pytest.raises(services.BackgroundCheckMissing):
        services.transfer(person, post=guarded, site=person.site, on=NOW.date(), reason="x",
                          at=NOW)  # fmt: skip
    person.refresh_from_db()
    assert person.post != guarded


@pytest.mark.req("INF-01")
def test_phone_and_identity_number_are_unreadable_in_the_database(chen):
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, id_number FROM staff_employee WHERE id = %s", [chen.pk])
        stored = cursor.fetchone()

    assert all(value.startswith("1|") for value in stored)
    fresh = Employee.objects.get(pk=chen.pk)
    assert (fresh.phone, fresh.id_number) == ("138 0013 8000", ID)
    assert fresh.phone_index == phone_index("13800138000")


@pytest.mark.req("INF-02")
def test_only_hr_reveals_and_the_trail_comes_first(client, chen):
    page = reverse("staff:person", args=[chen.number])
    reveal = reverse("staff:person_reveal", args=[chen.number])
    for role, status in [("quality", 403), ("auditor", 403), ("admin", 403)]:
        client.force_login(UserFactory(role=role))
        assert client.post(reveal, {"reason": "payroll"}).status_code == status
        assert ID not in client.get(page).content.decode()
    client.force_login(UserFactory(role="hr"))

    masked = client.get(page).content.decode()
    silent = client.post(reveal, {})
    shown = client.post(reveal, {"reason": "payroll"})

    assert ID not in masked
    assert "138 0013 8000" not in masked
    assert silent.status_code == 422
    assert ID in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    entry = AuditEntry.objects.get(action="employee.reveal")
    assert (entry.object_id, entry.reason) == (str(chen.pk), "payroll")
    assert ID not in str(entry.__dict__)


def form_of(post, site, **more):
    return {
        "number": "e2048", "name": "何静", "post": post.code, "site": site.code,
        "hired_on": "2026-11-01", "background_checked_on": "2026-10-20",
        "background_result": "clear", "phone": "13800138000", "id_number": ID, "activate": "on",
        **more,
    }  # fmt: skip


def test_hr_takes_a_person_on_and_edits_without_losing_secrets(client, hr):
    post, site = PostFactory(), SiteFactory()

    taken = client.post("/staff/new/", form_of(post, site))
    person = Employee.objects.get(number="E2048")
    edited = client.post(
        reverse("staff:person_edit", args=["E2048"]),
        {**form_of(post, site, name="何静静"), "phone": "", "id_number": ""},
    )

    assert [taken.status_code, edited.status_code, person.state] == [302, 302, "active"]
    person = Employee.objects.get(number="E2048")
    assert (person.name, person.phone, person.id_number) == ("何静静", "13800138000", ID)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", ""), ("name", ""), ("name", "陈\u202e强"), ("post", "none"), ("site", "none"),
        ("hired_on", "2026-13-45"), ("phone", "12"), ("id_number", "110105194912310021"),
        ("background_checked_on", ""), ("supervisor", "E404"),
    ],
)  # fmt: skip
def test_bad_field_is_named_and_typing_kept(client, hr, field, value):
    before = Employee.objects.count()

    page = client.post("/staff/new/", {**form_of(PostFactory(), SiteFactory()), field: value})

    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert "2026-10-20" in page.content.decode() or field == "background_checked_on"
    assert Employee.objects.count() == before


def test_taken_number_is_refused_at_its_field(client, hr, chen):
    page = client.post("/staff/new/", form_of(PostFactory(), SiteFactory(), number=chen.number))

    assert (page.status_code, list(page.context["form"].errors)) == (422, ["number"])


def test_extra_fields_change_nothing(client, hr, chen):
    sent = {**form_of(chen.post, chen.site), "state": "left", "user": "1", "left_on": "2020-01-01"}

    client.post(reverse("staff:person_edit", args=[chen.number]), sent)

    chen.refresh_from_db()
    assert (chen.state, chen.left_on, chen.number != "E2048") == ("active", None, True)


def test_leaving_closes_login_and_roles_at_once(client, chen):
    client.force_login(chen.user)
    assert client.get("/account/").status_code == 200

    services.leave(chen, on=date(2026, 11, 23), at=NOW, reason="辞职")

    assert client.get("/account/").status_code == 302
    assert chen.user.grants_at(NOW) == []
    with pytest.raises(DomainError):
        services.grant_role(chen.user, "courier", chen.site, at=NOW)


@pytest.mark.req("STF-01", "STF-02")
def test_person_page_shows_duties_standard_version_and_review(client, hr):
    person = CourierFactory(post=Post.objects.get(code="screener"))

    text = client.get(reverse("staff:person", args=[person.number])).content.decode()

    assert "可疑图像停带上报" in text
    assert "安检培训考试合格" in text
    assert "2026-01-05" in text


def test_catalogue_has_the_posts_of_the_trade():
    wanted = {"courier", "agent", "warehouse", "technician", "manager", "driver", "sorter"}

    assert wanted <= set(Post.objects.values_list("code", flat=True))
    assert all(post.duties and post.duties_en for post in Post.objects.filter(code__in=wanted))


def test_new_login_shows_its_password_once(client):
    person = CourierFactory(user=None)
    client.force_login(UserFactory(role="admin"))

    made = client.post("/users/new/", {"number": person.number.lower()})
    again = client.post("/users/new/", {"number": person.number})

    assert (made.status_code, again.status_code) == (200, 422)
    person.refresh_from_db()
    assert person.user.check_password(made.context["password"])
    assert person.user.must_change_password
