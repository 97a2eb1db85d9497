"""What an editor asks for: the glossary, checks, texts of the catalogue, and the page with a query in it."""

from __future__ import annotations

import html
import re

import pytest

from asoen_graph.errors import QueryRefused, QuerySyntaxError
from asoen_graph.queries.verdict import judge
from asoen_graph.release import Release
from asoen_graph.server.problems import TYPES
from asoen_graph.store.embedded import EmbeddedStore

from .conftest import Site

MEETING = "SELECT ?x WHERE { ?x a asoen:Meeting }"
FORM = "application/x-www-form-urlencoded"


def check(site: Site, query: str, **parameters: str) -> dict | None:
    answer = site.client.post("/api/check", data={"query": query}, params=parameters)
    assert answer.status_code == 200, answer.text
    found: dict | None = answer.json()
    return found


def text_in(page: str) -> str:
    found = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.DOTALL)
    assert found is not None
    return html.unescape(found[1])


class TestGlossary:
    def test_it_names_everything_once(self, site: Site) -> None:
        glossary = site.get("/api/glossary").json()
        assert glossary["prefixes"]["asoen"] == "https://w3id.org/asoen/ontology#"
        (meeting,) = [each for each in glossary["classes"] if each[0] == "Meeting"]
        assert meeting[1].lower() == "meeting"
        assert all(len(each) == 6 for each in (*glossary["classes"], *glossary["concepts"]))
        (series,) = [each for each in glossary["properties"] if each[0] == "series"]
        assert series[5:] == ["asoen:MeetingSeries", ["asoen:Meeting"]]
        entities = {name[0]: [of, *name[1:]] for of, *names in glossary["entities"] for name in names}
        assert entities["lsoe-12"] == ["asoen:Meeting", "12th LSOE", "Hội nghị LSOE lần thứ 12"]

    def test_relation_nodes_and_publishers_are_left_out(self, site: Site) -> None:
        classes = {of for of, *_ in site.get("/api/glossary").json()["entities"]}
        assert "asoen:Country" in classes or len(classes) > 3
        assert classes.isdisjoint({"asoen:Participation", "asoen:Publisher"})

    def test_it_is_kept_by_who_has_it(self, site: Site) -> None:
        first = site.get("/api/glossary")
        again = site.client.get("/api/glossary", headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")

    def test_nothing_else_is_asked_there(self, site: Site) -> None:
        assert site.get("/api/glossary", q="x").status_code == 400
        assert site.get("/api/glossary", accept="text/turtle").status_code == 406


class TestCheck:
    def test_a_query_that_is_right(self, site: Site) -> None:
        assert check(site, MEETING) is None
        assert site.get("/api/check", query=MEETING).json() is None

    @pytest.mark.parametrize(
        "query",
        [
            "SELECT * WHRE { ?x a asoen:Meeting }",
            "SELECT ?x { ?x a nope:Meeting }",
            "INSERT DATA { id:a a asoen:Meeting }",
            "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
            "SELECT * FROM <http://example.org/> { ?s ?p ?o }",
            "SELECT ?x (COUNT(*) AS ?n) { ?x a asoen:Meeting }",
            "",
            "{",
        ],
    )
    def test_it_says_what_the_query_would_end_in(self, site: Site, query: str) -> None:
        found = check(site, query)
        assert found is not None
        run = site.client.post("/sparql", data={"query": query}).json()
        assert found == run

    def test_what_is_certain_is_mended(self, site: Site) -> None:
        found = check(site, "SELECT * WHRE { ?x a asoen:Meeting }")
        assert found is not None
        assert (found["line"], found["column"], found["token"]) == (1, 10, "WHRE")
        assert found["repaired"] == "SELECT * WHERE { ?x a asoen:Meeting }"

    def test_names_that_are_not_there_are_doubted(self, site: Site) -> None:
        found = check(site, "SELECT * {\n ?x a asoen:Meting ;\n asoen:place id:port-azur }")
        assert found is not None
        assert (found["type"], found["status"]) == (f"{TYPES}doubt", 200)
        assert (found["line"], found["token"], found["nearest"][0]) == (2, "asoen:Meting", "asoen:Meeting")
        (other,) = found["more"]
        assert (other["line"], other["nearest"][0]) == (3, "id:port-azure")

    def test_a_query_that_would_take_for_ever_is_not_asked(self, site: Site) -> None:
        endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"
        assert check(site, endless, timeout="5") is None

    @pytest.mark.parametrize(
        ("body", "content_type", "status"),
        [
            ("", FORM, 400),
            ("query=ASK{}&query=ASK{}", FORM, 400),
            ("query=ASK{}&format=json&nonsense=1", FORM, 400),
            ("query=ASK{}&lang=xx", FORM, 400),
            ("query=%ff", FORM, 400),
            ("update=CLEAR ALL", FORM, 403),
            ("{}", "application/json", 415),
        ],
    )
    def test_bad_requests(self, site: Site, body: str, content_type: str, status: int) -> None:
        answer = site.client.post("/api/check", content=body, headers={"Content-Type": content_type})
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "application/problem+json"

    def test_the_address_says_what_it_takes(self, site: Site) -> None:
        assert "POST" in site.client.options("/api/check").headers["allow"]
        assert site.client.put("/api/check", content="").status_code == 405


def test_a_verdict_needs_no_server(lagoon_release: Release) -> None:
    store = EmbeddedStore(lagoon_release.store())
    assert judge(MEETING, store) == (None, ())
    assert isinstance(judge("SELECT", store).mistake, QuerySyntaxError)
    assert isinstance(judge("CLEAR ALL", store).mistake, QueryRefused)
    assert [each.nearest[0] for each in judge("ASK { ?x a asoen:Meting }", store).doubts] == ["asoen:Meeting"]


class TestTexts:
    def test_the_text_as_it_is_in_the_catalogue(self, site: Site) -> None:
        answer = site.get("/api/queries/meetings.rq")
        assert answer.headers["content-type"] == "application/sparql-query; charset=utf-8"
        assert "VALUES ?series { id:lsoe-series }" in answer.text
        assert "etag" in answer.headers

    def test_values_are_bound(self, site: Site) -> None:
        text = site.get("/api/queries/meetings.rq", least="12").text
        assert 'VALUES ?least { "12"^^<http://www.w3.org/2001/XMLSchema#integer> }' in text
        rows = site.sparql(text, format="json").json()["results"]["bindings"]
        bound = site.get("/api/queries/meetings", least="12", format="srj").json()
        assert len(rows) == len(bound["results"]["bindings"] if isinstance(bound, dict) else bound) > 0

    def test_what_is_wrong_is_told(self, site: Site) -> None:
        assert "meetings" in site.get("/api/queries/meetigs.rq").json()["nearest"]
        assert site.get("/api/queries/meetigs.rq").status_code == 404
        assert site.get("/api/queries/meetings.rq", leest="12").status_code == 400
        wrong = site.get("/api/queries/meetings.rq", series="lsoe-seris").json()
        assert (wrong["status"], wrong["parameter"]) == (400, "series")

    def test_the_list_has_the_texts_where_they_are_asked_for(self, site: Site) -> None:
        (first, *_) = site.get("/api/queries", fields="name,text").json()["items"]
        assert list(first) == ["name", "text"]
        assert "text" not in site.get("/api/queries").json()["items"][0]


class TestPage:
    @pytest.mark.parametrize("query", ["ASK {}", "SELECT * WHRE {}", "</textarea><script>1</script>", "\"&amp;'<>"])
    def test_it_begins_with_the_text_of_the_address(self, site: Site, query: str) -> None:
        page = site.get("/sparql", "text/html", edit=query)
        assert page.status_code == 200
        assert text_in(page.text) == query
        assert "<script>1" not in page.text

    def test_a_broken_query_is_told_of_with_a_way_on(self, site: Site) -> None:
        page = site.get("/sparql", "text/html", edit="SELECT * WHRE { ?x a asoen:Meeting }", lang="vi").text
        assert "WHRE không thể đứng ở đây" in page
        (link,) = re.findall(r'href="(/sparql\?edit=[^"]+WHERE[^"]+)"', page)
        mended = site.client.get(html.unescape(link), headers={"Accept": "text/html"}).text
        assert text_in(mended) == "SELECT * WHERE { ?x a asoen:Meeting }"

    def test_an_example_with_values(self, site: Site) -> None:
        page = site.get("/sparql", "text/html", example="meetings", least="12").text
        assert 'VALUES ?least { "12"' in text_in(page)
        assert site.get("/sparql", "text/html", example="meetngs").status_code == 404
        assert site.get("/sparql", "text/html", example="meetings", last="1").status_code == 404
        assert site.get("/sparql", "text/html", example=["meetings", "is-held"]).status_code == 400

    def test_every_example_of_the_page_leads_somewhere(self, site: Site) -> None:
        links = re.findall(r'href="(/sparql\?example=[^"]+)"', site.get("/sparql", "text/html").text)
        assert links
        for link in links:
            assert site.client.get(html.unescape(link), headers={"Accept": "text/html"}).status_code == 200

    def test_the_protocol_is_as_it_was(self, site: Site) -> None:
        assert site.get("/sparql", "text/turtle").headers["content-type"].startswith("text/turtle")
        assert site.sparql("ASK {}", "text/html").status_code == 200
        assert site.sparql("ASK {}", "application/sparql-results+json", edit="SELECT").json()["boolean"] is True
