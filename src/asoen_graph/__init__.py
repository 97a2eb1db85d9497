"""The open knowledge graph of ASEAN environmental cooperation.

>>> import asoen_graph as asoen
>>> g = asoen.load()
>>> g.entity("coralia").label
'Coralia'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

    from asoen_graph.graph import Graph


def load(release: str | os.PathLike[str] | None = None) -> Graph:
    """Load a release: the folder given, or the version of a kept one, such as ``2026.11.0``.

    Without either, the one ``ASOEN_RELEASE`` names, else the bundled or built one.

    Raises ReleaseError where there is none or its files are not what its manifest says.
    """
    # Imported here, so that the command line pays only for what the command needs.
    from asoen_graph.graph import Graph
    from asoen_graph.release import Release
    from asoen_graph.resources import release_folder

    return Graph(Release.open(release_folder(release)))


def connect(endpoint: str, engine: str | None = None, timeout: float = 30.0) -> Graph:
    """A release in a SPARQL server of any make, at the address of its endpoint; see docs/engines.md.

    ``engine`` (``sparql11`` or ``virtuoso``) says what the server is, where its answers do not; ``timeout`` is in
    seconds.

    Raises StoreError where the endpoint cannot be reached, ParameterError where there is no such engine.
    """
    from asoen_graph.graph import RemoteGraph
    from asoen_graph.store.engines import engine_named
    from asoen_graph.store.remote import RemoteStore

    return RemoteGraph(RemoteStore(endpoint, timeout, engine=None if engine is None else engine_named(engine)))
