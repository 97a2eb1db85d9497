"""The application: its routes, and the workers behind them."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace

from fastapi import APIRouter, FastAPI
from starlette.responses import Response

from asoen_graph.queries.catalogue import Catalogue
from asoen_graph.release import Release
from asoen_graph.server.answers import Answers
from asoen_graph.server.api_document import describe
from asoen_graph.server.archive import RELEASES, Archive
from asoen_graph.server.edge import Edge
from asoen_graph.server.edition import edition
from asoen_graph.server.failures import handle_errors
from asoen_graph.server.front import Front
from asoen_graph.server.loans import Loans
from asoen_graph.server.metrics import Gauges, Traffic
from asoen_graph.server.names import Names
from asoen_graph.server.origin import Origin
from asoen_graph.server.rate import Rate
from asoen_graph.server.routes import (
    api,
    assets,
    changes,
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
from asoen_graph.server.validators import last_modified
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
    release = Release.open(settings.release)
    manifest = release.manifest
    catalogue = Catalogue.read(settings.queries)
    pool = Pool(replace(settings, edition=found))
    archive = Archive(settings.release, settings.releases)
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
        version=manifest.version,
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        default_response_class=Response,
        redirect_slashes=False,
        lifespan=lifespan,
    )
    origin = Origin(archive.present)
    app.state.front = Front(settings, pool, manifest, catalogue, found, origin, answers, last_modified(release))
    app.state.archive, app.state.loans, app.state.names = archive, loans, Names()
    app.state.digests = changes.Digests()
    of_a_release = (
        sparql.router,
        graph_store.router,
        linked_data.router,
        places.router,
        api.router,
        queries.router(catalogue),
        pages.router,
    )
    of_the_server = (timemaps.router, changes.router, releases.router, openapi.router, assets.router)
    for router in (*of_a_release, *of_the_server, *((operations.router,) if settings.metrics else ())):
        app.include_router(router)
    app.mount(f"{RELEASES}/{{release}}", releases.Stacks(_routes(of_a_release)))
    handle_errors(app, manifest.version)
    describe(app)
    app.state.gauges = Gauges(Traffic(), answers, pool, manifest.version)
    rate = Rate(settings.rate, settings.burst) if settings.rate else None
    return Edge(app, manifest.version, app.state.gauges.traffic, rate)


def _routes(routers: Iterable[APIRouter]) -> APIRouter:
    """The routes below the address of each release: all but those about the server itself."""
    routes = APIRouter(redirect_slashes=False)
    for router in routers:
        routes.routes += [each for each in router.routes if getattr(each, "path", "") not in pages.OF_THE_SERVER]
    return routes
