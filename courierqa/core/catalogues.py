"""Translation catalogues: collect the English texts of the source, check and compile the Chinese.

Each app keeps its own catalogue; texts outside the apps belong to the house. Babel reads the
files, so neither GNU gettext nor any other program has to be installed.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

LOCALE = "zh_Hans"
APPS = ("staff", "shipments", "complaints", "quality", "kpi")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# A fixed date: a catalogue changes when its texts change, not when somebody looks at it.
STAMP = datetime(2026, 1, 1, tzinfo=UTC)
PLACEHOLDER = re.compile(r"%\((\w+)\)|%([sd])|\{(\w*)[!:}]")


@dataclass(frozen=True)
class Domain:
    """One catalogue: where its texts stand and where its translations are kept."""

    name: str
    root: Path

    @property
    def folder(self) -> Path:
        package = "courierqa" if self.name == "core" else self.name
        return self.root / package / "locale" / LOCALE / "LC_MESSAGES"

    @property
    def po(self) -> Path:
        return self.folder / "django.po"

    @property
    def mo(self) -> Path:
        return self.folder / "django.mo"

    def sources(self) -> Iterator[Path]:
        """Yield the Python files and templates whose texts belong here."""
        package = self.root / ("courierqa" if self.name == "core" else self.name)
        yield from sorted(path for path in package.rglob("*.py") if "migrations" not in path.parts)
        yield from sorted(path for path in self._templates() if path.suffix in (".html", ".txt"))

    def _templates(self) -> Iterator[Path]:
        top = self.root / "templates"
        if self.name != "core":
            yield from (top / self.name).rglob("*")
            return
        for path in top.rglob("*"):
            if path.is_file() and path.relative_to(top).parts[0] not in APPS:
                yield path


def domains(root: Path) -> list[Domain]:
    """Return the catalogues of the house, the ground floor first."""
    return [Domain(name, root) for name in ("core", *APPS)]


def _python_of(path: Path) -> io.BytesIO:
    """Return Python text: the file itself, or what Django makes of a template."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = "\n".join(line.strip() for line in templatize(text).splitlines())
    return io.BytesIO(text.encode())


def collect(domain: Domain) -> Catalog:
    """Return the texts of the domain, with the files they stand in."""
    found = Catalog(locale=LOCALE, charset="utf-8")
    for path in domain.sources():
        place = path.relative_to(domain.root).as_posix()
        options = {"encoding": "utf-8"}
        for _line, text, _comments, context in extract(
            "python", _python_of(path), KEYWORDS, (), options
        ):
            if text:
                found.add(text, locations=[(place, 0)], context=context)
    return found


def load(domain: Domain) -> Catalog:
    """Return the stored catalogue, empty when there is none."""
    if not domain.po.exists():
        return Catalog(locale=LOCALE, charset="utf-8")
    return read_po(io.BytesIO(domain.po.read_bytes()), locale=LOCALE)


def _texts(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _key(message: Message) -> tuple[str, str]:
    text = message.id if isinstance(message.id, str) else message.id[0]
    return message.context or "", text


def _is_empty(message: Message) -> bool:
    string = message.string or ""
    parts = [string] if isinstance(string, str) else list(string)
    return not parts or not all(parts)


def _known(root: Path) -> dict[tuple[str, str], Message]:
    """Return what any catalogue already translates, so that a text is translated once."""
    known: dict[tuple[str, str], Message] = {}
    for domain in domains(root):
        for message in _texts(load(domain)):
            if not _is_empty(message):
                known.setdefault(_key(message), message)
    return known


def _merged(domain: Domain, known: dict[tuple[str, str], Message]) -> Catalog:
    """Return the collected texts with the translations there are; texts gone are dropped."""
    stored = {_key(message): message for message in _texts(load(domain))}
    merged = Catalog(
        locale=LOCALE,
        charset="utf-8",
        project="CourierQA",
        version="1",
        msgid_bugs_address="-",
        last_translator="-",
        language_team="zh_Hans",
        creation_date=STAMP,
        revision_date=STAMP,
        fuzzy=False,
    )
    merged.header_comment = f"# Chinese texts of CourierQA: {domain.name}"
    for message in _texts(collect(domain)):
        old = stored.get(_key(message))
        if old is None or _is_empty(old):
            old = known.get(_key(message), old)
        string = old.string if old is not None and type(old.id) is type(message.id) else None
        places = sorted(set(message.locations))
        merged.add(message.id, string, locations=places, context=message.context)
    return merged


def _replace(path: Path, content: bytes) -> bool:
    """Write the file in one step; return whether it changed."""
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)
    return True


def update(domain: Domain) -> int:
    """Write the catalogue anew and return how many texts still want a translation."""
    merged = _merged(domain, _known(domain.root))
    page = io.BytesIO()
    write_po(page, merged, width=100, sort_output=True, include_lineno=False)
    _replace(domain.po, page.getvalue())
    return sum(_is_empty(message) for message in _texts(merged))


def _placeholders(text: str) -> set[str]:
    return {"".join(match) for match in PLACEHOLDER.findall(text)}


def _faults_of(message: Message, stored: Message | None) -> Iterator[str]:
    if stored is None:
        yield "not in the catalogue"
        return
    if _is_empty(stored):
        yield "not translated"
        return
    if stored.fuzzy:
        yield "marked fuzzy"
    english = [message.id] if isinstance(message.id, str) else list(message.id)
    string = stored.string or ""
    chinese = [string] if isinstance(string, str) else list(string)
    wanted = _placeholders(english[-1])
    for text in chinese:
        if _placeholders(text) != wanted:
            yield f"placeholders differ: {text!r}"


def check(domain: Domain) -> list[str]:
    """Return what is wrong with the catalogue, one sentence each."""
    stored = {_key(message): message for message in _texts(load(domain))}
    wanted = {_key(message): message for message in _texts(collect(domain))}
    faults = [
        f"{domain.name}: {key[1]!r} {fault}"
        for key, message in wanted.items()
        for fault in _faults_of(message, stored.get(key))
    ]
    faults += [f"{domain.name}: {key[1]!r} is no longer used" for key in stored.keys() - wanted]
    return sorted(faults)


def disagreements(root: Path) -> list[str]:
    """Return texts that two catalogues translate differently; readers would see either."""
    first: dict[tuple[str, str], tuple[str, Message]] = {}
    faults = []
    for domain in domains(root):
        for message in _texts(load(domain)):
            name, other = first.setdefault(_key(message), (domain.name, message))
            if other.string != message.string and not (_is_empty(message) or _is_empty(other)):
                faults.append(
                    f"{domain.name} and {name} differ on {_key(message)[1]!r}:"
                    f" {message.string!r}, {other.string!r}"
                )
    return faults


def compile_catalogue(domain: Domain) -> bool:
    """Write the file Django reads; return whether it changed."""
    page = io.BytesIO()
    write_mo(page, load(domain))
    return _replace(domain.mo, page.getvalue())
