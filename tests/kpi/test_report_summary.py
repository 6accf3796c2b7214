"""The executive summary: what it holds figures against, and whom it names."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader

from kpi.reports.monthly_quality import make_pdf
from tests.factories.report import edition, sample_content


def summary_of(content) -> str:
    pages = PdfReader(BytesIO(make_pdf(content, edition(), language="en"))).pages
    return " ".join(pages[1].extract_text().split())


def test_an_adjusted_value_is_called_adjusted():
    content = sample_content()
    line = next(one for one in content["metrics"] if one["code"] == "T01")
    assert "adjusted" not in summary_of(content)
    line |= {"exempt_hits": 0, "exempt_total": 50}

    assert "On-time delivery rate 96.1 % adjusted, usually 96.9 %" in summary_of(content)


def test_only_a_site_outside_the_funnel_is_named():
    """Binjiang has 63 % of the misses; with every site at the company's share nobody is named."""
    content = sample_content()
    assert "Hangzhou Binjiang alone has 2,555 of the" in summary_of(content)
    line = next(one for one in content["metrics"] if one["code"] == "T01")
    for site in content["sites"]:
        total = site["figures"]["T01"]["total"]
        site["figures"]["T01"]["hits"] = round(total * line["hits"] / line["total"]) - 3

    assert "alone has" not in summary_of(content)
