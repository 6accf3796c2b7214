"""Words that have one meaning here and another there."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext, pgettext

from courierqa.core.enums import ClockStatus, RowResult


def test_a_row_of_a_file_is_not_refused_like_a_parcel() -> None:
    with translation.override("zh-hans"):
        assert str(RowResult.REFUSED.label) == pgettext("rows of an import", "Refused") == "未导入"
        assert gettext("Refused") == "被拒"
        assert gettext("Parcels") == "快件"
        assert str(ClockStatus.MET.label) == gettext("in time") == "按时"
        assert gettext("Quality dashboard") != gettext("Service quality") == "服务质量类"


def test_the_search_field_promises_only_what_it_finds(as_role: Any) -> None:
    page = as_role("agent").get("/parcels/", headers={"Accept-Language": "en"}).content.decode()
    assert 'placeholder="Parcel number, phone or its last four digits"' in page


@pytest.mark.parametrize(
    ("context", "english", "chinese"),
    [
        ("condition", "Not in order", "不正常"),
        ("trip", "Left", "已发车"),
        ("state", "Open", "未处理"),
        ("danger", "What was done", "处理措施"),
        ("moment", "Started", "开始时间"),
        ("verb", "Link", "关联"),
        ("consent", "Withdrawn", "已撤回"),
        ("where", "Place", "放置地点"),
        ("place", "From", "始发地"),
        ("stocktake", "Expected", "应有"),
    ],
)
def test_a_word_of_another_page_has_another_meaning(
    context: str, english: str, chinese: str
) -> None:
    with translation.override("zh-hans"):
        assert pgettext(context, english) == chinese != gettext(english)
        assert gettext("Address") == "地址"
        assert gettext("Lockers") == gettext("Locker") == "快件箱"
