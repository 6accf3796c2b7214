"""One row of a parcel file: read, checked, turned into a parcel with its scans and marks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.translation import gettext as _

from courierqa.core.errors import DomainError
from courierqa.core.imports import Choices, Problem
from courierqa.core.privacy import normal_phone
from courierqa.core.text import clean_code, clean_text
from shipments.imports import tidy
from shipments.imports.mappings import MarkRule, ParcelMapping, ScanRule, SiteRule
from shipments.services.scans import WAYBILL, ScanInput

EXCEL_NUMBER = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
# Marks about how a value was written, not about the parcel.
MENDED = frozenset({"full_width", "date_serial"})
# What it takes to deliver a parcel, and to bring it back.
PEOPLE = ("sender_name", "sender_phone", "recipient_name", "recipient_phone", "recipient_address")
# A row that tells one of these needs nobody any more: it is history.
OVER = frozenset({"DLV", "CNL", "RTD"})
MOST_KG = 100
LONGEST_SITE = 12
LIMITS = {"item_name": 100, "sender_address": 200, "recipient_address": 200}
FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


@dataclass
class ParcelRow:
    """A row as read, with everything that is wrong or odd about it."""

    number: int
    raw: dict[str, str]
    waybill: str
    product: str
    origin: str
    destination: str
    same_city: bool
    promised_by: datetime | None
    fields: dict[str, str]
    scans: list[tuple[ScanRule, datetime]] = field(default_factory=list)
    marks: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    weight_g: int | None = None


class RowReader:
    """Reads rows under one mapping."""

    def __init__(
        self,
        mapping: ParcelMapping,
        joins: Mapping[str, dict[str, dict[str, str]]],
        choices: Choices,
    ) -> None:
        self.mapping, self.joins, self.choices = mapping, joins, choices

    def read(self, number: int, own: dict[str, str]) -> ParcelRow:
        """Return the row; one with problems is not stored, but is looked through to its end."""
        raw, mended = tidy.mended(self._joined(own), self._typed(), times=self._time_columns())
        problems: list[Problem] = []
        waybill = self._waybill(raw, problems)
        times = self._times(raw, problems)
        fields = self._fields(raw, problems)
        origin = self._site(self.mapping.origin, raw, problems)
        destination = self._site(self.mapping.destination, raw, problems)
        scans = self._scans(raw, times)
        weight_g = self._weight(raw, problems)
        self._people(fields, scans, problems)
        cities = [
            raw.get(rule.city, "") for rule in (self.mapping.origin, self.mapping.destination)
        ]
        return ParcelRow(
            number, own, waybill, raw.get(self.mapping.product_column) or self.mapping.product,
            origin, destination, bool(cities[0]) and cities[0] == cities[1],
            self._promise(raw, times), fields, scans, [*mended, *self._marks(raw, times)],
            problems, weight_g,
        )  # fmt: skip

    def _joined(self, own: dict[str, str]) -> dict[str, str]:
        raw = dict(own)
        for join in self.mapping.joins:
            for name, value in self.joins[join.file].get(raw.get(join.on, ""), {}).items():
                raw.setdefault(name, value)
        return raw

    def _waybill(self, raw: dict[str, str], problems: list[Problem]) -> str:
        name = self.mapping.waybill
        text = raw.get(name, "")
        if EXCEL_NUMBER.fullmatch(text):
            problems.append(
                Problem("excel_number", name, _("Expected text, found %s") % text,
                        _("Set the column to Text in Excel and paste again"))
            )  # fmt: skip
            return ""
        code = clean_code(text)
        if not WAYBILL.fullmatch(code):
            problems.append(
                Problem("bad_waybill", name, _("A waybill number has 6 to 40 letters and digits"),
                        _("Put the number in"))
            )  # fmt: skip
        return code

    # -- times ----------------------------------------------------------------------------------
    def _typed(self) -> set[str]:
        """Return the columns in which full-width digits and date serials are read as meant."""
        mapping, said = self.mapping, self.mapping.fields
        phones = {said[name] for name in ("sender_phone", "recipient_phone") if name in said}
        return self._time_columns() | phones | {mapping.waybill}

    def _time_columns(self) -> set[str]:
        mapping = self.mapping
        names = {mapping.promise_column, *(rule.at for rule in mapping.scans)}
        names |= {name for rule in mapping.scans for name in rule.at_last}
        names |= {name for rule in mapping.marks for name in rule.before}
        return names - {""}

    def _times(self, raw: dict[str, str], problems: list[Problem]) -> dict[str, datetime]:
        found = {}
        for name in sorted(self._time_columns()):
            text = raw.get(name, "")
            if not text:
                continue
            moment = self.moment(text)
            if moment is None:
                problems.append(
                    Problem("bad_time", name, _("Cannot read this time: %s") % text[:40],
                            _("Write it as 2026-03-02 10:00:00"))
                )  # fmt: skip
            else:
                found[name] = moment
        return found

    def moment(self, text: str) -> datetime | None:
        """Return a time in UTC; one without a zone is in the mapping's zone."""
        try:
            serial = tidy.from_serial(text)
            at = serial or tidy.local_time(text)
            at = at if at.tzinfo else at.replace(tzinfo=self.mapping.zone)
            at = at.astimezone(UTC)
        except (ValueError, OverflowError):
            return None
        return at if FIRST <= at < LAST else None

    def _promise(self, raw: dict[str, str], times: dict[str, datetime]) -> datetime | None:
        """A date alone is a promise until the end of that day (B4)."""
        at = times.get(self.mapping.promise_column)
        alone = (
            self.mapping.promise_date_only or len(raw.get(self.mapping.promise_column, "")) == 10
        )
        if at is None or not alone:
            return at
        day = at.astimezone(self.mapping.zone).date() + timedelta(days=1)
        midnight = datetime.combine(day, time(0), self.mapping.zone).astimezone(UTC)
        return midnight - timedelta(microseconds=1)

    # -- the rest -------------------------------------------------------------------------------
    def _fields(self, raw: dict[str, str], problems: list[Problem]) -> dict[str, str]:
        found = {}
        for name, column in self.mapping.fields.items():
            try:
                found[name] = clean_text(
                    raw.get(column, ""), max_length=LIMITS.get(name, 60), field=column
                )
            except DomainError as error:
                problems.append(Problem(error.code, column, error.message))
        return found

    def _people(
        self, fields: Mapping[str, str], scans: list[tuple[ScanRule, datetime]],
        problems: list[Problem],
    ) -> None:  # fmt: skip
        """Ask for whoever a courier must find; only a template that names people has them."""
        columns = self.mapping.fields
        fix = _("Write 11 digits, or the area code and the number")
        problems += [
            Problem("bad_phone", columns[name], _("This is no phone number"), fix)
            for name in ("sender_phone", "recipient_phone")
            if fields.get(name) and not normal_phone(fields[name])
        ]
        if OVER & {rule.code for rule, _at in scans}:
            return
        text = _("Nobody can deliver this parcel: this is missing")
        problems += [
            Problem("person_missing", columns[name], text, _("Fill in sender and recipient"))
            for name in PEOPLE
            if name in columns and name in fields and not fields[name]
        ]

    def _weight(self, raw: dict[str, str], problems: list[Problem]) -> int | None:
        column = self.mapping.weight_column
        text = raw.get(column, "").strip() if column else ""
        if not text:
            return None
        try:
            kilos = Decimal(text)
            if not Decimal("0.001") <= kilos <= MOST_KG:
                raise InvalidOperation
        except InvalidOperation:
            wrong = _("Cannot use this weight: %s") % text[:20]
            fix = _("Write kilograms above 0, up to 100")
            problems.append(Problem("bad_weight", column, wrong, fix))
            return None
        return int(kilos * 1000)

    def _site(self, rule: SiteRule, raw: dict[str, str], problems: list[Problem]) -> str:
        value = self.choices.value(raw.get(rule.column, "").strip() or rule.missing)
        if not value or len(value) > LONGEST_SITE:
            problems.append(
                Problem("site_missing", rule.column, _("The site is missing"),
                        _("Enter the code of a site"))
            )  # fmt: skip
        return value

    def _scans(
        self, raw: dict[str, str], times: dict[str, datetime]
    ) -> list[tuple[ScanRule, datetime]]:
        found = []
        for rule in self.mapping.scans:
            known = [times[name] for name in (rule.at, *rule.at_last) if name in times]
            if known and _holds(rule.when, raw) and not (rule.unless and raw.get(rule.unless)):
                found.append((rule, max(known)))
        return found

    def _marks(self, raw: dict[str, str], times: dict[str, datetime]) -> list[Problem]:
        return [
            Problem(rule.code, rule.field, mark_words(rule.code))
            for rule in self.mapping.marks
            if _is_marked(rule, raw, times)
        ]


def _holds(when: Mapping[str, list[str]], raw: Mapping[str, str]) -> bool:
    return all(raw.get(name, "") in wanted for name, wanted in when.items())


def _is_marked(rule: MarkRule, raw: Mapping[str, str], times: Mapping[str, datetime]) -> bool:
    if not _holds(rule.when, raw):
        return False
    if rule.before:
        first, second = (times.get(name) for name in rule.before)
        return first is not None and second is not None and first < second
    if rule.missing:
        return not raw.get(rule.missing)
    return bool(raw.get(rule.present))


def mark_words(code: str) -> str:
    """Return what is odd about a source row that was kept."""
    words = {
        "handed_before_approval": _("Handed to the carrier before the order was approved"),
        "delivered_before_handover": _("Delivered before it was picked up"),
        "delivered_no_date": _("Said to be delivered, but without a date; counts as open"),
        "cancelled_delivered": _("Cancelled, but with a delivery date; counts as delivered"),
    }
    return words.get(code, code)


def scan_of(
    row: ParcelRow, rule: ScanRule, at: datetime, *, mapping: str, site_id: int, undos: int = 0
) -> ScanInput:
    """Return the scan; the same row of the same mapping always has the same id.

    After an import was taken back (`undos`) its rows tell new scans: the old ones stay void.
    """
    again = (f"undo{undos}",) if undos else ()
    detail: dict[str, Any] = dict(rule.detail)
    detail |= {name: row.raw[name] for name in rule.keep if row.raw.get(name)}
    detail |= {
        name: row.raw[column] for name, column in rule.detail_columns.items() if row.raw.get(column)
    }
    return ScanInput(
        uid=event_uid(mapping, row.waybill, rule.code, at.isoformat(), *again),
        waybill=row.waybill,
        code=rule.code, happened_at=at, device=f"import:{mapping}", site_id=site_id, detail=detail,
    )  # fmt: skip


def registration_of(
    row: ParcelRow, *, mapping: str, site_id: int, now: datetime, undos: int = 0
) -> ScanInput:
    """Return the scan that registers a parcel whose file tells no scan of it.

    It was ordered before the time it was promised for: a promise long past is history, and what
    is history opens no exception today.
    """
    at = min(now, row.promised_by) if row.promised_by else now
    again = (f"undo{undos}",) if undos else ()
    return ScanInput(
        uid=event_uid(mapping, row.waybill, "registered", *again), waybill=row.waybill, code="ORD",
        happened_at=at, device=f"import:{mapping}", site_id=site_id,
    )  # fmt: skip


def event_uid(*parts: str) -> UUID:
    """Return the id that follows from what is imported."""
    return uuid5(NAMESPACE_URL, "|".join(("import", *parts)))
