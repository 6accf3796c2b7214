"""An October at two stations, written as facts: what tests of reports freeze and print."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from kpi import services, snapshots
from tests.factories.kpi import case_row, double_check, parcel_row, save_cases, save_parcels

OCTOBER = datetime(2026, 10, 5, 2, tzinfo=UTC)
MADE = datetime(2026, 11, 9, 8, tzinfo=UTC)
STATIONS = (("HZ-01", "杭州", "Hangzhou"), ("NB-01", "宁波", "Ningbo"))


def two_sites() -> list[Any]:
    from staff.models import Site

    return [
        Site.objects.create(code=code, name=name, name_en=en, kind="station")
        for code, name, en in STATIONS
    ]


def tell(sites: list[Any]) -> None:
    """60 parcels due in October: 50 in time, 6 late, 4 never delivered; 3 complaints."""
    rows = []
    for place in range(60):
        accepted = OCTOBER + timedelta(hours=place)
        due = accepted + timedelta(days=2)
        done = due - timedelta(hours=1) if place < 50 else due + timedelta(hours=5)
        rows.append(
            parcel_row(
                site_id=sites[place % 2].pk,
                origin_id=sites[0].pk,
                accepted_at=accepted,
                due_at=due,
                done_at=done if place < 56 else None,
                attempt_at=done if place < 56 else None,
                attempt_done=True,
                marked=place == 3,
            )
        )
    save_parcels(*rows)
    answered = OCTOBER + timedelta(days=2)
    told = {"answered_at": answered, "told_at": answered}
    save_cases(
        case_row(received_at=OCTOBER, case_class="service", site_id=sites[0].pk, **told),
        case_row(received_at=OCTOBER, case_class="fee", site_id=None),
        case_row(received_at=OCTOBER, case_class="service", site_id=sites[1].pk, **told),
    )
    services.refresh_dirty(now=MADE)
    double_check("2026-10", MADE)


def explain(by: Any, *, at: datetime = MADE, site: str = "") -> None:
    """Comment every figure of October's newest draft (made if there is none) that needs a word."""
    draft = snapshots.latest("2026-10", site) or snapshots.make_snapshot(
        "2026-10", now=at, site=site
    )
    for one in snapshots.uncommented(draft.content):
        snapshots.comment(
            period="2026-10", site=site, code=one.line.code, text="Known", by=by, at=at
        )


def headline(content: dict, code: str = "T01") -> dict:
    return next(line for line in content["metrics"] if line["code"] == code)
