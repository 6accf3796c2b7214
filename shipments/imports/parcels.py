"""Importing parcels: a chunk is one transaction, and the same file again changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core.enums import RowResult
from courierqa.core.imports import Choices, ImportReport, Problem, UnreadableFile
from shipments.imports.bundles import Bundle, Row
from shipments.imports.mappings import ParcelMapping
from shipments.imports.mappings import load as load_mapping
from shipments.imports.rows import LONGEST_SITE, ParcelRow, RowReader
from shipments.imports.storing import ParcelStore
from shipments.services.numbering import wrong_number
from shipments.services.scans import WAYBILL

CHUNK = 1000
Progress = Callable[[ImportReport], None]


def import_parcels(
    bundle: Bundle,
    *,
    mapping: str,
    now: datetime,
    dry_run: bool = False,
    progress: Progress | None = None,
    choices: Choices | None = None,
    run_id: int | None = None,
) -> ImportReport:
    """Read a file of parcels under a mapping; return what became of each row.

    `choices` are a person's decisions about columns and sites; with `run_id` the import can be
    taken back.
    """
    load = _Import(load_mapping(mapping), bundle, now, choices or Choices(), dry_run=dry_run)
    load.store.run_id = run_id
    return load.run(progress)


class _Import:
    """One import."""

    def __init__(
        self, mapping: ParcelMapping, bundle: Bundle, now: datetime, choices: Choices,
        *, dry_run: bool,
    ) -> None:  # fmt: skip
        self.mapping, self.bundle, self.dry_run = mapping, bundle, dry_run
        self.choices = choices
        self.report = ImportReport()
        self.store = ParcelStore(mapping, now)
        self.seen: set[str] = set()

    def run(self, progress: Progress | None) -> ImportReport:
        joins = {j.file: self.bundle.table(j.file, key=j.on) for j in self.mapping.joins}
        reader = RowReader(self.mapping, joins, self.choices)
        for chunk in _chunks(self._checked(self.bundle.rows())):
            ready = [row for row in (self._read(reader, *line) for line in chunk) if row]
            with transaction.atomic():
                self._take(ready)
            if progress is not None:
                progress(self.report)
        if not self.report.rows:
            raise UnreadableFile(_("The file has no rows"), code="empty")
        return self.report

    def _checked(self, rows: Iterator[Row]) -> Iterator[Row]:
        """Structure first: without its columns no row is looked at."""
        for place, (number, raw) in enumerate(rows):
            wanted = (self.mapping.waybill, *self.mapping.needs)
            known = self.choices.renamed(raw) if place == 0 else {}
            missing = [n for n in wanted if n not in known] if place == 0 else []
            if missing:
                text = _("Columns are missing: %(names)s") % {"names": ", ".join(missing)}
                raise UnreadableFile(text, code="columns_missing")
            yield number, raw

    def _read(self, reader: RowReader, number: int, raw: dict[str, str]) -> ParcelRow | None:
        row = reader.read(number, self.choices.renamed(raw))
        # Everything at once: who mends a file should not have to send it once per fault.
        problems = [*row.problems, *self._check(row)]
        if problems:
            named = [replace(p, field=self.choices.head(p.field)) for p in problems]
            key = raw.get(self.choices.head(self.mapping.waybill), "")[:60]
            self.report.refuse(number, raw, *named, key=key)
            return None
        self.seen.add(row.waybill)
        return row

    def _check(self, row: ParcelRow) -> list[Problem]:
        """Rules across rows and tables."""
        problems = []
        is_number = WAYBILL.fullmatch(row.waybill) is not None
        if row.waybill in self.seen:
            problems.append(
                Problem("twice", self.mapping.waybill, _("This number is in the file twice"),
                        _("Remove one of the rows"))
            )  # fmt: skip
        if row.product not in self.store.products:
            problems.append(
                Problem("product_unknown", self.mapping.product_column,
                        _("Unknown product: %s") % row.product[:30],
                        _("Enter a known product code"))
            )  # fmt: skip
        elif is_number and (why := wrong_number(self.store.products[row.product], row.waybill)):
            fix = _("Compare the number with the label")
            problems.append(Problem("bad_waybill", self.mapping.waybill, why, fix))
        return problems + self._unknown_sites(row)

    def _unknown_sites(self, row: ParcelRow) -> list[Problem]:
        """A site that is missing or no code at all was told when the row was read."""
        places = ((self.mapping.origin, row.origin), (self.mapping.destination, row.destination))
        fix = _("Enter the code of a site, or say below which site it is")
        return [
            Problem("site_unknown", rule.column, _("Unknown site: %s") % value, fix, value)
            for rule, value in places
            if not rule.create and 0 < len(value) <= LONGEST_SITE
            and rule.code.format(value=value) not in self.store.sites
        ]  # fmt: skip

    def _take(self, rows: list[ParcelRow]) -> None:
        """Store a chunk, or in a dry run only look what is there already."""
        known = self.store.known([row.waybill for row in rows])
        altered = set() if self.dry_run else self.store.take(rows, known)
        for row in rows:
            if row.waybill not in known:
                result = RowResult.CREATED
            elif row.waybill in altered or known[row.waybill].undone:
                result = RowResult.UPDATED
            else:
                result = RowResult.SKIPPED
            if row.marks and result != RowResult.SKIPPED:
                marks = [replace(m, field=self.choices.head(m.field)) for m in row.marks]
                self.report.keep_marked(row.number, row.raw, *marks, key=row.waybill)
            else:
                self.report.add(result)


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
