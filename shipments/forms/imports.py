"""The first step of an import: what kind of file, under which mapping, and the file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courierqa.core.forms import CleanCharField
from courierqa.core.imports import Column
from courierqa.core.imports.kinds import kinds_for
from staff.models import Site

MAX_BYTES = 64 * 1024 * 1024
ENDINGS = (".csv", ".txt", ".xlsx", ".jsonl", ".ndjson", ".json", ".zip")


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files, each of a readable kind."""

    widget = ManyFiles(attrs={"accept": ",".join(ENDINGS)})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        sent = data if isinstance(data, (list, tuple)) else [data] if data else []
        files = [super(ManyFilesField, self).clean(one, initial) for one in sent or [None]]
        if any(not str(f.name).lower().endswith(ENDINGS) for f in files):
            raise forms.ValidationError(
                _("Send a CSV, XLSX, JSON Lines or zip file"), code="bad_type"
            )
        if sum(f.size for f in files) > MAX_BYTES:
            raise forms.ValidationError(_("At most 64 MB"), code="too_large")
        return files


class ImportForm(forms.Form):
    """Kind and mapping are one choice, so that they always fit."""

    template = forms.ChoiceField(label=gettext_lazy("What the file holds"))
    files = ManyFilesField(label=gettext_lazy("File, or several files that belong together"))

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = kinds_for(by)
        chosen: Any = self.fields["template"]
        chosen.choices = [
            (f"{kind.code}:{name}", f"{kind.label} · {label}")
            for kind in self.kinds.values()
            for name, label in kind.mappings().items()
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        kind = self.kinds.get(str(said.get("template", "")).partition(":")[0])
        if kind is not None and len(said.get("files") or []) > 1 and not kind.takes_bundle:
            self.add_error("files", _("Send one file of this kind"))
        return said

    def bundle(self) -> tuple[io.BytesIO, str]:
        """Return what was sent as one file: itself, or a zip of all."""
        files = self.cleaned_data["files"]
        packed = io.BytesIO()
        if len(files) == 1:
            packed.write(files[0].read())
            packed.seek(0)
            return packed, Path(files[0].name).name[-150:]
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zipped:
            for file in files:
                zipped.writestr(Path(file.name).name, file.read())
        packed.seek(0)
        return packed, f"{Path(files[0].name).stem[:100]}.zip"


class ColumnsForm(forms.Form):
    """For each column we know, the column of the file that holds it."""

    def __init__(
        self, *args: Any, columns: Sequence[Column], heads: Sequence[str],
        samples: Sequence[Mapping[str, str]], chosen: Mapping[str, str], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.columns = columns
        choices = [("", _("not in the file")), *((head, _shown(head, samples)) for head in heads)]
        for column in columns:
            self.fields[column.name] = forms.ChoiceField(
                label=column.label, choices=choices, required=column.required,
                initial=chosen.get(column.name, ""),
                error_messages={"required": _("Say which column holds this")},
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        used: dict[str, str] = {}
        for name, head in list(said.items()):
            if head and head in used:
                self.add_error(name, _("This column is already used above"))
            used[head] = name
        return said

    def chosen(self) -> dict[str, str]:
        """Return our column → the file's column, "" for one that is not in the file."""
        return dict(self.cleaned_data)


def _shown(head: str, samples: Sequence[Mapping[str, str]]) -> str:
    example = next((row[head] for row in samples if row.get(head)), "")
    return f"{head} ({example[:24]})" if example else head


class SiteChoiceForm(forms.Form):
    """A value of files and the site it means."""

    value = CleanCharField(max_length=60)
    target = forms.ModelChoiceField(Site.objects.all(), to_field_name="code")
