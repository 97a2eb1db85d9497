"""Every kind of page there is: what the tests of all pages, the pictures and the measures go through."""

from __future__ import annotations

from dataclasses import dataclass

from tests.server.conftest import Site


@dataclass(frozen=True)
class Kind:
    """A kind of page with an example of it: on the invented world, and on the release of the real one.

    ``{fact}`` stands for a fact of the entity of the example, ``{changes}`` for what changed since the release before.
    """

    name: str
    lagoon: str
    real: str
    status: int = 200


KINDS = (
    Kind("start", "/", "/"),
    Kind("search", "/search?q=lsoe", "/search?q=lo+go+xa+mat"),
    Kind("search-empty", "/search", "/search"),
    Kind("search-nothing", "/search?q=zzzz+qqqq", "/search?q=zzzz+qqqq"),
    Kind("entity", "/id/lsoe-12.html", "/id/lo-go-xa-mat.html"),
    Kind("entity-long", "/id/coralia.html", "/id/amme-18.html"),
    Kind("fact", "/fact/{fact}.html", "/fact/{fact}.html"),
    Kind(
        "source", "/source/lagoon-union-record.html", "/source/vietnam-bach-ma-national-park-recognized-as-asean.html"
    ),
    Kind("entities", "/entities", "/entities"),
    Kind("entities-of-class", "/entities?class=meeting", "/entities?class=heritage-park&country=viet-nam"),
    Kind("sources", "/sources", "/sources"),
    Kind("queries", "/queries", "/queries"),
    Kind("query", "/queries/meetings-by-year", "/queries/meetings-by-year"),
    Kind(
        "query-filled-in",
        "/queries/meetings-of-series?series=lsoe-series",
        "/queries/meetings-of-series?series=amme-meetings",
    ),
    Kind("networks", "/networks", "/networks"),
    Kind("network", "/networks/participants-and-meetings", "/networks/working-groups-and-themes"),
    Kind("map", "/map", "/map"),
    Kind("timeline", "/timeline", "/timeline"),
    Kind("ontology", "/ontology.html", "/ontology.html"),
    Kind("releases", "/releases", "/releases"),
    Kind("changes", "{changes}.html", "{changes}.html"),
    Kind("sparql", "/sparql", "/sparql"),
    Kind("report", "/report", "/report"),
    Kind("missing-page", "/nowhere/lsoe-12", "/nowhere/lo-go-xa-mat", 404),
    Kind("missing-entity", "/id/lsoe-14.html", "/id/lo-go-xa-mt.html", 404),
    Kind("wrong-query", "/sparql?query=SELEC+*", "/sparql?query=SELEC+*", 400),
)

NAMES = [kind.name for kind in KINDS]


def kind(name: str) -> Kind:
    """The kind of that name."""
    return next(each for each in KINDS if each.name == name)


def address(site: Site, example: str, language: str) -> str:
    """Where the example is on a site, in a language."""
    if "{fact}" in example:
        slug = "lsoe-12" if site.client.get("/id/lsoe-12.json").status_code == 200 else "lo-go-xa-mat"
        fact = site.get(f"/api/entities/{slug}/facts", limit="1").json()["items"][0]["claim"]["fact"]
        example = example.replace("{fact}", fact.rpartition("/")[2])
    if "{changes}" in example:
        example = example.replace("{changes}", site.get("/releases", "application/json").json()["items"][0]["changes"])
    return f"{example}{'&' if '?' in example else '?'}lang={language}"
