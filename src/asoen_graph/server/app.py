"""The application: routes, errors, the OpenAPI document, and the workers behind them."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from importlib.metadata import version
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
from asoen_graph.server import documentation, problems
from asoen_graph.server.edge import Edge, allowed_methods
from asoen_graph.server.front import Front, respond
from asoen_graph.server.holdings import FileHolding, Holding, holding_of
from asoen_graph.server.messages import Reply
from asoen_graph.server.problem_pages import as_page
from asoen_graph.server.problems import MethodNotAllowed, NotFound, Unprocessable
from asoen_graph.server.routes import api, files, graph_store, linked_data, pages, queries, sparql
from asoen_graph.server.settings import Settings
from asoen_graph.server.workers import Pool

log = logging.getLogger("asoen.app")


def create_app(settings: Settings) -> Edge:
    """The application that serves a release or files; its workers start and end with it. Raises ReleaseError."""
    holding = holding_of(settings)
    found = holding.edition()
    release = holding.version
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
        version=release or version("asoen-graph"),
        description=holding.about["description"],
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
    )
    app.state.front = Front(settings, pool, release, holding.catalogue, found)
    for router in _routers(holding):
        app.include_router(router)
    app.mount("/docs/assets", StaticFiles(directory=swagger_ui_path))
    _handle_errors(app, release)
    _document(app, holding)
    return Edge(app, release)


def _routers(holding: Holding) -> Iterable[APIRouter]:
    """The addresses there are: for files, those that any data have."""
    if isinstance(holding, FileHolding):
        return (sparql.router, graph_store.router, files.router)
    return (
        sparql.router,
        graph_store.router,
        linked_data.router,
        api.router,
        queries.router(holding.catalogue),
        pages.router,
    )


def _handle_errors(app: FastAPI, release: str) -> None:
    def told(request: Request, reply: Reply, headers: dict[str, str] | None = None) -> Response:
        return as_page(request, reply, release) or respond(reply, headers)

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


def _document(app: FastAPI, holding: Holding) -> None:
    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = get_openapi(
                title=app.title,
                version=app.version,
                openapi_version=documentation.VERSION,
                description=app.description,
                routes=app.routes,
                license_info=holding.about.get("license_info"),
            )
            document.setdefault("components", {})["schemas"] = documentation.components()
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]
