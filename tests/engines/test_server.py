"""The server over an endpoint answers what it answers over the release."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from tests.engines.conftest import Pair
from tests.server.conftest import LIMITS, Site, running

from asoen_graph.errors import ReleaseError
from asoen_graph.iris import FACT
from asoen_graph.release import Release
from asoen_graph.server.holdings import holding_of
from asoen_graph.server.settings import Settings


class Sites(NamedTuple):
    """A server over the release and one over an endpoint that holds it."""

    ours: Site
    theirs: Site


@pytest.fixture(scope="module")
def sites(pair: Pair) -> Iterator[Sites]:
    plain = Settings(pair.release.folder, workers=1, limits=LIMITS)
    asking = Settings(pair.release.folder, workers=1, limits=LIMITS, endpoint=pair.theirs.url)
    holding_of(asking).verify()
    with running(plain) as ours, running(asking) as theirs:
        yield Sites(ours, theirs)


def told(body: str) -> list[str]:
    """What an answer says, whatever the order: an engine joins the facts of a cell, and lists triples, as it likes."""
    for changing, fixed in ((r":\d{4,5}/", ":0/"), (r"_:\w+", "_:b")):
        body = re.sub(changing, fixed, body)
    return sorted(re.split(r"[ \n,|;]+", body))


PATHS = (
    "/?lang=en",
    "/id/delta-ministers-4.json",
    "/id/delta-ministers-4.html",
    "/id/delta-ministers-4.ttl",
    "/id/delta-ministers-4.trig",
    "/id/alder-marsh.geojson",
    "/source/delta-herald-week.ttl",
    "/ontology.nt",
    "/api/entities?class=meeting&lang=vi",
    "/api/entities/delta-ministers-4",
    "/api/entities/delta-ministers-4/facts",
    "/api/entities?sort=starts&facets=class",
    "/api/sources",
    "/api/sources/delta-herald-week",
    "/api/search?q=delta",
    "/api/suggest?q=min",
    "/api/places.geojson",
    "/api/queries",
    "/api/queries/hosts?format=json",
    "/api/queries/meetings-of-series?series=delta-ministers-series&format=csv",
    "/api/networks/partners-met-together.json",
    "/api/networks/partners-met-together.svg?at=2041&lang=vi",
    "/.well-known/void",
    "/data?graph=https://w3id.org/asoen/graph/register",
    "/data?default",
    "/sparql?query=ASK{id:alder-marsh ?p ?o}",
    "/sparql?query=SELECT * {id:alder-marsh a ?o}&format=csv",
    "/sparql?query=SELECT * {GRAPH graph:register {id:alder-marsh a ?o}}&format=json",
    "/sparql?query=SELECT ?o {id:alder-marsh a ?o}&format=md&lang=vi",
    "/sparql?query=CONSTRUCT WHERE {id:alder-marsh ?p ?o}&format=nt",
    "/sparql?query=DESCRIBE id:alder-marsh&format=ttl",
)


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_is_the_same(path: str, sites: Sites) -> None:
    ours, theirs = (site.client.get(path) for site in sites)
    assert (theirs.status_code, theirs.headers["content-type"]) == (ours.status_code, ours.headers["content-type"])
    assert told(theirs.text) == told(ours.text)
    assert ours.status_code < 400


WRONG = (
    "/id/delta-minister-4.json",
    "/api/entities/nobody",
    "/api/queries/hosts-and",
    "/sparql?query=SELECT * {?s asoen:nam}",
    "/sparql?query=DROP ALL",
    "/sparql?query=SELECT * {SERVICE <http://127.0.0.1:9/> {?s ?p ?o}}",
    "/sparql?query=SELECT * FROM <http://127.0.0.1:9/graph> {?s ?p ?o}",
    "/sparql?query=ASK{}&default-graph-uri=http://127.0.0.1:9/graph",
    "/sparql?query=SELECT * {?s ?p ?o}",
    "/data?graph=https://w3id.org/asoen/graph/registre",
)


@pytest.mark.parametrize("path", WRONG)
def test_a_problem_is_the_same(path: str, sites: Sites) -> None:
    ours, theirs = (site.client.get(path, headers={"Accept": "application/json"}) for site in sites)
    assert ours.status_code >= 400
    assert (theirs.status_code, theirs.headers["content-type"]) == (ours.status_code, ours.headers["content-type"])
    assert {**theirs.json(), "instance": ""} == {**ours.json(), "instance": ""}


def test_what_cannot_work_says_so(sites: Sites) -> None:
    found = sites.theirs.sparql('SELECT * { ?s a asoen:Meeting FILTER(search:matches(?s, "delta")) }')
    assert found.status_code == 400
    assert "works on a release" in found.json()["detail"]
    assert sites.theirs.get("/report").status_code == 404


def test_a_query_that_takes_too_long_is_ended(sites: Sites) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?d && ?d != ?g && ?c != ?i) }"
    found = sites.theirs.sparql(slow, timeout="1")
    assert found.status_code == 504
    assert found.headers["content-type"].startswith("application/problem+json")
    assert "127.0.0.1" not in found.text
    assert sites.theirs.sparql("ASK{}").json() == {"head": {}, "boolean": True}


def test_an_endpoint_with_another_release_is_refused(pair: Pair, lagoon_release: Release) -> None:
    with pytest.raises(ReleaseError, match="triples in the default graph"):
        holding_of(Settings(lagoon_release.folder, endpoint=pair.theirs.url)).verify()


def test_facts_are_in_the_answers(sites: Sites) -> None:
    assert FACT in sites.theirs.get("/api/entities/delta-ministers-4").text
