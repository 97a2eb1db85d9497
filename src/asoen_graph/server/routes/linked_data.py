"""``/id``, ``/fact``, ``/source``, ``/ontology``: every IRI of the project leads to what it stands for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from asoen_graph.messages import tell
from asoen_graph.server.documentation import FORMAT, LANGUAGE, PROBLEM, Responses
from asoen_graph.server.forms import GEOJSON, HTML, REPRESENTATIONS, TRIPLES
from asoen_graph.server.front import form, front_of, language
from asoen_graph.server.memento import ACCEPT_DATETIME, beside
from asoen_graph.server.problems import NotFound
from asoen_graph.server.requests import single, url_parameters
from asoen_graph.server.routes.timemaps import time_gate
from asoen_graph.server.routing import Router

_SUFFIXES: Final = tuple(offer.format for offer in REPRESENTATIONS)
_SUFFIXES_OF_ENTITIES: Final = (*_SUFFIXES, GEOJSON.format)
_RESPONSES: Final[Responses] = {
    200: {
        "description": "The representation that the suffix names.",
        "content": {offer.media_type: {} for offer in REPRESENTATIONS},
    },
    301: {"description": "The name is retired; this is the present one."},
    302: {"description": "With Accept-Datetime, of an entity: where it is as it was in force then (Memento)."},
    303: {"description": "Without a suffix: where the representation is that Accept asks for."},
    304: {"description": "The representation is the one whose ETag the client named."},
    "default": PROBLEM,
}
_RESPONSES_OF_ENTITIES: Final[Responses] = _RESPONSES | {
    200: {
        "description": "The representation that the suffix names.",
        "content": {offer.media_type: {} for offer in (*REPRESENTATIONS, GEOJSON)},
    }
}

router = Router(tags=["Linked data"])


@router.get(
    "/id/{name}",
    operation_id="entity",
    summary="An entity",
    description="What an entity's IRI leads to: 303 by Accept, or a representation by its suffix "
    f"({', '.join('.' + each for each in _SUFFIXES)}; .{GEOJSON.format} where it has a point).",
    responses=_RESPONSES_OF_ENTITIES,
    openapi_extra={"parameters": [LANGUAGE]},
)
async def entity(request: Request, name: str) -> Response:
    """An entity or one of its representations; by date, where the client names one (see ``timemaps``)."""
    if "release" in request.scope:
        return await _resource(request, "id", name)
    if ACCEPT_DATETIME in request.headers:
        memento = await time_gate(request, name)
        if memento is not None:
            return memento
    return await _resource(request, "id", name, (ACCEPT_DATETIME,))


@router.get(
    "/fact/{name}",
    operation_id="fact",
    summary="A fact",
    description="One statement with its source, the place in it, and its status.",
    responses=_RESPONSES,
    openapi_extra={"parameters": [LANGUAGE]},
)
async def fact(request: Request, name: str) -> Response:
    """A fact or one of its representations."""
    return await _resource(request, "fact", name)


@router.get(
    "/source/{name}",
    operation_id="source",
    summary="A source",
    description="A document and every fact taken from it, by place in the document.",
    responses=_RESPONSES,
    openapi_extra={"parameters": [LANGUAGE]},
)
async def source(request: Request, name: str) -> Response:
    """A source or one of its representations."""
    return await _resource(request, "source", name)


@router.get(
    "/ontology",
    operation_id="ontology",
    summary="The ontology",
    description="Classes, properties and controlled values, with labels and definitions.",
    responses={
        200: {"description": "The ontology.", "content": {offer.media_type: {} for offer in (*TRIPLES, HTML)}},
        "default": PROBLEM,
    },
    openapi_extra={"parameters": [FORMAT, LANGUAGE]},
)
async def ontology(request: Request) -> Response:
    """The ontology in a form of RDF, or as a page."""
    parameters = url_parameters(request)
    arguments = form(request, parameters) | {"language": language(request, parameters)}
    return await front_of(request).answer(request, "ontology", arguments, parameters, ("Accept", "Accept-Language"))


@router.get("/ontology.{suffix}", include_in_schema=False)
async def ontology_in_a_form(request: Request, suffix: str) -> Response:
    """The ontology in the form that the suffix names."""
    names = [offer.format for offer in (*TRIPLES[:6], HTML)]
    if suffix not in names:
        raise _no_suffix(suffix, names)
    parameters = url_parameters(request)
    arguments = {"accept": None, "format": suffix, "language": language(request, parameters)}
    return await front_of(request).answer(request, "ontology", arguments, parameters, ("Accept-Language",))


@router.get(
    "/context.jsonld",
    operation_id="context",
    summary="The context of JSON-LD",
    description="What the terms in `/id/….jsonld` stand for.",
    responses={
        200: {"description": "The context.", "content": {"application/ld+json": {"schema": {"type": "object"}}}},
        "default": PROBLEM,
    },
)
async def context(request: Request) -> Response:
    """The context that descriptions in JSON-LD name."""
    return await front_of(request).answer(request, "context", {}, url_parameters(request), ())


@router.get("/graph/{name}", include_in_schema=False)
async def graph(request: Request, name: str) -> Response:
    """The named graphs that are no fact's are parts of the dataset; their description is the dataset's."""
    if name not in ("register", "provenance", "inferred"):
        raise NotFound(tell("request.graph", name=name[:80]), tell("request.graphs"))
    return RedirectResponse("/.well-known/void", status_code=303)


async def _resource(request: Request, kind: str, name: str, vary: Sequence[str] = ()) -> Response:
    parameters = url_parameters(request)
    front = front_of(request)
    volume = front.origin.volume
    headers = beside(request, name, volume) if kind == "id" and volume is not None else None
    slug, dot, suffix = name.rpartition(".")
    if not dot:
        arguments = {"kind": kind, "slug": name, "lang": single(parameters, "lang")}
        language(request, parameters)  # refuses what is none here rather than at the next address
        arguments |= form(request, parameters)
        return await front.answer(request, "locate", arguments, parameters, ("Accept", *vary), headers)
    suffixes = _SUFFIXES_OF_ENTITIES if kind == "id" else _SUFFIXES
    if suffix not in suffixes:
        raise _no_suffix(suffix, suffixes)
    arguments = {"kind": kind, "slug": slug, "suffix": suffix, "language": "en"}
    if suffix in ("jsonld", GEOJSON.format):
        arguments["base"] = str(request.base_url)
    if suffix not in ("html", "json", GEOJSON.format):
        return await front.answer(request, "resource", arguments, parameters, vary, headers)
    arguments["language"] = language(request, parameters)
    return await front.answer(request, "resource", arguments, parameters, ("Accept-Language", *vary), headers)


def _no_suffix(suffix: str, names: Sequence[str]) -> NotFound:
    there = ", ".join("." + each for each in names)
    return NotFound(tell("request.no-representation", suffix=suffix[:40]), tell("value.there-are", names=there))
