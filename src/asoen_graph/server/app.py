"""The application: its routes, and the workers behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib.metadata import version

from fastapi import APIRouter, FastAPI
from starlette.responses import Response

from asoen_graph.queries.catalogue import Catalogue
from asoen_graph.server.api_document import describe
from asoen_graph.server.archive import RELEASES
from asoen_graph.server.edge import Edge, headers_of_all
from asoen_graph.server.failures import handle_errors
from asoen_graph.server.front import Front
from asoen_graph.server.generation import Generation
from asoen_graph.server.holdings import holding_of
from asoen_graph.server.lanes.lender import Lender, is_possible
from asoen_graph.server.launch import HeadStart
from asoen_graph.server.loans import Loans
from asoen_graph.server.metrics import Gauges
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
from asoen_graph.server.succession import Estate, Succession
from asoen_graph.server.workers import Pool


def create_app(settings: Settings, again: Callable[[], Settings] | None = None, ahead: HeadStart | None = None) -> Edge:
    """The application that serves a release or files; its workers start and end with it. Raises ReleaseError.

    ``again`` gives the settings anew when the release is to be read again; they may name another one.
    ``ahead`` is where the first workers come from, if that has been started already.
    """
    succession = Succession(settings, again or (lambda: settings), _generation, ahead)
    rate = Rate(settings.rate, settings.burst) if settings.rate else None
    return Edge(succession, rate)


def _generation(settings: Settings, estate: Estate, changed: Callable[[], None], ahead: HeadStart | None) -> Generation:
    holding = holding_of(settings)
    found, release, catalogue = holding.edition(), holding.version, holding.catalogue
    pool = Pool(replace(settings, edition=found), estate.fates, changed, ahead)
    app = FastAPI(
        title="asoen_graph",
        version=release or version("asoen-graph"),
        description=holding.about["description"],
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        default_response_class=Response,
        redirect_slashes=False,
    )
    archive = holding.archive(settings.releases)
    origin = Origin(archive.present if archive else None)
    answers, loans = estate.answers, Loans(settings, catalogue, estate.answers)
    modified, is_fixed = holding.modified(), holding.is_fixed
    app.state.front = Front(settings, pool, release, catalogue, found, origin, answers, modified, is_fixed)
    app.state.drain = estate.drain
    if archive is None:
        _include(app, (sparql.router, graph_store.router, files.router))
    else:
        app.state.archive, app.state.loans = archive, loans
        app.state.names, app.state.digests = estate.names, estate.digests
        _include_releases(app, _routes_of(catalogue, estate))
    _include(app, (openapi.router, assets.router, *((operations.router,) if settings.metrics else ())))
    handle_errors(app, release)
    describe(app, holding.about.get("license_info"))
    lender = app.state.lender = _lender(settings, app.state.front, estate)
    app.state.gauges = Gauges(estate.traffic, answers, pool, release, estate.swaps, lender, estate.lanes_ended)
    shortcuts = Shortcuts(app, (sparql.router,) if archive is None else (sparql.router, api.router))
    return Generation(app, loans, shortcuts, lender)


def _lender(settings: Settings, front: Front, estate: Estate) -> Lender | None:
    if not is_possible(settings):
        return None
    name = front.origin.volume.name if front.origin.volume is not None else ""
    return Lender(
        settings, name, headers_of_all(front.version), estate.traffic, estate.answers.counts, estate.lanes_ended
    )


def _routes_of(catalogue: Catalogue, estate: Estate) -> APIRouter:
    """The routes of the catalogue: those of the generation before, where the queries are the same.

    FastAPI remembers what it found out about the functions behind routes for long after they are gone.
    """
    texts = {name: catalogue[name].text for name in catalogue}
    if estate.query_routes is None or estate.query_routes[0] != texts:
        estate.query_routes = texts, queries.router(catalogue)
    return estate.query_routes[1]


def _include_releases(app: FastAPI, query_routes: APIRouter) -> None:
    """The addresses of the present release, the same below each release there is, and those about several."""
    of_a_release = (
        sparql.router,
        graph_store.router,
        linked_data.router,
        places.router,
        api.router,
        query_routes,
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
