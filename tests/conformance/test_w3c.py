"""The W3C's SPARQL tests for queries, through a running server. What fails is listed in ``failures.yaml``, with why."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from tests.golden import check_golden

from .examination import failing, failing_request
from .manifests import ROOT, cases
from .page import failures, page, twice_listed
from .requests import TESTS
from .suites import DESCRIPTION, EVALUATION, NOT_RUN, PROTOCOL, SYNTAX

PAGE = Path(__file__).parents[2] / "docs" / "conformance.md"
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")


@pytest.mark.parametrize("suite", [*EVALUATION, *SYNTAX])
def test_what_fails_is_what_is_known_to_fail(endpoint: httpx.Client, suite: str) -> None:
    tests = cases(suite)
    assert tests
    found = {case.name: wrong for case in tests if (wrong := failing(endpoint, case)) is not None}
    assert found.keys() == failures().get(suite, set()), found


def test_the_protocol(endpoint: httpx.Client) -> None:
    found = {name: wrong for name, ask in TESTS.items() if (wrong := failing_request(endpoint, ask)) is not None}
    assert found.keys() == failures()[PROTOCOL], found


def test_the_service_description(endpoint: httpx.Client) -> None:
    """``returns-rdf``, ``has-endpoint-triple`` and ``conforms-to-schema``.

    The last as far as it can be told without a schema: no word that is not one of the vocabulary.
    """
    answer = endpoint.get("/sparql", headers={"Accept": "text/turtle"})
    assert answer.headers["content-type"].startswith("text/turtle")
    described = Graph().parse(data=answer.content, format="turtle")
    service = URIRef(str(endpoint.base_url.join("/sparql")))
    assert (service, SD.endpoint, service) in described
    assert (service, RDF.type, SD.Service) in described
    known = {"Service", "Dataset", "Graph", "endpoint", "supportedLanguage", "defaultDataset", "defaultGraph"}
    known |= {"resultFormat", "namedGraph", "name", "SPARQL11Query"}
    used = {term for triple in described for term in triple if isinstance(term, URIRef) and term.startswith(SD)}
    assert {term.removeprefix(SD) for term in used} <= known


def test_every_test_of_the_protocol_is_one_of_queries_or_of_updates() -> None:
    names = {case.name for case in cases(PROTOCOL)}
    assert {name for name in names if "update" not in name} == TESTS.keys()


def test_no_suite_is_forgotten() -> None:
    """What the manifest of all suites includes is run, or on the list of what is not."""
    there = {f"{path.parent.relative_to(ROOT)}" for path in ROOT.glob("*/*/manifest.ttl")}
    assert there - {*EVALUATION, *SYNTAX, PROTOCOL, DESCRIPTION, *NOT_RUN} == set()


def test_the_page_says_what_passes() -> None:
    assert twice_listed() == []
    check_golden(PAGE, page())
