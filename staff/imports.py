"""People from an HR file: every problem of every row named at once, nothing stored twice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import IO, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courierqa.core.access import access_for
from courierqa.core.enums import RowResult
from courierqa.core.errors import DomainError, NotAllowed
from courierqa.core.imports import Choices, Column, ImportReport, Problem, guess, read_table
from courierqa.core.privacy import normal_phone
from courierqa.core.text import BadText, clean_text
from staff.models import Employee, Post, Site, User
from staff.services.people import check_identity, check_phone, create_employee

# Whoever takes people on by hand may also send a file of them.
PEOPLE = ("staff", "change")
# What is not kept in clear, and what stands in its place.
SECRETS = frozenset({"phone", "id_number"})
HIDDEN = "***"
MOBILE_OR_IDENTITY = re.compile(r"(?:\+?86)?1[3-9]\d{9}|\d{14,17}[\dXx]")

COLUMNS = (
    Column("number", gettext_lazy("Staff number"), required=True, aliases=("工号", "staff_no")),
    Column("name", gettext_lazy("Full name"), required=True, aliases=("姓名",)),
    Column("post", gettext_lazy("Post"), required=True, aliases=("岗位", "职位")),
    Column("site", gettext_lazy("Site"), required=True, aliases=("网点", "站点", "部门编码")),
    Column("hired_on", gettext_lazy("Here since"), required=True, aliases=("入职日期",)),
    Column("phone", gettext_lazy("Phone"), aliases=("手机", "电话")),
    Column("id_number", gettext_lazy("Identity number"), aliases=("身份证号",)),
    Column("background_checked_on", gettext_lazy("Background check"), aliases=("背景审查日期",)),
)  # fmt: skip


def columns_of(_mapping: str) -> Sequence[Column]:
    """Return the columns of an HR file."""
    return COLUMNS


def mappings() -> dict[str, Any]:
    """Return the one layout; its columns may be assigned by hand."""
    return {"standard": gettext_lazy("People, one a line")}


def import_people(
    file: IO[bytes], *, filename: str, mapping: str, now: datetime, dry_run: bool = False,
    choices: Choices | None = None, by: User | None = None,
) -> ImportReport:  # fmt: skip
    """Read people. A staff number that exists is left as it is; nobody becomes active here.

    Sites are those within reach of the sender, all on the console (ROL-01).
    """
    report, choices = ImportReport(), choices or Choices()
    reader = _Reader(by, choices)
    for number, raw in read_table(file, filename=filename):
        row = choices.renamed(raw)
        problems, fields = reader.read(row)
        if problems:
            kept = _without_secrets(raw, choices)
            report.refuse(number, kept, *problems, key=row.get("number", "")[:60])
        elif not fields:
            report.add(RowResult.SKIPPED)
        else:
            reader.take(fields, now=now, dry_run=dry_run)
            report.add(RowResult.CREATED)
    return report


def _without_secrets(raw: Mapping[str, str], choices: Choices) -> dict[str, str]:
    """Return a refused row as it may be kept: phone and identity number as stars (INF-01).

    Hidden are the columns by our names, by known heads and by those a person chose, and whatever
    looks like one of the two elsewhere, as in a row whose cells slipped. Stars are refused when
    sent again, so that the mended file cannot lose them unseen.
    """
    known = {head: name for name, head in guess(COLUMNS, raw).items()}
    named = known | {head: name for name, head in choices.columns.items()}
    # A secret stays one although somebody chose its column for something else.
    named |= {head: name for head, name in known.items() if name in SECRETS}
    return {head: HIDDEN if _is_secret(named.get(head), text) else text
            for head, text in raw.items()}  # fmt: skip


def _is_secret(name: str | None, text: str) -> bool:
    if name is None:
        # A day would pass for a number of a landline, but a column of days is named.
        return normal_phone("".join(text.split())) != "" or _slipped(text)
    # A staff number may be as long as a phone number.
    return bool(text.strip()) and (name in SECRETS or (name != "number" and _slipped(text)))


def _slipped(text: str) -> bool:
    """Say whether a mobile or identity number stands where something else belongs."""
    return MOBILE_OR_IDENTITY.fullmatch("".join(text.split())) is not None


def _sites_of(by: User | None) -> QuerySet[Site]:
    """Return the open sites whose people the sender may change."""
    sites = Site.objects.filter(closed_on=None)
    if by is None:
        return sites
    reach = access_for(by, *PEOPLE)
    if reach is None:
        raise NotAllowed(_("You may not import files of this kind"))
    return sites.filter(reach.rows(site="pk"))


class _Reader:
    """Knows posts, sites and numbers; reads each row whole before it says what is wrong."""

    def __init__(self, by: User | None, choices: Choices) -> None:
        self.by, self.choices = by, choices
        self.posts = {}
        for post in Post.objects.all():
            self.posts.update({post.code: post, post.name: post, post.name_en.lower(): post})
        self.sites = {site.code: site for site in _sites_of(by)}
        self.sites.update({site.name: site for site in list(self.sites.values())})
        self.numbers = set(Employee.objects.values_list("number", flat=True))

    def read(self, row: dict[str, str]) -> tuple[list[Problem], dict[str, Any]]:
        """Return everything wrong with a row, and its fields; no fields = stored already."""
        problems: list[Problem] = []
        number = row.get("number", "").strip().upper()
        if number in self.numbers:
            return [], {}
        fields: dict[str, Any] = {
            "number": self._text(row, "number", 20, problems).upper(),
            "name": self._text(row, "name", 60, problems),
            "post": self._known(row, "post", self.posts, problems),
            "site": self._known(row, "site", self.sites, problems),
            "hired_on": self._day(row, "hired_on", problems, needed=True),
            "background_checked_on": self._day(row, "background_checked_on", problems),
        }
        for name, check in (("phone", check_phone), ("id_number", check_identity)):
            try:
                fields[name] = check(row.get(name, "").strip())
            except DomainError as error:
                problems.append(Problem(error.code, name, error.message))
        return problems, fields

    def take(self, fields: dict[str, Any], *, now: datetime, dry_run: bool) -> None:
        """Store a person who is not active yet; in a dry run only the number is remembered."""
        self.numbers.add(fields["number"])
        if not dry_run:
            create_employee(**fields, activate=False, by=self.by, at=now)

    def _text(self, row: dict[str, str], name: str, most: int, problems: list[Problem]) -> str:
        try:
            text = clean_text(row.get(name, ""), max_length=most).strip()
        except BadText as error:
            problems.append(Problem(error.code, name, str(error.message)))
            return ""
        if text in ("", HIDDEN):
            problems.append(Problem("missing", name, _("This column is empty"), _("Fill this in")))
        return text

    def _known(
        self, row: dict[str, str], name: str, known: dict[str, Any], problems: list[Problem]
    ) -> Any:
        text = row.get(name, "").strip()
        # People decide on the page which site a value means; posts they correct in the file.
        sent = self.choices.value(text) if name == "site" else text
        found = known.get(sent) or known.get(sent.lower())
        if found is None:
            fix = _("Use a code of the list in settings")
            shown = HIDDEN if _slipped(text) else text
            why = _("“%(value)s” is not known") % {"value": shown[:40]}
            value = shown[:60] if name == "site" else ""
            problems.append(Problem(f"unknown_{name}", name, why, fix, value=value))
        return found

    def _day(
        self, row: dict[str, str], name: str, problems: list[Problem], *, needed: bool = False
    ) -> date | None:
        whole = row.get(name, "").strip()
        text = HIDDEN if _slipped(whole) else whole[:10].replace("/", "-")
        if not text and not needed:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            why = _("“%(value)s” is not a day") % {"value": text}
            problems.append(Problem("bad_day", name, why, _("Write the day as 2026-11-23")))
            return None
