"""Signing in and out, limits, sessions, account."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from courierqa.core.privacy import phone_index
from staff import services
from staff.auth import StaffBackend
from staff.models import LoginAttempt
from tests.factories.staff import PASSWORD, EmployeeFactory, UserFactory

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db
LOGIN = "/login/"


@pytest.fixture
def ana():
    return UserFactory(username="E1024", role="agent")


def sign_in(client, username="E1024", password=PASSWORD, **more):
    return client.post(LOGIN, {"username": username, "password": password, **more})


def test_right_pair_signs_in_and_rotates_the_session(client, ana):
    client.get(LOGIN)
    client.session["seen"] = 1
    client.session.save()
    before = client.session.session_key

    answer = sign_in(client)

    assert (answer.status_code, answer.url) == (302, "/")
    assert client.session["_auth_user_id"] == str(ana.pk)
    assert client.session.session_key != before


def test_number_in_small_letters_and_phone_sign_in_too(client, ana):
    EmployeeFactory(user=ana, phone="138 0013 8000", phone_index=phone_index("138 0013 8000"))
    backend = StaffBackend()

    assert backend.authenticate(None, username="e1024", password=PASSWORD) == ana
    assert backend.authenticate(None, username="+86 13800138000", password=PASSWORD) == ana


def test_phone_shared_by_two_people_signs_nobody_in(ana):
    for user in (ana, UserFactory()):
        EmployeeFactory(user=user, phone_index=phone_index("138 0013 8000"))

    assert StaffBackend().authenticate(None, username="13800138000", password=PASSWORD) is None


@pytest.mark.parametrize("identity", ["E1024", "E9999"])
def test_wrong_pair_keeps_the_number_clears_the_password_and_tells_nothing(client, ana, identity):
    answer = sign_in(client, identity, "wrong-wrong-1")

    text = answer.content.decode()
    assert answer.status_code == 422
    assert f'value="{identity}"' in text
    assert "wrong-wrong-1" not in text
    assert "error-summary" in text


def test_unknown_and_known_answer_alike(client, ana):
    known = sign_in(client, "E1024", "wrong-wrong-1").content.decode()
    unknown = sign_in(client, "E9999", "wrong-wrong-1").content.decode()

    def plain(text, name):
        lines = text.replace(name, "").splitlines()
        return [line for line in lines if "csrfmiddlewaretoken" not in line]

    assert plain(known, "E1024") == plain(unknown, "E9999")


def test_unknown_user_costs_a_hash_too(ana, monkeypatch):
    """The time must not tell who exists: the hasher runs in both cases."""
    from staff.models import User

    hashed = []
    real = User.set_password
    monkeypatch.setattr(User, "set_password", lambda u, raw: (hashed.append(raw), real(u, raw)))

    StaffBackend().authenticate(None, username="nobody", password="x")

    assert hashed == ["x"]


def test_inactive_user_is_refused_and_thrown_out(client, ana):
    sign_in(client)
    ana.is_active = False
    ana.save()

    assert client.get("/account/").status_code == 302
    assert sign_in(client).status_code == 422


def test_password_over_a_kilobyte_is_400_and_not_hashed(client, ana):
    answer = sign_in(client, password="x" * 1025)

    assert answer.status_code == 400
    assert LoginAttempt.objects.count() == 0


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_next_leads_only_to_ourselves(client, ana, target):
    assert sign_in(client, next=target).url == "/"


def test_next_on_our_side_is_kept(client, ana):
    assert sign_in(client, next="/account/").url == "/account/"


def test_keeping_signed_in_is_a_choice(client, ana):
    sign_in(client)
    assert client.session.get_expire_at_browser_close()
    client.post("/logout/")
    sign_in(client, keep="on")
    assert client.session.get_expiry_age() == 14 * 24 * 3600


def test_signing_out_needs_post_and_clears_the_cache(client, ana):
    sign_in(client)

    assert client.get("/logout/").status_code == 405
    answer = client.post("/logout/")

    assert answer["Clear-Site-Data"] == '"cache"'
    assert client.get("/account/").status_code == 302


def tries(identity="E1024", ip="10.0.0.1", *, at=NOW):
    return services.reserve_try(identity=identity, ip=ip, now=at)


def test_five_wrong_tries_at_one_address_lock_for_the_rest_of_five_minutes(ana):
    for turn in range(5):
        tries(at=NOW + timedelta(seconds=turn))

    with pytest.raises(services.Locked) as locked:
        tries(at=NOW + timedelta(minutes=1))
    assert locked.value.minutes == 4
    tries(at=NOW + timedelta(minutes=5, seconds=5))


def test_the_address_alone_never_locks(ana):
    for turn in range(30):
        tries(f"E{2000 + turn}")

    tries("E1024")


def test_ten_wrong_tries_of_one_user_lock_everywhere(ana):
    for turn in range(10):
        tries(ip=f"10.0.0.{turn}")

    with pytest.raises(services.Locked) as locked:
        tries(ip="10.0.9.9")
    assert locked.value.minutes == 15


def test_number_and_phone_share_one_count(ana):
    EmployeeFactory(user=ana, phone_index=phone_index("13800138000"))
    for identity in ("E1024", "e1024", "138 0013 8000", "+8613800138000", "E1024"):
        tries(identity)

    with pytest.raises(services.Locked):
        tries("13800138000")


def test_a_success_begins_the_count_anew(ana):
    for _turn in range(4):
        tries()
    services.note_success(tries())
    for _turn in range(5):
        tries()

    with pytest.raises(services.Locked):
        tries()


def test_locked_page_says_how_long(client, ana):
    for _turn in range(5):
        sign_in(client, password="wrong-wrong-1")

    answer = sign_in(client)

    assert answer.status_code == 429
    assert int(answer["Retry-After"]) >= 60
    assert "E1024" in answer.content.decode()


def test_account_saves_language_theme_and_keys(client, ana):
    client.force_login(ana)

    answer = client.post("/account/", {"language": "en", "theme": "dark"})

    ana.refresh_from_db()
    assert (ana.language, ana.theme, ana.single_keys) == ("en", "dark", False)
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    bad = client.post("/account/", {"language": "xx", "theme": "pink"})
    assert bad.status_code == 422


def test_new_password_ends_other_sessions(client, ana):
    from django.test import Client

    other = Client()
    other.force_login(ana)
    client.force_login(ana)

    wrong = client.post("/account/password/", {"old": "no", "new": "another-horse-9"})
    weak = client.post("/account/password/", {"old": PASSWORD, "new": "short"})
    done = client.post("/account/password/", {"old": PASSWORD, "new": "another-horse-9"})

    assert [wrong.status_code, weak.status_code, done.status_code] == [422, 422, 302]
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302


def test_who_looked_at_my_data_is_shown_to_me(client, ana):
    person = EmployeeFactory(
        user=ana, phone="13800138000", id_number="11010519491231002X", name="林悦"
    )
    hr = UserFactory(role="hr", display_name="孙敏")
    client.force_login(hr)
    client.post(reverse("staff:person_reveal", args=[person.number]), {"reason": "payroll"})
    client.force_login(ana)

    text = client.get("/account/").content.decode()

    assert "孙敏" in text
    assert "工资或社保" in text
