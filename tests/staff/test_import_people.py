"""Who may import people, at which sites, under whose name, and what is kept of refused rows."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from courierqa.core import outbox
from courierqa.core.access import matrix
from courierqa.core.errors import NotAllowed
from courierqa.core.models import AuditEntry, ImportRun
from shipments.imports import running
from shipments.services import importing
from staff.imports import import_people
from staff.models import Employee
from tests.factories.staff import PostFactory, SiteFactory, UserFactory

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
HEAD = "工号,姓名,岗位,网点,入职日期,手机,身份证号\n"
ID = "11010519491231002X"
NEW = "/imports/new/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    PostFactory(name="快递")
    return SiteFactory()


def sent(text):
    return SimpleUploadedFile("hr.csv", text.encode())


def upload(client, text):
    return client.post(NEW, {"template": "people:standard", "files": [sent(text)]})


@pytest.mark.req("ROL-01")
def test_hr_imports_people_under_their_own_name(client, place):
    hr = UserFactory(role="hr")
    client.force_login(hr)
    assert client.get(reverse("shipments:imports")).status_code == 200
    checked = upload(client, f"{HEAD}E8,何静,快递,{place.code},2026-11-01,,\n")
    assert checked.status_code == 302
    made = client.post(checked.url)
    outbox.run_due(now=timezone.now())

    assert client.get(made.url).context["run"].counts == {"created": 1}
    person = Employee.objects.get(number="E8")
    entry = AuditEntry.objects.get(action="staff.create", object_id=str(person.pk))
    assert entry.actor_id == hr.pk


@pytest.mark.req("ROL-01")
@pytest.mark.parametrize("role", ["quality", "admin", "supervisor"])
def test_whoever_may_not_change_people_neither_sends_nor_reads_a_file_of_them(client, place, role):
    other = UserFactory(role=role)
    text = f"{HEAD}E8,何静,快递,{place.code},2026-11-01,,\nE9,,,,,,\n"
    client.force_login(UserFactory(role="hr"))
    page = upload(client, text).url
    run = ImportRun.objects.get()

    client.force_login(other)
    asked = {"kind": "people", "mapping": "standard", "by": other, "now": NOW}
    with pytest.raises(NotAllowed):
        importing.ask_dry_run(file=io.BytesIO(text.encode()), filename="hr.csv", **asked)
    with pytest.raises(NotAllowed):
        importing.ask_import(run, by=other, now=NOW)
    assert upload(client, text).status_code == 422
    assert client.post(page).status_code == 404
    for name in ("import", "import_rejects", "import_columns"):
        assert client.get(reverse(f"shipments:{name}", args=[run.pk])).status_code == 404
    assert "hr.csv" not in client.get(reverse("shipments:imports")).content.decode()
    assert not Employee.objects.filter(number="E8").exists()


def test_hr_sends_no_files_of_parcels(client):
    client.force_login(UserFactory(role="hr"))

    choices = client.get(NEW).context["form"].fields["template"].choices

    assert [code for code, _label in choices] == ["people:standard"]


def test_people_are_taken_on_only_at_sites_within_reach(place, monkeypatch):
    monkeypatch.setitem(matrix()["staff"]["change"], "supervisor", "site")
    other = SiteFactory()
    by = UserFactory(role="supervisor", role__site=place)
    rows = f"E8,何静,快递,{place.code},2026-11-01,,\nE9,马超,快递,{other.code},2026-11-01,,\n"
    text = HEAD.replace("工号", "number").replace("姓名", "name").replace("岗位", "post") + rows
    text = text.replace("网点", "site").replace("入职日期", "hired_on")

    report = import_people(
        io.BytesIO(text.encode()), filename="hr.csv", mapping="standard", now=NOW, by=by
    )

    assert [row.code for row in report.problems] == ["unknown_site"]
    assert Employee.objects.filter(number__in=["E8", "E9"]).get().site == place


def test_a_site_written_otherwise_is_said_once_for_all_rows(client, place):
    client.force_login(UserFactory(role="hr"))
    page = upload(client, f"{HEAD}E8,何静,宇航员,总部,2026-11-01,,\n").url
    groups = client.get(page).context["groups"]
    assert {group["field"]: group["value"] for group in groups} == {"site": "总部", "post": ""}
    run = ImportRun.objects.get()

    said = {"value": "总部", "target": place.code}
    again = client.post(reverse("shipments:import_map", args=[run.pk]), said).url

    assert [g["field"] for g in client.get(again).context["groups"]] == ["post"]


@pytest.mark.req("INF-01")
def test_a_refused_row_is_kept_without_phone_and_identity_number(client, place):
    client.force_login(UserFactory(role="hr"))
    head = f"{HEAD.strip()},证件,紧急电话\n"
    row = f"E9,,快递,{place.code},2026-11-01,13800138000,{ID},{ID},13900139000\n"
    upload(client, head + row)
    run = ImportRun.objects.get()

    kept = run.problem_rows.first().raw
    sent_back = client.get(reverse("shipments:import_rejects", args=[run.pk]))
    rejects = b"".join(sent_back.streaming_content).decode()

    assert [kept[name] for name in ("手机", "身份证号", "证件", "紧急电话")] == ["***"] * 4
    assert (kept["工号"], kept["入职日期"]) == ("E9", "2026-11-01")
    assert "E9" in rejects
    assert not any(secret in rejects for secret in (ID, "13800138000", "13900139000"))


@pytest.mark.req("INF-01")
def test_the_file_itself_goes_once_it_is_stored_or_after_a_day(client, place):
    client.force_login(UserFactory(role="hr"))
    checked = upload(client, f"{HEAD}E8,何静,快递,{place.code},2026-11-01,,{ID}\n").url
    dry = ImportRun.objects.get()
    soon, later = timezone.now(), timezone.now() + timedelta(days=1, minutes=1)

    assert running.forget_files(now=soon) == {"files": 0}
    client.post(checked)
    outbox.run_due(now=timezone.now())
    assert running.forget_files(now=soon) == {"files": 1}
    assert not dry.file.storage.exists(dry.file.name)
    assert client.get(checked).status_code == 200
    columns = client.get(reverse("shipments:import_columns", args=[dry.pk]))
    assert columns.status_code == 302
    # A file nobody said yes to waits for a day.
    upload(client, f"{HEAD}E9,何静,快递,{place.code},2026-11-01,,{ID}\n")
    assert running.forget_files(now=later) == {"files": 1}
    target, _seconds = settings.SCHEDULE["shipments.import_files"]
    assert import_string(target) is running.forget_files


@pytest.mark.req("INF-01")
def test_a_row_whose_cells_slipped_tells_no_phone_and_no_identity_number(client, place):
    client.force_login(UserFactory(role="hr"))
    upload(client, f"{HEAD}E9,13800138000,13800138000,{ID},{ID},,\nE10,***,快递,{place.code},,,\n")
    rows = ImportRun.objects.get().problem_rows

    slipped = list(rows.filter(key="E9").values())
    assert slipped[0]["raw"]["工号"] == "E9"
    assert not any(secret in str(slipped) for secret in (ID[:10], "13800138000"))
    assert rows.filter(key="E10", field="name").exists()
