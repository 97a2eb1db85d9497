"""The addresses of a server over RDF files, beside ``/sparql`` and ``/data``.

What a release has besides is told apart from what no server has.
"""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from asoen_graph.messages import tell
from asoen_graph.server.problems import NotFound
from asoen_graph.server.routes import pages
from asoen_graph.server.routing import Router

_OF_RELEASES: Final = (
    "/id/{rest:path}",
    "/fact/{rest:path}",
    "/source/{rest:path}",
    "/graph/{rest:path}",
    "/ontology",
    "/ontology.{rest}",
    "/api/{rest:path}",
    "/dataset",
    "/.well-known/void",
    "/report",
    "/report.json",
    "/releases",
    "/releases/{rest:path}",
    "/changes",
    "/changes.{rest}",
    "/changes/{rest:path}",
    "/timemap/{rest:path}",
    "/context.jsonld",
)

router = Router(tags=["The server"])
router.routes += [route for route in pages.router.routes if route.path == "/" or route.path in pages.OF_THE_SERVER]


async def of_a_release(request: Request, rest: str = "") -> Response:
    """Say why there is nothing at an address that a release has."""
    raise NotFound(
        tell("request.files-only", path=request.url.path[:80]),
        tell("request.files-ask"),
    )


for _path in _OF_RELEASES:
    router.add(_path, of_a_release, include_in_schema=False)
