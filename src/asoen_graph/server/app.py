"""The application: routes, errors, the OpenAPI document, and the workers behind them."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from asoen_graph.errors import AsoenError
from asoen_graph.queries.catalogue import Catalogue
from asoen_graph.release import Release
from asoen_graph.server import answer_schemas, documentation, list_documentation, problems
from asoen_graph.server.answers import Answers
from asoen_graph.server.edge import Edge, allowed_methods
from asoen_graph.server.edition import edition
from asoen_graph.server.front import Front, respond
from asoen_graph.server.messages import Reply
from asoen_graph.server.metrics import Gauges, Traffic
from asoen_graph.server.problem_pages import as_page
from asoen_graph.server.problems import MethodNotAllowed, NotFound, Unprocessable
from asoen_graph.server.rate import Rate
from asoen_graph.server.routes import (
    api,
    assets,
    graph_store,
    linked_data,
    openapi,
    operations,
    pages,
    places,
    queries,
    sparql,
)
from asoen_graph.server.settings import Settings
from asoen_graph.server.validators import last_modified
from asoen_graph.server.workers import Pool

log = logging.getLogger("asoen.app")

_DESCRIPTION = """The open knowledge graph of ASEAN environmental cooperation, every fact with its source.

Every answer names its release in `Asoen-Release` and has an `ETag`. Errors are problem documents (RFC 9457)."""


def create_app(settings: Settings) -> Edge:
    """The application that serves a release; its workers start and end with it. Raises ReleaseError."""
    found = edition(settings.release, settings.queries)
    release = Release.open(settings.release)
    manifest = release.manifest
    catalogue = Catalogue.read(settings.queries)
    pool = Pool(replace(settings, edition=found))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await pool.start()
        try:
            yield
        finally:
            await pool.close()

    app = FastAPI(
        title="asoen_graph",
        version=manifest.version,
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        default_response_class=Response,
        redirect_slashes=False,
        lifespan=lifespan,
    )
    app.state.front = Front(settings, pool, manifest, catalogue, found, Answers(settings.cache), last_modified(release))
    for router in (
        sparql.router,
        graph_store.router,
        linked_data.router,
        places.router,
        api.router,
        queries.router(catalogue),
        pages.router,
        openapi.router,
        assets.router,
    ):
        app.include_router(router)
    if settings.metrics:
        app.include_router(operations.router)
    _handle_errors(app, manifest.version)
    _document(app)
    app.state.gauges = Gauges(Traffic(), app.state.front.answers, pool, manifest.version)
    rate = Rate(settings.rate, settings.burst) if settings.rate else None
    return Edge(app, manifest.version, app.state.gauges.traffic, rate)


def _handle_errors(app: FastAPI, version: str) -> None:
    def told(request: Request, reply: Reply, headers: dict[str, str] | None = None) -> Response:
        return as_page(request, reply, version) or respond(reply, headers)

    async def foreseen(request: Request, error: AsoenError) -> Response:
        if problems.kind_of(error) is problems.INTERNAL:
            log.error("request %s: %s", request.state.request_id, error)
            return told(request, problems.internal(request.state.request_id))
        return told(request, problems.reply(error))

    async def http(request: Request, error: HTTPException) -> Response:
        if error.status_code == 405:
            allow = allowed_methods(request.url.path)
            detail = f"{request.method} is not done here"
            return told(request, problems.reply(MethodNotAllowed(detail, f"Use {allow}", {"Allow": allow})))
        return told(
            request, problems.reply(NotFound("There is nothing at this address", "The ways in are listed at /"))
        )

    async def invalid(request: Request, error: RequestValidationError) -> Response:
        return told(request, problems.reply(Unprocessable("; ".join(str(each["msg"]) for each in error.errors()))))

    async def unforeseen(request: Request, error: Exception) -> Response:
        # The exception goes on to uvicorn, which logs where it came from and closes the connection.
        log.error("request %s: %r", request.state.request_id, error)
        return respond(problems.internal(request.state.request_id), {"Connection": "close"})

    app.add_exception_handler(AsoenError, foreseen)  # type: ignore[arg-type]
    app.add_exception_handler(HTTPException, http)  # type: ignore[arg-type]
    app.add_exception_handler(RequestValidationError, invalid)  # type: ignore[arg-type]
    app.add_exception_handler(Exception, unforeseen)


def _document(app: FastAPI) -> None:
    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = get_openapi(
                title=app.title,
                version=app.version,
                openapi_version=documentation.VERSION,
                description=app.description,
                routes=app.routes,
                license_info={"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
            )
            schemas = documentation.components()
            document.setdefault("components", {})["schemas"] = (
                schemas | list_documentation.components(schemas) | answer_schemas.COMPONENTS
            )
            answer_schemas.complete(document)
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]
