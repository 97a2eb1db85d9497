"""``/data``: the SPARQL 1.1 Graph Store HTTP Protocol, for reading."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from asoen_graph.messages import tell
from asoen_graph.server.documentation import FORMAT, PROBLEM, TIMEOUT, query_parameter
from asoen_graph.server.forms import TRIPLES
from asoen_graph.server.front import form, front_of
from asoen_graph.server.problems import BadRequest
from asoen_graph.server.requests import refuse_unknown, single, url_parameters
from asoen_graph.server.routing import Router

_EXAMPLE: Final = "https://w3id.org/asoen/graph/register"

router = Router(tags=["SPARQL"])


@router.get(
    "/data",
    operation_id="graph-store",
    summary="A whole graph",
    description="The reading half of the SPARQL 1.1 Graph Store HTTP Protocol: the default graph with `?default`, a "
    "named graph with `?graph=`; without either the whole dataset, in TriG or N-Quads.",
    responses={
        200: {"description": "The graph.", "content": {offer.media_type: {} for offer in TRIPLES[:6]}},
        304: {"description": "The graph is the one whose ETag the client named."},
        "default": PROBLEM,
    },
    openapi_extra={
        "parameters": [
            query_parameter("default", "Ask for the default graph; the value does not matter."),
            query_parameter(
                "graph", "The IRI of a named graph.", {"type": "string", "format": "uri"}, example=_EXAMPLE
            ),
            FORMAT,
            TIMEOUT,
        ]
    },
)
async def get(request: Request) -> Response:
    """A graph, or the whole dataset."""
    parameters = url_parameters(request)
    refuse_unknown(parameters, ("default", "graph"))
    if "default" in parameters and "graph" in parameters:
        raise BadRequest(tell("request.two-graphs"), tell("request.one-graph"))
    which = "default" if "default" in parameters else "named" if "graph" in parameters else "all"
    arguments = {"which": which, "graph": single(parameters, "graph")}
    return await front_of(request).answer(request, "graph-store", arguments | form(request, parameters), parameters)
