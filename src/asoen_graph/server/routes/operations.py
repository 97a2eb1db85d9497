"""``/metrics``: what the server counts of itself."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from asoen_graph.server.documentation import PROBLEM
from asoen_graph.server.metrics import write
from asoen_graph.server.routing import Router

router = Router(tags=["The server"])


@router.get(
    "/metrics",
    operation_id="metrics",
    summary="Metrics for Prometheus",
    description="Requests by template of the address, method and status, with their times and bytes; the cache, the "
    "queue and the workers; the web process. Nothing in it tells who asked, or what.",
    responses={200: {"description": "The metrics.", "content": {"text/plain": {}}}, "default": PROBLEM},
)
async def metrics(request: Request) -> Response:
    """The metrics of this process and its lanes."""
    if (lender := request.app.state.lender) is not None:
        await lender.count()
    # In a thread, for thousands of lines take longer to write than others should wait.
    accept = request.headers.get("accept")
    body, content_type = await asyncio.to_thread(write, request.app.state.gauges, accept)
    return Response(body, headers={"Content-Type": content_type, "Cache-Control": "no-store"})
