"""The endpoint that holds the release which is served: how it is asked, and whether it holds that release."""

from __future__ import annotations

from typing import Final

from pyoxigraph import Literal

from asoen_graph.errors import ReleaseError
from asoen_graph.iris import PROVENANCE_GRAPH, TERM
from asoen_graph.release import Release
from asoen_graph.store import SelectAnswer
from asoen_graph.store.engines import engine_named
from asoen_graph.store.remote import RemoteStore

CALLED: Final = "The server that holds the data"
"""What strangers are told instead of its address."""

_SAMPLE: Final = 200
"""How many facts are looked for. Their names are digests of what they say."""


def endpoint_of(url: str, engine: str, seconds: float, most_bytes: int | None = None) -> RemoteStore:
    """The endpoint as strangers may ask it; see ``RemoteStore``."""
    kind = engine_named(engine) if engine else None
    return RemoteStore(url, seconds, None, most_bytes, kind, CALLED, is_closed=True)


def compare(release: Release, endpoint: RemoteStore) -> None:
    """Raise ReleaseError where the endpoint does not hold the release, as far as counts and a sample can tell."""
    counts = release.manifest.counts
    facts = f"GRAPH <{PROVENANCE_GRAPH}> {{ ?fact a <{TERM}Fact> }}"
    for what, expected, pattern in (
        ("triples in the default graph", counts.default_graph, "?s ?p ?o"),
        ("facts", counts.facts, facts),
    ):
        found = _count(endpoint, pattern)
        if found != expected:
            raise ReleaseError(
                f"{endpoint.url} holds {found:,} {what}, and release {release.manifest.version} has {expected:,}",
                "Load the release into it with `asoen load`",
            )
    names = sorted(release.places)
    sample = set(names[:: max(len(names) // _SAMPLE, 1)])
    missing = sample - endpoint.known(sample)
    if missing:
        raise ReleaseError(
            f"{endpoint.url} holds another release: it does not know the fact {min(missing)}",
            "Load the release into it with `asoen load`",
        )


def _count(endpoint: RemoteStore, pattern: str) -> int:
    answer = endpoint.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
    assert isinstance(answer, SelectAnswer)
    (term,) = answer.rows[0]
    return int(term.value) if isinstance(term, Literal) else 0
