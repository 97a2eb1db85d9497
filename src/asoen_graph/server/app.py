"""The application: its routes, and the workers behind them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.routing import Router as Routes

from asoen_graph.queries.catalogue import Catalogue
from asoen_graph.server import addresses
from asoen_graph.server.archive import RELEASES
from asoen_graph.server.edge import Edge, headers_of_all
from asoen_graph.server.failures import handle_errors
from asoen_graph.server.front import Front
from asoen_graph.server.generation import Generation
from asoen_graph.server.head_start import HeadStart
from asoen_graph.server.holdings import Holding, holding_of
from asoen_graph.server.lanes.lender import Lender, is_possible
from asoen_graph.server.loans import Loans
from asoen_graph.server.metrics import Gauges
from asoen_graph.server.origin import Origin
from asoen_graph.server.rate import Rate
from asoen_graph.server.routes import sparql
from asoen_graph.server.settings import Settings
from asoen_graph.server.shortcuts import Shortcuts
from asoen_graph.server.succession import Estate, Succession
from asoen_graph.server.workers import Pool

_TITLE = "asoen_graph"


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
    app = Starlette()
    app.router.redirect_slashes = False
    archive = holding.archive(settings.releases)
    origin = Origin(archive.present if archive else None)
    answers, loans = estate.answers, Loans(settings, catalogue, estate.answers)
    modified, is_fixed = holding.modified(), holding.is_fixed
    app.state.front = Front(settings, pool, release, catalogue, found, origin, answers, modified, is_fixed)
    app.state.drain = estate.drain
    app.state.about = _about(holding, release, metrics=settings.metrics)
    if archive is not None:
        app.state.archive, app.state.loans = archive, loans
        app.state.names, app.state.digests = estate.names, estate.digests
    handle_errors(app, release)
    lender = app.state.lender = _lender(settings, app.state.front, estate)
    app.state.gauges = Gauges(estate.traffic, answers, pool, release, estate.swaps, lender, estate.lanes_ended)
    shortcuts = Shortcuts(app, sparql.router)
    if archive is None:
        _route_files(app, metrics=settings.metrics)
    else:
        _route_releases(app, catalogue, shortcuts, metrics=settings.metrics)
    return Generation(app, loans, shortcuts, lender)


def _lender(settings: Settings, front: Front, estate: Estate) -> Lender | None:
    if not is_possible(settings):
        return None
    name = front.origin.volume.name if front.origin.volume is not None else ""
    return Lender(
        settings, name, headers_of_all(front.version), estate.traffic, estate.answers.counts, estate.lanes_ended
    )


def _about(holding: Holding, release: str, *, metrics: bool) -> dict[str, object]:
    """What the OpenAPI document is made with."""
    return {
        "title": _TITLE,
        "version": release or version("asoen-graph"),
        "description": holding.about["description"],
        "license_info": holding.about.get("license_info"),
        "metrics": metrics,
    }


def _route_files(app: Starlette, *, metrics: bool) -> None:
    app.router.routes += [route for router in addresses.of_files(metrics=metrics) for route in router.routes]


def _route_releases(app: Starlette, catalogue: Catalogue, shortcuts: Shortcuts, *, metrics: bool) -> None:
    """The addresses of the present release, the same below each release there is, and those about several."""
    # Files are served without these, and sooner.
    from asoen_graph.server.routes import api, releases

    of_present = addresses.of_release(catalogue)
    every = addresses.of_releases(of_present, metrics=metrics)
    below = Routes(addresses.below_a_release(of_present), redirect_slashes=False)
    mount = Mount(f"{RELEASES}/{{release}}", releases.Stacks(below))
    app.router.routes += [*(route for router in every for route in router.routes), mount]
    shortcuts.add(api.router)
