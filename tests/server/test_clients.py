"""Clients of others, used as their documentation shows and with no settings."""

from __future__ import annotations

import shutil
import subprocess

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, JSONLD, N3, RDFXML, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from .conftest import Site

MEETINGS = "SELECT ?meeting ?label WHERE { ?meeting a asoen:Meeting ; rdfs:label ?label } ORDER BY ?meeting ?label"
DESCRIBED = "CONSTRUCT { ?meeting rdfs:label ?label } WHERE { ?meeting a asoen:Meeting ; rdfs:label ?label }"


@pytest.fixture(params=["GET", "POST"])
def wrapper(site: Site, request: pytest.FixtureRequest) -> SPARQLWrapper:
    client = SPARQLWrapper(f"{site.url}/sparql")
    client.setMethod(request.param)
    return client


class TestSparqlWrapper:
    @pytest.mark.parametrize("form", [JSON, XML, CSV, TSV])
    def test_tables(self, site: Site, wrapper: SPARQLWrapper, form: str) -> None:
        wrapper.setQuery(MEETINGS)
        wrapper.setReturnFormat(form)
        answer = wrapper.query()
        expected = site.sparql(MEETINGS, format="json").json()["results"]["bindings"]
        if form == JSON:
            assert answer.convert()["results"]["bindings"] == expected
        elif form == XML:
            assert len(answer.convert().getElementsByTagName("result")) == len(expected)
        else:
            assert len(answer.convert().decode().splitlines()) == len(expected) + 1

    @pytest.mark.parametrize("form", [JSON, XML])
    def test_a_truth_value(self, wrapper: SPARQLWrapper, form: str) -> None:
        wrapper.setQuery("ASK { ?meeting a asoen:Meeting }")
        wrapper.setReturnFormat(form)
        answer = wrapper.query().convert()
        assert answer["boolean"] if form == JSON else "true" in answer.toxml()

    @pytest.mark.parametrize("form", [XML, RDFXML, TURTLE, N3, JSONLD])
    def test_graphs(self, site: Site, wrapper: SPARQLWrapper, form: str) -> None:
        wrapper.setQuery(DESCRIBED)
        wrapper.setReturnFormat(form)
        answer = wrapper.query().convert()
        if isinstance(answer, bytes):
            answer = rdflib.Graph().parse(data=answer, format="turtle")
        expected = rdflib.Graph().parse(data=site.sparql(DESCRIBED, "text/turtle").text, format="turtle")
        assert set(answer) == set(expected)

    def test_a_mistake_is_told_as_one(self, wrapper: SPARQLWrapper) -> None:
        wrapper.setQuery("SELECT ?x WHERE { ?x }")
        with pytest.raises(QueryBadFormed, match="query-syntax"):
            wrapper.query()


class TestSparqlStore:
    @pytest.fixture(params=["GET", "POST", "POST_FORM"])
    def graph(self, site: Site, request: pytest.FixtureRequest) -> rdflib.Graph:
        return rdflib.Graph(SPARQLStore(f"{site.url}/sparql", method=request.param))

    def test_patterns(self, graph: rdflib.Graph) -> None:
        lsoe = rdflib.URIRef("https://w3id.org/asoen/id/lsoe-12")
        assert rdflib.Literal("Hội nghị LSOE lần thứ 12", lang="vi") in set(graph.objects(lsoe, rdflib.RDFS.label))
        assert (lsoe, rdflib.RDF.type, None) in graph

    def test_queries(self, graph: rdflib.Graph, site: Site) -> None:
        expected = site.sparql(MEETINGS, format="json").json()["results"]["bindings"]
        assert [str(row[0]) for row in graph.query(MEETINGS)] == [row["meeting"]["value"] for row in expected]

    def test_graphs(self, graph: rdflib.Graph) -> None:
        assert len(graph.query(DESCRIBED).graph or ()) > 0

    def test_truth_values(self, graph: rdflib.Graph) -> None:
        assert graph.query("ASK { ?meeting a asoen:Meeting }").askAnswer is True


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not on this machine")
def test_curl(site: Site) -> None:
    command = ["curl", "-sS", "--fail", "--data-urlencode", f"query={MEETINGS}", f"{site.url}/sparql"]
    answer = subprocess.run(command, capture_output=True, check=True, timeout=60)
    assert b'"bindings"' in answer.stdout
