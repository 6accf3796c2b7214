"""The trail proves itself: every kind of tampering is found and placed."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from courierqa.core import audit
from courierqa.core.audit.selectors import chain_lines
from courierqa.core.insert_only import lifted
from courierqa.core.models import AuditEntry, AuditSeal
from tests.core.test_outbox import in_threads
from tests.factories import core as make

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
VERIFIER = Path(__file__).resolve().parents[2] / "tools" / "verify_audit.py"


def written(count=5):
    user = make.person("agent", name="刘洋")
    for number in range(count):
        audit.record(
            "case.change", user, actor=user, at=NOW + timedelta(seconds=number),
            fields=["status"], reason=f"第 {number} 次",
        )  # fmt: skip
    audit.seal(now=NOW)


def tamper(*statements):
    """Do what a database superuser could do."""
    with lifted(connection), connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)


def seal_ids():
    return list(AuditSeal.objects.order_by("seq").values_list("entry_id", flat=True))


@pytest.mark.django_db
@pytest.mark.req("ROL-02")
def test_an_honest_chain_holds():
    written(5)

    result = audit.verify()

    assert (result.ok, result.rows, result.head) == (True, 5, audit.head()[1])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "column",
    ["reason = 'x'", "actor_name = 'x'", "action = 'x.y'", "object_id = '9'", "fields = '[]'",
     "at = '2020-01-01 00:00:00'", "ip = '1.1.1.1'", "verb = 'x'"],
)  # fmt: skip
def test_an_edited_entry_is_found_at_its_place(column):
    written(5)
    tamper(f"UPDATE core_auditentry SET {column} WHERE id = {seal_ids()[2]}")

    result = audit.verify()

    assert (result.ok, result.first_bad) == (False, 3)


@pytest.mark.django_db
def test_a_removed_entry_is_found():
    written(5)
    tamper(
        f"DELETE FROM core_auditseal WHERE entry_id = {seal_ids()[1]}",
        f"DELETE FROM core_auditentry WHERE id = {seal_ids()[1]}",
    )

    assert (audit.verify().ok, audit.verify().first_bad) == (False, 2)


@pytest.mark.django_db
def test_two_swapped_entries_are_found():
    written(5)
    first, second = seal_ids()[1:3]
    tamper(
        f"UPDATE core_auditseal SET entry_id = -1 WHERE entry_id = {first}",
        f"UPDATE core_auditseal SET entry_id = {first} WHERE entry_id = {second}",
        f"UPDATE core_auditseal SET entry_id = {second} WHERE entry_id = -1",
    ) if connection.vendor == "sqlite" else tamper(
        f"UPDATE core_auditentry SET reason = CASE id WHEN {first} THEN 'b' ELSE 'a' END"
        f" WHERE id IN ({first}, {second})"
    )

    assert (audit.verify().ok, audit.verify().first_bad) == (False, 2)


@pytest.mark.django_db
def test_an_entry_slipped_in_with_a_recomputed_hash_breaks_the_next_link():
    written(5)
    forged = audit.link_hash(3, AuditSeal.objects.get(seq=2).hash, {"forged": True})
    tamper(f"UPDATE core_auditseal SET hash = '{forged}' WHERE seq = 3")

    assert audit.verify().first_bad == 3


@pytest.mark.django_db
def test_a_cut_tail_is_found_by_a_head_kept_elsewhere():
    written(5)
    kept = audit.head()
    last = seal_ids()[-1]
    tamper(
        f"DELETE FROM core_auditseal WHERE entry_id = {last}",
        f"DELETE FROM core_auditentry WHERE id = {last}",
    )

    assert audit.verify().ok is True
    assert audit.verify(known_head=kept).ok is False


@pytest.mark.django_db
def test_an_entry_slipped_in_far_behind_the_newest_link_is_found(monkeypatch):
    monkeypatch.setattr("courierqa.core.audit.chain.LOOK_BACK", 2)
    written(5)
    AuditEntry.objects.create(pk=-1, at=NOW, action="case.reveal")
    audit.seal(now=NOW)

    assert "never sealed" in audit.verify().why


@pytest.mark.django_db
def test_sealing_now_is_part_of_the_same_transaction():
    user = make.person("agent")

    entry = audit.record("parcel.reveal", user, actor=user, at=NOW, seal_now=True)

    assert AuditSeal.objects.filter(entry=entry).exists()


@pytest.mark.django_db
def test_sealing_again_changes_nothing():
    written(3)
    before = list(AuditSeal.objects.values_list("seq", "hash"))

    assert audit.seal(now=NOW) == {"sealed": 0}
    assert list(AuditSeal.objects.values_list("seq", "hash")) == before


@pytest.mark.django_db(transaction=True)
def test_pages_that_seal_at_once_and_the_worker_make_one_chain():
    user = make.person("agent")

    def page():
        for _turn in range(8):
            audit.record("export.csv", user, actor=user, at=NOW, seal_now=True)

    results = in_threads(6, page)

    assert results == [None] * 6
    result = audit.verify()
    assert (result.ok, result.rows) == (True, 48)


@pytest.mark.django_db(transaction=True)
def test_many_sealers_at_once_make_one_chain():
    user = make.person("agent")

    def work():
        for _turn in range(5):
            audit.record("case.change", user, actor=user, at=NOW)
            audit.seal(now=NOW)

    results = in_threads(6, work)

    assert results == [None] * 6
    result = audit.verify()
    assert (result.ok, result.rows) == (True, 30)


@pytest.mark.django_db
def test_the_command_says_ok_or_fails():
    written(3)
    out = StringIO()
    call_command("audit_verify", "--format", "json", stdout=out)
    assert json.loads(out.getvalue())["rows"] == 3

    tamper(f"UPDATE core_auditentry SET reason = 'x' WHERE id = {seal_ids()[1]}")

    with pytest.raises(CommandError, match="Entry 2"):
        call_command("audit_verify", stdout=out)


# --- the verifier for people without this product -------------------------------------------


def verify_alone(path, *options):
    command = [sys.executable, "-I", str(VERIFIER), str(path), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


@pytest.fixture
def exported(db, tmp_path):
    written(5)
    path = tmp_path / "chain.jsonl"
    path.write_text("".join(chain_lines()), encoding="utf-8")
    return path


def test_the_stand_alone_verifier_agrees(exported):
    code, said = verify_alone(exported)

    seq, digest = audit.head()
    assert code == 0
    assert f"head {seq}:{digest}" in said


def mend(path, change):
    lines = path.read_text(encoding="utf-8").splitlines()
    change(lines)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: lines.__setitem__(3, lines[3].replace("status", "amount")),
        lambda lines: lines.pop(2),
        lambda lines: lines.__setitem__(slice(2, 4), lines[2:4][::-1]),
        lambda lines: lines.insert(2, lines[2]),
        lambda lines: lines.pop(),
        lambda lines: lines.pop(-2),
    ],
    ids=["edited", "removed", "swapped", "doubled", "end cut", "tail cut"],
)
def test_the_stand_alone_verifier_finds_every_change(exported, change):
    mend(exported, change)

    assert verify_alone(exported)[0] == 1


def test_the_stand_alone_verifier_finds_a_rewritten_history(exported):
    head = "{}:{}".format(*audit.head())
    lines = exported.read_text(encoding="utf-8").splitlines()
    kept = [*lines[:-2], json.dumps({"rows": 4, "head": json.loads(lines[-3])["hash"]})]
    exported.write_text("\n".join(kept) + "\n", encoding="utf-8")

    assert verify_alone(exported)[0] == 0
    assert verify_alone(exported, "--head", head)[0] == 1


def test_the_stand_alone_verifier_says_when_a_file_is_something_else(tmp_path):
    path = tmp_path / "x"
    path.write_text("hello")

    assert verify_alone(path)[0] == 2


@pytest.mark.django_db
def test_an_entry_keeps_who_where_and_why_but_no_value(rf):
    user = make.person("agent", name="刘洋")
    request = rf.get("/")
    request.request_id = "abc"

    entry = audit.record(
        "user.change", user, actor=user, at=NOW, fields=["email"], reason="r", request=request
    )

    entry = AuditEntry.objects.get(pk=entry.pk)
    assert (entry.actor_name, entry.object_code, entry.verb) == ("刘洋", user.username, "change")
    assert (entry.ip, entry.request_id, entry.fields) == ("127.0.0.1", "abc", ["email"])
