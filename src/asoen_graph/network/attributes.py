"""What every file says of a node and an edge, as flat names and values of one type each.

Files for other programs cannot hold lists or missing values alike, so there are none: several IRIs or citations are one
text, and what is not known is left out.
"""

from __future__ import annotations

from asoen_graph.evidence import Citation
from asoen_graph.network.model import Change, Edge, Network, Node, Value
from asoen_graph.network.words import say

SEPARATOR = " | "
"""Between the citations of an edge."""


def network_attributes(network: Network) -> dict[str, str]:
    """Title, description, language, what weights count, period, release, notes, what measures mean, as far as given.

    Where two periods are compared, ``earlier`` and ``later`` are those as written (``2010``, ``2009..2015``).
    """
    period, comparison = network.period, network.comparison
    given = {
        "name": network.name,
        "title": network.title,
        "description": network.description,
        "language": network.language,
        "weights": network.weight_label,
        "from": (period and period.since) or "",
        "until": (period and period.until) or "",
        "earlier": comparison.earlier.word if comparison else "",
        "later": comparison.later.word if comparison else "",
        "release": network.release,
        "notes": " ".join(network.notes),
        **{f"definition_{name}": text for name, text in network.definitions.items()},
    }
    return {name: value for name, value in given.items() if value}


def node_attributes(node: Node) -> dict[str, Value]:
    """Label (also in each language there is), IRI, slug and kind of a node, then its own attributes."""
    given: dict[str, Value | None] = {
        "label": node.label,
        **{f"label_{language}": label for language, label in node.labels.items()},
        "iri": node.iri,
        "slug": node.slug,
        "kind": node.kind.key,
        "kind_label": node.kind.label,
        **change_attributes(node.change, "strength"),
        **node.attributes,
    }
    return {name: value for name, value in given.items() if value is not None}


def edge_attributes(edge: Edge, language: str) -> dict[str, Value]:
    """Relation, weight, dates, facts and sources of an edge.

    ``facts`` are IRIs separated by spaces, ``sources`` citations separated by a bar; either is empty where the query
    gives no evidence.
    """
    given: dict[str, Value | None] = {
        "relation": edge.relation.key if edge.relation else None,
        "relation_label": edge.relation.label if edge.relation else None,
        "weight": edge.weight,
        "from": edge.earliest,
        "until": edge.latest,
        "facts": " ".join(edge.facts),
        "sources": SEPARATOR.join(cited(edge, language)),
        **change_attributes(edge.change, "weight"),
    }
    return {name: value for name, value in given.items() if value is not None}


def change_attributes(change: Change | None, what: str) -> dict[str, Value]:
    """What became of a node or an edge between two periods, and ``what`` it measured before and after."""
    if change is None:
        return {}
    return {"change": change.name, f"{what}_before": change.before, f"{what}_after": change.after}


def cited(edge: Edge, language: str) -> list[str]:
    """The citations of an edge, each once, in reading order."""
    return list(dict.fromkeys([_spoken(edge, citation, language) for citation in edge.citations]))


def _spoken(edge: Edge, citation: Citation, language: str) -> str:
    known = edge.spoken.get((citation.fact, language))
    if known is None:
        known = edge.spoken[citation.fact, language] = citation.text(language)
    return known


def edge_label(network: Network, edge: Edge) -> str:
    """The relation of an edge in words; where it has none, what the network's weights count."""
    if edge.relation is not None:
        return edge.relation.label
    return network.weight_label or say("weight", network.language)
