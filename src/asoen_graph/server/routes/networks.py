"""``/api/network.{format}``: any query that projects ``?source ?target`` as a network, sent as to ``/sparql``."""

from __future__ import annotations

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from asoen_graph.drawing.paper import LEAST_DPI, MOST_DPI, PAPERS
from asoen_graph.errors import UnknownName
from asoen_graph.network.formats import FORMATS
from asoen_graph.network.model import LAYOUTS
from asoen_graph.network.onemode import SIDES, WEIGHTINGS
from asoen_graph.server.documentation import LANGUAGE, PROBLEM, TIMEOUT, Responses, query_parameter
from asoen_graph.server.front import front_of, language
from asoen_graph.server.protocol import FORM, QUERY, one_query, posted
from asoen_graph.server.requests import Parameters, refuse_unknown, single, url_parameters
from asoen_graph.server.routes import choices
from asoen_graph.server.routing import Router
from asoen_graph.text import nearest

_PLAIN: Final = (
    "at",
    "from",
    "until",
    "compare",
    "series",
    "project",
    "weighting",
    "title",
    "size",
    "layout",
    "paper",
    "dpi",
)
PARAMETERS: Final = (*_PLAIN, *choices.NAMES)
"""The parameters that every network takes."""
VARY: Final = ("Accept-Language",)

_DATE: Final = "A date of any precision: 2031, 2031-05, 2031-05-02."
EXAMPLE: Final = (
    "SELECT ?source ?target ?relation ?fact WHERE { VALUES ?relation { asoen:reportsTo } "
    "?source ?relation ?target . GRAPH ?fact { ?source ?relation ?target } }"
)
_PROSE: Final = (
    "A query is a network where it gives `?source` and `?target`, each an entity, and where known `?relation` (an IRI "
    "or a text), `?weight` (a number, zero or more), `?from` and `?until` (dates) and `?fact` or `?facts` (IRIs of "
    "facts). Each row is one occasion: rows outside the period asked for are left out, those of the same source, "
    "target and relation added up. Labels, kinds and citations are looked up. The usual prefixes may be left out."
)

DESCRIBED: Final[list[dict[str, Any]]] = [
    query_parameter("at", f"Only what held at this date. {_DATE}"),
    query_parameter("from", f"Only what held from this date on. {_DATE}"),
    query_parameter("until", f"Only what held until this date. {_DATE}"),
    query_parameter(
        "compare",
        "What appeared, vanished, grew stronger or weaker between two dates or spans, the earlier first, with a comma "
        "between: 2010,2020 or 2005..2010,2015..2020. Not with at, from, until and series.",
        example="2010,2020",
    ),
    query_parameter(
        "series",
        "Dates or spans with commas between, one of which is given as at: the network is that snapshot of the series. "
        "Pictures of one series have the same positions, widths of lines and legend.",
        example="2009,2014,2019",
    ),
    query_parameter(
        "project",
        "The side that is kept of a two-mode network, one in which nothing is both source and target: its nodes are "
        "joined by what they share of the other side.",
        {"type": "string", "enum": [*SIDES]},
    ),
    query_parameter(
        "weighting",
        "How what is shared is weighed in a projection: its number (count, where nothing is said), 1/(n - 1) for each "
        "thing shared by n (newman; doi:10.1103/PhysRevE.64.016132), or its share of what either has (jaccard; "
        "doi:10.5169/seals-266450).",
        {"type": "string", "enum": [*WEIGHTINGS]},
    ),
    query_parameter("title", "A title of your own, in place of that of the catalogue."),
    query_parameter("size", "The number of each node that a picture shows by the size of its mark: `strength`."),
    query_parameter(
        "layout",
        "How a picture is arranged, in place of what the query says: `spring` (those that are linked are near), "
        "`layered` (who reports to whom), `circle` (kind by kind).",
        {"type": "string", "enum": [*LAYOUTS]},
    ),
    query_parameter(
        "paper",
        "What PDF and PNG are printed on. `auto` (usual): the smallest of A4, A3 and A2 on which labels have "
        "6 points; `fit`: a sheet as large as the picture.",
        {"type": "string", "enum": [*PAPERS]},
    ),
    query_parameter(
        "dpi",
        "Dots an inch of PNG on that paper; 300 unless said.",
        {"type": "integer", "minimum": LEAST_DPI, "maximum": MOST_DPI},
    ),
    *choices.DESCRIBED,
    LANGUAGE,
    TIMEOUT,
]
"""The parameters of every network, as OpenAPI describes them."""
ANSWERS: Final[Responses] = {
    200: {
        "description": "The network, each edge with its sources.",
        "content": {each.media_type.partition(";")[0]: {} for each in FORMATS.values()},
    },
    304: {"description": "The network is the one whose ETag the client named."},
    "default": PROBLEM,
}

router = Router(prefix="/api", tags=["Networks"])


def asked(request: Request, format: str, parameters: Parameters) -> dict[str, Any]:
    """What is asked of a network besides its query, as arguments. Raises UnknownName, ParameterError."""
    if format not in FORMATS:
        raise UnknownName("network format", format, nearest(format, FORMATS) or tuple(FORMATS))
    return {"format": format, **wanted(request, parameters)}


def wanted(request: Request, parameters: Parameters) -> dict[str, Any]:
    """The same but for the format. Raises ParameterError."""
    plain = {name: single(parameters, name) for name in _PLAIN}
    return {"language": language(request, parameters), **plain, **choices.read_measures(parameters)}


@router.get(
    "/network.{format}",
    operation_id="network-of-query",
    summary="A query as a network",
    description=_PROSE,
    responses=ANSWERS,
    openapi_extra={
        "parameters": [
            query_parameter("query", "A SELECT of SPARQL 1.1.", required=True, example=EXAMPLE),
            *DESCRIBED,
        ]
    },
)
async def get(request: Request, format: str) -> Response:
    """Draw or write the network of a query in the address."""
    parameters = url_parameters(request)
    return await _answer(request, format, parameters, parameters)


@router.post(
    "/network.{format}",
    operation_id="network-of-posted-query",
    summary="A query as a network, by POST",
    description=f"{_PROSE} The query comes as the body, or in a form.",
    responses=ANSWERS,
    openapi_extra={
        "parameters": DESCRIBED,
        "requestBody": {
            "required": True,
            "content": {
                QUERY: {"schema": {"type": "string"}, "example": EXAMPLE},
                FORM: {
                    "schema": {
                        "type": "object",
                        "required": ["query"],
                        "properties": {"query": {"type": "string"}},
                    },
                    "example": {"query": EXAMPLE},
                },
            },
        },
    },
)
async def post(request: Request, format: str) -> Response:
    """Draw or write the network of a query in the body."""
    protocol, extras = await posted(request)
    return await _answer(request, format, protocol, extras)


async def no_format(request: Request) -> Response:
    """Say which formats there are."""
    raise UnknownName("network without a format", "network", tuple(f"network.{each}" for each in FORMATS))


router.add("/network", no_format, include_in_schema=False)


async def _answer(request: Request, format: str, protocol: Parameters, extras: Parameters) -> Response:
    query = one_query(protocol)
    refuse_unknown(extras, ("query", *PARAMETERS))
    arguments = {"query": query, **asked(request, format, extras)}
    return await front_of(request).answer(request, "network-of-query", arguments, extras, VARY)
