"""The queries of the catalogue as data, in the way of the SIB's SPARQL examples: SHACL executables with prefixes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from asoen_graph.description.terms import COMMENT, DATASET, LABEL, SCHEMA, SHACL, TYPE, part, texts
from asoen_graph.iris import QUERY_PREFIXES, XSD
from asoen_graph.queries.catalogue import Catalogue, CatalogueQuery
from asoen_graph.sparql.tokens import significant

_FORMS: Final = {"SELECT": "Select", "ASK": "Ask", "CONSTRUCT": "Construct"}
_HEADER: Final = "#+"


def describe_examples(catalogue: Catalogue) -> Iterator[Triple]:
    """The usual prefixes of the dataset, and each query as it stands in its file, header apart."""
    yield from _prefixes()
    for name in sorted(catalogue):
        yield from _example(catalogue[name])


def example_node(name: str) -> NamedNode:
    """The IRI of a query of the catalogue."""
    return part(f"query-{name}")


def _prefixes() -> Iterator[Triple]:
    for prefix, namespace in QUERY_PREFIXES.items():
        node = part(f"prefix-{prefix}")
        yield Triple(DATASET, NamedNode(SHACL + "declare"), node)
        yield Triple(node, TYPE, NamedNode(SHACL + "PrefixDeclaration"))
        yield Triple(node, NamedNode(SHACL + "prefix"), Literal(prefix))
        yield Triple(node, NamedNode(SHACL + "namespace"), Literal(namespace, datatype=NamedNode(XSD + "anyURI")))


def _example(query: CatalogueQuery) -> Iterator[Triple]:
    node = example_node(query.name)
    form = _form(query.text)
    yield Triple(node, TYPE, NamedNode(SHACL + "SPARQLExecutable"))
    yield Triple(node, TYPE, NamedNode(f"{SHACL}SPARQL{_FORMS[form]}Executable"))
    yield from texts(node, LABEL, query.title)
    yield from texts(node, COMMENT, query.description)
    yield Triple(node, NamedNode(SCHEMA + "keywords"), Literal(query.group))
    yield Triple(node, NamedNode(SHACL + "prefixes"), DATASET)
    yield Triple(node, NamedNode(SHACL + form.lower()), Literal(_without_header(query.text)))


def _form(text: str) -> str:
    """Which kind of query it is: the first of the words that begin one."""
    words = (token.value.upper() for token in significant(text) if token.kind == "word")
    return next(word for word in words if word in _FORMS)


def _without_header(text: str) -> str:
    lines = [line for line in text.splitlines() if not line.startswith(_HEADER)]
    return "\n".join(lines).strip() + "\n"
