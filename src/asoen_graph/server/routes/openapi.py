"""``/openapi.json``: the description of the API, completed with what only the ontology of the release says."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from asoen_graph.server.constants import Constant
from asoen_graph.server.front import front_of
from asoen_graph.server.messages import Reply, Task
from asoen_graph.server.routing import Router

_SECONDS: Final = 60.0
"""What making it may take: a second of work, which is nobody's query."""

router = Router()


@router.get("/openapi.json", include_in_schema=False)
async def openapi(request: Request) -> Response:
    """The OpenAPI document."""
    state, edition = request.app.state, front_of(request).edition
    if getattr(state, "openapi_of", None) != edition:
        found = await _document(request)
        if found.status != 200:
            return Response(found.body, found.status, found.headers)
        state.openapi = Constant(found.body, {"Content-Type": found.headers["Content-Type"]})
        state.openapi_of = edition
    answer: Response = state.openapi.answer(request)
    return answer


async def _document(request: Request) -> Reply:
    """The document as a worker makes it, which has the release at hand and gives back the memory that FastAPI takes."""
    front = front_of(request)
    client = request.client.host if request.client else ""
    return await front.pool.run(Task("openapi", request.app.state.about, _SECONDS), client)
