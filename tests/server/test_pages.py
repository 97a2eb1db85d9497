"""The server about itself: start page, documentation, descriptions, health."""

from __future__ import annotations

import json
import logging
import re
import time
import urllib.robotparser

import pytest
import rdflib

from asoen_graph.release import Release
from asoen_graph.server import problems
from asoen_graph.server.pages import TEMPLATES

from .conftest import Site

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

VOID = "http://rdfs.org/ns/void#"


class TestStartPage:
    @pytest.mark.parametrize("language", ["en", "vi"])
    def test_it_says_what_is_here(self, site: Site, lagoon_release: Release, language: str) -> None:
        page = site.get("/", lang=language).text
        counts = lagoon_release.manifest.counts
        for count in (counts.entities, counts.facts, counts.sources):
            assert f"<dd>{count}</dd>" in page
        assert {"en": "Meetings of a series", "vi": "Các kỳ họp của một chuỗi"}[language] in page

    def test_every_link_leads_somewhere(self, site: Site) -> None:
        links = set(re.findall(r'<(?!a href="https://)\w+ [^>]*href="([^"]+)"', site.get("/").text))
        assert len(links) > 20
        for link in links:
            assert site.client.get(link.replace("&amp;", "&")).status_code == 200, link


class TestDocumentation:
    def test_no_asset_from_outside(self, site: Site) -> None:
        page = site.get("/docs")
        assert page.status_code == 200
        addresses = re.findall(r'(?:src|href)="([^"]+)"', page.text)
        assets = [each for each in addresses if each.startswith("/docs/")]
        assert set(addresses) - set(assets) == {"/", "/openapi.json"}
        assert len(assets) == 4
        for asset in assets:
            assert site.get(asset).status_code == 200
        assert "http" not in page.text
        assert "validatorUrl: null" in site.get("/docs/start.js").text
        assert "script-src 'self'" in page.headers["content-security-policy"]

    def test_no_other_documentation_page(self, site: Site) -> None:
        assert site.get("/redoc").status_code == 404

    def test_the_document_is_valid(self, site: Site) -> None:
        validator = pytest.importorskip("openapi_spec_validator")
        validator.validate(site.get("/openapi.json").json())

    def test_every_operation_is_described(self, site: Site) -> None:
        document = site.get("/openapi.json").json()
        assert document["openapi"] == "3.0.3"
        operations = [each for path in document["paths"].values() for each in path.values()]
        names = [operation["operationId"] for operation in operations]
        assert len(names) == len(set(names))
        assert {"sparql-get", "sparql-post", "query-meetings", "query-is-held", "network-together"} <= set(names)
        for operation in operations:
            assert operation["summary"]
            assert operation["description"]
            assert "application/problem+json" in operation["responses"]["default"]["content"]

    def test_references_lead_somewhere(self, site: Site) -> None:
        document = site.get("/openapi.json").json()
        for reference in set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(document))):
            assert reference in document["components"]["schemas"], reference

    def test_parameters_of_a_query(self, site: Site) -> None:
        operation = site.get("/openapi.json").json()["paths"]["/api/queries/meetings"]["get"]
        parameters = {parameter["name"]: parameter for parameter in operation["parameters"]}
        assert list(parameters) == ["series", "least", "format", "lang", "timeout"]
        assert parameters["series"]["schema"] == {"type": "string", "default": "lsoe-series"}
        assert "meeting-series" in parameters["series"]["description"]
        assert parameters["least"]["schema"]["type"] == "integer"

    def test_examples_of_paths_are_answered(self, site: Site) -> None:
        for path, operations in site.get("/openapi.json").json()["paths"].items():
            if "get" in operations and "{" not in path:
                known = {p["name"]: p["example"] for p in operations["get"].get("parameters", []) if "example" in p}
                assert site.client.get(path, params=known).status_code == 200, path


class TestVoid:
    def test_it_counts(self, site: Site, lagoon_release: Release) -> None:
        graph = rdflib.Graph().parse(data=site.get("/.well-known/void").text, format="turtle")
        dataset = rdflib.URIRef("https://w3id.org/asoen/dataset")
        (triples,) = graph.objects(dataset, rdflib.URIRef(VOID + "triples"))
        (endpoint,) = graph.objects(dataset, rdflib.URIRef(VOID + "sparqlEndpoint"))
        (service,) = graph.subjects(rdflib.DCAT.servesDataset, dataset)
        executables = set(graph.subjects(rdflib.RDF.type, rdflib.SH.SPARQLExecutable))
        assert executables == set(graph.subjects(rdflib.SDO.target, service))
        assert executables
        assert int(triples) == lagoon_release.manifest.counts.default_graph
        assert str(endpoint) == site.url + "/sparql"

    def test_forms(self, site: Site) -> None:
        assert site.get("/.well-known/void", "application/rdf+xml").headers["content-type"] == "application/rdf+xml"
        assert site.get("/.well-known/void", "image/png").status_code == 406

    def test_the_dataset_leads_here(self, site: Site) -> None:
        answer = site.client.get("/dataset", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/.well-known/void")


class TestReport:
    def test_the_page_speaks_both_languages(self, site: Site) -> None:
        for language, title in (("en", "Quality report"), ("vi", "Báo cáo chất lượng")):
            answer = site.get("/report", lang=language)
            assert answer.headers["content-type"] == "text/html; charset=utf-8"
            assert answer.headers["content-language"] == language
            assert f"<h1>{title}</h1>" in answer.text
            assert f'href="/id/lsoe-series.html?lang={language}"' in answer.text
            assert "style=" not in answer.text
            assert "<nav" in answer.text.partition("<main")[0]

    def test_the_data(self, site: Site, lagoon_release: Release) -> None:
        answer = site.get("/report.json")
        assert answer.headers["content-type"] == "application/json"
        assert answer.json()["totals"]["facts"] == lagoon_release.manifest.counts.facts
        again = site.client.get("/report.json", headers={"If-None-Match": answer.headers["etag"]})
        assert again.status_code == 304


class TestEdge:
    @pytest.mark.parametrize("code", problems.KINDS)
    def test_the_types_of_problems_are_explained(self, site: Site, code: str) -> None:
        assert site.get(f"/problem/{code}").json()["type"] == problems.TYPES + code

    def test_a_type_that_is_none(self, site: Site) -> None:
        assert site.get("/problem/time-limits").json()["nearest"][0] == "time-limit"

    def test_health(self, site: Site) -> None:
        assert site.get("/health").json() == {"status": "ok"}
        assert site.get("/ready").json() == {"status": "ready", "release": "2031.5.0"}

    def test_nothing_here(self, site: Site) -> None:
        problem = site.get("/nowhere").json()
        assert problem["type"] == "https://w3id.org/asoen/problem/not-found"
        assert site.client.post("/id/lsoe-12").headers["allow"] == "GET, HEAD, OPTIONS"

    def test_search_engines_find_pages_and_ask_no_queries(self, site: Site) -> None:
        rules = urllib.robotparser.RobotFileParser()
        rules.parse(site.get("/robots.txt").text.splitlines())
        for address in ("/", "/id/lsoe-12.html?lang=vi", "/entities?class=meeting", "/releases"):
            assert rules.can_fetch("any", address), address
        for address in ("/sparql?query=ASK%20%7B%7D", "/api/entities", "/search?q=x", "/data?default"):
            assert not rules.can_fetch("any", address), address

    def test_reading_is_open_to_every_page(self, site: Site) -> None:
        answer = site.client.get("/health", headers={"Origin": "https://example.org"})
        assert answer.headers["access-control-allow-origin"] == "*"
        preflight = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
        answer = site.client.options("/sparql", headers=preflight)
        assert "POST" in answer.headers["access-control-allow-methods"]

    def test_every_answer_is_numbered_and_says_what_it_is(self, site: Site) -> None:
        answers = [site.get("/health"), site.get("/nowhere"), site.sparql("SELEC"), site.client.head("/id/lsoe-12.ttl")]
        assert len({answer.headers["x-request-id"] for answer in answers}) == 4
        assert all(answer.headers["x-content-type-options"] == "nosniff" for answer in answers)
        assert all(answer.headers["asoen-release"] == "2031.5.0" for answer in answers)

    def test_the_log_says_what_was_asked_and_not_by_whom(self, site: Site, caplog: pytest.LogCaptureFixture) -> None:
        with caplog.at_level(logging.INFO, "asoen.access"):
            site.sparql('ASK { ?s ?p "a secret" }')
            number = site.get("/health").headers["x-request-id"]
            # The line is written a moment after the answer.
            for _ in range(500):
                records = [each.getMessage() for each in caplog.records if each.name == "asoen.access"]
                lines = [json.loads(line) for record in records for line in record.splitlines()]
                if any(line["request"] == number for line in lines):
                    break
                time.sleep(0.01)
        (line,) = [line for line in lines if line["request"] == number]
        assert {name: line[name] for name in ("method", "path", "status")} == {
            "method": "GET",
            "path": "/health",
            "status": 200,
        }
        assert set(line) == {"request", "method", "path", "status", "bytes", "ms"}
        assert "secret" not in caplog.text
        assert "127.0.0.1" not in json.dumps(lines)

    def test_a_mistake_of_ours_tells_a_number_and_no_more(
        self, site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        from asoen_graph.server.routes import pages

        monkeypatch.setattr(pages, "language", None)
        # Written as no request before it, whose answer would be kept.
        answer = site.get("/", timeout="17")
        problem = answer.json()
        assert (answer.status_code, problem["status"]) == (500, 500)
        assert problem["request"] == answer.headers["x-request-id"]
        assert "NoneType" not in answer.text
        assert f"request {problem['request']}: TypeError" in caplog.text


def test_the_page_for_queries_is_written_once() -> None:
    """That of files is the same page with more on it."""
    asking = [path.name for path in TEMPLATES.glob("*.html") if 'action="/sparql"' in path.read_text(encoding="utf-8")]
    assert asking == ["sparql.html"]


def test_every_word_is_said_somewhere() -> None:
    """A word of the pages stands in a template, a script or a module, by itself or by how it begins."""
    package = TEMPLATES.parents[1]
    scripts = package.parents[1] / "web" / "src"
    files = [*TEMPLATES.glob("*.html"), *package.rglob("*.py"), *scripts.rglob("*.ts")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    said = set(re.findall(r"words\.(\w+)", text)) | set(re.findall(r"""["'`]([\w.-]+)["'`]""", text))
    begun = tuple({*re.findall(r"""["']([\w.]+[_.])["'] ~""", text), *re.findall(r"""[`"']([\w.]+[_.])\$?\{""", text)})
    words = {word for path in TEMPLATES.glob("words/*.json") for word in json.loads(path.read_text(encoding="utf-8"))}
    assert [word for word in sorted(words - said) if not word.startswith(begun)] == []
