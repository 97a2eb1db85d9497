"""Linked data: where the representations of an entity, a fact or a source are, and what each of them says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import urlencode

import orjson
from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad, Triple, serialize

from asoen_graph.entities import resolve, source_card
from asoen_graph.entities.card import card_json
from asoen_graph.entities.listing import resolve_source
from asoen_graph.entities.places import has_point
from asoen_graph.errors import UnknownName
from asoen_graph.iris import ENTITY, FACT, ONTOLOGY, PREFIXES, PROVENANCE_GRAPH, SOURCE, is_slug
from asoen_graph.server.forms import (
    DATASETS,
    GEOJSON,
    GRAPHS,
    HTML,
    JSON,
    PREFIX_TABLE,
    REPRESENTATIONS,
    TRIPLES,
    content_type,
)
from asoen_graph.server.library import Library
from asoen_graph.server.messages import Reply
from asoen_graph.server.negotiation import choose
from asoen_graph.server.operations import graphs, linked_context, places, readable
from asoen_graph.server.operations.framing import framing
from asoen_graph.server.pages import grouped
from asoen_graph.server.settings import Limits
from asoen_graph.store.graphs import write_triples

_PROVENANCE = NamedNode(PROVENANCE_GRAPH)


def locate(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """303 to the representation that is asked for; 301 where the name is retired.

    Arguments: ``kind``, ``slug``, ``accept``, ``format``, ``lang`` (``None``, or what the address says).
    """
    present = _present(library, arguments["kind"], arguments["slug"])
    language = f"?{urlencode({'lang': arguments['lang']})}" if arguments["lang"] is not None else ""
    if present != arguments["slug"]:
        return Reply(301, {"Location": f"/{arguments['kind']}/{present}{language}"}, b"")
    offers = (*REPRESENTATIONS, GEOJSON) if _is_on_map(library, arguments["kind"], present) else REPRESENTATIONS
    suffix = choose(offers, arguments["accept"], arguments["format"]).format
    return Reply(303, {"Location": f"/{arguments['kind']}/{present}.{suffix}{language}"}, b"")


def represent(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """One representation of a resource.

    Arguments: ``kind`` (``id``, ``fact``, ``source``), ``slug``, ``suffix``, ``language``, and ``base`` (where the
    server is) for forms that lead back to it.
    """
    kind, slug, suffix, language = (arguments[name] for name in ("kind", "slug", "suffix", "language"))
    present = _present(library, kind, slug)
    if present != slug:
        return Reply(301, {"Location": f"/{kind}/{present}.{suffix}"}, b"")
    if suffix in ("json", "html"):
        if suffix == "json" and kind == "id":
            return Reply(200, {"Content-Type": JSON.media_type}, card_json(library.lens(language), slug))
        if suffix == "json":
            return Reply(200, {"Content-Type": JSON.media_type}, orjson.dumps(_CARDS[kind](library, slug, language)))
        shown = readable.values(library, kind, slug, language, library.pages.words(language))
        page = library.pages.render(_PAGES[kind], language, **shown, **framing(library, arguments))
        return Reply(200, {"Content-Type": content_type(HTML.media_type), "Content-Language": language}, page)
    if suffix == GEOJSON.format:
        return places.place(library, slug, language, arguments["base"])
    resource = NamedNode(_NAMESPACES[kind] + slug)
    quads = _DESCRIPTIONS[kind](library, resource)
    if suffix == "jsonld":
        triples = graphs.without_graphs(quads, library.graph)
        address = arguments["base"] + linked_context.PATH
        body = linked_context.write(triples, resource, library.vocabulary, address)
        return Reply(200, {"Content-Type": linked_context.MEDIA_TYPE}, body)
    return _rdf(library, quads, suffix)


def ontology(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The ontology as the release carries it. Arguments: ``accept``, ``format``, ``language``."""
    offer = choose((*TRIPLES, HTML), arguments["accept"], arguments["format"])
    if offer == HTML:
        # Who asks for RDF does without all that.
        from asoen_graph.server.operations.handbook import handbook

        language = arguments["language"]
        page = library.pages.render(
            "ontology",
            language,
            book=handbook(library, language),
            vocabulary=library.vocabulary,
            iri=ONTOLOGY,
            number=partial(grouped, language=language),
            **framing(library, arguments),
        )
        return Reply(200, {"Content-Type": content_type(HTML.media_type), "Content-Language": language}, page)
    # An engine gives nodes without a name other labels each time it loads them; the same ontology has the same bytes.
    found = Dataset(library.graph.quads_for_pattern(None, None, None, NamedNode(ONTOLOGY)))
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    quads = list(found)
    if offer.format in DATASETS:
        quads += [Quad(*quad.triple) for quad in quads]
    return _rdf(library, sorted(quads, key=str), offer.format, offer.media_type)


def write_graph(triples: list[Triple], format_: str, prefixes: Mapping[str, str] = PREFIXES) -> bytes:
    """Triples in one of the forms of a graph; ``trig`` and ``nq`` put them into the default graph."""
    return write_triples(triples, GRAPHS.get(format_) or DATASETS[format_], prefixes)


def _rdf(library: Library, quads: list[Quad], format_: str, media_type: str | None = None) -> Reply:
    sent_as = media_type or next(offer.media_type for offer in TRIPLES if offer.format == format_)
    headers = {"Content-Type": content_type(sent_as)}
    if format_ in DATASETS:
        quads = graphs.with_default_graph(quads, library.graph)
        written = serialize(quads, format=DATASETS[format_], prefixes=_prefixes(format_))
        return Reply(200, headers, written or b"")
    return Reply(200, headers, write_graph(graphs.without_graphs(quads, library.graph), format_))


def _is_on_map(library: Library, kind: str, slug: str) -> bool:
    return kind == "id" and has_point(library.lens("en"), slug)


def _prefixes(format_: str) -> dict[str, str] | None:
    return None if format_ in ("nt", "nq") else PREFIX_TABLE


def _present(library: Library, kind: str, slug: str) -> str:
    """The slug that is in use now. Raises UnknownName, with the nearest, where nothing has or had it."""
    if kind == "id":
        return resolve(library.graph, slug, library.search).slug
    if kind == "source":
        resolve_source(library.graph, slug)
    elif not is_slug(slug) or not any(library.graph.quads_for_pattern(NamedNode(FACT + slug), None, None, _PROVENANCE)):
        raise UnknownName("fact", slug)
    return slug


def _source_card(library: Library, slug: str, language: str) -> object:
    return source_card(library.graph, library.vocabulary, slug, language, library.release.places, library.shelf)


def _fact_record(library: Library, slug: str, language: str) -> object:
    return library.lens(language).record(FACT + slug)


_NAMESPACES = {"id": ENTITY, "fact": FACT, "source": SOURCE}
_PAGES = {"id": "entity", "fact": "fact", "source": "source"}
_CARDS = {"fact": _fact_record, "source": _source_card}
_DESCRIPTIONS = {"id": graphs.describe_entity, "fact": graphs.describe_fact, "source": graphs.describe_source}
