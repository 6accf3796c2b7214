#!/usr/bin/env python3
"""Refresh the third-party assets under static/vendor/ from npm and write their manifest.

What only tests need goes to tests/vendor/ in the same way and is never served.

    python tools/vendor.py            fetch, unpack, write files and manifest.json
    python tools/vendor.py --check    compare the files with the manifest, exit 1 on a difference

Packages are named with their version; where npm fetches them from is npm's own setting.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"
TEST_VENDOR = ROOT / "tests" / "vendor"
ICON_LIST = Path(__file__).resolve().parent / "icons.txt"
# Customer pages must stay light: their own sprite holds only what they draw.
PUBLIC_ICON_LIST = Path(__file__).resolve().parent / "icons-public.txt"
SPRITES = {ICON_LIST: "icons.svg", PUBLIC_ICON_LIST: "icons-public.svg"}
SOURCE_MAP = re.compile(r"^\s*(//|/\*)# sourceMappingURL=.*$", re.MULTILINE)


@dataclass(frozen=True)
class Package:
    """One npm package: which of its files become which of ours."""

    name: str
    version: str
    licence: str
    files: dict[str, str]


PACKAGES = [
    Package(
        "@tabler/core",
        "1.6.1",
        "MIT",
        {
            "dist/css/tabler.min.css": "tabler/tabler.min.css",
            "dist/js/tabler.min.js": "tabler/tabler.min.js",
        },
    ),
    # The newest htmx 2: the line django-htmx ships and that is clean under a strict policy.
    Package("htmx.org", "2.0.10", "0BSD", {"dist/htmx.min.js": "htmx/htmx.min.js"}),
    Package("echarts", "6.1.0", "Apache-2.0", {"dist/echarts.min.js": "echarts/echarts.min.js"}),
    Package(
        "signature_pad",
        "5.1.4",
        "MIT",
        {"dist/signature_pad.umd.min.js": "signature_pad/signature_pad.umd.min.js"},
    ),
    Package("idb", "8.0.4", "ISC", {"build/umd.js": "idb/idb.umd.js"}),
    Package("zxing-wasm", "3.1.4", "MIT", {"dist/iife/reader/index.js": "zxing/zxing_reader.js"}),
]
# Kept whole, byte for byte: the compiled half of the barcode reader, which must be of the very
# same version as its script, and the fonts of the PDF report.
READER = Package(
    "zxing-wasm", "3.1.4", "MIT", {"dist/reader/zxing_reader.wasm": "zxing/zxing_reader.wasm"}
)
FONTS = Package(
    "@expo-google-fonts/noto-sans-sc",
    "0.4.3",
    "OFL-1.1",
    {
        "400Regular/NotoSansSC_400Regular.ttf": "fonts/NotoSansSC_400Regular.ttf",
        "700Bold/NotoSansSC_700Bold.ttf": "fonts/NotoSansSC_700Bold.ttf",
        "LICENSE_FONT": "fonts/OFL.txt",
    },
)
# Finds barriers for people who do not see, hear or point; runs inside the pages under test.
TEST_PACKAGES = [Package("axe-core", "4.14.1", "MPL-2.0", {"axe.min.js": "axe/axe.min.js"})]
ICONS = Package("@tabler/icons", "3.51.0", "MIT", {})


def fetch(package: Package, folder: Path) -> tarfile.TarFile:
    """Download the package with npm and open it."""
    named = f"{package.name}@{package.version}"
    done = subprocess.run(
        ["npm", "pack", "--silent", named], cwd=folder, check=True, capture_output=True, text=True
    )
    return tarfile.open(folder / done.stdout.strip().splitlines()[-1])


def read_bytes(archive: tarfile.TarFile, path: str) -> bytes:
    """Return a file of the package as it is."""
    member = archive.extractfile(f"package/{path}")
    if member is None:
        raise SystemExit(f"{path} is not a file of the package")
    return member.read()


def read(archive: tarfile.TarFile, path: str) -> str:
    """Return a file of the package as text, without its pointer to a source map."""
    return SOURCE_MAP.sub("", read_bytes(archive, path).decode("utf-8")).rstrip() + "\n"


def symbol(name: str, svg: str) -> str:
    """Turn one icon into a symbol of the sprite."""
    inner = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    inner = re.sub(r"^.*?<svg[^>]*>|</svg>.*$", "", inner, flags=re.DOTALL)
    inner = re.sub(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>', "", inner)
    parts = "".join(line.strip() for line in inner.splitlines())
    return f'<symbol id="{name}" viewBox="0 0 24 24">{parts}</symbol>'


def sprite(archive: tarfile.TarFile, listed: Path) -> str:
    """Return the sprite of the icons named in a list."""
    names = sorted(set(listed.read_text(encoding="utf-8").split()))
    symbols = [symbol(name, read(archive, f"icons/outline/{name}.svg")) for name in names]
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def save(package: Package, target: str, content: bytes, *, folder: Path = VENDOR) -> dict[str, str]:
    """Write one file and return its line of the manifest."""
    path = folder / target
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return {
        "name": package.name,
        "version": package.version,
        "licence": package.licence,
        "file": target,
        "sha256": digest(path),
    }


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def refresh() -> None:
    """Fetch everything and rewrite the manifest."""
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for package in PACKAGES:
            with fetch(package, Path(folder)) as archive:
                for source, target in package.files.items():
                    lines.append(save(package, target, read(archive, source).encode()))
        with fetch(ICONS, Path(folder)) as archive:
            for listed, target in (
                (ICON_LIST, "icons.svg"),
                (PUBLIC_ICON_LIST, "icons-public.svg"),
            ):
                lines.append(save(ICONS, target, sprite(archive, listed).encode()))
        for whole in (READER, FONTS):
            with fetch(whole, Path(folder)) as archive:
                for source, target in whole.files.items():
                    lines.append(save(whole, target, read_bytes(archive, source)))
    write_manifest(VENDOR, lines)
    refresh_tests()


def refresh_tests() -> None:
    """Fetch what only tests need."""
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for package in TEST_PACKAGES:
            with fetch(package, Path(folder)) as archive:
                for source, target in package.files.items():
                    content = read(archive, source).encode()
                    lines.append(save(package, target, content, folder=TEST_VENDOR))
    write_manifest(TEST_VENDOR, lines)


def write_manifest(folder: Path, lines: list[dict[str, str]]) -> None:
    """Write down what came from where, with its checksum."""
    text = json.dumps({"assets": lines}, indent=2, ensure_ascii=False) + "\n"
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    print(f"{len(lines)} files written to {folder.relative_to(ROOT)}")


def check() -> int:
    """Return 1 when a file differs from its manifest."""
    changed = [
        line["file"]
        for folder in (VENDOR, TEST_VENDOR)
        for line in json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["assets"]
        if digest(folder / line["file"]) != line["sha256"]
    ]
    for name in changed:
        print(f"changed: {name}")
    return 1 if changed else 0


def main() -> int:
    """Read the arguments and do it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        return check()
    refresh()
    return 0


if __name__ == "__main__":
    sys.exit(main())
