"""``/``, ``/.well-known/void``, ``/report``, ``/health``, ``/ready`` and ``/docs``: the server about itself."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from asoen_graph.errors import UnknownName
from asoen_graph.messages import tell
from asoen_graph.server import problems
from asoen_graph.server.documentation import FORMAT, LANGUAGE, PROBLEM
from asoen_graph.server.forms import HTML, JSON, TRIPLES
from asoen_graph.server.front import form, front_of, language, respond
from asoen_graph.server.problems import Busy
from asoen_graph.server.requests import url_parameters
from asoen_graph.server.routing import Router
from asoen_graph.text import nearest

router = Router(tags=["The server"])

OF_THE_SERVER: Final = frozenset({"/health", "/ready", "/docs", "/docs/start.js", "/problem/{code}", "/robots.txt"})
"""The routes that are about the server itself, and the same whatever release is asked."""

# Swagger UI writes style attributes and data: images; scripts come from this server alone.
_DOCS_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Programs that follow links would ask every query there is, of every release.
_ROBOTS: Final = """User-agent: *
Disallow: /api/
Disallow: /data
Disallow: /search?
Disallow: /sparql?
Disallow: /releases/*/
"""
_DOCS: Final = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>asoen_graph API</title>
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
<link rel="icon" href="/docs/assets/favicon-32x32.png">
</head>
<body>
<p><a href="/">asoen_graph</a> · <a href="/openapi.json">openapi.json</a></p>
<div id="swagger-ui"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
"""
# Without `validatorUrl: null` the page would send the document's address to an outside validator.
_START: Final = """"use strict";
SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger-ui",
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  deepLinking: true,
  validatorUrl: null,
});
"""


@router.get("/", include_in_schema=False)
async def start(request: Request) -> Response:
    """The start page."""
    parameters = url_parameters(request)
    arguments = {"language": language(request, parameters)}
    return await front_of(request).answer(request, "start", arguments, parameters, ("Accept-Language",))


@router.get(
    "/.well-known/void",
    operation_id="void",
    summary="The data, described in DCAT and VoID",
    description="What the dataset is, its files, how much of each class and property there is, the queries of the "
    "catalogue as SHACL executables, and where it is answered. Numbers are counted over the default graph.",
    responses={
        200: {"description": "The description.", "content": {offer.media_type: {} for offer in TRIPLES}},
        "default": PROBLEM,
    },
    openapi_extra={"parameters": [FORMAT, LANGUAGE]},
)
async def void(request: Request) -> Response:
    """The dataset in DCAT and VoID."""
    parameters = url_parameters(request)
    arguments = {"base": str(request.base_url)} | form(request, parameters)
    return await front_of(request).answer(request, "void", arguments, parameters)


@router.get("/dataset", include_in_schema=False)
async def dataset(request: Request) -> Response:
    """What the IRI of the dataset leads to."""
    return RedirectResponse("/.well-known/void", status_code=303)


@router.get(
    "/report",
    operation_id="report",
    summary="The quality report",
    description="What the release covers, how well it is supported, and what is missing.",
    responses={200: {"description": "The report.", "content": {HTML.media_type: {}}}, "default": PROBLEM},
    openapi_extra={"parameters": [LANGUAGE]},
)
async def report(request: Request) -> Response:
    """The quality report as a page."""
    parameters = url_parameters(request)
    arguments = {"form": HTML.format, "language": language(request, parameters)}
    return await front_of(request).answer(request, "report", arguments, parameters, ("Accept-Language",))


@router.get(
    "/report.json",
    operation_id="report-data",
    summary="The quality report as data",
    description="The same as JSON.",
    responses={200: {"description": "The report.", "content": {JSON.media_type: {}}}, "default": PROBLEM},
)
async def report_data(request: Request) -> Response:
    """The quality report as JSON."""
    arguments = {"form": JSON.format, "language": "en"}
    return await front_of(request).answer(request, "report", arguments, url_parameters(request), ())


@router.get(
    "/health",
    operation_id="health",
    summary="Whether the server runs",
    description="200 as long as the web process answers.",
    responses={"default": PROBLEM},
)
async def health(request: Request) -> Response:
    """The web process answers."""
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


@router.get(
    "/ready",
    operation_id="ready",
    summary="Whether the server can answer queries",
    description="200 when a worker is there to answer, 503 otherwise, and when the server is about to end.",
    responses={"default": PROBLEM},
)
async def ready(request: Request) -> Response:
    """A worker is there to answer."""
    front = front_of(request)
    if request.app.state.drain.is_on:
        return respond(problems.reply(Busy(tell("server.ending"))))
    if not front.pool.is_ready:
        return respond(problems.reply(Busy(tell("server.loading"))))
    return JSONResponse({"status": "ready", "release": front.version or None}, headers={"Cache-Control": "no-store"})


@router.get("/problem/{code}", include_in_schema=False)
async def problem(request: Request, code: str) -> Response:
    """What the ``type`` of a problem document stands for."""
    kind = problems.KINDS.get(code)
    if kind is None:
        raise UnknownName("problem", code, nearest(code, problems.KINDS))
    return JSONResponse({"type": problems.TYPES + kind.code, "title": kind.title, "status": kind.status})


@router.get("/robots.txt", include_in_schema=False)
async def robots(request: Request) -> Response:
    """What programs that follow every link are asked to leave out."""
    return Response(_ROBOTS, media_type="text/plain")


@router.get("/docs", include_in_schema=False)
async def docs(request: Request) -> Response:
    """The documentation of the API, to read and to try."""
    return HTMLResponse(_DOCS, headers={"Content-Security-Policy": _DOCS_POLICY})


@router.get("/docs/start.js", include_in_schema=False)
async def start_docs(request: Request) -> Response:
    """The script that starts the documentation."""
    return Response(_START, media_type="text/javascript")
