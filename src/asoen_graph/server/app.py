"""The application: routes, errors, the OpenAPI document, and the workers behind them."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from swagger_ui_bundle import swagger_ui_path

from asoen_graph.errors import AsoenError
from asoen_graph.queries.catalogue import Catalogue
from asoen_graph.release import Release
from asoen_graph.server import documentation, problems
from asoen_graph.server.archive import RELEASES, Archive
from asoen_graph.server.edge import Edge, allowed_methods
from asoen_graph.server.edition import edition
from asoen_graph.server.front import Front, respond
from asoen_graph.server.loans import Loans
from asoen_graph.server.names import Names
from asoen_graph.server.origin import Origin
from asoen_graph.server.problems import MethodNotAllowed, NotFound, Unprocessable
from asoen_graph.server.routes import api, changes, linked_data, pages, queries, releases, sparql, timemaps
from asoen_graph.server.settings import Settings
from asoen_graph.server.workers import Pool

log = logging.getLogger("asoen.app")

_DESCRIPTION = """The open knowledge graph of ASEAN environmental cooperation, every fact with its source.

Every answer names its release in `Asoen-Release` and has an `ETag`; `Asoen-Query` is a hash of what was asked,
`Asoen-Citation` a citation, and `Link` with `rel="cite-as"` the address that gives the same answer from the same
release. Below `/releases/<name>/` every release that is kept has the same routes. Errors are problem documents
(RFC 9457)."""


def create_app(settings: Settings) -> Edge:
    """The application that serves a release; its workers start and end with it. Raises ReleaseError."""
    found = edition(settings.release, settings.queries)
    manifest = Release.open(settings.release).manifest
    catalogue = Catalogue.read(settings.queries)
    pool = Pool(replace(settings, edition=found))
    archive = Archive(settings.release, settings.releases)
    loans = Loans(settings, catalogue)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await pool.start()
        try:
            yield
        finally:
            await loans.close()
            await pool.close()

    app = FastAPI(
        title="asoen_graph",
        version=manifest.version,
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
    )
    app.state.front = Front(settings, pool, manifest, catalogue, found, Origin(archive.present))
    app.state.archive, app.state.loans, app.state.names = archive, loans, Names()
    app.state.digests = changes.Digests()
    of_a_release = (sparql.router, linked_data.router, api.router, queries.router(catalogue), pages.router)
    for router in (*of_a_release, timemaps.router, changes.router, releases.router):
        app.include_router(router)
    app.mount(f"{RELEASES}/{{release}}", releases.Stacks(_routes(of_a_release)))
    app.mount("/docs/assets", StaticFiles(directory=swagger_ui_path))
    _handle_errors(app)
    _document(app)
    return Edge(app, manifest.version)


def _routes(routers: Iterable[APIRouter]) -> APIRouter:
    """The routes below the address of each release: all but those about the server itself."""
    routes = APIRouter(redirect_slashes=False)
    for router in routers:
        routes.routes += [each for each in router.routes if getattr(each, "path", "") not in pages.OF_THE_SERVER]
    return routes


def _handle_errors(app: FastAPI) -> None:
    async def foreseen(request: Request, error: AsoenError) -> Response:
        if problems.kind_of(error) is problems.INTERNAL:
            log.error("request %s: %s", request.state.request_id, error)
            return respond(problems.internal(request.state.request_id))
        return respond(problems.reply(error))

    async def http(request: Request, error: HTTPException) -> Response:
        if error.status_code == 405:
            allow = allowed_methods(request.url.path)
            detail = f"{request.method} is not done here"
            return respond(problems.reply(MethodNotAllowed(detail, f"Use {allow}", {"Allow": allow})))
        return respond(problems.reply(NotFound("There is nothing at this address", "The ways in are listed at /")))

    async def invalid(_: Request, error: RequestValidationError) -> Response:
        return respond(problems.reply(Unprocessable("; ".join(str(each["msg"]) for each in error.errors()))))

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
            document.setdefault("components", {})["schemas"] = documentation.components()
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]
