"""What goes wrong in a route, as a response: a problem document, or a page for a browser."""

from __future__ import annotations

import logging

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from asoen_graph.errors import AsoenError
from asoen_graph.messages import tell
from asoen_graph.server import problems
from asoen_graph.server.archive import Volume
from asoen_graph.server.edge import allowed_methods
from asoen_graph.server.front import CLIENT_LEFT, front_of, respond
from asoen_graph.server.messages import Reply
from asoen_graph.server.origin import RELEASE
from asoen_graph.server.problem_pages import as_page
from asoen_graph.server.problems import MethodNotAllowed, NotFound

log = logging.getLogger("asoen.app")


def handle_errors(app: Starlette, version: str) -> None:
    """Have the application tell every error; ``version`` is that of the release, empty for files."""

    async def told(request: Request, reply: Reply, headers: dict[str, str] | None = None) -> Response:
        volume: Volume | None = request.scope.get("release")
        # Whoever answers for another release may be gone by now.
        near = None if volume else front_of(request).near
        page = await as_page(request, reply, volume.version if volume else version, near)
        response = page or respond(reply, headers)
        if volume is not None:
            response.headers[RELEASE] = volume.version
        return response

    async def foreseen(request: Request, error: AsoenError) -> Response:
        if problems.kind_of(error) is problems.INTERNAL:
            log.error("request %s: %s", request.state.request_id, error)
            return await told(request, problems.internal(request.state.request_id))
        return await told(request, problems.reply(error))

    async def http(request: Request, error: HTTPException) -> Response:
        if error.status_code == 405:
            allow = allowed_methods(request.url.path)
            detail = tell("request.not-done", method=request.method)
            return await told(
                request, problems.reply(MethodNotAllowed(detail, tell("request.use", allow=allow), {"Allow": allow}))
            )
        return await told(request, problems.reply(NotFound(tell("request.nothing-here"), tell("request.ways-in"))))

    async def unforeseen(request: Request, error: Exception) -> Response:
        # The exception goes on to uvicorn, which logs where it came from and closes the connection.
        log.error("request %s: %r", request.state.request_id, error)
        reply = problems.internal(request.state.request_id)
        response = await as_page(request, reply, version) or respond(reply)
        response.headers["Connection"] = "close"
        return response

    async def left(_: Request, __: Exception) -> Response:
        return Response(status_code=CLIENT_LEFT)

    app.add_exception_handler(ClientDisconnect, left)
    app.add_exception_handler(AsoenError, foreseen)  # type: ignore[arg-type]
    app.add_exception_handler(HTTPException, http)  # type: ignore[arg-type]
    app.add_exception_handler(Exception, unforeseen)
