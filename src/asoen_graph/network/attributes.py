"""What every file says of a node and an edge, as flat names and values of one type each.

Files for other programs cannot hold lists or missing values alike, so there are none: several IRIs or citations are one
text, and what is not known is left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from asoen_graph.evidence import Citation
from asoen_graph.network.model import Change, Edge, Network, Node, Value
from asoen_graph.network.words import say

_MOST_SPOKEN = 4096
"""So many texts of citations are kept: edges that share facts follow one another."""
SEPARATOR = " | "
"""Between the citations of an edge, and between its spells."""

_OPEN = ".."
"""An end of a spell that is not known, as ISO 8601-2 and EDTF write it."""


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
    return known(
        {
            "label": node.label,
            **{f"label_{language}": label for language, label in node.labels.items()},
            "iri": node.iri,
            "slug": node.slug,
            "kind": node.kind.key,
            "kind_label": node.kind.label,
            **change_attributes(node.change, "strength"),
            **node.attributes,
        }
    )


def edge_attributes(edge: Edge, language: str) -> dict[str, Value]:
    """Relation, weight, dates, facts and sources of an edge.

    ``from`` and ``until`` are the first and the last day; an edge with gaps between has ``spells`` too, as intervals of
    ISO 8601. ``facts`` are IRIs separated by spaces, ``sources`` citations separated by a bar; either is empty where
    the query gives no evidence.
    """
    return _stated(edge) | {"facts": " ".join(edge.facts), "sources": SEPARATOR.join(cited(edge, language))}


def node_types(network: Network) -> dict[str, type]:
    """The names of what is said of the nodes, each with the one type that holds all its values."""
    return _types(node_attributes(node) for node in network.nodes)


def edge_types(network: Network) -> dict[str, type]:
    """The names of what is said of the edges, each with the one type that holds all its values."""
    return _types(map(_stated, network.edges)) | {"facts": str, "sources": str} if network.edges else {}


def change_attributes(change: Change | None, what: str) -> dict[str, Value]:
    """What became of a node or an edge between two periods, and ``what`` it measured before and after."""
    if change is None:
        return {}
    return {"change": change.name, f"{what}_before": change.before, f"{what}_after": change.after}


def cited(edge: Edge, language: str) -> list[str]:
    """The citations of an edge, each once, in reading order."""
    return list(dict.fromkeys([_spoken(edge, citation, language) for citation in edge.citations]))


def _spoken(edge: Edge, citation: Citation, language: str) -> str:
    if edge.spoken is None:
        return citation.text(language)
    known = edge.spoken.get((citation.fact, language))
    if known is None:
        if len(edge.spoken) >= _MOST_SPOKEN:
            edge.spoken.clear()
        known = edge.spoken[citation.fact, language] = citation.text(language)
    return known


def edge_label(network: Network, edge: Edge) -> str:
    """The relation of an edge in words; where it has none, what the network's weights count."""
    if edge.relation is not None:
        return edge.relation.label
    return network.weight_label or say("weight", network.language)


def known(given: Mapping[str, Value | None]) -> dict[str, Value]:
    """What is known: no file has one way to say of a number that it is none."""
    return {
        name: value
        for name, value in given.items()
        if value is not None and not (isinstance(value, float) and not math.isfinite(value))
    }


def written(value: Value) -> str:
    """A value as XML Schema writes it."""
    return str(value).lower() if value is True or value is False else str(value)


def _stated(edge: Edge) -> dict[str, Value]:
    """What is said of an edge, without the evidence."""
    stated: dict[str, Value] = {}
    if edge.relation is not None:
        stated |= {"relation": edge.relation.key, "relation_label": edge.relation.label}
    if math.isfinite(edge.weight):
        stated["weight"] = edge.weight
    if edge.spells:
        ends = {"from": edge.earliest, "until": edge.latest}
        stated |= {name: day for name, day in ends.items() if day is not None}
    if len(edge.spells) > 1:
        stated["spells"] = SEPARATOR.join(f"{start or _OPEN}/{end or _OPEN}" for start, end in edge.spells)
    if edge.change is not None:
        stated |= change_attributes(edge.change, "weight")
    return stated


def _types(rows: Iterable[Mapping[str, Value]]) -> dict[str, type]:
    types: dict[str, type] = {}
    for row in rows:
        for name, value in row.items():
            known = types.setdefault(name, type(value))
            if known is not type(value):
                types[name] = float if {known, type(value)} == {int, float} else str
    return types
