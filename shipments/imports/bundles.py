"""What was sent: one file, a folder, or several files in a zip."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from courierqa.core.imports import UnreadableFile, read_table

MAX_MEMBERS = 20
MAX_BYTES = 256 * 1024 * 1024
Row = tuple[int, dict[str, str]]


class Bundle:
    """Opens the main file and its companions by name."""

    def __init__(self, parts: dict[str, bytes | Path], main: str) -> None:
        self.parts, self.main = parts, main

    @classmethod
    def of_path(cls, path: Path, *, main: str) -> Bundle:
        """Take a folder, or a file together with what lies beside it."""
        folder = path if path.is_dir() else path.parent
        chosen = folder / main if path.is_dir() else path
        if not chosen.is_file():
            raise UnreadableFile(_("File %(name)s is missing") % {"name": chosen.name})
        beside: dict[str, bytes | Path] = {p.name: p for p in folder.iterdir() if p.is_file()}
        return cls(beside, chosen.name)

    @classmethod
    def of_upload(cls, file: IO[bytes], *, filename: str, main: str) -> Bundle:
        """Take one uploaded file, or a zip of several."""
        if not filename.lower().endswith(".zip"):
            file.seek(0)
            return cls({filename: file.read()}, filename)
        try:
            with zipfile.ZipFile(file) as zipped:
                members = zipped.infolist()
                if len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_BYTES:
                    raise UnreadableFile(_("The bundle is too large"))
                parts: dict[str, bytes | Path] = {
                    Path(m.filename).name: zipped.read(m) for m in members if not m.is_dir()
                }
        except zipfile.BadZipFile as error:
            raise UnreadableFile(_("The bundle cannot be opened")) from error
        if main in parts:
            return cls(parts, main)
        if len(parts) == 1:
            return cls(parts, next(iter(parts)))
        raise UnreadableFile(_("File %(name)s is missing") % {"name": main})

    def rows(self, name: str = "") -> Iterator[Row]:
        """Return the rows of a file of the bundle, the main one by default."""
        name = name or self.main
        if name not in self.parts:
            text = _("File %(name)s is missing. Send it together with the others")
            raise UnreadableFile(text % {"name": name}, code="file_missing")
        part = self.parts[name]
        with part.open("rb") if isinstance(part, Path) else io.BytesIO(part) as file:
            yield from read_table(file, filename=name)

    def table(self, name: str, *, key: str) -> dict[str, dict[str, str]]:
        """Return a companion by its key; of several rows with one key the first counts."""
        found: dict[str, dict[str, str]] = {}
        for _number, row in self.rows(name):
            found.setdefault(row.get(key, ""), row)
        return found
