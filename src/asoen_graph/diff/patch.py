"""The difference between two releases as an RDF Patch: the text format of Apache Jena's RDF Delta.

A row is a line: ``H`` for the header, ``TX`` and ``TC`` around one transaction, ``D`` and ``A`` for a quad less and a
quad more, each term as in N-Quads. Applied to the old release, the patch gives the new one exactly. Only the ontology
has blank nodes; as in every RDF Patch, their labels are those of the data the patch is applied to.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from asoen_graph.iris import BASE
from asoen_graph.release import QUADS_FILE, Release


def rdf_patch(old: Release, new: Release) -> bytes:
    """The patch from one release to another: the quads that go, then those that come, each in the order of bytes."""
    return b"".join(_rows(old, new))


def _rows(old: Release, new: Release) -> Iterator[bytes]:
    before, after = (set(each.read(QUADS_FILE).splitlines(keepends=True)) for each in (old, new))
    # The same two releases give the same patch, its name included.
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"{BASE}patch/{old.manifest.hash}/{new.manifest.hash}")
    yield f"H id <uuid:{name}> .\n".encode()
    yield f'H from "{old.manifest.version}" .\nH to "{new.manifest.version}" .\n'.encode()
    yield b"TX .\n"
    yield from (b"D " + line for line in sorted(before - after))
    yield from (b"A " + line for line in sorted(after - before))
    yield b"TC .\n"
