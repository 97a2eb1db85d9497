"""The names of things: namespaces, slugs and keys. Strings only, so that every module can afford it.

A *slug* names an entity (``lo-go-xa-mat``), a *local name* a term of the ontology (``reportsTo``), a *key*
the same term as people write it in curated files, addresses and options (``reports-to``).
"""

from __future__ import annotations

import functools
import re
from typing import Final

BASE: Final = "https://w3id.org/asoen/"
ONTOLOGY: Final = BASE + "ontology"
TERM: Final = ONTOLOGY + "#"
ENTITY: Final = BASE + "id/"
FACT: Final = BASE + "fact/"
SOURCE: Final = BASE + "source/"
GRAPH: Final = BASE + "graph/"
SEARCH: Final = BASE + "search#"
SEARCH_FUNCTIONS: Final = ("matches", "score")
"""The extension functions for full-text search in SPARQL, and what they are called."""
REGISTER_GRAPH: Final = GRAPH + "register"
PROVENANCE_GRAPH: Final = GRAPH + "provenance"
INFERRED_GRAPH: Final = GRAPH + "inferred"

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
PROV: Final = "http://www.w3.org/ns/prov#"
DCTERMS: Final = "http://purl.org/dc/terms/"
SCHEMA: Final = "https://schema.org/"
SH: Final = "http://www.w3.org/ns/shacl#"
GEO: Final = "http://www.opengis.net/ont/geosparql#"

PREFIXES: Final[dict[str, str]] = {
    "asoen": TERM,
    "id": ENTITY,
    "fact": FACT,
    "source": SOURCE,
    "graph": GRAPH,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "prov": PROV,
    "dcterms": DCTERMS,
    "schema": SCHEMA,
    "org": "http://www.w3.org/ns/org#",
    "geo": GEO,
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "sh": SH,
}
"""The prefixes of the data: catalogue queries declare those they use, and files are written with them."""

QUERY_PREFIXES: Final[dict[str, str]] = PREFIXES | {
    "search": SEARCH,
    "geof": "http://www.opengis.net/def/function/geosparql/",
    "uom": "http://www.opengis.net/def/uom/OGC/1.0/",
}
"""The prefixes that ad-hoc queries may leave out: besides those of the data, those of functions."""

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
_LOCAL_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")


def is_slug(text: str) -> bool:
    """Whether the text is lower-case words of letters and digits joined by single hyphens."""
    return _SLUG.fullmatch(text) is not None


@functools.lru_cache(maxsize=1024)
def key_of(local_name: str) -> str:
    """The key of an ontology term: ``reportsTo`` → ``reports-to``, ``WorkingGroup`` → ``working-group``."""
    return "-".join(word.lower() for word in _WORD.findall(local_name))


def local_name(iri: str) -> str:
    """What follows the last ``#`` or ``/`` of an IRI."""
    return re.split(r"[#/]", iri)[-1]


def compact(iri: str) -> str:
    """The IRI as a prefixed name where a known prefix fits and the rest is a plain local name, else as it is."""
    for prefix, namespace in PREFIXES.items():
        rest = iri.removeprefix(namespace)
        if rest != iri and _LOCAL_NAME.fullmatch(rest):
            return f"{prefix}:{rest}"
    return iri


def expand(name: str) -> str:
    """The IRI of a prefixed name with a known prefix; anything else is returned as it is."""
    prefix, colon, rest = name.partition(":")
    return PREFIXES[prefix] + rest if colon and prefix in PREFIXES else name


def slug_of(iri: str) -> str | None:
    """The slug of an entity IRI, or ``None`` where the IRI is no entity's."""
    return iri[len(ENTITY) :] if iri.startswith(ENTITY) else None
