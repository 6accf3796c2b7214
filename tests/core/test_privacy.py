"""Personal data: hidden enough, bound to their row, seen only after the log was written."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection
from hypothesis import given
from hypothesis import strategies as st

from courierqa.core import audit, privacy
from courierqa.core.errors import Unavailable
from courierqa.core.models import AuditEntry, DataKey, Message
from courierqa.core.privacy import rotation
from tests.factories import core as make

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


def letter(body="请尽快送达，电话 13812345678", key="k"):
    return Message.objects.create(
        key=key, channel="email", template="t", language="zh-hans", address="a@example.com",
        body=body, not_before=NOW,
    )  # fmt: skip


# --- masks ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "mask"),
    [
        ("张三", "张*"), ("张三丰", "张**"), ("欧阳锋", "欧阳*"), ("欧阳锋华", "欧阳**"),
        ("欧阳", "欧*"), ("张", "*"), ("", ""), ("司马相如", "司马**"), ("买买提·艾力", "买***"),
        ("Liu Yang", "L***"), ("𠮷野家", "𠮷**"), ("远山速递有限公司", "远**"), ("  李四 ", "李*"),
    ],
)  # fmt: skip
def test_names_are_masked(name, mask):
    assert privacy.mask_name(name) == mask


@pytest.mark.parametrize(
    ("phone", "mask"),
    [
        ("13812345678", "138******78"), ("+86 138 1234 5678", "138******78"),
        ("008613812345678", "138******78"), ("0571-88886666", "0571******66"),
        ("１３８１２３４５６７８", "138******78"), ("12345", "******"), ("", ""),
        ("8888666", "******6"), ("+44 20 7946 0958", "4420******58"), ("未知", "******"),
    ],
)  # fmt: skip
def test_phones_are_masked(phone, mask):
    assert privacy.mask_phone(phone) == mask


def test_the_last_four_digits_may_show_and_six_stay_hidden():
    assert privacy.mask_phone("13812345678", tail=4) == "1******5678"


@pytest.mark.parametrize(
    ("address", "mask"),
    [
        ("浙江省杭州市西湖区文三路90号3幢501室", "浙江省杭州市西湖区文三路***"),
        ("杭州市文三路路桥大厦A座12楼", "杭州市文三路路***"),
        ("余杭区仓前街道五号楼三单元二零一室", "余杭区仓前街道***"),
        ("朝阳小区3号", "朝阳小区***"), ("阳光花园", "阳光***"), ("", ""),
        ("Room 501, No. 90 Wensan Road, Xihu District, Hangzhou", "***, Xihu District, Hangzhou"),
    ],
)  # fmt: skip
def test_addresses_are_masked_below_the_street(address, mask):
    assert privacy.mask_address(address) == mask


def test_identity_numbers_keep_six_characters_at_most():
    assert privacy.mask_id("110101199003071234") == "110***********1234"
    assert privacy.mask_id("12345678") == "********"


def test_numbers_in_free_text_are_hidden():
    text = "电话13812345678，身份证110101199003071234，卡 6222 0211 1122 3344，单号 88 元"

    masked = privacy.mask_text(text)

    for secret in ("12345678", "19900307", "0211"):
        assert secret not in masked
    assert "88 元" in masked


han = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
surnames = st.sampled_from(["欧阳", "司马", "诸葛", "张", "李", "买买提·", "古丽·", "Anna ", "O'"])
names = st.one_of(
    st.text(han, min_size=1, max_size=6),
    st.builds(str.__add__, surnames, st.text(han, max_size=4)),
    st.text(min_size=1, max_size=30),
)


@given(names)
@pytest.mark.req("INF-01")
def test_a_mask_hides_at_least_one_character_of_any_name(name):
    shown = privacy.mask_name(name).replace("*", "")
    plain = name.strip()

    assert not plain or len(shown) < len(plain) or plain.strip("*") == ""
    assert len(shown) <= 2


@given(st.from_regex(r"\A(\+?86)?1[3-9][0-9]{9}\Z|\A0[0-9]{2,3}-?[0-9]{7,8}\Z|\A[0-9]{3,15}\Z"),
       st.sampled_from([2, 4]))  # fmt: skip
@pytest.mark.req("INF-01")
def test_a_mask_hides_at_least_six_digits_of_any_phone(phone, tail):
    mask = privacy.mask_phone(phone, tail=tail)
    digits = sum(sign.isdigit() for sign in phone.removeprefix("+"))

    assert mask.count("*") >= privacy.masks.HIDDEN_DIGITS
    assert sum(sign.isdigit() for sign in mask) <= max(digits - 6, 0)


@given(
    st.sampled_from(["浙江省杭州市西湖区文三路", "北京市朝阳区建国门外大街", "乌镇", "天河区"]),
    st.integers(1, 999), st.sampled_from(["号", "幢", "栋", "号楼", "弄"]),
    st.integers(1, 99), st.sampled_from(["单元", "座", "-"]), st.integers(100, 9999),
)  # fmt: skip
@pytest.mark.req("INF-01")
def test_a_mask_hides_unit_and_room(street, house, kind, unit, part, room):
    mask = privacy.mask_address(f"{street}{house}{kind}{unit}{part}{room}室")

    assert not any(sign.isdigit() for sign in mask)
    assert mask.endswith("***")


# --- encryption -----------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.req("INF-01")
def test_the_database_holds_no_plain_text():
    row = letter()

    with connection.cursor() as cursor:
        cursor.execute("SELECT address, body FROM core_message")
        stored = " ".join(cursor.fetchone())
    assert "13812345678" not in stored
    assert "example.com" not in stored
    assert Message.objects.get(pk=row.pk).body == row.body


@pytest.mark.django_db
def test_a_value_moved_to_another_row_does_not_open():
    first, second = letter("一", "a"), letter("二", "b")
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM core_message WHERE id = %s", [first.pk])
        stolen = cursor.fetchone()[0]
        cursor.execute("UPDATE core_message SET body = %s WHERE id = %s", [stolen, second.pk])

    moved = Message.objects.get(pk=second.pk)

    with pytest.raises(privacy.Tampered):
        _ = moved.body


@pytest.mark.django_db
def test_a_value_moved_to_another_column_does_not_open():
    row = letter()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_message SET body = address WHERE id = %s", [row.pk])

    with pytest.raises(privacy.Tampered):
        _ = Message.objects.get(pk=row.pk).body


@pytest.mark.django_db
def test_destroying_a_key_blackens_its_values_and_the_chain_still_holds():
    row = letter()
    audit.record("message.change", row, actor=None, at=NOW, fields=["body"])
    audit.seal(now=NOW)
    for key in DataKey.objects.all():
        rotation.destroy_key(key, by=make.person("admin"), reason="term over", at=NOW)

    gone = Message.objects.get(pk=row.pk)

    assert gone.body == privacy.DESTROYED
    assert DataKey.objects.exclude(wrapped="").count() == 0
    assert audit.verify().ok


@pytest.mark.django_db
def test_rotation_re_encrypts_every_row_and_can_be_repeated():
    for number in range(5):
        letter(f"第 {number} 封", key=str(number))
    old = DataKey.objects.get()

    place = None
    while True:
        place = rotation.rotate(Message, month="2031-01", after=place, batch=2)
        if place is None:
            break

    assert rotation.rows_under(old) == 0
    new = DataKey.objects.get(month="2031-01")
    assert rotation.rows_under(new) == 10
    before = list(Message.objects.values_list("body", flat=True))
    rotation.rotate(Message, month="2031-01")
    assert list(Message.objects.values_list("body", flat=True)) == before
    assert {m.body for m in Message.objects.all()} == {f"第 {n} 封" for n in range(5)}


@pytest.mark.django_db
def test_keys_are_prepared_before_the_month_begins():
    made = privacy.prepare_keys(now=datetime(2026, 3, 25, tzinfo=UTC))

    assert made["made"] > 0
    assert set(DataKey.objects.values_list("month", flat=True)) == {"2026-03", "2026-04"}
    assert privacy.prepare_keys(now=datetime(2026, 3, 26, tzinfo=UTC)) == {"made": 0}


@pytest.mark.django_db
def test_saving_what_was_read_does_not_lose_it():
    row = letter()
    read = Message.objects.get(pk=row.pk)
    read.save()

    assert Message.objects.get(pk=row.pk).body == row.body


def test_phone_indexes_find_one_number_however_it_is_written():
    assert privacy.phone_index("138 1234 5678") == privacy.phone_index("+8613812345678") != ""
    assert privacy.phone_index("13812345679") != privacy.phone_index("13812345678")
    assert privacy.phone_index("what") == ""
    assert privacy.tail_index("13812345678", site_id=1) != privacy.tail_index(
        "13812345678", site_id=2
    )


def test_a_phone_index_is_useless_without_its_key(settings):
    ours = privacy.phone_index("13812345678")
    settings.INDEX_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

    assert privacy.phone_index("13812345678") != ours


# --- reveal ---------------------------------------------------------------------------------


def reveal(row, user, rf, **fields):
    wanted = {"reason": "回电", "case_ref": "C-2026-000001", **fields}
    return privacy.reveal(
        row, ["address", "body"], actor=user, request=rf.get("/"), at=NOW, **wanted
    )


@pytest.mark.django_db
@pytest.mark.req("INF-06", "INF-02")
def test_a_reveal_is_sealed_into_the_log_first(rf):
    row, user = letter(), make.person("agent")

    shown = reveal(row, user, rf)

    entry = AuditEntry.objects.get(action="message.reveal")
    assert shown["address"] == "a@example.com"
    assert (entry.actor_id, entry.fields, entry.reason) == (
        user.pk, ["address", "body"], "回电 · C-2026-000001",
    )  # fmt: skip
    assert entry.seal.seq == 1
    assert "example.com" not in str(entry.__dict__)


@pytest.mark.django_db
def test_a_reveal_without_a_reason_is_refused(rf):
    with pytest.raises(privacy.revealing.ReasonMissing):
        reveal(letter(), make.person("agent"), rf, reason="  ")

    assert not AuditEntry.objects.exists()


@pytest.mark.django_db
def test_a_log_that_cannot_be_written_shows_nothing(rf, monkeypatch):
    def broken(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr("courierqa.core.privacy.revealing.audit.record", broken)

    with pytest.raises(Unavailable) as refused:
        reveal(letter(), make.person("agent"), rf)

    assert refused.value.status == 503
