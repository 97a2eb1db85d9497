"""The forms each kind of answer comes in: what is offered to a client, in the order of the server's preference.

After the media type of each form stand the broader ones that clients ask for it by (``application/json`` for SPARQL
results in JSON); the answer is then sent as what was asked for.
"""

from __future__ import annotations

from typing import Final

from pyoxigraph import RdfFormat

from asoen_graph.answers import FORMATS
from asoen_graph.iris import PREFIXES
from asoen_graph.server.negotiation import Offer

HTML: Final = Offer("html", "text/html")
JSON: Final = Offer("json", "application/json")
CSV: Final = Offer("csv", "text/csv")

GEOJSON: Final = Offer("geojson", "application/geo+json")

_RESULTS: Final = (
    Offer("json", "application/sparql-results+json"),
    Offer("xml", "application/sparql-results+xml"),
)
_RESULTS_BY_BROADER_NAMES: Final = (
    Offer("json", "application/json"),
    Offer("xml", "application/xml"),
    Offer("xml", "text/xml"),
)

_SEPARATED: Final = (Offer("csv", "text/csv"), Offer("tsv", "text/tab-separated-values"))

BOOLEANS: Final = (*_RESULTS, *_RESULTS_BY_BROADER_NAMES, *_SEPARATED)
"""The forms of an ``ASK``. SPARQL defines no CSV and TSV for it: they hold the word ``true`` or ``false`` alone."""

BINDINGS: Final = (
    *_RESULTS,
    *_SEPARATED,
    *_RESULTS_BY_BROADER_NAMES,
)
"""The forms of a ``SELECT`` that SPARQL itself defines."""

TRIPLES: Final = (
    Offer("ttl", "text/turtle"),
    Offer("nt", "application/n-triples"),
    Offer("jsonld", "application/ld+json"),
    Offer("rdf", "application/rdf+xml"),
    Offer("trig", "application/trig"),
    Offer("nq", "application/n-quads"),
    Offer("ttl", "application/x-turtle"),
    Offer("jsonld", "application/json"),
    Offer("rdf", "application/xml"),
    Offer("rdf", "text/xml"),
)
"""The forms of a graph."""

REPRESENTATIONS: Final = (*TRIPLES[:6], HTML, JSON)
"""The representations of an entity, a fact or a source; each name is also the suffix of its address."""

FOR_PEOPLE: Final = tuple(Offer(name, FORMATS[name].media_type) for name in ("html", "md", "xlsx", "parquet"))
"""The forms of a table or a truth value beyond SPARQL's own, with labels and sources beside the values."""

ROWS: Final = {
    JSON: "rows",
    **{Offer(name, FORMATS[name].media_type): name for name in ("html", "csv", "tsv", "md", "xlsx", "parquet", "svg")},
}
"""The forms of a table of the catalogue, with labels and sources beside the values, and what ``answers`` calls them."""

ENGINE: Final = (Offer("srj", "application/sparql-results+json"), Offer("srx", "application/sparql-results+xml"))
"""The forms of such a table that hold the bare values."""

GRAPHS: Final = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}
DATASETS: Final = {"trig": RdfFormat.TRIG, "nq": RdfFormat.N_QUADS}
"""What the engine calls the forms, those that know named graphs apart."""

PREFIX_TABLE: Final = {name: iri for name, iri in PREFIXES.items() if name not in ("sh", "foaf")}
"""The prefixes in Turtle and its relatives."""


def content_type(media_type: str) -> str:
    """The media type as it is sent: text says that it is UTF-8."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
