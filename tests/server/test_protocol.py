"""The SPARQL 1.1 Protocol, as clients see it."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pytest
import rdflib
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from asoen_graph.server.forms import BINDINGS, BOOLEANS, FOR_PEOPLE, TRIPLES
from asoen_graph.server.negotiation import parse_accept
from asoen_graph.server.requests import LONGEST_ADDRESS

from .conftest import LIMITS, Site

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

SELECT = "SELECT ?m ?n WHERE { ?m a asoen:Meeting ; asoen:ordinal ?n } ORDER BY ?n ?m"
CONSTRUCT = "CONSTRUCT { ?m asoen:ordinal ?n } WHERE { ?m asoen:ordinal ?n }"
DESCRIBE = "DESCRIBE id:lsoe-12"
RDF_PARSERS = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdf": "xml", "trig": "trig", "nq": "nquads"}
GRAPH = "https://w3id.org/asoen/graph/"
ID = "https://w3id.org/asoen/id/"
ORDINALS = [4, 11, 12, 13]


def ordinals(text: str) -> list[int]:
    return [int(row["n"]["value"]) for row in json.loads(text)["results"]["bindings"]]


class TestAsking:
    def test_get(self, site: Site) -> None:
        answer = site.sparql(SELECT)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/sparql-results+json"
        assert set(ordinals(answer.text)) <= set(ORDINALS)
        assert 12 in ordinals(answer.text)

    def test_post_form(self, site: Site) -> None:
        assert site.client.post("/sparql", data={"query": SELECT}).text == site.sparql(SELECT).text

    @pytest.mark.parametrize("charset", ["", "; charset=utf-8", '; charset="UTF-8"'])
    def test_post_direct(self, site: Site, charset: str) -> None:
        query = 'ASK { ?m rdfs:label "Hội nghị LSOE lần thứ 12"@vi }'
        answer = site.client.post(
            "/sparql", content=query.encode(), headers={"Content-Type": "application/sparql-query" + charset}
        )
        assert answer.json()["boolean"] is True

    def test_head_is_get_without_a_body(self, site: Site) -> None:
        head = site.client.head("/sparql", params={"query": SELECT})
        get = site.sparql(SELECT)
        assert head.status_code == 200
        assert head.content == b""
        for header in ("content-type", "content-length", "etag", "vary"):
            assert head.headers[header] == get.headers[header]

    def test_options(self, site: Site) -> None:
        answer = site.client.options("/sparql", headers={"Origin": "https://example.org"})
        assert answer.status_code == 204
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"
        assert answer.headers["access-control-allow-origin"] == "*"

    def test_a_byte_order_mark_is_no_error(self, site: Site) -> None:
        answer = site.client.post(
            "/sparql", content=b"\xef\xbb\xbfASK {}", headers={"Content-Type": "application/sparql-query"}
        )
        assert answer.json()["boolean"] is True


class TestDataset:
    COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"

    def count(self, site: Site, query: str = COUNT, **dataset: str | list[str]) -> int:
        return ordinals(site.sparql(query, **dataset).text)[0]

    def test_default_graph(self, site: Site) -> None:
        everything = self.count(site)
        register = self.count(site, **{"default-graph-uri": GRAPH + "register"})
        inferred = self.count(site, **{"default-graph-uri": GRAPH + "inferred"})
        both = self.count(site, **{"default-graph-uri": [GRAPH + "register", GRAPH + "inferred"]})
        assert 0 < register < both <= register + inferred < everything

    def test_the_protocol_wins_over_the_query(self, site: Site) -> None:
        register = self.count(site, **{"default-graph-uri": GRAPH + "register"})
        query = f"SELECT (COUNT(*) AS ?n) FROM <{GRAPH}inferred> WHERE {{ ?s ?p ?o }}"
        assert self.count(site, query) != register
        assert self.count(site, query, **{"default-graph-uri": GRAPH + "register"}) == register

    def test_named_graphs(self, site: Site) -> None:
        query = "SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
        names = [GRAPH + "register", GRAPH + "inferred"]
        assert self.count(site, query) > 2
        assert self.count(site, query, **{"named-graph-uri": names}) == 2
        assert self.count(site, **{"named-graph-uri": names}) == 0

    def test_in_a_form(self, site: Site) -> None:
        data = {"query": self.COUNT, "default-graph-uri": [GRAPH + "register", GRAPH + "inferred"]}
        posted = ordinals(site.client.post("/sparql", data=data).text)[0]
        assert posted == self.count(site, **{"default-graph-uri": data["default-graph-uri"]})

    def test_beside_a_direct_query(self, site: Site) -> None:
        answer = site.client.post(
            "/sparql",
            params={"default-graph-uri": GRAPH + "register"},
            content=self.COUNT,
            headers={"Content-Type": "application/sparql-query"},
        )
        assert ordinals(answer.text)[0] == self.count(site, **{"default-graph-uri": GRAPH + "register"})

    @pytest.mark.parametrize("iri", ["https://example.org/other", "not an iri", "file:///etc/passwd"])
    def test_a_graph_that_is_not_there_is_not_fetched(self, site: Site, iri: str) -> None:
        assert site.sparql(self.COUNT, **{"default-graph-uri": iri}).status_code == 403


class TestForms:
    @pytest.mark.parametrize("offer", BINDINGS, ids=lambda offer: offer.media_type)
    def test_select(self, site: Site, offer: object) -> None:
        answer = site.sparql(SELECT, offer.media_type)
        assert answer.status_code == 200
        assert answer.headers["content-type"].partition(";")[0] == offer.media_type
        expected = ordinals(site.sparql(SELECT).text)
        if offer.format == "json":
            found = ordinals(answer.text)
        elif offer.format == "xml":
            literals = ElementTree.fromstring(answer.text).iter("{http://www.w3.org/2005/sparql-results#}literal")
            found = [int(each.text) for each in literals]
        else:
            rows = list(csv.reader(io.StringIO(answer.text), delimiter="\t" if offer.format == "tsv" else ","))
            found = [int(row[1]) for row in rows[1:]]
        assert found == expected

    @pytest.mark.parametrize("offer", BOOLEANS, ids=lambda offer: offer.media_type)
    def test_ask(self, site: Site, offer: object) -> None:
        answer = site.sparql("ASK {}", offer.media_type)
        assert answer.headers["content-type"].partition(";")[0] == offer.media_type
        assert "true" in answer.text

    @pytest.mark.parametrize("media_type", ["text/csv", "text/tab-separated-values"])
    def test_ask_is_a_word_in_forms_that_hold_rows(self, site: Site, media_type: str) -> None:
        assert site.sparql("ASK {}", media_type).text == "true"

    def test_ask_is_no_graph(self, site: Site) -> None:
        assert site.sparql("ASK {}", "text/turtle").status_code == 406

    @pytest.mark.parametrize(
        ("query", "name", "media_type"),
        [
            (CONSTRUCT, "turtle", "text/turtle"),
            (CONSTRUCT, "json-ld", "application/ld+json"),
            (CONSTRUCT, "xml", "application/rdf+xml"),
            (CONSTRUCT, "application/n-triples", "application/n-triples"),
            (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
            (SELECT, "text/csv", "text/csv"),
        ],
    )
    def test_forms_by_the_names_that_clients_use(self, site: Site, query: str, name: str, media_type: str) -> None:
        answer = site.sparql(query, format=name, output=name, results=name)
        assert answer.headers["content-type"].partition(";")[0] == media_type

    @pytest.mark.parametrize("offer", TRIPLES, ids=lambda offer: offer.media_type)
    @pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE])
    def test_graphs(self, site: Site, offer: object, query: str) -> None:
        answer = site.sparql(query, offer.media_type)
        assert answer.headers["content-type"].partition(";")[0] == offer.media_type
        graph = rdflib.Dataset().parse(data=answer.text, format=RDF_PARSERS[offer.format])
        reference = rdflib.Graph().parse(data=site.sparql(query, "application/n-triples").text, format="nt")
        assert len(graph) == len(reference) > 0

    @pytest.mark.parametrize("offer", FOR_PEOPLE, ids=lambda offer: offer.format)
    def test_for_people(self, site: Site, offer: object) -> None:
        answer = site.sparql(SELECT, format=offer.format)
        assert answer.status_code == 200
        assert answer.headers["content-type"].partition(";")[0] == offer.media_type
        if offer.format in ("html", "md"):
            assert "12th LSOE" in answer.text
            assert "Hội nghị LSOE lần thứ 12" in site.sparql(SELECT, format=offer.format, lang="vi").text

    def test_a_name_wins_over_accept(self, site: Site) -> None:
        answer = site.sparql(SELECT, "application/json", format="csv")
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"

    def test_an_unknown_name(self, site: Site) -> None:
        problem = site.sparql(SELECT, format="jsn").json()
        assert (problem["status"], problem["parameter"]) == (400, "format")
        assert "json" in problem["hint"]

    def test_refusal_lists_what_there_is(self, site: Site) -> None:
        answer = site.sparql(SELECT, "image/png")
        assert answer.status_code == 406
        assert answer.headers["content-type"] == "application/problem+json"
        assert "text/csv" in answer.json()["available"]

    def test_vary(self, site: Site) -> None:
        assert "Accept" in site.sparql(SELECT).headers["vary"].split(", ")

    accepts = st.lists(
        st.tuples(
            st.sampled_from(
                ["*/*", "text/*", "application/*", "image/png", *{o.media_type for o in (*BINDINGS, *TRIPLES)}]
            ),
            st.sampled_from(["", ";q=0", ";q=0.5", ";q=x", ";charset=utf-8", ";;", '"']),
        ).map("".join),
        max_size=4,
    ).map(",".join)

    @hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(accept=accepts, query=st.sampled_from([SELECT, "ASK {}", CONSTRUCT]))
    def test_any_accept_header(self, site: Site, accept: str, query: str) -> None:
        answer = site.sparql(query, accept)
        assert answer.status_code in (200, 406)
        if answer.status_code == 200 and accept.strip():
            sent = answer.headers["content-type"].partition(";")[0]
            assert any(each.covers(sent) and each.quality > 0 for each in parse_accept(accept))


class TestRefusing:
    def refuse(self, site: Site, status: int, code: str, **request: object) -> dict[str, object]:
        answer = site.client.request(request.pop("method", "POST"), "/sparql", **request)  # type: ignore[arg-type]
        problem: dict[str, object] = answer.json()
        assert answer.headers["content-type"] == "application/problem+json"
        assert (answer.status_code, problem["status"]) == (status, status), problem
        assert problem["type"] == f"https://w3id.org/asoen/problem/{code}"
        assert problem["title"]
        assert problem["detail"]
        return problem

    def test_updates(self, site: Site) -> None:
        update = "DELETE WHERE { ?s ?p ?o }"
        direct = {"Content-Type": "application/sparql-update"}
        self.refuse(site, 403, "query-refused", content=update, headers=direct)
        self.refuse(site, 403, "query-refused", data={"update": update})
        self.refuse(site, 403, "query-refused", method="GET", params={"update": update})
        self.refuse(site, 403, "query-refused", data={"update": update, "query": "ASK {}"})
        assert site.sparql(update).status_code in (400, 403)

    def test_more_than_one_query(self, site: Site) -> None:
        self.refuse(site, 400, "bad-request", data={"query": ["ASK {}", "ASK {}"]})
        self.refuse(site, 400, "bad-request", method="GET", params={"query": ["ASK {}", "ASK {}"]})
        direct = {"Content-Type": "application/sparql-query"}
        self.refuse(site, 400, "bad-request", params={"query": "ASK {}"}, content="ASK {}", headers=direct)

    def test_no_query(self, site: Site) -> None:
        self.refuse(site, 400, "bad-request", data={"other": "x"})
        self.refuse(site, 400, "query-syntax", data={"query": ""})

    @pytest.mark.parametrize("media_type", ["text/plain", "application/json", ""])
    def test_other_bodies(self, site: Site, media_type: str) -> None:
        self.refuse(site, 415, "unsupported-media-type", content="ASK {}", headers={"Content-Type": media_type})

    def test_other_charsets(self, site: Site) -> None:
        latin = {"Content-Type": "application/sparql-query; charset=iso-8859-1"}
        self.refuse(site, 415, "unsupported-media-type", content="ASK {}", headers=latin)
        compressed = {"Content-Type": "application/sparql-query", "Content-Encoding": "gzip"}
        self.refuse(site, 415, "unsupported-media-type", content="ASK {}", headers=compressed)
        utf8 = {"Content-Type": "application/sparql-query"}
        self.refuse(site, 400, "bad-request", content='ASK { ?s ?p "é" }'.encode("latin-1"), headers=utf8)
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        self.refuse(site, 400, "bad-request", content=b"query=ASK%20%7B%7D%ff", headers=form)

    def test_long_addresses(self, site: Site) -> None:
        query = "ASK {} #" + "x" * LONGEST_ADDRESS
        self.refuse(site, 414, "address-too-long", method="GET", params={"query": query})

    def test_long_bodies(self, site: Site) -> None:
        direct = {"Content-Type": "application/sparql-query"}
        long = "ASK {} #" + "x" * LIMITS.body
        self.refuse(site, 413, "too-large", content=long, headers=direct)
        self.refuse(site, 413, "too-large", content=iter([long.encode()]), headers=direct)

    @pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
    def test_other_methods(self, site: Site, method: str) -> None:
        answer = site.client.request(method, "/sparql", params={"query": "ASK {}"})
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"
        assert answer.json()["status"] == 405

    def test_syntax(self, site: Site) -> None:
        query = "SELECT ?m WHERE {\n  ?m a asoen:Meeting .\n  FILTR(?m = ?m)\n}"
        problem = self.refuse(site, 400, "query-syntax", method="GET", params={"query": query})
        assert problem["line"] == 3
        assert problem["token"]

    @pytest.mark.parametrize("query", ["CONSTRUKT { ?s ?p ?o } WHERE { ?s ?p ?o }", "", "\u00e9", "SELECT", "{" * 99])
    @pytest.mark.parametrize("accept", ["text/turtle", "text/csv", "application/json", "text/html"])
    def test_a_mistake_in_the_query_comes_before_its_form(self, site: Site, query: str, accept: str) -> None:
        answer = site.sparql(query, accept)
        if (query, accept) == ("SELECT", "text/turtle"):
            assert answer.status_code == 406
        elif accept == "text/html":
            assert answer.headers["content-type"] == "text/html; charset=utf-8"
            assert "https://w3id.org/asoen/problem/query-syntax" in answer.text
        else:
            assert answer.json()["type"] == "https://w3id.org/asoen/problem/query-syntax"

    @pytest.mark.parametrize("timeout", ["0", "-1", "nan", "inf", "soon", ""])
    def test_timeouts_that_are_none(self, site: Site, timeout: str) -> None:
        problem = self.refuse(
            site, 400, "wrong-parameter", method="GET", params={"query": "ASK {}", "timeout": timeout}
        )
        assert problem["parameter"] == "timeout"

    @pytest.mark.parametrize(
        "query",
        [
            "SELECT * WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
            "SELECT * WHERE { sErViCe SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }",
            "SELECT * WHERE { SERVICE#x\n<http://127.0.0.1:1/> { ?s ?p ?o } }",
            "PREFIX e: <http://127.0.0.1:1/> SELECT * WHERE { SERVICE e:x { ?s ?p ?o } }",
            r"SELECT * WHERE { \u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
            "SELECT * WHERE { { SELECT * WHERE { OPTIONAL { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } } } } }",
            "SELECT * WHERE { VALUES ?e { <http://127.0.0.1:1/> } SERVICE ?e { ?s ?p ?o } }",
            "SELECT * FROM <http://127.0.0.1:1/> WHERE { ?s ?p ?o }",
            "LOAD <http://127.0.0.1:1/>",
            "CLEAR ALL",
            "INSERT DATA { id:x a asoen:Meeting }",
        ],
    )
    def test_nothing_leaves_and_nothing_changes(self, site: Site, query: str) -> None:
        problem = self.refuse(site, 403, "query-refused", method="GET", params={"query": query})
        assert problem["line"] == 1


class TestServiceDescription:
    @pytest.mark.parametrize("offer", TRIPLES, ids=lambda offer: offer.media_type)
    def test_in_rdf(self, site: Site, offer: object) -> None:
        answer = site.get("/sparql", offer.media_type)
        graph = rdflib.Dataset().parse(data=answer.text, format=RDF_PARSERS[offer.format])
        endpoint = rdflib.URIRef("http://www.w3.org/ns/sparql-service-description#endpoint")
        assert [str(o) for o in graph.objects(None, endpoint)] == [site.url + "/sparql"]

    def test_turtle_is_the_default(self, site: Site) -> None:
        assert site.get("/sparql").headers["content-type"] == "text/turtle; charset=utf-8"

    def test_a_page_for_people(self, site: Site) -> None:
        answer = site.get("/sparql", "text/html")
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert 'name="query"' in answer.text


class TestLimits:
    def test_rows(self, site: Site) -> None:
        query = "SELECT ?a WHERE { ?a ?b ?c } LIMIT %d"
        for format_ in ("json", "xml", "csv", "tsv", "html"):
            assert site.sparql(query % LIMITS.rows, format=format_).status_code == 200
            answer = site.sparql(query % (LIMITS.rows + 1), format=format_)
            assert answer.status_code == 413
            assert answer.json()["limit"] == "rows"

    def test_size(self, site: Site) -> None:
        query = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r . ?s ?t ?u } LIMIT %d"
        answer = site.sparql(query % LIMITS.rows)
        assert answer.status_code == 413
        assert answer.json()["limit"] == "bytes"
        assert site.sparql(query % 10).status_code == 200
