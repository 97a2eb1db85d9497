"""What a release says of itself to machines: DCAT, VoID, and the queries of the catalogue as data.

Everything is counted over the default graph (what is accepted and what follows from it), and every date is that of the
changelog: the same release gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import RdfFormat, Store, Triple

from asoen_graph.description.dataset import describe_dataset, describe_files
from asoen_graph.description.examples import describe_examples
from asoen_graph.description.partitions import describe_partitions
from asoen_graph.description.terms import PREFIX_TABLE
from asoen_graph.queries.catalogue import Catalogue
from asoen_graph.release import Counts, FileDigest
from asoen_graph.serialization import write_rdf


def describe(
    store: Store,
    catalogue: Catalogue,
    counts: Counts,
    files: Mapping[str, FileDigest],
    *,
    version: str,
    released: str | None,
) -> bytes:
    """The description of a release as Turtle.

    ``files`` are those people may download; ``released`` is the day of the version in the changelog (``2026-11-21``),
    where it has one. Raises QueryError where a query of the catalogue is wrong.
    """
    triples: list[Triple] = [
        *describe_dataset(store, counts, version=version, released=released),
        *describe_files(files),
        *describe_partitions(store),
        *describe_examples(catalogue),
    ]
    return write_rdf(dict.fromkeys(triples), RdfFormat.TURTLE, PREFIX_TABLE)
