"""Force majeure in the demo: one exemption in force, one that was revoked, one waiting."""

from __future__ import annotations

from datetime import datetime, timedelta

from courierqa.demo.people import Cast
from kpi import exempting

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
# A notice as small as a PDF can be; its words stand beside it.
NOTICE = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
# Site, days ago, hours, cause, evidence, how far it has come.
STORMS = (
    ("NB-01", 33, 40, "台风过境，出城道路封闭", "市气象局台风红色预警第 3 号", "approved"),
    ("HZ-02", 9, 12, "站点停电", "供电公司停电通知", "revoked"),
    ("SX-01", 3, 10, "暴雨内涝，道路中断", "市应急管理局第 18 号通告", "requested"),
)


def tell(cast: Cast, *, now: datetime, days: int) -> str:
    """Ask for each, decide and revoke as far as it has come; return a line about them."""
    quality, manager = cast.users["quality"], cast.users["manager"]
    for site, ago, hours, cause, evidence, step in STORMS:
        start = now - min(ago, max(days - 2, 1)) * DAY
        wanted = exempting.Wanted(
            reach="sites", sites=[cast.sites[site]], starts_at=start, evidence=evidence,
            ends_at=start + hours * HOUR, cause=cause,
        )  # fmt: skip
        at = start + hours * HOUR
        row = exempting.ask(wanted=wanted, content=NOTICE, name="通知.pdf", by=quality, at=at)
        if step == "requested":
            continue
        exempting.decide(row=row, approve=True, note="", by=manager, at=at + HOUR)
        if step == "revoked":
            why = "停电仅两小时，不影响当班派送"
            exempting.revoke(row=row, reason=why, by=manager, at=at + 5 * HOUR)
    return f"{len(STORMS)} exemptions"
