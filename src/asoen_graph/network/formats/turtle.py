"""RDF in Turtle: the network as a data set of links, each derived from its facts, each fact from its documents.

Links are ``rdf:Statement``s (RDF Schema 1.1, section 5.3), which describe a statement without making it: a query may
turn a property round, follow a chain or count, so that the pair it projects need not stand in the graph. What does
stand there are the facts, to which ``prov:wasDerivedFrom`` (PROV-O) leads, and from each fact to its documents, as in
a release. ``rdf:value`` is the weight; ``dcterms:temporal`` the spells, periods of DCAT 3; the network is a
``dcat:Dataset``, and a measure of a node a ``schema:Observation``, since it holds in this network alone.
Network, links and periods are blank nodes: they have no address. A character that UTF-8 cannot hold becomes U+FFFD.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pyoxigraph import Literal, NamedNode

from asoen_graph.evidence import Citation, Document
from asoen_graph.iris import PREFIXES, compact
from asoen_graph.network.attributes import known, written
from asoen_graph.network.model import Edge, Kind, Network, Node, Relation, Value

_DCAT: Final = "http://www.w3.org/ns/dcat#"
_NUMBERS: Final[dict[type, str]] = {bool: "boolean", int: "integer", float: "double"}
_HALF_PAIR = re.compile("[\ud800-\udfff]")


def pieces(network: Network) -> Iterator[str]:
    """The network as Turtle, a subject a piece."""
    prefixes = PREFIXES | {"dcat": _DCAT}
    yield "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(prefixes.items()))
    yield _about(network)
    for node in network.nodes:
        yield _node(node)
    things = {node.kind for node in network.nodes} | {edge.relation for edge in network.edges if edge.relation}
    for thing in sorted(things, key=lambda each: (each.iri, each.key)):
        yield _label(thing, network.language)
    for number, edge in enumerate(network.edges):
        yield _link(number, edge)
    yield from _evidence(network)


def _about(network: Network) -> str:
    language, period = network.language, network.period
    # What is described is a data set whether or not it has a title.
    said = [
        ("a", "dcat:Dataset"),
        ("dcterms:identifier", _text(network.name)),
        ("dcterms:title", _text(network.title, language)),
        ("dcterms:description", _text(network.description, language)),
        ("dcterms:language", _text(language)),
        ("dcterms:source", _text(network.release)),
        ("dcterms:temporal", _period(period.since, period.until) if period else ""),
        ("schema:keywords", _text("directed" if network.directed else "undirected", "en")),
        ("schema:variableMeasured", _text(network.weight_label, language)),
        *(("rdfs:comment", _text(note, language)) for note in network.notes),
    ]
    return _subject("_:network", said)


def _node(node: Node) -> str:
    iri = _iri(node.iri)
    said = [
        ("a", _iri(node.kind.iri) if node.kind.iri else ""),
        # Not ``node.label``, which may be made from the IRI: only what the graph says.
        *(("rdfs:label", _text(label, language)) for language, label in sorted(node.labels.items())),
    ]
    observed = (_observation(iri, name, value) for name, value in known(node.attributes).items())
    return f"{_subject(iri, said)}_:network schema:mentions {iri} .\n{''.join(observed)}"


def _observation(iri: str, name: str, value: Value) -> str:
    said = [
        ("a", "schema:Observation"),
        ("schema:observationAbout", iri),
        ("schema:name", _text(name)),
        ("schema:value", _text(value) if isinstance(value, str) else _number(value)),
        ("dcterms:isPartOf", "_:network"),
    ]
    return _subject("[]", said)


def _label(thing: Kind | Relation, language: str) -> str:
    return _subject(_iri(thing.iri), [("rdfs:label", _text(thing.label, language))]) if thing.iri else ""


def _link(number: int, edge: Edge) -> str:
    relation = edge.relation
    said = [
        ("a", "rdf:Statement"),
        ("dcterms:isPartOf", "_:network"),
        ("rdf:subject", _iri(edge.source)),
        ("rdf:predicate", _iri(relation.iri) if relation and relation.iri else ""),
        ("rdf:object", _iri(edge.target)),
        ("rdfs:label", _text(relation.label) if relation and not relation.iri else ""),
        ("rdf:value", _number(edge.weight)),
        *(("dcterms:temporal", _period(start, end)) for start, end in edge.spells),
        ("prov:wasDerivedFrom", ", ".join(map(_iri, edge.facts))),
    ]
    return _subject(f"_:link{number}", said)


def _evidence(network: Network) -> Iterator[str]:
    """The facts of all links and then their documents, each once."""
    citations = {citation.fact: citation for edge in network.edges for citation in edge.citations}
    for _, citation in sorted(citations.items()):
        yield _fact(citation, network.language)
    documents = {document.source: document for citation in citations.values() for document in citation.documents}
    for _, document in sorted(documents.items()):
        yield _document(document)


def _fact(citation: Citation, language: str) -> str:
    first = _iri(citation.source)
    said = [
        ("a", "asoen:Fact"),
        ("prov:wasDerivedFrom", ", ".join(_iri(document.source) for document in citation.documents)),
        ("asoen:locatorSource", first if citation.others else ""),
        ("asoen:locator", _text(citation.locator)),
        ("dcterms:bibliographicCitation", _text(citation.text(language), language)),
    ]
    return _subject(_iri(citation.fact), said)


def _document(document: Document) -> str:
    said = [
        ("a", "asoen:Source"),
        ("dcterms:title", _text(document.title)),
        ("dcterms:bibliographicCitation", _text(document.text())),
        ("schema:url", f"{_text(document.url)}^^xsd:anyURI" if document.url else ""),
    ]
    return _subject(_iri(document.source), said)


def _subject(subject: str, said: Sequence[tuple[str, str]]) -> str:
    """A subject with what is said of it; what has no object is left out."""
    lines = " ;\n\t".join(f"{predicate} {object_}" for predicate, object_ in said if object_)
    return f"{subject} {lines} .\n" if lines else ""


def _period(start: str | None, end: str | None) -> str:
    ends = [f"{name} {_date(day)}" for name, day in (("dcat:startDate", start), ("dcat:endDate", end)) if day]
    return f"[ {' ; '.join(['a dcterms:PeriodOfTime', *ends])} ]"


def _date(text: str) -> str:
    return f'"{text}"^^xsd:{("gYear", "gYearMonth", "date")[text.count("-")]}'


def _iri(iri: str) -> str:
    short = compact(iri)
    return short if short != iri else str(NamedNode(iri))


def _number(number: float) -> str:
    return f'"{written(number)}"^^xsd:{_NUMBERS[type(number)]}'


def _text(text: str, language: str = "") -> str:
    if not text:
        return ""
    clean = _HALF_PAIR.sub("\ufffd", text)
    return str(Literal(clean, language=language) if language else Literal(clean))
