"""``/openapi.json``: the description of the API, completed with what only the ontology of the release says."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from asoen_graph.server.constants import Constant
from asoen_graph.server.forms import JSON
from asoen_graph.server.front import front_of
from asoen_graph.server.messages import Reply, Task

router = APIRouter()


@router.get("/openapi.json", include_in_schema=False)
async def openapi(request: Request) -> Response:
    """The OpenAPI document."""
    state, edition = request.app.state, front_of(request).edition
    if getattr(state, "openapi_of", None) != edition:
        found = await _filters(request)
        if found.status != 200:
            return Response(found.body, found.status, found.headers)
        document: dict[str, Any] = request.app.openapi()
        document["components"]["schemas"] |= json.loads(found.body)
        written = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
        state.openapi = Constant(written, {"Content-Type": JSON.media_type})
        state.openapi_of = edition
    answer: Response = state.openapi.answer(request)
    return answer


async def _filters(request: Request) -> Reply:
    front = front_of(request)
    client = request.client.host if request.client else ""
    return await front.pool.run(Task("list-filters", {}, front.settings.limits.seconds), client)
