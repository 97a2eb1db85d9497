"""The vocabularies a description is written in, and short ways to write triples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from asoen_graph.iris import BASE, DCTERMS, PREFIXES, RDF, RDFS, XSD

VOID: Final = "http://rdfs.org/ns/void#"
DCAT: Final = "http://www.w3.org/ns/dcat#"
SPDX: Final = "http://spdx.org/rdf/terms#"
SHACL: Final = PREFIXES["sh"]
SCHEMA: Final = PREFIXES["schema"]

PREFIX_TABLE: Final = {
    **{name: PREFIXES[name] for name in ("asoen", "rdf", "rdfs", "owl", "xsd", "skos", "dcterms", "schema", "sh")},
    "void": VOID,
    "dcat": DCAT,
    "spdx": SPDX,
    "dataset": BASE + "dataset#",
}
"""The prefixes of the Turtle; ``dataset:`` names the parts of the dataset."""

DATASET: Final = NamedNode(BASE + "dataset")
TYPE: Final = NamedNode(RDF + "type")
TITLE: Final = NamedNode(DCTERMS + "title")
LABEL: Final = NamedNode(RDFS + "label")
COMMENT: Final = NamedNode(RDFS + "comment")


def part(name: str) -> NamedNode:
    """The IRI of a part of the dataset: it leads to where the dataset is described."""
    return NamedNode(f"{BASE}dataset#{name}")


def count(number: int) -> Literal:
    """A number as VoID has it."""
    return Literal(str(number), datatype=NamedNode(XSD + "integer"))


def texts(subject: NamedNode, predicate: NamedNode, spoken: Mapping[str, str]) -> Iterator[Triple]:
    """One triple for each language of a language map."""
    for language, text in spoken.items():
        yield Triple(subject, predicate, Literal(text, language=language))
