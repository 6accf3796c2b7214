"""A month's frozen content with every part filled, built without a database."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.utils import translation

from kpi.metrics import METRICS
from kpi.reports.content import Edition

ON_TIME = [971, 968, 970, 966, 972, 969, 967, 971, 969, 970, 968, 971, 968, 967, 965, 964, 963, 961]
TOTAL = 105_872
MONTHS = [f"{2025 + (4 + place) // 12}-{(4 + place) % 12 + 1:02}" for place in range(18)]
PLACES = [
    ("HZ-01", "杭州滨江站", "Hangzhou Binjiang", 41_210, 93.8),
    ("NB-01", "宁波江北站", "Ningbo Jiangbei", 18_007, 97.4),
    ("SX-01", "绍兴柯桥站", "Shaoxing Keqiao", 15_320, 97.6),
    ("JX-01", "嘉兴南湖站", "Jiaxing Nanhu", 12_004, 97.8),
    ("HU-01", "湖州吴兴站", "Huzhou Wuxing", 9_840, 97.7),
    ("JH-01", "金华义乌站", "Jinhua Yiwu", 6_220, 97.5),
    ("TZ-01", "台州椒江站", "Taizhou Jiaojiang", 3_247, 97.3),
    ("WZ-01", "温州鹿城站", "Wenzhou Lucheng", 24, 95.8),
]
# Per mille of the month's volume, month by month, for the metrics that need no story.
LEVELS = {
    "T02": 981, "T03": 902, "T04": 958, "D01": 912, "D02": 994, "S01": 999, "C04": 984, "C05": 861,
}  # fmt: skip
RARE = {
    "T11": (14, 17, 12),
    "S04": (1, 0, 2),
    "C02": (18, 23, 20),
    "C11": (1, 0, 2),
    "C12": (0, 1, 1),
}


# Losses, ever closer together.
EVENTS = [[f"2026-{n // 28 + 1:02}-{n % 28 + 1:02}", 1] for n in (0, 60, 118, 170, 214, 250, 272)]
# Among 380 parcels a day.
AMONG = {"counted": 280 * 380, "days": [[380, n * 380] for n in (0, 60, 118, 170, 214, 250, 272)]}


def both(zh: str, en: str) -> dict[str, str]:
    return {"zh-hans": zh, "en": en}


def words(code: str) -> dict[str, dict[str, str]]:
    declared = METRICS[code].words
    texts: dict[str, dict[str, str]] = {}
    for key in ("name", "formula", "assigned", "edges", "maturity", "source"):
        texts[key] = {}
        for language in ("zh-hans", "en"):
            with translation.override(language):
                texts[key][language] = str(getattr(declared, key))
    return texts


def counts_of(code: str, place: int) -> dict[str, int]:
    """Return the month's counts: an on-time story that falls, the rest steady."""
    if code == "T01":
        return {"hits": round(TOTAL * ON_TIME[place] / 1000), "total": TOTAL}
    if code in ("S02", "S03"):
        return {"hits": (3, 5, 4)[place % 3], "total": TOTAL}
    if code in RARE:
        return {"hits": RARE[code][place % 3], "total": TOTAL}
    if code == "C01":
        return {"hits": 42 + (7 * place) % 11, "total": TOTAL}
    if code == "C03":
        return {"hits": 46 + place % 4, "total": 51}
    if code not in LEVELS and METRICS[code].unit != "share":
        return {"hits": (2, 3, 2)[place % 3], "total": TOTAL}
    wobble = (0, 2, -1, 1, -2)[place % 5] if code != "S01" else 0
    return {"hits": round(TOTAL * (LEVELS.get(code, 985) + wobble) / 1000), "total": TOTAL}


def metric(code: str) -> dict[str, Any]:
    declared = METRICS[code]
    now = counts_of(code, 17)
    series = [{"period": month, **counts_of(code, place)} for place, month in enumerate(MONTHS)]
    return {
        "code": code,
        "group": str(declared.group.value),
        "unit": str(declared.unit.value),
        "direction": str(declared.direction.value),
        "words": words(code),
        "target": "0.97" if code == "T01" else str(declared.proposal),
        "target_is_proposal": code != "T01",
        "is_mature": declared.mature_days < 30,
        "mature_on": "2026-12-01",
        "pending": 0,
        "excluded": 37 if code.startswith("T") else 0,
        "series": series,
        "events": EVENTS if code == "S02" else [],
        "among": AMONG if code == "S02" else {},
        **now,
    }


def site(code: str, zh: str, en: str, total: int, percent: float) -> dict[str, Any]:
    figures = {"T01": {"hits": round(total * percent / 100), "total": total}}
    figures |= {key: {"hits": round(total * 0.98), "total": total} for key in ("T02", "T03", "D01")}
    figures |= {"S01": {"hits": total - total // 2000, "total": total}}
    figures |= {key: {"hits": total // 30_000, "total": total} for key in ("S02", "S03")}
    figures |= {
        "C01": {"hits": total // 1000 if code == "HZ-01" else total // 2600, "total": total}
    }
    figures |= {"C03": {"hits": total // 2000, "total": total // 2000}}
    return {"code": code, "names": both(zh, en), "figures": figures}


def sample_content(**changes: Any) -> dict[str, Any]:
    """Return the content of October 2026."""
    content: dict[str, Any] = {
        "format": 1,
        "period": "2026-10",
        "start": "2026-10-01",
        "end": "2026-11-01",
        "as_of": "2026-11-09T06:10:00+00:00",
        "company": both("远山速递", "Yuanshan Express"),
        "time_zone": "Asia/Shanghai",
        "is_open": False,
        "metrics": [metric(code) for code in METRICS],
        "sites": [site(*place) for place in PLACES],
        "causes": [
            {"code": "delay", "names": both("延误", "Delay"), "count": 21},
            {
                "code": "locker",
                "names": both("未经同意投柜", "Locker without consent"),
                "count": 12,
            },
            {"code": "attitude", "names": both("服务态度", "Attitude"), "count": 6},
            {"code": "damage", "names": both("损毁", "Damage"), "count": 5},
            {"code": "fee", "names": both("费用争议", "Fee dispute"), "count": 4},
            {"code": "privacy", "names": both("信息泄露", "Privacy"), "count": 3},
        ],
        "complaints": {
            "received": 51,
            "closed": 47,
            "reopened": 2,
            "open": 9,
            "by_class": [
                {"code": "service", "names": both("服务质量", "Service quality"), "count": 38},
                {"code": "attitude", "names": both("服务态度", "Attitude"), "count": 6},
                {"code": "price", "names": both("价格争议", "Price dispute"), "count": 4},
                {"code": "privacy", "names": both("个人信息", "Personal information"), "count": 3},
                {"code": "other", "names": both("其他", "Other"), "count": 0},
            ],
            "first": {"hits": 49, "total": 51},
            "legal": {"hits": 47, "total": 49},
            "misses": [
                {
                    "number": "C-2026-004217",
                    "site": both("杭州滨江站", "Hangzhou Binjiang"),
                    "received": "2026-10-02T03:11:00+00:00",
                    "due": "2026-10-09T15:59:59.999999+00:00",
                    "told": "2026-10-11T01:00:00+00:00",
                },
                {
                    "number": "C-2026-004301",
                    "site": None,
                    "received": "2026-10-12T03:11:00+00:00",
                    "due": "2026-10-19T15:59:59.999999+00:00",
                    "told": None,
                },
            ],
        },
        "compensation": {
            "opened": 14,
            "paid": 11,
            "paid_fen": 482_050,
            "by_kind": [
                {"code": "delay", "names": both("延误", "Delay"), "count": 6, "fen": 42_050},
                {"code": "damage", "names": both("损毁", "Damage"), "count": 3, "fen": 140_000},
                {"code": "loss", "names": both("丢失", "Loss"), "count": 2, "fen": 300_000},
            ],
            "borne_by": [
                {"names": both("杭州滨江站", "Hangzhou Binjiang"), "count": 8, "fen": 362_050},
                {"names": both("公司", "Company"), "count": 3, "fen": 120_000},
            ],
            "largest": [
                {
                    "case": "C-2026-004217",
                    "names": both("丢失", "Loss"),
                    "fen": 260_000,
                    "status": both("已支付", "Paid"),
                }
            ],
        },
        "ratings": {
            "every": {"n": 1_300, "sum": 5_193},
            "on_time": {"n": 1_080, "sum": 4_622},
            "late": {"n": 200, "sum": 500},
        },
        "staff": {
            "grades": [
                {"names": both(zh, en), "A": 6 + place, "B": 11 - place, "C": place % 3, "none": 1}
                for place, (_code, zh, en, _total, _percent) in enumerate(PLACES)
            ],
            "up": 7,
            "down": 3,
            "courses": [
                {
                    "code": "prohibited-goods",
                    "names": both("禁寄物品", "Prohibited goods"),
                    "due": 62,
                    "passed": 55,
                    "overdue": 7,
                    "expired": 4,
                }
            ],
            "exams": {"finished": 58, "passed": 55},
        },
        "improving": {
            "open": 9,
            "overdue": 2,
            "sites": [
                {
                    "code": "HZ-01",
                    "names": both("杭州滨江站", "Hangzhou Binjiang"),
                    "open": 6,
                    "overdue": 2,
                },
                {"code": "", "names": None, "open": 3, "overdue": 0},
            ],
            "late": [
                {
                    "number": f"NC-2026-00{n}-1",
                    "site": both("杭州滨江站", "Hangzhou Binjiang"),
                    "due": "2026-10-12",
                    "days": 20,
                }
                for n in (31, 34)
            ],
            "checks": [
                {
                    "number": "NC-2026-0017",
                    "round": 1,
                    "site": None,
                    "metric": "T01",
                    "due": "2026-10-20",
                    "result": result,
                }
                for result in ("effective", "ineffective", None)
            ],
            "inspections": [
                {
                    "code": "HZ-01",
                    "names": both("杭州滨江站", "Hangzhou Binjiang"),
                    "visits": 4,
                    "failed": 1,
                },
            ],
        },
        "quality": {
            "accepted": 106_204,
            "marked": 83,
            "defaulted": 12,
            "silent_sites": ["LS-02"],
            "through": "2026-11-09T06:10:00+00:00",
            "verification": {"cells": 2_511, "differences": 0},
            "findings": [
                {
                    "code": "late_upload",
                    "names": both("上传晚于 24 小时", "Uploaded after 24 h"),
                    "count": 61,
                }
            ],
            "imports": [
                {
                    "file": "orders.csv",
                    "at": "2026-10-20T06:10:00+00:00",
                    "rows": 8135,
                    "kept": 8050,
                    "marked": 85,
                    "refused": 0,
                }
            ],
        },
        "changes": None,
    }
    return content | changes


def edition(**changes: Any) -> Edition:
    """Return a final first edition."""
    fields: dict[str, Any] = {
        "version": "1.0",
        "sha256": "9f2c" * 16,
        "is_final": True,
        "frozen_at": datetime(2026, 11, 9, 8, 0, tzinfo=UTC),
    }
    return Edition(**(fields | changes))
