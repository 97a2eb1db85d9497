"""``/data``: the reading half of the Graph Store Protocol."""

from __future__ import annotations

import pytest
import rdflib

from asoen_graph.release import Release

from .conftest import Site

REGISTER = "https://w3id.org/asoen/graph/register"


def graph_of(site: Site, accept: str, format_: str, **parameters: str) -> rdflib.Graph:
    answer = site.get("/data", accept, **parameters)
    assert answer.headers["content-type"].partition(";")[0] == accept
    return rdflib.Graph().parse(data=answer.text, format=format_)


@pytest.mark.parametrize(("accept", "format_"), [("text/turtle", "turtle"), ("application/rdf+xml", "xml")])
def test_the_default_graph_is_what_queries_see(site: Site, lagoon_release: Release, accept: str, format_: str) -> None:
    assert len(graph_of(site, accept, format_, default="")) == lagoon_release.manifest.counts.default_graph


def test_a_named_graph(site: Site) -> None:
    count = site.sparql(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{REGISTER}> {{ ?s ?p ?o }} }}", format="csv").text.split()
    assert len(graph_of(site, "application/n-triples", "nt", graph=REGISTER)) == int(count[1])


def test_the_whole_dataset_is_the_file_of_the_release(site: Site, lagoon_release: Release) -> None:
    assert site.get("/data", "application/n-quads").content == lagoon_release.read("asoen.nq")
    assert site.get("/data").headers["content-type"] == "application/trig"
    assert site.get("/data", "text/turtle").status_code == 406


def test_a_graph_that_is_not_here(site: Site) -> None:
    problem = site.get("/data", graph=REGISTER + "s").json()
    assert (problem["status"], problem["nearest"][0]) == (404, REGISTER)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("default&graph=" + REGISTER, 400),
        ("graph=not%20an%20iri", 400),
        ("grph=x", 400),
        (f"graph={REGISTER}&graph=x", 400),
    ],
)
def test_what_is_not_understood(site: Site, query: str, status: int) -> None:
    assert site.client.get(f"/data?{query}").json()["status"] == status


def test_it_is_only_read(site: Site) -> None:
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        answer = site.client.request(method, "/data?default", content=b"")
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert site.client.head("/data?default").status_code == 200
