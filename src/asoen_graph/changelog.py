"""The changelog as it is read: versions, the day of each, and what stands under its headings.

A version is headed ``## 2026.11.0 (2026-11-21)``, with *Facts* and *Code* beneath.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, NamedTuple

CHANGELOG: Final = "CHANGELOG.md"
SECTIONS: Final = ("Facts", "Code")

_HEADING = re.compile(r"## (?P<version>\S+)(?: \((?P<day>\d{4}-\d{2}-\d{2})\))?")
_SECTION = re.compile(r"### (.+)")


class Entry(NamedTuple):
    """One version: its day as ``2026-11-21``, where it has one, and the headings that have something under them."""

    version: str
    day: str | None
    sections: tuple[str, ...]


def read_changelog(root: Path) -> list[Entry]:
    """The versions of the changelog of a folder, the newest first; none where there is no changelog."""
    path = root / CHANGELOG
    if not path.is_file():
        return []
    found: list[Entry] = []
    section = None
    for line in path.read_text(encoding="utf-8").splitlines():
        if heading := _HEADING.fullmatch(line.rstrip()):
            found.append(Entry(heading["version"], heading["day"], ()))
            section = None
        elif named := _SECTION.fullmatch(line.rstrip()):
            section = named[1]
        elif found and section and line.strip() and section not in found[-1].sections:
            found[-1] = found[-1]._replace(sections=(*found[-1].sections, section))
    return found


def day_of(root: Path, version: str) -> str | None:
    """The day of a version in the changelog of a folder."""
    return next((entry.day for entry in read_changelog(root) if entry.version == version), None)
