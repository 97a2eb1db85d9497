"""IRIs of the project lead to what they stand for, in every form, with sources."""

from __future__ import annotations

import json
import re

import pytest
import rdflib
from rdflib import RDF, RDFS, URIRef

from asoen_graph.iris import DCTERMS, ENTITY, FACT, PROV, TERM
from asoen_graph.release import Release

from .conftest import Site

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

PARSERS = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdf": "xml", "trig": "trig", "nq": "nquads"}
MEDIA_TYPES = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "trig": "application/trig",
    "nq": "application/n-quads",
    "json": "application/json",
    "html": "text/html",
}
DERIVED = URIRef(PROV + "wasDerivedFrom")
STATUS, LOCATOR = URIRef(TERM + "status"), URIRef(TERM + "locator")
SOURCES = ("blue-school-flyer", "coral-times-azure", "lagoon-union-record", "reef-fund-page")


def first_fact(site: Site, about: str) -> str:
    query = f"SELECT ?f WHERE {{ GRAPH ?f {{ id:{about} ?p ?o }} ?f a asoen:Fact }} ORDER BY ?f LIMIT 1"
    (row,) = site.sparql(query).json()["results"]["bindings"]
    return str(row["f"]["value"]).removeprefix(FACT)


def addresses(site: Site) -> dict[str, str]:
    return {"id": "lsoe-12", "source": "lagoon-union-record", "fact": first_fact(site, "lsoe-12")}


@pytest.mark.parametrize("kind", ["id", "source", "fact"])
@pytest.mark.parametrize("suffix", MEDIA_TYPES)
def test_accept_leads_to_the_representation(site: Site, kind: str, suffix: str) -> None:
    address = f"/{kind}/{addresses(site)[kind]}"
    answer = site.get(address, MEDIA_TYPES[suffix])
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{address}.{suffix}"
    assert "Accept" in answer.headers["vary"]
    found = site.get(answer.headers["location"])
    assert found.status_code == 200
    assert found.headers["content-type"].partition(";")[0] == MEDIA_TYPES[suffix]


def test_turtle_is_the_default_and_pictures_are_refused(site: Site) -> None:
    assert site.get("/id/lsoe-12", "*/*").headers["location"] == "/id/lsoe-12.ttl"
    assert site.get("/id/lsoe-12", "image/png").status_code == 406


@pytest.mark.parametrize("kind", ["id", "source", "fact"])
@pytest.mark.parametrize("suffix", PARSERS)
def test_rdf_carries_sources_and_labels(site: Site, kind: str, suffix: str) -> None:
    name = addresses(site)[kind]
    graph = rdflib.Dataset(default_union=True)
    graph.parse(data=site.get(f"/{kind}/{name}.{suffix}").text, format=PARSERS[suffix])
    facts = set(graph.subjects(RDF.type, URIRef(TERM + "Fact")))
    assert facts
    for fact in facts:
        assert list(graph.objects(fact, DERIVED)), fact
        assert list(graph.objects(fact, STATUS)), fact
        assert list(graph.objects(fact, LOCATOR)), fact
    retired = set(graph.subjects(URIRef(DCTERMS + "isReplacedBy"), None))
    entities = {o for o in graph.all_nodes() if isinstance(o, URIRef) and o.startswith(ENTITY)} - retired
    for entity in entities:
        assert list(graph.objects(entity, RDFS.label)), entity
    for property_ in set(graph.predicates()):
        if property_.startswith(TERM):
            assert list(graph.objects(property_, RDFS.label)), property_


def test_every_fact_is_tied_to_its_triple(site: Site) -> None:
    in_graphs = rdflib.Dataset().parse(data=site.get("/id/lsoe-12.trig").text, format="trig")
    flat = rdflib.Graph().parse(data=site.get("/id/lsoe-12.nt").text, format="nt")
    stated = {(s, p, o, str(g)) for s, p, o, g in in_graphs.quads() if str(g).startswith(FACT)}
    assert stated
    for subject, predicate, value, fact in stated:
        assert (URIRef(fact), RDF.subject, subject) in flat
        assert (URIRef(fact), RDF.predicate, predicate) in flat
        assert (URIRef(fact), RDF.object, value) in flat


def test_relation_nodes_come_with_what_they_say(site: Site) -> None:
    graph = rdflib.Graph().parse(data=site.get("/id/lsoe-12.ttl").text, format="turtle")
    participations = set(graph.subjects(URIRef(TERM + "event"), URIRef(ENTITY + "lsoe-12")))
    participations |= set(graph.objects(URIRef(ENTITY + "lsoe-12"), URIRef(TERM + "hasParticipation")))
    participants = {str(o) for node in participations for o in graph.objects(node, URIRef(TERM + "participant"))}
    assert ENTITY + "palmyria" in participants


def test_claims_that_are_not_accepted_are_described_and_not_asserted(site: Site) -> None:
    query = """SELECT ?s ?p ?o ?f WHERE { GRAPH ?f { ?s ?p ?o } ?f asoen:status asoen:disputed
        FILTER NOT EXISTS { ?s ?p ?o } FILTER(STRSTARTS(STR(?s), STR(id:))) } ORDER BY ?f LIMIT 1"""
    (row,) = site.sparql(query).json()["results"]["bindings"]
    slug = row["s"]["value"].removeprefix(ENTITY)
    graph = rdflib.Graph().parse(data=site.get(f"/id/{slug}.ttl").text, format="turtle")
    fact, predicate = URIRef(row["f"]["value"]), URIRef(row["p"]["value"])
    (value,) = graph.objects(fact, RDF.object)
    assert (URIRef(ENTITY + slug), predicate, value) not in graph
    assert (fact, STATUS, URIRef(TERM + "disputed")) in graph


@pytest.mark.parametrize("suffix", PARSERS)
def test_the_ontology(site: Site, suffix: str) -> None:
    answer = site.get("/ontology", MEDIA_TYPES[suffix])
    assert answer.headers["content-type"].partition(";")[0] == MEDIA_TYPES[suffix]
    graph = rdflib.Dataset(default_union=True).parse(data=answer.text, format=PARSERS[suffix])
    assert list(graph.objects(URIRef(TERM + "Meeting"), RDFS.label))


def test_json(site: Site) -> None:
    card = site.get("/id/lsoe-12.json").json()
    assert card["label"] == "12th LSOE"
    assert card["statements"][0]["statements"][0]["claims"][0]["source"] in SOURCES
    assert site.get("/id/lsoe-12.json", lang="vi").json()["label"] == "Hội nghị LSOE lần thứ 12"
    assert site.get(f"/fact/{first_fact(site, 'lsoe-12')}.json").json()["about"]["key"] == "lsoe-12"
    assert site.get("/source/lagoon-union-record.json").json()["passages"]


class TestPages:
    def test_the_ontology_explains_every_term(self, site: Site, lagoon_release: Release) -> None:
        page = site.get("/ontology", "text/html").text
        vocabulary = lagoon_release.vocabulary
        for term in (*vocabulary.classes.values(), *vocabulary.properties.values()):
            assert f'id="{term.local_name}"' in page
        assert 'id="reportsTo"' in page
        assert '<a href="/ontology#' in site.get("/id/lsoe-12.html").text

    @pytest.mark.parametrize("kind", ["id", "source", "fact"])
    @pytest.mark.parametrize("language", ["en", "vi"])
    def test_pages_load_what_is_ours_alone(self, site: Site, kind: str, language: str) -> None:
        answer = site.get(f"/{kind}/{addresses(site)[kind]}.html", lang=language)
        assert f'<html lang="{language}"' in answer.text
        assert answer.headers["content-language"] == language
        kinds = r'script|link rel="(?:stylesheet|icon|modulepreload)"'
        loaded = re.findall(rf'<(?:{kinds})[^>]*(?:src|href)="([^"]*)"', answer.text)
        assert all(address.startswith("/assets/") for address in loaded)
        assert len(re.findall("<script", answer.text)) == len(
            re.findall('<script(?: type="module")? src="/', answer.text)
        )
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy

    def test_an_entity_shows_its_sources(self, site: Site) -> None:
        page = site.get("/id/lsoe-12.html").text
        assert "<h1>12th LSOE</h1>" in page
        assert 'href="/source/lagoon-union-record.html?lang=en#p-page-1"' in page
        assert 'href="/id/coralia.html?lang=en"' in page
        assert "page 1" in page
        assert '<span class="status superseded">' in page
        assert 'type="text/turtle" href="/id/lsoe-12.ttl"' in page

    def test_the_language_of_the_reader(self, site: Site) -> None:
        answer = site.client.get("/id/lsoe-12.html", headers={"Accept-Language": "vi-VN,en;q=0.5"})
        assert "<h1>Hội nghị LSOE lần thứ 12</h1>" in answer.text
        assert "Accept-Language" in answer.headers["vary"]

    def test_a_fact_shows_where_it_was_curated(self, site: Site) -> None:
        page = site.get(f"/fact/{first_fact(site, 'lsoe-12')}.html").text
        assert "data/sources/" in page


class TestNames:
    def test_a_retired_slug_leads_to_the_present_one(self, site: Site) -> None:
        assert site.get("/id/lsoe-twelve").headers["location"] == "/id/lsoe-12"
        assert site.get("/id/lsoe-twelve").status_code == 301
        assert site.get("/id/lsoe-twelve.ttl").headers["location"] == "/id/lsoe-12.ttl"
        assert site.get("/api/entities/lsoe-twelve").headers["location"] == "/api/entities/lsoe-12"
        assert site.get("/api/entities/lsoe-twelve/facts").headers["location"] == "/api/entities/lsoe-12/facts"

    @pytest.mark.parametrize(
        ("address", "nearest"),
        [
            ("/id/lsoe-21", "lsoe-12"),
            ("/id/lsoe-21.ttl", "lsoe-12"),
            ("/id/coralla.html", "coralia"),
            ("/source/coral-times", "coral-times-azure"),
            ("/api/entities/coralla", "coralia"),
            ("/api/sources/reef-fund", "reef-fund-page"),
        ],
    )
    def test_an_unknown_one_is_told_the_nearest(self, site: Site, address: str, nearest: str) -> None:
        answer = site.get(address)
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"
        assert nearest in answer.json()["nearest"]

    @pytest.mark.parametrize(
        "address",
        [
            "/id/lsoe-12.png",
            "/fact/0000000000000000",
            "/fact/0000000000000000.ttl",
            "/graph/other",
            "/id/",
            "/id/a b",
            "/id/%3Cscript%3E",
            "/id/%00",
            "/id/a%20b.ttl",
            "/source/%E1%BA%BF%3E.nt",
            "/fact/%22x.nt",
            "/id/.ttl",
        ],
    )
    def test_what_is_not_there(self, site: Site, address: str) -> None:
        answer = site.get(address)
        assert answer.status_code == 404, answer.text
        assert answer.headers["content-type"] == "application/problem+json"

    def test_the_graphs_of_the_dataset(self, site: Site) -> None:
        assert site.get("/graph/provenance").status_code == 303


class TestCaching:
    @pytest.mark.parametrize(
        "address", ["/id/lsoe-12.ttl", "/id/lsoe-12.html", "/sparql?query=ASK%7B%7D", "/api/entities"]
    )
    def test_an_answer_one_has_is_not_sent_again(self, site: Site, address: str) -> None:
        first = site.client.get(address)
        tag = first.headers["etag"]
        assert tag.startswith('"')
        assert first.headers["asoen-release"] == "2031.5.0"
        for known in (tag, f"W/{tag}", f'"other", {tag}'):
            again = site.client.get(address, headers={"If-None-Match": known})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == tag
            assert again.headers.get("vary") == first.headers.get("vary")
        assert site.client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200

    def test_other_answers_have_other_tags(self, site: Site) -> None:
        answers = [
            site.sparql("ASK {}"),
            site.sparql("ASK {}", "application/sparql-results+xml"),
            site.sparql("ASK { }"),
            site.get("/id/lsoe-12.ttl"),
            site.get("/id/lsoe-12.nt"),
            site.get("/id/lsoe-11.ttl"),
            site.get("/id/lsoe-12.html"),
            site.get("/id/lsoe-12.html", lang="vi"),
        ]
        assert len({answer.headers["etag"] for answer in answers}) == len(answers)

    @pytest.mark.parametrize(
        "query",
        [
            "SELECT (RAND() AS ?x) WHERE {}",
            "SELECT (now() AS ?x) WHERE {}",
            "SELECT (STRUUID () AS ?x) WHERE {}",
            "CONSTRUCT { [] a asoen:Meeting } WHERE {}",
        ],
    )
    def test_answers_that_change_have_none(self, site: Site, query: str) -> None:
        answer = site.sparql(query)
        assert answer.status_code == 200
        assert "etag" not in answer.headers
        assert answer.headers["cache-control"] == "no-store"

    def test_problems_have_none(self, site: Site) -> None:
        for answer in (site.sparql("SELEC"), site.get("/id/nobody"), site.get("/nowhere")):
            assert "etag" not in answer.headers
            assert answer.headers["cache-control"] == "no-store"

    def test_the_same_question_has_the_same_bytes(self, site: Site) -> None:
        query = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 500"
        bodies = {json.dumps(site.sparql(query).json()) for _ in range(6)}
        assert len(bodies) == 1


def test_the_way_to_a_representation_keeps_language_and_form(site: Site) -> None:
    def location(path: str, **parameters: str) -> str:
        return site.client.get(path, params=parameters, follow_redirects=False).headers["location"]

    assert location("/id/lsoe-12", lang="vi", format="html") == "/id/lsoe-12.html?lang=vi"
    assert location("/id/lsoe-12", format="jsonld") == "/id/lsoe-12.jsonld"
    assert site.get("/id/lsoe-12", lang="xx").status_code == 400


@pytest.mark.parametrize("suffix", ["ttl", "nt", "jsonld", "rdf", "trig", "nq", "html"])
def test_the_ontology_by_suffix(site: Site, suffix: str) -> None:
    by_suffix, by_parameter = (
        each.text for each in (site.get(f"/ontology.{suffix}"), site.get("/ontology", format=suffix))
    )
    # A page links to itself for good, by the way it was come to.
    by_parameter = by_parameter.replace(f"/ontology?format={suffix}&amp;", f"/ontology.{suffix}?")
    assert by_suffix == by_parameter


def test_the_ontology_has_no_other_suffix(site: Site) -> None:
    assert site.get("/ontology.owl").json()["status"] == 404


@pytest.mark.parametrize(("suffix", "format_"), [("nq", "nquads"), ("trig", "trig")])
def test_who_asks_no_named_graph_finds_what_is_accepted(site: Site, suffix: str, format_: str) -> None:
    meeting, ordinal = URIRef(ENTITY + "lsoe-12"), URIRef(TERM + "ordinal")
    dataset = rdflib.Dataset().parse(data=site.get(f"/id/lsoe-12.{suffix}").text, format=format_)
    stated = {value for _, _, value, graph in dataset.quads((meeting, ordinal, None, None)) if graph is not None}
    (accepted,) = dataset.default_graph.objects(meeting, ordinal)
    assert accepted in stated
    dataset = rdflib.Dataset().parse(data=site.get(f"/ontology.{suffix}").text, format=format_)
    assert (ordinal, RDF.type, rdflib.OWL.DatatypeProperty) in dataset.default_graph
