"""What every engine offers: queries in, answers out, labels and citations on the side.

``embedded`` keeps the graph in this process, ``remote`` asks a SPARQL 1.1 endpoint; whoever holds a ``GraphStore``
need not know which.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

if TYPE_CHECKING:
    from asoen_graph.evidence import Citation

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
"""An RDF term as the engine gives it."""


class SelectAnswer(NamedTuple):
    """The answer of a ``SELECT``: one term, or ``None`` where unbound, for each variable in each row."""

    variables: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]


class AskAnswer(NamedTuple):
    """The answer of an ``ASK``."""

    value: bool


class GraphAnswer(NamedTuple):
    """The answer of a ``CONSTRUCT`` or ``DESCRIBE``."""

    triples: list[Triple]


Answer: TypeAlias = SelectAnswer | AskAnswer | GraphAnswer


class GraphStore(Protocol):
    """A graph that answers SPARQL 1.1 queries."""

    def query(self, text: str, *, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()) -> Answer:
        """Answer a query; the usual prefixes may be left out.

        ``default_graphs`` and ``named_graphs`` are IRIs and replace the dataset of the query (Protocol, 2.1.4).
        Raises QuerySyntaxError, QueryRefused, StoreError.
        """

    def serialize(
        self, text: str, media_type: str, *, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()
    ) -> bytes:
        """Answer a query in one of SPARQL's or RDF's own formats, exactly as the engine writes it."""

    def look_over(self, text: str) -> None:
        """Raise what ``query`` would raise for a query that is wrong or refused, without asking it of the data."""

    def labels(self, iris: Iterable[str], language: str) -> dict[str, str]:
        """The label, or a document's title, of each IRI that has one: in the language, else in another."""

    def classes(self, iris: Iterable[str]) -> dict[str, list[str]]:
        """The classes of each IRI that has any, sorted; the graph holds the super-classes too."""

    def citations(self, facts: Iterable[str], language: str) -> dict[str, Citation]:
        """Where each fact stands; facts that are not there are left out."""

    def facts(self, triples: Iterable[Triple]) -> dict[Triple, list[str]]:
        """The facts that state each triple, sorted; triples that are only inferred or registered are left out."""

    def known(self, iris: Iterable[str]) -> set[str]:
        """Those of the IRIs that occur anywhere in the graph."""

    def asks_outside(self, text: str, graphs: Sequence[str] = ()) -> bool:
        """Whether another server has a part in the answer; ``graphs`` are those of the protocol's dataset."""

    def names(self, namespace: str) -> list[str]:
        """Every IRI with a label or title that starts with the namespace, sorted: to find what was mistyped."""
