"""What the server says of itself and of the data: the start page, the service description, and VoID."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from asoen_graph.iris import BASE, DCTERMS, ENTITY, ONTOLOGY, OWL, RDF, XSD
from asoen_graph.server.forms import BINDINGS, HTML, PREFIX_TABLE, TRIPLES, content_type
from asoen_graph.server.library import Library
from asoen_graph.server.messages import Reply
from asoen_graph.server.negotiation import Offer, choose
from asoen_graph.server.operations.resources import write_graph
from asoen_graph.server.settings import Limits

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_VOID: Final = "http://rdfs.org/ns/void#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_FORMAT_NAMES: Final = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "ttl": "Turtle",
    "nt": "N-Triples",
    "jsonld": "JSON-LD",
    "rdf": "RDF_XML",
    "trig": "TriG",
    "nq": "N-Quads",
}
_LICENSE: Final = "https://creativecommons.org/licenses/by/4.0/"
_TITLE: Final = (
    ("en", "The open knowledge graph of ASEAN environmental cooperation"),
    ("vi", "Đồ thị tri thức mở về hợp tác môi trường ASEAN"),
)
_DATASET: Final = NamedNode(BASE + "dataset")
_TYPE: Final = NamedNode(RDF + "type")
_DATA_FORMS = ("ttl", "nt", "jsonld", "rdf", "trig", "nq")


def start_page(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The page at ``/``: what is in here and the ways in. Arguments: ``language``."""
    language = arguments["language"]
    counts = library.release.manifest.counts
    entries = [library.catalogue[name] for name in library.catalogue]
    return _page(
        library,
        "start",
        language,
        counts=[("entities", counts.entities), ("facts", counts.facts), ("sources", counts.sources)],
        classes=[
            (library.vocabulary.classes[key], count)
            for key, count in counts.entities_by_class.items()
            if not library.vocabulary.classes[key].is_relation
        ],
        queries=[entry for entry in entries if not entry.is_network],
        networks=[entry for entry in entries if entry.is_network],
    )


def query_page(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """What ``/sparql`` is without a query: a form for people, the service description for machines.

    Arguments: ``accept``, ``format``, ``base`` (where the server is), ``language``.
    """
    offer = choose((*TRIPLES, HTML), arguments["accept"], arguments["format"])
    if offer == HTML:
        return _page(library, "sparql", arguments["language"], prefixes=PREFIX_TABLE)
    return _graph(_service(library, arguments["base"]), offer)


def void(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The description of the data in VoID. Arguments: ``accept``, ``format``, ``base``."""
    offer = choose(TRIPLES, arguments["accept"], arguments["format"])
    return _graph(_dataset(library, arguments["base"]), offer)


def _page(library: Library, template: str, language: str, **values: Any) -> Reply:
    page = library.pages.render(template, language, release=library.release.manifest.version, **values)
    return Reply(200, {"Content-Type": content_type(HTML.media_type), "Content-Language": language}, page)


def _graph(triples: list[Triple], offer: Offer) -> Reply:
    return Reply(200, {"Content-Type": content_type(offer.media_type)}, write_graph(triples, offer.format))


def _service(library: Library, base: str) -> list[Triple]:
    """The SPARQL 1.1 service description of the endpoint."""
    service, default, graphs = NamedNode(base + "sparql"), BlankNode("default"), BlankNode("dataset")
    said: list[tuple[NamedNode | BlankNode, NamedNode, NamedNode | BlankNode]] = [
        (service, _TYPE, NamedNode(_SD + "Service")),
        (service, NamedNode(_SD + "endpoint"), service),
        (service, NamedNode(_SD + "supportedLanguage"), NamedNode(_SD + "SPARQL11Query")),
        (service, NamedNode(_SD + "defaultDataset"), graphs),
        (graphs, _TYPE, NamedNode(_SD + "Dataset")),
        (graphs, NamedNode(_SD + "defaultGraph"), default),
        (default, _TYPE, NamedNode(_SD + "Graph")),
    ]
    formats = dict.fromkeys(offer.format for offer in (*BINDINGS, *TRIPLES))
    named = [(service, NamedNode(_SD + "resultFormat"), NamedNode(_FORMATS + _FORMAT_NAMES[each])) for each in formats]
    return [Triple(*each) for each in (*said, *named)]


def _dataset(library: Library, base: str) -> list[Triple]:
    """The data as a ``void:Dataset``: what it is, how much of it there is, and where it is answered."""
    manifest = library.release.manifest
    return [
        Triple(_DATASET, _TYPE, NamedNode(_VOID + "Dataset")),
        *(
            Triple(_DATASET, NamedNode(DCTERMS + "title"), Literal(title, language=language))
            for language, title in _TITLE
        ),
        Triple(_DATASET, NamedNode(DCTERMS + "license"), NamedNode(_LICENSE)),
        Triple(_DATASET, NamedNode(OWL + "versionInfo"), Literal(manifest.version)),
        Triple(_DATASET, NamedNode(_VOID + "sparqlEndpoint"), NamedNode(base + "sparql")),
        Triple(_DATASET, NamedNode(_VOID + "uriSpace"), Literal(ENTITY)),
        Triple(_DATASET, NamedNode(_VOID + "vocabulary"), NamedNode(ONTOLOGY)),
        *(
            Triple(_DATASET, NamedNode(_VOID + "feature"), NamedNode(_FORMATS + _FORMAT_NAMES[name]))
            for name in _DATA_FORMS
        ),
        Triple(_DATASET, NamedNode(_VOID + "triples"), _number(manifest.counts.default_graph)),
        Triple(_DATASET, NamedNode(_VOID + "entities"), _number(manifest.counts.entities)),
        Triple(_DATASET, NamedNode(_VOID + "documents"), _number(manifest.counts.sources)),
    ]


def _number(count: int) -> Literal:
    return Literal(str(count), datatype=NamedNode(XSD + "integer"))
