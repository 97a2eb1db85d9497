"""What the server says of itself and of the data: service description, DCAT and VoID, quality report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse

from asoen_graph.description.terms import DCAT, SCHEMA
from asoen_graph.description.terms import PREFIX_TABLE as DESCRIPTION_PREFIXES
from asoen_graph.iris import BASE, PREFIXES, QUERY_PREFIXES, RDF
from asoen_graph.messages import tell
from asoen_graph.queries.catalogue import CatalogueQuery
from asoen_graph.queries.verdict import judge
from asoen_graph.release import DESCRIPTION_FILE
from asoen_graph.report.page import write_body, write_json
from asoen_graph.server.forms import BINDINGS, HTML, JSON, TRIPLES, content_type
from asoen_graph.server.library import Library
from asoen_graph.server.messages import Reply
from asoen_graph.server.negotiation import Offer, choose
from asoen_graph.server.operations.catalogue import bound_text
from asoen_graph.server.operations.editing import told
from asoen_graph.server.operations.framing import framing
from asoen_graph.server.operations.resources import write_graph
from asoen_graph.server.problems import NotFound
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
_SOURCES_SHOWN: Final = 50
"""The report names so many sources; the list of sources has all."""
_EXECUTABLE: Final = NamedNode(PREFIXES["sh"] + "SPARQLExecutable")
_DATASET: Final = NamedNode(BASE + "dataset")
_TYPE: Final = NamedNode(RDF + "type")
_DATA_FORMS = ("ttl", "nt", "jsonld", "rdf", "trig", "nq")


def query_page(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """What ``/sparql`` is without a query: an editor for people, the service description for machines.

    Arguments: ``accept``, ``format``, ``base`` (where the server is), ``language``; ``edit``, the text to begin with,
    or ``example`` and ``values``, the query of the catalogue that is to be it.
    """
    offer = choose((*TRIPLES, HTML), arguments["accept"], arguments["format"])
    if offer != HTML:
        return service(arguments["base"], offer)
    text, name = arguments["edit"], arguments["example"]
    if name is not None:
        text = bound_text(library, library.catalogue[name], arguments["values"])
    problem = None if text is None or name is not None else told(judge(text, library.store))
    groups = _examples(library)
    return _page(library, "sparql", arguments, prefixes=QUERY_PREFIXES, text=text, problem=problem, groups=groups)


def _examples(library: Library) -> dict[str, list[CatalogueQuery]]:
    """The queries of the catalogue by group; networks come last."""
    found: dict[str, list[CatalogueQuery]] = {}
    entries = [library.catalogue[name] for name in library.catalogue]
    for entry in sorted(entries, key=lambda entry: (entry.is_network, entry.group)):
        found.setdefault("networks" if entry.is_network else entry.group, []).append(entry)
    return found


def void(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The description of the data in DCAT and VoID. Arguments: ``accept``, ``format``, ``base``."""
    offer = choose(TRIPLES, arguments["accept"], arguments["format"])
    if DESCRIPTION_FILE not in library.release.manifest.files:
        raise NotFound(tell("request.no-description", version=library.release.manifest.version))
    content = write_graph(_dataset(library, arguments["base"]), offer.format, DESCRIPTION_PREFIXES)
    return Reply(200, {"Content-Type": content_type(offer.media_type)}, content)


def report(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The quality report. Arguments: ``form`` (``html`` or ``json``), ``language``."""
    if library.is_remote:
        raise NotFound(tell("request.no-report"), tell("request.report-made"))
    found = library.report
    if arguments["form"] == JSON.format:
        return Reply(200, {"Content-Type": JSON.media_type}, write_json(found))
    language = arguments["language"]
    body = write_body(found, language, base="/", suffix=f".html?lang={language}", shown=_SOURCES_SHOWN)
    return _page(library, "report", arguments, body=body)


def _page(library: Library, template: str, arguments: Mapping[str, Any], **values: Any) -> Reply:
    language = arguments["language"]
    page = library.pages.render(template, language, **framing(library, arguments), **values)
    return Reply(200, {"Content-Type": content_type(HTML.media_type), "Content-Language": language}, page)


def service(base: str, offer: Offer, named: Iterable[NamedNode] = ()) -> Reply:
    """The SPARQL 1.1 service description of the endpoint, with those of its named graphs that are to be listed."""
    triples = [*_service(base), *_named_graphs(named)]
    return Reply(200, {"Content-Type": content_type(offer.media_type)}, write_graph(triples, offer.format))


def _service(base: str) -> list[Triple]:
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


def _named_graphs(names: Iterable[NamedNode]) -> Iterator[Triple]:
    for number, name in enumerate(names):
        described = BlankNode(f"graph{number}")
        yield Triple(BlankNode("dataset"), NamedNode(_SD + "namedGraph"), described)
        yield Triple(described, NamedNode(_SD + "name"), name)


def _dataset(library: Library, base: str) -> list[Triple]:
    """The description the release carries, and where this server answers from it."""
    service = NamedNode(base + "sparql")
    described = [quad.triple for quad in parse(library.file(DESCRIPTION_FILE), format=RdfFormat.TURTLE)]
    examples = [triple.subject for triple in described if (triple.predicate, triple.object) == (_TYPE, _EXECUTABLE)]
    return [
        *described,
        Triple(_DATASET, NamedNode(_VOID + "sparqlEndpoint"), service),
        *(Triple(_DATASET, NamedNode(_VOID + "feature"), NamedNode(_FORMATS + _FORMAT_NAMES[n])) for n in _DATA_FORMS),
        Triple(service, _TYPE, NamedNode(DCAT + "DataService")),
        Triple(service, NamedNode(DCAT + "endpointURL"), service),
        Triple(service, NamedNode(DCAT + "endpointDescription"), service),
        Triple(service, NamedNode(DCAT + "servesDataset"), _DATASET),
        *(Triple(example, NamedNode(SCHEMA + "target"), service) for example in examples),
    ]
