"""The releases this server answers from: the present one and those that are kept, and what each is called.

A kept release is called by its version, and what is kept never changes. A present release that is not kept, or not the
same as the kept one of its version, is a *draft*: it is called by its version and the beginning of its hash
(``2026.11.1-9273d2e3``), so that no address can ever mean another content. Once it is kept as it is, that name leads
to the kept one.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cached_property
from pathlib import Path
from typing import Final
from urllib.parse import quote

from asoen_graph.changelog import day_of
from asoen_graph.errors import ReleaseError, UnknownName
from asoen_graph.release import Manifest, Release
from asoen_graph.resources import is_version, version_key
from asoen_graph.text import nearest

RELEASES: Final = "/releases"
"""The address below which every release has its own."""

_HASH_DIGITS: Final = 8
_MOST_NAMED: Final = 10

log = logging.getLogger("asoen.archive")


class UnknownRelease(UnknownName):
    """No release of that name is here; ``names`` are those that are, the oldest first."""

    def __init__(self, name: str, names: Iterable[str] = ()) -> None:
        self.available = tuple(names)
        super().__init__("release", name[:80], nearest(name[:80], self.available) or self.available[-1:])
        shown = ", ".join(self.available[-_MOST_NAMED:])
        self.hint = f"{self.hint} There are: {shown}; {RELEASES} lists them all".lstrip()


@dataclass(frozen=True, slots=True)
class Volume:
    """One release: what it is called in addresses, where it lies, and when it was released, where that is known."""

    name: str
    manifest: Manifest
    folder: Path
    """What answers are made from."""
    files: Path
    """What is given out: of a kept release what is kept, so that the names of its files never change."""
    day: date | None
    is_kept: bool
    is_present: bool

    @property
    def version(self) -> str:
        """The version it carries."""
        return self.manifest.version

    @property
    def address(self) -> str:
        """The path below which everything of this release stands."""
        return f"{RELEASES}/{self.name}"

    @property
    def moment(self) -> datetime | None:
        """The first moment of its day; releases are dated by the day."""
        return None if self.day is None else datetime.combine(self.day, time(), UTC)


class Archive:
    """The releases, the oldest first. A release that is kept while the server runs is found too."""

    def __init__(self, present: Path, releases: Path) -> None:
        """The release in the folder ``present``, and those kept in ``releases``. Raises ReleaseError."""
        self._present = present
        self._releases = releases
        self._manifest = Release.open(present).manifest
        self._kept: dict[str, Volume] = {}
        self._looked: int | None = None

    @property
    def present(self) -> Volume:
        """The release that is served where an address names none."""
        version = self._manifest.version
        kept = self._kept_volumes.get(version)
        if kept is not None and kept.manifest.hash == self._manifest.hash:
            return replace(kept, folder=self._present, is_present=True)
        name = quote(f"{version}-{self._manifest.hash[:_HASH_DIGITS]}", safe="")
        folder, day = self._present, self._present_day
        return Volume(name, self._manifest, folder, folder, day, is_kept=False, is_present=True)

    @property
    def volumes(self) -> tuple[Volume, ...]:
        """Every release."""
        present = self.present
        others = [each for each in self._kept_volumes.values() if each.name != present.name]
        return tuple(sorted((*others, present), key=_order))

    def find(self, name: str) -> Volume:
        """The release of a name; its own name may be another (see the module). Raises UnknownRelease."""
        present = self.present
        if name in (present.name, present.version) and name not in self._kept_volumes:
            return present
        for each in self.volumes:
            if name in (each.name, f"{each.version}-{each.manifest.hash[:_HASH_DIGITS]}"):
                return each
        raise UnknownRelease(name, [each.name for each in self.volumes])

    @property
    def _kept_volumes(self) -> Mapping[str, Volume]:
        """The kept releases by version, looked for again when their folder has changed."""
        try:
            changed = self._releases.stat().st_mtime_ns
        except OSError:
            return {}
        if changed != self._looked:
            found = {path.name: path for path in self._releases.iterdir() if is_version(path.name)}
            self._kept = {
                version: volume
                for version in sorted(found, key=version_key)
                if (volume := self._kept.get(version) or self._open(found[version])) is not None
            }
            self._looked = changed
        return self._kept

    def _open(self, folder: Path) -> Volume | None:
        try:
            release = Release.open(folder)
            day = self._day(release)
            return Volume(folder.name, release.manifest, folder, folder, day, is_kept=True, is_present=False)
        except ReleaseError as error:
            log.warning("kept release left out: %s", error)
            return None

    @cached_property
    def _present_day(self) -> date | None:
        return self._day(Release(self._present))

    def _day(self, release: Release) -> date | None:
        """The day a release tells of itself, else the one the changelog beside the kept releases gives its version."""
        if release.day is not None:
            return release.day
        told = day_of(self._releases.parent, release.manifest.version)
        return date.fromisoformat(told) if told else None


def _order(volume: Volume) -> tuple[bool, tuple[int, ...], bool]:
    known = is_version(volume.version)
    return not known, version_key(volume.version) if known else (), not volume.is_kept
