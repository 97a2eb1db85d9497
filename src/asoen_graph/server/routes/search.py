"""``/search``: the page that every search box leads to."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from asoen_graph.errors import ParameterError
from asoen_graph.messages import tell
from asoen_graph.server.front import front_of, language
from asoen_graph.server.requests import refuse_unknown, single, url_parameters, whole_number
from asoen_graph.server.routes.api import LONGEST_SEARCH
from asoen_graph.server.routing import Router

router = Router()


@router.get("/search", include_in_schema=False)
async def search(request: Request) -> Response:
    """What is called so, as a page; for programs there is ``/api/search``."""
    parameters = url_parameters(request)
    refuse_unknown(parameters, ("q", "class", "offset"))
    words = single(parameters, "q") or ""
    if len(words) > LONGEST_SEARCH:
        raise ParameterError("q", tell("value.search-long", longest_search=LONGEST_SEARCH), tell("value.search-fewer"))
    arguments = {
        "q": words,
        "class": single(parameters, "class") or "",
        "offset": whole_number(parameters, "offset", 0, 10**6),
        "language": language(request, parameters),
    }
    return await front_of(request).answer(request, "found", arguments, parameters, ("Accept-Language",))
