"""Any query as a network over HTTP: sent as to ``/sparql``, with the same limits, validators and provenance."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from tests.network.mistakes import EMPTY, LINES, MISTAKES, Mistake

from asoen_graph.errors import LimitReached
from asoen_graph.network.formats import FORMATS
from asoen_graph.server.library import Library
from asoen_graph.server.operations import networks
from asoen_graph.server.settings import Settings

from .conftest import LIMITS, Site

SPARQL = {"Content-Type": "application/sparql-query"}
CITED = "SELECT ?source ?target ?fact { GRAPH ?fact { ?source asoen:reportsTo ?target } }"


def asked(site: Site, query: str, format_: str = "json", **parameters: str) -> httpx.Response:
    return site.get(f"/api/network.{format_}", query=query, **parameters)


@pytest.mark.parametrize("format_", FORMATS)
def test_every_form(site: Site, format_: str) -> None:
    answer = asked(site, CITED, format_)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == FORMATS[format_].media_type
    assert answer.content


def test_labels_kinds_and_citations_are_looked_up(site: Site) -> None:
    document = asked(site, CITED, lang="vi").json()
    assert {node["kind"] for node in document["nodes"]} >= {"working-group", "senior-officials-body"}
    assert all(node["label"] == node["label_vi"] for node in document["nodes"])
    assert all(edge["facts"] and edge["sources"] for edge in document["edges"])
    assert document["graph"]["release"].endswith("2031.5.0")


def test_a_period_is_kept_to(site: Site) -> None:
    query = (
        "SELECT ?source ?target ?from { ?p asoen:event ?target ; asoen:participant ?source . "
        "?target asoen:earliest ?from }"
    )
    counts = [len(asked(site, query, **dates).json()["edges"]) for dates in ({}, {"until": "2030"}, {"at": "1999"})]
    assert counts[0] > counts[1] >= counts[2] == 0


@pytest.mark.parametrize("dates", [{}, {"at": "2031"}])
def test_by_post_it_is_the_same(site: Site, dates: dict[str, str]) -> None:
    by_get = asked(site, CITED, "graphml", **dates)
    as_body = site.client.post("/api/network.graphml", params=dates, content=CITED, headers=SPARQL)
    as_form = site.client.post("/api/network.graphml", data={"query": CITED, **dates})
    assert by_get.content == as_body.content == as_form.content
    assert by_get.headers["asoen-query"] == as_body.headers["asoen-query"] == as_form.headers["asoen-query"]


@pytest.mark.parametrize("sent", ["get", "body", "form"])
def test_it_says_where_it_comes_from_and_can_be_had_again(site: Site, sent: str) -> None:
    if sent == "get":
        answer = asked(site, CITED, "csv", at="2031", lang="vi")
    elif sent == "body":
        answer = site.client.post("/api/network.csv?at=2031&lang=vi", content=CITED, headers=SPARQL)
    else:
        answer = site.client.post("/api/network.csv", data={"query": CITED, "at": "2031", "lang": "vi"})
    assert answer.headers["asoen-query"][:16] in answer.headers["asoen-citation"]
    address = answer.headers["link"].partition(">")[0][1:]
    asked_again = parse_qs(urlsplit(address).query)
    assert asked_again == {"query": [CITED], "at": ["2031"], "lang": ["vi"]}
    assert site.client.get(address).content == answer.content


def test_it_takes_a_title(site: Site) -> None:
    picture = asked(site, CITED, "svg", title="Ai báo cáo lên ai? <A & B>")
    assert "Ai báo cáo lên ai? &lt;A &amp; B&gt;</title>" in picture.text
    assert asked(site, CITED, title="One").json()["graph"]["title"] == "One"
    assert site.get("/api/networks/together.json", title="Two").json()["graph"]["title"] == "Two"


def test_it_is_not_sent_to_who_has_it(site: Site) -> None:
    answer = asked(site, CITED, "svg")
    again = site.client.get(answer.url, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert asked(site, CITED, "svg", at="2031").headers["etag"] != answer.headers["etag"]


def test_what_is_another_each_time_is_not_kept(site: Site) -> None:
    answer = asked(site, LINES.replace("}", "FILTER(RAND() < 2) }"))
    assert (answer.headers["cache-control"], answer.headers.get("link")) == ("no-store", None)


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told(site: Site, mistake: Mistake) -> None:
    for answer in (
        asked(site, mistake.query, "svg", **mistake.dates),
        site.client.post("/api/network.svg", params=mistake.dates, content=mistake.query, headers=SPARQL),
    ):
        assert answer.status_code in (400, 403), answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        problem = answer.json()
        told = " ".join(str(problem[member]) for member in ("title", "detail", "hint", "nearest") if member in problem)
        for words in mistake.says:
            assert words in told


def test_a_mistyped_name_comes_with_the_query_mended(site: Site) -> None:
    problem = asked(site, MISTAKES["no such property"].query).json()
    assert problem["type"].endswith("/query-syntax")
    assert problem["repaired"] == MISTAKES["no such property"].query.replace("reportTo", "reportsTo")


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_network_is_an_answer(site: Site, name: str, format_: str) -> None:
    answer = asked(site, EMPTY[name][0], format_)
    assert answer.status_code == 200, answer.text
    if format_ == "json":
        assert answer.json()["graph"]["notes"] == " ".join(("The query found no links.", *EMPTY[name][1]))


def test_rows_are_limited_before_they_are_drawn(settings: Settings) -> None:
    library = Library.open(settings.release, settings.queries)
    arguments = {"query": CITED, "format": "json", "at": None, "from": None, "until": None, "title": None}
    arguments |= {"language": "en"}
    count = len(json.loads(networks.of_query(library, arguments, LIMITS).body)["edges"])
    assert count > 1
    assert networks.of_query(library, arguments, replace(LIMITS, rows=count)).status == 200
    with pytest.raises(LimitReached, match=f"{count} rows"):
        networks.of_query(library, arguments, replace(LIMITS, rows=count - 1))


def test_what_takes_too_long_is_stopped(site: Site) -> None:
    answer = asked(site, "SELECT ?source ?target { ?source ?a ?b . ?target ?c ?d . ?e ?f ?g }", timeout="0.3")
    assert (answer.status_code, answer.json()["limit"]) == (503, "time")


def test_another_graph_is_not_asked(site: Site) -> None:
    answer = asked(site, "SELECT ?source ?target { SERVICE <http://127.0.0.1/> { ?source ?p ?target } }")
    assert answer.status_code == 403


class TestAddresses:
    def test_no_query(self, site: Site) -> None:
        assert site.get("/api/network.svg").json()["detail"] == "There is no query"
        assert site.client.post("/api/network.svg", data={"lang": "vi"}).status_code == 400

    def test_two_queries(self, site: Site) -> None:
        assert site.get("/api/network.svg", query=[LINES, LINES]).status_code == 400
        assert site.client.post("/api/network.svg?query=x", content=LINES, headers=SPARQL).status_code == 400

    def test_a_body_of_another_kind(self, site: Site) -> None:
        assert site.client.post("/api/network.svg", json={"query": LINES}).status_code == 415
        update = {"Content-Type": "application/sparql-update"}
        assert site.client.post("/api/network.svg", content="CLEAR ALL", headers=update).status_code == 403

    def test_an_unknown_parameter(self, site: Site) -> None:
        problem = asked(site, LINES, form="2019").json()
        assert (problem["parameter"], "from" in problem["hint"]) == ("form", True)

    def test_an_unknown_format(self, site: Site) -> None:
        answer = asked(site, LINES, "graphlm")
        assert (answer.status_code, answer.json()["nearest"]) == (404, ["graphml", "graphology"])

    def test_no_format(self, site: Site) -> None:
        answer = site.get("/api/network", query=LINES)
        assert (answer.status_code, answer.json()["nearest"][0]) == (404, "network.svg")

    def test_the_page_leads_there(self, site: Site) -> None:
        for language in ("en", "vi"):
            assert 'formaction="/api/network.svg">' in site.get("/sparql", "text/html", lang=language).text

    def test_it_is_described(self, site: Site) -> None:
        described = site.get("/openapi.json").json()["paths"]["/api/network.{format}"]
        assert set(described) == {"get", "post"}
        assert set(described["post"]["requestBody"]["content"]) == {
            "application/sparql-query",
            "application/x-www-form-urlencoded",
        }
        for operation in described.values():
            (place,) = [each for each in operation["parameters"] if each["in"] == "path"]
            assert place["schema"]["enum"] == [*FORMATS]
            schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
            assert schema["$ref"].endswith("/Network")
