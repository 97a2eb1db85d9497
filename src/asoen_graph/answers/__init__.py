"""A result and its forms: one module per format, imported when the format is asked for.

Forms made for people carry the label of every entity in the language asked for and the source of every fact; SPARQL's
and RDF's own formats carry exactly what the query projects.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from asoen_graph.errors import UnknownName
from asoen_graph.text import nearest


class Format(NamedTuple):
    """A form of an answer.

    ``module`` is the module of this package that writes it, by a function ``write(sheet, …) -> bytes`` for forms made
    for people and ``write(answer, media_type) -> bytes`` for the formats of SPARQL and RDF.
    """

    name: str
    media_type: str
    extension: str
    module: str
    is_for_people: bool
    about: str


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

FORMATS: Mapping[str, Format] = {
    format_.name: format_
    for format_ in (
        Format("table", "text/plain", "txt", "table", True, "a table for the terminal, sources as footnotes"),
        Format(
            "rows", "application/json", "json", "rows", True, "plain JSON: a list of objects with labels and sources"
        ),
        Format("csv", "text/csv", "csv", "delimited", True, "CSV with columns for labels and sources"),
        Format("tsv", "text/tab-separated-values", "tsv", "delimited", True, "the same with tabs"),
        Format("md", "text/markdown", "md", "markdown", True, "a Markdown table with footnotes"),
        Format("html", "text/html", "html", "page", True, "a small HTML page with footnotes"),
        Format("xlsx", _XLSX, "xlsx", "workbook", True, "an Excel workbook, sources on a second sheet"),
        Format("parquet", "application/vnd.apache.parquet", "parquet", "parquet", True, "Parquet (needs pyarrow)"),
        Format("svg", "image/svg+xml", "svg", "picture", True, "a picture, for queries with a map or a timeline"),
        Format("json", "application/sparql-results+json", "srj", "results", False, "SPARQL results in JSON"),
        Format("xml", "application/sparql-results+xml", "srx", "results", False, "SPARQL results in XML, or RDF/XML"),
        Format("ttl", "text/turtle", "ttl", "triples", False, "Turtle, for CONSTRUCT and DESCRIBE"),
        Format("nt", "application/n-triples", "nt", "triples", False, "N-Triples"),
        Format("jsonld", "application/ld+json", "jsonld", "triples", False, "JSON-LD"),
        Format("rdf", "application/rdf+xml", "rdf", "triples", False, "RDF/XML"),
        Format("nq", "application/n-quads", "nq", "triples", False, "N-Quads"),
        Format("trig", "application/trig", "trig", "triples", False, "TriG"),
    )
}
"""Every format by name."""


def find_format(name: str) -> Format:
    """The format of that name. Raises UnknownName with the nearest."""
    if name not in FORMATS:
        raise UnknownName("format", name, nearest(name, FORMATS) or sorted(FORMATS))
    return FORMATS[name]
