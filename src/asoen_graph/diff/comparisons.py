"""Comparisons of releases, each made once: a release is what it is for good, and so is what is between two of them.

Reading a release takes a second and comparing what was read a moment, so releases that stand in several comparisons
are read once too.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Final, TypeAlias
from weakref import WeakValueDictionary

from asoen_graph.diff.compare import Comparison, comparison_of
from asoen_graph.ledger import Ledger
from asoen_graph.release import Release

Name: TypeAlias = tuple[str, str]
"""What tells a release apart: the hash of its facts, and its version, which comparisons tell."""

_MOST: Final = 2


class Comparisons:
    """The comparisons that were asked for last, of which ``most`` are held, with what was read of their releases."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._held: OrderedDict[tuple[Name, Name], Comparison] = OrderedDict()
        self._ledgers: WeakValueDictionary[Name, Ledger] = WeakValueDictionary()

    def between(self, old: Release, new: Release) -> Comparison:
        """What changed from one release to another. Raises ReleaseError."""
        pair = _name(old), _name(new)
        found = self._held.get(pair)
        if found is None:
            before, after = self.ledger(old), self.ledger(new)
            found = self._held[pair] = comparison_of(old.manifest, before, new.manifest, after)
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        self._held.move_to_end(pair)
        return found

    def ledger(self, release: Release) -> Ledger:
        """The facts of a release, which are read where no comparison has them. Raises ReleaseError."""
        name = _name(release)
        found = self._ledgers.get(name)
        if found is None:
            found = self._ledgers[name] = Ledger(release.store(), release.vocabulary)
        return found


def _name(release: Release) -> Name:
    return release.manifest.hash, release.manifest.version
