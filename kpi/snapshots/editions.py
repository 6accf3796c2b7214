"""What a printing says beside the frozen content: its signatures, publication, and history."""

from __future__ import annotations

from kpi.enums import Step
from kpi.models import Publication, Snapshot
from kpi.reports.content import Earlier, Edition, Signed


def edition_of(snapshot: Snapshot, *, published: bool | None = None) -> Edition:
    """Return what the report prints about this snapshot beside its content.

    `published` chooses between the file made at the freeze and the one with the signatures;
    unsaid, the edition is told as it stands now.
    """
    done = Publication.objects.filter(snapshot=snapshot).first() if published is not False else None
    return Edition(
        version=snapshot.version,
        sha256=snapshot.sha256,
        is_final=snapshot.is_final,
        frozen_at=snapshot.frozen_at,
        site=snapshot.site,
        signatures=_signatures(snapshot) if done else (),
        published_at=done.at if done else None,
        earlier=_earlier(snapshot),
    )


def _signatures(snapshot: Snapshot) -> tuple[Signed, ...]:
    given = {one.step: one for one in snapshot.signatures.all()}
    return tuple(
        Signed(step, one.name, one.role, one.sha256, one.at)
        for step in Step.values
        if (one := given.get(step))
    )


def _earlier(snapshot: Snapshot) -> tuple[Earlier, ...]:
    """Return the editions frozen before this one, oldest first; a first one has none."""
    if not snapshot.is_final or snapshot.version == "1.0":
        return ()
    rows = Snapshot.objects.filter(
        period=snapshot.period, site=snapshot.site, is_final=True, pk__lt=snapshot.pk
    ).order_by("pk")
    return tuple(Earlier(row.version, row.sha256, row.frozen_at, _reason(row)) for row in rows)


def _reason(row: Snapshot) -> str:
    return str((row.content.get("changes") or {}).get("reason", ""))
