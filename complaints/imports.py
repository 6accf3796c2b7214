"""Ratings from files: each row one answer, tied to its parcel; odd rows are kept and marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import IO
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from complaints.models import Answer
from complaints.words import WORDS_LIMIT
from courierqa.core.enums import RowResult
from courierqa.core.errors import DomainError
from courierqa.core.imports import ImportReport, Problem, read_table
from courierqa.core.text import clean_code, clean_text
from shipments.models import Parcel

BATCH = 500
Row = tuple[int, dict[str, str]]


@dataclass(frozen=True)
class Mapped:
    """Which column holds what, and the zone of times written without one."""

    key: str
    waybill: str
    score: str
    words: tuple[str, ...]
    asked_on: str
    answered_at: str
    zone: str
    channel: str


MAPPINGS: Mapping[str, Mapped] = {
    "olist": Mapped(
        key="review_id",
        waybill="order_id",
        score="review_score",
        words=("review_comment_title", "review_comment_message"),
        asked_on="review_creation_date",
        answered_at="review_answer_timestamp",
        zone="America/Sao_Paulo",
        channel="import",
    ),
    "standard": Mapped(
        key="id",
        waybill="waybill",
        score="score",
        words=("words",),
        asked_on="asked_on",
        answered_at="answered_at",
        zone="Asia/Shanghai",
        channel="import",
    ),
}


class UnknownMapping(DomainError):
    """No mapping has this name."""

    code = "unknown_mapping"
    status = 400


def import_reviews(
    file: IO[bytes], *, filename: str, mapping: str, now: datetime, dry_run: bool = False
) -> ImportReport:
    """Read ratings; the same row twice is one answer, however often the file is sent.

    The same review may stand for several parcels, so a row is known by review and waybill.
    """
    if mapping not in MAPPINGS:
        named = {"name": mapping, "known": ", ".join(MAPPINGS)}
        raise UnknownMapping(_("Unknown mapping %(name)s. Known: %(known)s") % named)
    columns = MAPPINGS[mapping]
    report = ImportReport()
    rows = _checked_header(read_table(file, filename=filename), columns)
    with transaction.atomic():
        for batch in _batches(rows):
            _take_batch(batch, columns, mapping, report, now=now, dry_run=dry_run)
    return report


def _take_batch(
    batch: list[Row],
    columns: Mapped,
    mapping: str,
    report: ImportReport,
    *,
    now: datetime,
    dry_run: bool,
) -> None:
    waybills = {clean_code(raw[columns.waybill]) for _number, raw in batch}
    parcels = Parcel.objects.filter(waybill__in=waybills).in_bulk(field_name="waybill")
    keys = [_key(raw, columns, mapping) for _number, raw in batch]
    known = set(Answer.objects.filter(key__in=keys).values_list("key", flat=True))
    made = []
    for (number, raw), key in zip(batch, keys, strict=True):
        answer = _answer(number, raw, key, columns, parcels, known, report, now=now)
        if answer is not None:
            known.add(key)
            made.append(answer)
    if not dry_run:
        Answer.objects.bulk_create(made)


def _answer(
    number: int,
    raw: dict[str, str],
    key: str,
    columns: Mapped,
    parcels: dict[str, Parcel],
    known: set[str],
    report: ImportReport,
    *,
    now: datetime,
) -> Answer | None:
    """Return the row as an answer, or None after the report has its reason."""
    if key in known:
        report.add(RowResult.SKIPPED)
        return None
    zone = ZoneInfo(columns.zone)
    problems: list[Problem] = []
    score = _score(raw[columns.score], columns, problems)
    answered = _moment(raw[columns.answered_at], columns.answered_at, zone, problems)
    if answered is not None and answered > now:
        problems.append(_problem("future", columns.answered_at, _("This time is in the future")))
    words = _words(raw, columns, problems)
    if problems or score is None or answered is None:
        report.refuse(number, raw, *problems, key=key)
        return None
    asked = _moment(raw[columns.asked_on], columns.asked_on, zone, [])
    parcel = parcels.get(clean_code(raw[columns.waybill]))
    _count(number, raw, key, columns, report, parcel=parcel, asked=asked, answered=answered)
    return Answer(
        key=key,
        parcel=parcel,
        channel=columns.channel,
        score=score,
        asked_on=asked.astimezone(zone).date() if asked else None,
        answered_at=answered,
        words=words,
    )


def _count(
    number: int,
    raw: dict[str, str],
    key: str,
    columns: Mapped,
    report: ImportReport,
    *,
    parcel: Parcel | None,
    asked: datetime | None,
    answered: datetime,
) -> None:
    odd = []
    if parcel is None:
        message = _("No parcel has this number; the answer is kept without one")
        odd.append(_problem("no_parcel", columns.waybill, message, _("Import the parcels first")))
    if asked is not None and answered < asked:
        message = _("Answered before it was asked")
        odd.append(_problem("answered_early", columns.answered_at, message))
    if odd:
        report.keep_marked(number, raw, *odd, key=key)
    else:
        report.add(RowResult.CREATED)


def _checked_header(rows: Iterable[Row], columns: Mapped) -> Iterator[Row]:
    wanted = [columns.key, columns.waybill, columns.score, columns.answered_at, columns.asked_on]
    for place, (number, raw) in enumerate(rows):
        lacking = [name for name in (*wanted, *columns.words) if name not in raw]
        if place == 0 and lacking:
            named = {"names": ", ".join(lacking)}
            raise DomainError(
                _("Columns are missing: %(names)s") % named, code="missing_columns", status=422
            )
        yield number, {name: raw.get(name, "") for name in (*raw, *wanted, *columns.words)}


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        yield batch


def _key(raw: dict[str, str], columns: Mapped, mapping: str) -> str:
    return f"{mapping}:{raw[columns.key]}:{raw[columns.waybill]}"[:80]


def _score(text: str, columns: Mapped, problems: list[Problem]) -> int | None:
    if text.strip() in {"1", "2", "3", "4", "5"}:
        return int(text)
    message = _("A score is between 1 and 5, found: %(found)s") % {"found": text[:20] or "—"}
    problems.append(_problem("bad_score", columns.score, message))
    return None


def _moment(text: str, field: str, zone: ZoneInfo, problems: list[Problem]) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        message = _("Not a time: %(found)s") % {"found": text[:20] or "—"}
        problems.append(_problem("bad_time", field, message, _("Write 2026-11-23 08:32:00")))
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _words(raw: dict[str, str], columns: Mapped, problems: list[Problem]) -> str:
    parts = [raw[name].strip() for name in columns.words]
    try:
        text = "\n".join(part for part in parts if part)
        return clean_text(text, max_length=WORDS_LIMIT, lines=True)
    except DomainError as error:
        problems.append(_problem(error.code, columns.words[-1], error.message))
        return ""


def _problem(code: str, field: str, message: str, fix: str = "") -> Problem:
    return Problem(code, field, message, fix)
