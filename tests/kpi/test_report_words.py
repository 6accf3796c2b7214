"""What the report says in words: one of a thing is one, in both languages."""

from __future__ import annotations

import pytest
from django.utils import translation

from kpi.reports.content import read_content
from kpi.reports.judging import judge
from tests.factories.report import sample_content


def sentence(events: int, months: int, language: str) -> str:
    """Return what is said of lost parcels where so many were lost in so many months."""
    content = sample_content()
    lost = next(line for line in content["metrics"] if line["code"] == "S02")
    for place, month in enumerate(lost["series"]):
        month |= {"hits": 0, "total": 500 if place >= len(lost["series"]) - months else 0}
    lost["series"][-1]["hits"] = events
    line = next(one for one in read_content(content).metrics if one.code == "S02")
    with translation.override(language):
        return judge(line, period="2026-10", language=language).verdict.sentence


@pytest.mark.parametrize(
    ("events", "months", "language", "said"),
    [
        (1, 17, "en", ": 1 event in 17 months, too few"),
        (2, 1, "en", ": 2 events in 1 month, too few"),
        (1, 17, "zh-hans", "：17 个月共 1 件，太少"),
    ],
)
def test_few_events_are_counted_in_words(events, months, language, said):
    assert said in sentence(events, months, language)
