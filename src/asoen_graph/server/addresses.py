"""Every address of a server, in the order they are looked through: over a release, or over RDF files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asoen_graph.server.routes import assets, graph_store, openapi, operations, pages, sparql

if TYPE_CHECKING:
    from asoen_graph.queries.catalogue import Catalogue
    from asoen_graph.server.routing import Route, Router


def of_release(catalogue: Catalogue) -> tuple[Router, ...]:
    """Those that every release has, the present one at the top and each below its own address."""
    # Files are served without these, and sooner.
    from asoen_graph.server.routes import (
        api,
        browse,
        editing,
        linked_data,
        network_pages,
        networks,
        overviews,
        places,
        queries,
        search,
    )

    return (
        sparql.router,
        graph_store.router,
        linked_data.router,
        places.router,
        overviews.router,
        api.router,
        networks.router,
        network_pages.router(catalogue),
        editing.router(catalogue),
        queries.router(catalogue),
        browse.router,
        search.router,
        pages.router,
    )


def of_releases(of_present: tuple[Router, ...], *, metrics: bool) -> tuple[Router, ...]:
    """Those of a server over releases: of the present one, and about several."""
    from asoen_graph.server.routes import changes, releases, timemaps

    return (*of_present, timemaps.router, changes.router, releases.router, *_of_server(metrics=metrics))


def of_files(*, metrics: bool) -> tuple[Router, ...]:
    """Those of a server over RDF files."""
    from asoen_graph.server.routes import files

    return (sparql.router, graph_store.router, files.router, *_of_server(metrics=metrics))


def below_a_release(routers: tuple[Router, ...]) -> list[Route]:
    """The routes below the address of each release: all but those about the server itself."""
    return [route for router in routers for route in router.routes if route.path not in pages.OF_THE_SERVER]


def _of_server(*, metrics: bool) -> tuple[Router, ...]:
    return (openapi.router, assets.router, *((operations.router,) if metrics else ()))
