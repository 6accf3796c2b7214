"""Words that have one meaning here and another there."""

from __future__ import annotations

from typing import Any

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
