"""One month told through the services, published, printed: what two databases must agree on.

Run as a program it does so in the database of its environment and prints the hashes.
"""

from __future__ import annotations

import hashlib
import json
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
PEOPLE = (("made", "quality"), ("checked", "lead"), ("approved", "manager"))


def published() -> dict[str, str]:
    """Tell, freeze, sign and publish October; return the SHA-256 of each of its files."""
    from kpi import services, snapshots
    from tests.kpi import histories

    with time_machine.travel(NOW, tick=False):
        histories.tell(seed=11, parcels=60)
        services.refresh_dirty(now=NOW)
        people = {role: _person(role) for _step, role in PEOPLE}
        snapshots.make_snapshot("2026-10", now=NOW)
        snapshots.comment(period="2026-10", text="同一事件", by=people["quality"], at=NOW)
        for one in snapshots.uncommented(snapshots.latest("2026-10").content):
            snapshots.comment(
                period="2026-10", code=one.line.code, text="见附件", by=people["quality"], at=NOW
            )
        report = snapshots.freeze("2026-10", now=NOW, by=people["quality"])
        for step, role in PEOPLE:
            snapshots.sign(report, step=step, sha256=report.sha256, by=people[role], at=NOW)
        snapshots.publish(report, by=people["manager"], at=NOW)
        # As another process finds it: read back from the database, not as it was made.
        stored = type(report).objects.get(pk=report.pk)
        return {"snapshot": stored.sha256, **_hashes(stored)}


def _person(role: str) -> Any:
    from django.contrib.auth import get_user_model

    from staff import services

    user = get_user_model().objects.create(username=f"two-{role}", display_name=f"签署 {role}")
    services.grant_role(user, role, None, at=NOW - timedelta(days=9))
    return user


def _hashes(report: Any) -> dict[str, str]:
    from kpi import snapshots

    made = {"json": snapshots.annex_json(report)}
    for language in snapshots.LANGUAGES:
        made[f"{language}.pdf"] = snapshots.render(report, language)
        made[f"{language}.xlsx"] = snapshots.workbook(report, language)
    return {name: hashlib.sha256(content).hexdigest() for name, content in made.items()}


if __name__ == "__main__":
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    json.dump(published(), sys.stdout)
