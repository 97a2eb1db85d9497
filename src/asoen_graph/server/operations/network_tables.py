"""The tables of the page of a network: its links, each with what it rests on, and its nodes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from asoen_graph.iris import local_name, slug_of
from asoen_graph.network.attributes import edge_label
from asoen_graph.network.interactive.evidence import Cited, cited_documents, facts_without_source
from asoen_graph.network.model import Edge, Network
from asoen_graph.network.words import (
    say,
    spoken_comparison,
    spoken_counts,
    spoken_number,
    spoken_period,
    spoken_spell,
)

LINKS_ON_A_PAGE: Final = 25
PLACES_OF_A_LINK: Final = 6
"""So many places of a link stand in the table of all; the rest is one step away."""


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link in words, with what it rests on."""

    source: Mapping[str, str]
    target: Mapping[str, str]
    relation: str
    weight: str
    dates: str
    change: str
    documents: Sequence[Mapping[str, Any]]
    unsourced: Sequence[Mapping[str, str]]
    places: int
    left_out: int
    """Places that are not among the documents."""
    alone: str
    """The address at which the link stands with all of its evidence."""


def tables(
    network: Network, language: str, number: int, ends: str, own: Callable[[Mapping[str, str]], str]
) -> dict[str, Any]:
    """The links of a page of that number, or the one with these ``ends`` (see ``_ends``), and the nodes.

    ``own`` gives the address of the page with other parameters besides.
    """
    edges = sorted(network.edges, key=lambda edge: (-edge.weight, edge.source, edge.target))
    if ends:
        edges = [edge for edge in edges if ends in _ends(network, edge)]
    pages = max(1, -(-len(edges) // LINKS_ON_A_PAGE))
    number = min(number, pages)
    start = (number - 1) * LINKS_ON_A_PAGE
    most = None if ends else PLACES_OF_A_LINK
    return {
        "links": [_row(network, edge, language, most, own) for edge in edges[start : start + LINKS_ON_A_PAGE]],
        "ends": ends,
        "count": len(edges),
        "nodes": _nodes(network, language),
        "first": start + 1,
        "number": number,
        "pages": [(each, own({"page": str(each)} if each > 1 else {})) for each in range(1, pages + 1)],
    }


def _nodes(network: Network, language: str) -> list[dict[str, Any]]:
    """The nodes, the strongest first."""
    strengths = network.strengths()
    counts = {node.iri: 0 for node in network.nodes}
    for edge in network.edges:
        for iri in {edge.source, edge.target}:
            counts[iri] += 1
    return [
        {
            **_named(network, node.iri),
            "kind": node.kind.label,
            "links": counts[node.iri],
            "strength": spoken_number(strengths[node.iri], language),
            "change": say(node.change.name, language) if node.change else "",
        }
        for node in sorted(network.nodes, key=lambda node: (-strengths[node.iri], node.iri))
    ]


def _row(
    network: Network, edge: Edge, language: str, most: int | None, own: Callable[[Mapping[str, str]], str]
) -> LinkRow:
    cited = cited_documents(edge, language)
    places = sum(len(each.places) for each in cited)
    return LinkRow(
        source=_named(network, edge.source),
        target=_named(network, edge.target),
        relation=edge_label(network, edge),
        weight=spoken_number(edge.weight, language),
        dates=spoken_spell(edge.earliest, edge.latest, language) if edge.spells else "",
        change=say(edge.change.name, language) if edge.change else "",
        documents=_documents(cited, most),
        unsourced=[_fact(fact) for fact in facts_without_source(edge)],
        places=places,
        left_out=0 if most is None else max(0, places - most),
        alone=own({"ends": _ends(network, edge)[0]}),
    )


def summary(network: Network, language: str) -> list[str]:
    """What the network is, in sentences."""
    time = ""
    if network.comparison:
        time = f"{spoken_comparison(network.comparison, language)}."
    elif network.period:
        time = f"{spoken_period(network.period, language)}."
    counts = f"{spoken_counts(len(network.nodes), len(network.edges), language)}."
    return [each for each in (time, counts, *network.notes) if each]


def strongest(network: Network, language: str) -> list[str]:
    """The names of the nodes whose links weigh most."""
    strengths = network.strengths()
    order = sorted(network.nodes, key=lambda node: (-strengths[node.iri], node.iri))[:3]
    return [f"{node.label} ({spoken_number(strengths[node.iri], language)})" for node in order]


def _ends(network: Network, edge: Edge) -> tuple[str, str]:
    """How an address names the two ends of a link, in either order."""
    one, other = (network.by_iri[iri].id for iri in (edge.source, edge.target))
    return f"{one},{other}", f"{other},{one}"


def _documents(cited: Sequence[Cited], most: int | None) -> list[dict[str, Any]]:
    """What a link rests on as plain values, with at most so many places."""
    left = sum(len(each.places) for each in cited) if most is None else most
    told: list[dict[str, Any]] = []
    for each in cited:
        if left <= 0:
            break
        places, left = each.places[:left], left - len(each.places)
        told.append(
            {
                "joint": len(each.documents) > 1,
                "documents": [{"slug": local_name(one.source), "text": one.text()} for one in each.documents],
                "places": [
                    {"locator": place.locator, "remark": place.remark, "facts": [_fact(fact) for fact in place.facts]}
                    for place in places
                ],
            }
        )
    return told


def _named(network: Network, iri: str) -> dict[str, str]:
    return {"iri": iri, "slug": slug_of(iri) or "", "label": network.by_iri[iri].label}


def _fact(iri: str) -> dict[str, str]:
    return {"iri": iri, "slug": local_name(iri)}
