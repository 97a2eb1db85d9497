"""Queries that ask other servers too: each ``SERVICE`` block is asked apart, each remote ``FROM`` is fetched first.

The engine itself never reaches out. What another server answers comes to it as data: the solutions of a block as
``VALUES``, a remote graph in a store made for this query, which holds the graphs of its dataset and nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, NamedNode, Quad, Store, Triple

from asoen_graph.errors import AsoenError, ElsewhereFailed, LimitReached, QueryRefused
from asoen_graph.iris import BASE, QUERY_PREFIXES
from asoen_graph.messages import tell
from asoen_graph.sparql.guard import dataset_graphs, refuse
from asoen_graph.sparql.places import placed, refusal
from asoen_graph.sparql.services import ServiceBlock, as_groups, service_blocks, with_data
from asoen_graph.sparql.terms import serialise
from asoen_graph.store import SelectAnswer, Term
from asoen_graph.store.graphs import has_graph

MOST_BLOCKS: Final = 10
"""``SERVICE`` blocks a query may have."""

MOST_SOLUTIONS: Final = 50_000
"""Solutions a block may have."""

if TYPE_CHECKING:
    from asoen_graph.store.outside import Outside

_GENID: Final = BASE + ".well-known/genid/"


def asks_outside(text: str, graphs: Sequence[str], store: Store) -> bool:
    """Whether answering takes another server, so that the answer is not of the release alone."""
    return bool(service_blocks(text)) or any(not has_graph(store, iri) for iri in (*graphs, *dataset_graphs(text)))


def permitted(text: str, store: Store, outside: Outside) -> list[ServiceBlock]:
    """The blocks that ask other servers, where that and all else in the query may be done; nobody is asked.

    Raises QueryRefused for hosts not on the list, SyntaxError.
    """
    blocks = service_blocks(text)
    plain = as_groups(text, blocks)
    refuse(plain, lambda iri: has_graph(store, iri) or outside.allows(iri))
    for block in blocks:
        if not outside.allows(block.iri):
            raise refusal(block.endpoint, tell("query.service-host", text=block.endpoint.text), _ASK_US)
    if len(blocks) > MOST_BLOCKS:
        raise refusal(
            blocks[MOST_BLOCKS].endpoint, tell("query.service-many", most_blocks=MOST_BLOCKS), tell("query.steps")
        )
    # A mistake in the query is told before anybody is asked, and with the places of the text as it was written.
    Store().query(plain, prefixes=QUERY_PREFIXES)
    return blocks


def brought_in(text: str, graphs: Sequence[str], store: Store, outside: Outside) -> tuple[str, Store]:
    """The query with the data other servers add, and the store to ask it.

    ``graphs`` are those of the protocol's dataset. Raises QueryRefused for hosts not on the list, ElsewhereFailed
    where one does not answer and the block is not ``SILENT``, LimitReached, QuerySyntaxError.
    """
    blocks = permitted(text, store, outside)
    store = _dataset(store, [*graphs] or dataset_graphs(text), outside)
    return with_data(text, blocks, [_group(block, outside) for block in blocks]), store


_ASK_US: Final = tell("query.service-join")


def _dataset(store: Store, graphs: Sequence[str], outside: Outside) -> Store:
    """The store, or one with just these graphs where some of them lie elsewhere."""
    remote = [iri for iri in dict.fromkeys(graphs) if not has_graph(store, iri)]
    if not remote:
        return store
    own = Store()
    for iri in dict.fromkeys(graphs):
        name = NamedNode(iri)
        own.add_graph(name)
        if iri in remote:
            own.bulk_extend(Quad(each.subject, each.predicate, each.object, name) for each in outside.graph(iri))
        else:
            own.bulk_extend(store.quads_for_pattern(None, None, None, name))
    return own


def _group(block: ServiceBlock, outside: Outside) -> str:
    """The group that stands for a block: its solutions, or nothing in particular where it fails silently."""
    try:
        return _values(outside.solutions(block.iri, block.question), block)
    except QueryRefused:
        raise
    except AsoenError as error:
        if block.is_silent:
            return "{}"
        if isinstance(error, LimitReached):
            raise
        raise ElsewhereFailed(placed(block.endpoint, error.message), error.hint) from error


def _values(answer: SelectAnswer, block: ServiceBlock) -> str:
    if len(answer.rows) > MOST_SOLUTIONS:
        message = tell(
            "elsewhere.solutions", text=block.endpoint.text, rows=len(answer.rows), most_solutions=MOST_SOLUTIONS
        )
        raise LimitReached("rows", placed(block.endpoint, message), tell("elsewhere.fewer"))
    names = " ".join(f"?{name}" for name in answer.variables)
    rows = " ".join(f"({' '.join(_written(term, block.iri) for term in row)})" for row in answer.rows)
    return f"{{ VALUES ({names}) {{ {rows} }} }}"


def _written(term: Term | None, endpoint: str) -> str:
    if term is None:
        return "UNDEF"
    return serialise(_named(term, endpoint))


def _named(term: Term, endpoint: str) -> Term:
    """The term with a name for each blank node, which data in a query cannot hold (RDF 1.1 Concepts, 3.5)."""
    if isinstance(term, BlankNode):
        digest = hashlib.sha256(f"{endpoint} {term.value}".encode()).hexdigest()
        return NamedNode(_GENID + digest[:32])
    if isinstance(term, Triple):
        subject, value = _named(term.subject, endpoint), _named(term.object, endpoint)
        assert isinstance(subject, NamedNode)
        return Triple(subject, term.predicate, value)
    return term
