"""The application: its routes, and the workers behind them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from importlib.metadata import version

from fastapi import APIRouter, FastAPI
from starlette.responses import Response

from asoen_graph.queries.catalogue import Catalogue
from asoen_graph.server.answers import Answers
from asoen_graph.server.api_document import describe
from asoen_graph.server.archive import RELEASES
from asoen_graph.server.edge import Edge
from asoen_graph.server.failures import handle_errors
from asoen_graph.server.front import Front
from asoen_graph.server.holdings import holding_of
from asoen_graph.server.launch import HeadStart
from asoen_graph.server.loans import Loans
from asoen_graph.server.metrics import Gauges, Traffic
from asoen_graph.server.names import Names
from asoen_graph.server.origin import Origin
from asoen_graph.server.rate import Rate
from asoen_graph.server.routes import (
    api,
    assets,
    changes,
    files,
    graph_store,
    linked_data,
    openapi,
    operations,
    pages,
    places,
    queries,
    releases,
    sparql,
    timemaps,
)
from asoen_graph.server.settings import Settings
from asoen_graph.server.shortcuts import Shortcuts
from asoen_graph.server.workers import Pool


def create_app(settings: Settings, ahead: HeadStart | None = None) -> Edge:
    """The application that serves a release or files; its workers start and end with it. Raises ReleaseError.

    ``ahead`` is where they come from, if that has been started already.
    """
    holding = holding_of(settings)
    found, release, catalogue = holding.edition(), holding.version, holding.catalogue
    pool = Pool(replace(settings, edition=found), ahead)
    answers = Answers(settings.cache)
    loans = Loans(settings, catalogue, answers)

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
        version=release or version("asoen-graph"),
        description=holding.about["description"],
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        default_response_class=Response,
        redirect_slashes=False,
        lifespan=lifespan,
    )
    archive = holding.archive(settings.releases)
    origin = Origin(archive.present if archive else None)
    app.state.front = Front(settings, pool, release, catalogue, found, origin, answers, holding.modified())
    if archive is None:
        _include(app, (sparql.router, graph_store.router, files.router))
    else:
        app.state.archive, app.state.loans, app.state.names = archive, loans, Names()
        app.state.digests = changes.Digests()
        _include_releases(app, catalogue)
    _include(app, (openapi.router, assets.router, *((operations.router,) if settings.metrics else ())))
    handle_errors(app, release)
    describe(app, holding.about.get("license_info"))
    app.state.gauges = Gauges(Traffic(), answers, pool, release)
    rate = Rate(settings.rate, settings.burst) if settings.rate else None
    shortcuts = Shortcuts(app, (sparql.router,) if archive is None else (sparql.router, api.router))
    return Edge(app, shortcuts, release, app.state.gauges.traffic, rate)


def _include_releases(app: FastAPI, catalogue: Catalogue) -> None:
    """The addresses of the present release, the same below each release there is, and those about several."""
    of_a_release = (
        sparql.router,
        graph_store.router,
        linked_data.router,
        places.router,
        api.router,
        queries.router(catalogue),
        pages.router,
    )
    _include(app, (*of_a_release, timemaps.router, changes.router, releases.router))
    app.mount(f"{RELEASES}/{{release}}", releases.Stacks(_routes(of_a_release)))


def _include(app: FastAPI, routers: Iterable[APIRouter]) -> None:
    for router in routers:
        app.include_router(router)


def _routes(routers: Iterable[APIRouter]) -> APIRouter:
    """The routes below the address of each release: all but those about the server itself."""
    routes = APIRouter(redirect_slashes=False)
    for router in routers:
        routes.routes += [each for each in router.routes if getattr(each, "path", "") not in pages.OF_THE_SERVER]
    return routes
