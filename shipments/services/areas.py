"""Served areas, lockers and screening rules: what the network promises, as data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError
from shipments.models import Locker, ScreeningRule, ServiceArea
from shipments.selectors.areas import address_coverage
from staff.enums import SiteKind
from staff.models import Employee, Site


class NotServed(DomainError):
    """Nobody delivers to this address, so nothing can be promised (DEL-25)."""

    code = "not_served"


def require_served(address: str, *, field: str = "recipient_address") -> None:
    """Refuse an address no active area names; while no area is drawn, every address is taken."""
    if not address_coverage(address).is_served:
        wrong = _("We do not deliver to this address. Check the city and district")
        raise NotServed(wrong, field=field)


@transaction.atomic
def save_area(
    *, area: ServiceArea | None, site: Site, courier: Employee | None, name: str, name_en: str,
    city: str, keywords: Sequence[str], is_served: bool, is_active: bool, at: datetime, actor: Any,
) -> ServiceArea:  # fmt: skip
    """Draw or redraw an area; a keyword that another area of the city has is refused."""
    if courier is not None and courier.site_id != site.pk:
        wrong = _("This courier works at another site")
        raise DomainError(wrong, code="other_site", field="courier")
    words = list(dict.fromkeys("".join(word.split()) for word in keywords if word.strip()))
    others = ServiceArea.objects.filter(city=city, is_active=True)
    if area is not None:
        others = others.exclude(pk=area.pk)
    _no_twin(others, words, is_courier=courier is not None)
    area = area or ServiceArea(site=site)
    area.site, area.courier, area.name, area.name_en = site, courier, name, name_en
    area.city, area.keywords, area.is_served, area.is_active = city, words, is_served, is_active
    area.save()
    audit.record("area.save", area, actor=actor, at=at, fields=["keywords"])
    return area


def _no_twin(others: Any, words: list[str], *, is_courier: bool) -> None:
    """A courier's area may lie inside its site's, but never on another courier's."""
    for other in others:
        both = set(words) & set(other.keywords)
        if both and (other.courier_id is not None) == is_courier:
            wrong = _("%(word)s belongs to the area %(area)s already")
            said = wrong % {"word": sorted(both)[0], "area": other}
            raise DomainError(said, code="overlap", field="keywords")


@transaction.atomic
def save_locker(
    *, site: Site, operator: str, cells: int, consent_rule: str, dwell_limit_hours: int,
    is_working: bool, at: datetime, actor: Any,
) -> Locker:  # fmt: skip
    """Enter a locker into the register, or change its entry (DEL-29)."""
    if site.kind != SiteKind.LOCKER:
        raise DomainError(_("This site is no locker"), code="no_locker", field="site")
    locker, _made = Locker.objects.update_or_create(
        site=site,
        defaults={
            "operator": operator, "cells": cells, "consent_rule": consent_rule,
            "dwell_limit_hours": dwell_limit_hours, "is_working": is_working,
        },
    )  # fmt: skip
    audit.record("locker.save", locker, actor=actor, at=at, fields=["consent_rule"])
    return locker


@transaction.atomic
def add_screening_rule(
    *, name: str, name_en: str, mode: str, region: str, destination: Site | None, at: datetime,
    actor: Any,
) -> ScreeningRule:  # fmt: skip
    """Say which parcels must be screened; a rule without any condition is refused."""
    if not (mode or region or destination):
        wrong = _("Choose a mode, a region or a destination")
        raise DomainError(wrong, code="required", field="mode")
    try:
        with transaction.atomic():
            rule = ScreeningRule.objects.create(
                name=name, name_en=name_en, mode=mode, region=region, destination=destination
            )
    except IntegrityError as error:
        raise DomainError(_("Choose a mode, a region or a destination")) from error
    audit.record("screening_rule.add", rule, actor=actor, at=at)
    return rule


@transaction.atomic
def switch_screening_rule(
    *, rule: ScreeningRule, is_active: bool, at: datetime, actor: Any
) -> None:
    """Put a rule in force or out of force; rules of the law for air and rail stay."""
    if rule.mode in ("air", "rail") and not (rule.region or rule.destination_id) and not is_active:
        wrong = _("Air and rail parcels are screened without exception")
        raise DomainError(wrong, code="law")
    rule.is_active = is_active
    rule.save(update_fields=["is_active"])
    audit.record("screening_rule.switch", rule, actor=actor, at=at, fields=["is_active"])
