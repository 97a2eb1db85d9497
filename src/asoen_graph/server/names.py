"""Which entities each release has, by name: read from its quads by a worker, once, and remembered."""

from __future__ import annotations

from collections.abc import Iterable

from asoen_graph.server.archive import Volume
from asoen_graph.server.errands import errand
from asoen_graph.server.front import Front


class Names:
    """The names of the entities of each release, those that it retired included."""

    def __init__(self) -> None:
        self._known: dict[str, frozenset[str]] = {}
        """By the hash of the release, whose content never is another."""

    async def of(self, volume: Volume, front: Front, client: str) -> frozenset[str]:
        """The names in a release. Raises what ``errand`` raises."""
        found = self._known.get(volume.manifest.hash)
        if found is None:
            asked = {"folder": str(volume.folder), "hash": volume.manifest.hash}
            content = await errand(front, "names", asked, client)
            found = frozenset(content.decode().split())
            self._known[volume.manifest.hash] = found
        return found

    async def having(self, slug: str, volumes: Iterable[Volume], front: Front, client: str) -> list[Volume]:
        """Those of the releases that have the entity."""
        return [volume for volume in volumes if slug in await self.of(volume, front, client)]
