"""The settings money follows: versions of the arithmetic, the bands of authority, the causes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from complaints.claim_rules import DEFAULTS, Rule
from complaints.enums import EventKind
from complaints.models import CaseRules, ClaimBand, ClaimRule, RootCause
from complaints.words import BadText, clean_line
from courierqa.core import audit
from courierqa.core.enums import Role
from courierqa.core.errors import DomainError
from staff.models import User

# Who may agree, from the smallest amount up; "" is the agent's own authority.
LADDER = ("", Role.LEAD.value, Role.MANAGER.value)


@transaction.atomic
def publish_rule(
    *, kind: EventKind, insured: bool, rule: Rule, note: str, by: User, at: datetime
) -> ClaimRule:
    """Put a new version of the arithmetic in force from now; claims keep the one they had."""
    why = clean_line(note, field="note", limit=300)
    if kind not in DEFAULTS:
        raise DomainError(_("This kind has no arithmetic"), code="no_rule", field="event_kind")
    if not why:
        raise BadText(_("Say why"), code="required", field="note")
    if not (0 <= rule.fee_percent <= 100 and 0 <= rule.value_percent <= 100):
        wrong = _("Enter a share between 0 and 100")
        raise DomainError(wrong, code="bad_share", field="fee_percent", status=422)
    last = ClaimRule.objects.filter(event_kind=kind, insured=insured).first()
    try:
        with transaction.atomic():
            row = ClaimRule.objects.create(
                event_kind=kind, insured=insured, version=last.version + 1 if last else 1,
                valid_from=at, fee_percent=rule.fee_percent, fee_only_whole=rule.fee_only_whole,
                value_percent=rule.value_percent, note=why, by=by,
            )  # fmt: skip
    except IntegrityError as error:
        text = _("Somebody else changed this rule meanwhile. Reload to see it")
        raise DomainError(text, code="changed") from error
    audit.record("claim_rule.publish", row, actor=by, at=at, reason=why)
    return row


@transaction.atomic
def save_bands(*, bands: Sequence[tuple[int | None, str]], by: User, at: datetime) -> None:
    """Replace the bands: rising limits in fen, the last without one; waiting claims keep theirs."""
    _check_bands(bands)
    # One row that is never deleted is held: locks on the bands themselves go with them.
    CaseRules.objects.select_for_update(no_key=True).order_by("version").first()
    ClaimBand.objects.all().delete()
    rows = [ClaimBand(up_to_fen=limit, role=role) for limit, role in bands]
    ClaimBand.objects.bulk_create(rows)
    words = " · ".join(f"{limit}:{role or 'own'}" for limit, role in bands)
    audit.record("claim_band.change", None, actor=by, at=at, reason=words)


def _check_bands(bands: Sequence[tuple[int | None, str]]) -> None:
    limits = [limit for limit, _role in bands]
    if not bands or limits[-1] is not None or None in limits[:-1]:
        wrong = _("The last band has no limit, every other one has")
        raise DomainError(wrong, code="bad_bands", status=422)
    plain = [limit for limit in limits if limit is not None]
    if plain != sorted(set(plain)) or any(limit <= 0 for limit in plain):
        wrong = _("Limits rise from band to band")
        raise DomainError(wrong, code="bad_bands", status=422)
    places = [LADDER.index(role) if role in LADDER else -1 for _limit, role in bands]
    if -1 in places or places != sorted(places):
        wrong = _("A higher amount never needs a lower role")
        raise DomainError(wrong, code="bad_bands", status=422)


@transaction.atomic
def save_cause(
    *,
    code: str,
    parent: RootCause | None,
    name: str,
    name_en: str,
    is_active: bool,
    by: User,
    at: datetime,
    cause: RootCause | None = None,
) -> RootCause:
    """Add a cause or area, or change one; what was used keeps its code and only goes out of use."""
    named = {
        "name": clean_line(name, field="name", limit=60),
        "name_en": clean_line(name_en, field="name_en", limit=60),
    }
    for field, text in named.items():
        if not text:
            raise BadText(_("Enter the name in both languages"), code="required", field=field)
    row = cause or RootCause(code=code.strip().lower()[:30])
    if parent is not None and (parent.pk == row.pk or parent.parent_id is not None):
        raise DomainError(_("A cause lies under an area"), code="bad_parent", field="parent")
    if parent is not None and cause is not None and cause.children.exists():
        wrong = _("This area has causes of its own. Move them first")
        raise DomainError(wrong, code="has_children", field="parent", status=422)
    if cause is None:
        _check_new(row.code)
        row.position = RootCause.objects.count() + 1
        if parent is not None:
            row.position = parent.position + parent.children.count() + 1
    row.parent, row.is_active = parent, is_active
    row.name, row.name_en = named["name"], named["name_en"]
    row.save()
    audit.record("cause.change", row, actor=by, at=at)
    return row


def _check_new(code: str) -> None:
    if not code:
        raise BadText(_("Enter a short code"), code="required", field="code")
    if RootCause.objects.filter(code=code).exists():
        raise DomainError(_("This code is taken"), code="taken", field="code")
