"""Verify an exported audit chain with nothing but the Python standard library.

    python verify_audit.py chain.jsonl [--head SEQ:HASH]

Exit code 0: every link holds. 1: the chain is broken, and the first bad place is named.
2: the file is not an export of a chain.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable

FORMAT = "courierqa-audit-1"
GENESIS = "0" * 64


def link_hash(seq: int, prev_hash: str, entry: dict) -> str:
    """Return the hash of a link over its place, the link before and the whole entry."""
    body = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{seq}\n{prev_hash}\n{body}".encode()).hexdigest()


def check(lines: Iterable[str], known_head: str = "") -> tuple[int, str, str]:
    """Return (links, head, what is wrong or "")."""
    rows, prev, seen = 0, GENESIS, not known_head or known_head.startswith("0:")
    closed = False
    for line in lines:
        part = json.loads(line)
        if "rows" in part:
            closed = True
            if part["rows"] != rows or part["head"] != prev:
                return rows, prev, f"The file says {part['rows']} links, it holds {rows}."
            continue
        rows += 1
        why = fault(part, rows, prev)
        if why:
            return rows, prev, why
        prev = part["hash"]
        seen = seen or known_head == f"{rows}:{prev}"
    if not closed:
        return rows, prev, "The file has no end; it was cut."
    return rows, prev, "" if seen else "The known head is not in the chain: its tail was cut."


def fault(link: dict, place: int, prev: str) -> str:
    """Return what is wrong with one link, or ""."""
    if link["seq"] != place:
        return f"Link {place} is missing."
    if link["prev_hash"] != prev:
        return f"Link {place} does not follow the link before."
    if link["hash"] != link_hash(place, prev, link["entry"]):
        return f"Entry {place} was changed after sealing."
    return ""


def main() -> int:
    parser = argparse.ArgumentParser(description="Verify an exported audit chain.")
    parser.add_argument("file")
    parser.add_argument("--head", default="", help="a head kept elsewhere, as SEQ:HASH")
    wanted = parser.parse_args()
    with open(wanted.file, encoding="utf-8") as file:
        try:
            if json.loads(file.readline()).get("format") != FORMAT:
                raise ValueError("unknown format")
            rows, head, why = check(file, wanted.head)
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            print(f"Not an export of a chain: {error}")
            return 2
    print(f"Broken: {why}" if why else f"OK: {rows} links, head {rows}:{head}")
    return 1 if why else 0


if __name__ == "__main__":
    sys.exit(main())
