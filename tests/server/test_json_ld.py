"""JSON-LD with the served context says what the other forms say, to processors that are not ours."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from rdflib import Graph
from rdflib.compare import to_isomorphic

from asoen_graph.iris import ENTITY, PREFIXES, RDFS, TERM, XSD
from asoen_graph.release import Release
from asoen_graph.server.operations.linked_context import terms, write

from .conftest import Site
from .test_linked_data import addresses

CONTEXT = "https://example.org/context.jsonld"


def expanded(document: bytes, context: dict[str, Any]) -> set[Triple]:
    """The triples of a document as PyLD reads them, with its one context at hand and no network."""

    def load(url: str, options: object) -> dict[str, Any]:
        assert url.endswith("/context.jsonld")
        return {"contextUrl": None, "documentUrl": url, "document": context}

    nquads = jsonld.to_rdf(
        json.loads(document), {"format": "application/n-quads", "documentLoader": load, "processingMode": "json-ld-1.1"}
    )
    return {quad.triple for quad in parse(nquads, format=RdfFormat.N_QUADS)}


@pytest.mark.parametrize("name", ["lsoe-12", "coralia", "port-azure", "east-atoll"])
def test_an_entity_to_pyld(site: Site, name: str) -> None:
    same_as_n_triples(site, f"/id/{name}")


@pytest.mark.parametrize("kind", ["fact", "source"])
def test_facts_and_sources_to_pyld(site: Site, kind: str) -> None:
    same_as_n_triples(site, f"/{kind}/{addresses(site)[kind]}")


def same_as_n_triples(site: Site, address: str) -> None:
    document = site.get(f"{address}.jsonld").content
    context = site.client.get(json.loads(document)["@context"])
    assert context.headers["content-type"] == "application/ld+json"
    plain = parse(site.get(f"{address}.nt").content, format=RdfFormat.N_TRIPLES)
    assert expanded(document, context.json()) == {quad.triple for quad in plain}


def test_rdflib_follows_the_context_to_this_server(site: Site) -> None:
    compact = Graph().parse(data=site.get("/id/lsoe-12.jsonld").text, format="json-ld")
    plain = Graph().parse(data=site.get("/id/lsoe-12.nt").text, format="nt")
    assert to_isomorphic(compact) == to_isomorphic(plain)


def test_it_reads_as_json(site: Site) -> None:
    document = site.get("/id/lsoe-12.jsonld").json()
    first = document["@graph"][0]
    assert first["@id"] == "id:lsoe-12"
    assert "Meeting" in first["@type"]
    assert first["label"] == {"en": "12th LSOE", "vi": "Hội nghị LSOE lần thứ 12"}
    assert first["ordinal"] == 12
    assert first["host"] == "id:coralia"
    assert document["@context"] == f"{site.url}/context.jsonld"


def test_everything_mentioned_has_its_labels(site: Site) -> None:
    for name in ("lsoe-12", "coralia"):
        nodes = {node["@id"]: node for node in site.get(f"/id/{name}.jsonld").json()["@graph"]}
        retired = {each for each, node in nodes.items() if "dcterms:isReplacedBy" in node}
        mentioned = set(references(list(nodes.values()))) - retired
        assert mentioned
        for each in mentioned:
            assert set(nodes[each]["label"]) >= {"en", "vi"}, each


def references(content: object) -> list[str]:
    """The entities and terms of the ontology that are the value of anything."""
    if isinstance(content, dict):
        return [each for name, value in content.items() if name != "label" for each in references(value)]
    if isinstance(content, list):
        return [each for value in content for each in references(value)]
    is_name = isinstance(content, str) and content.startswith(("id:", "asoen:"))
    return [content] if is_name and content != "asoen:Fact" else []


def test_every_term_of_the_ontology_is_in_the_context(lagoon_release: Release) -> None:
    vocabulary = lagoon_release.vocabulary
    found = terms(vocabulary)
    for term in (*vocabulary.classes.values(), *vocabulary.properties.values()):
        definition = found[term.local_name]
        assert (definition if isinstance(definition, str) else definition["@id"]) == f"asoen:{term.local_name}"
    assert not set(PREFIXES) & {term.local_name for term in vocabulary.properties.values()}


@given(data=st.data())
def test_whatever_the_value_the_triple_comes_back(lagoon_release: Release, data: st.DataObject) -> None:
    vocabulary = lagoon_release.vocabulary
    properties = st.sampled_from([p.iri for p in vocabulary.properties.values()] + [RDFS + "label", RDFS + "comment"])
    # A tag is lower case, as the engine writes it; surrogates are in no literal.
    texts = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=20)
    datatypes = st.sampled_from([XSD + name for name in ("string", "date", "gYear", "anyURI", "integer", "boolean")])
    literals = st.one_of(
        texts.map(Literal),
        st.builds(lambda t, tag: Literal(t, language=tag), texts, st.sampled_from(["en", "vi", "zh-hans"])),
        st.builds(lambda t, d: Literal(t, datatype=NamedNode(d)), texts, datatypes),
        st.integers().map(lambda n: Literal(f"{n:+}" if n % 3 == 0 else str(n), datatype=NamedNode(XSD + "integer"))),
        st.sampled_from(["true", "false", "1"]).map(lambda t: Literal(t, datatype=NamedNode(XSD + "boolean"))),
    )
    iris = st.sampled_from([ENTITY + "coralia", TERM + "held", TERM + "a.b.", "https://example.org/?q=1#x", "urn:x:y"])
    subject = NamedNode(ENTITY + "lsoe-12")
    triples = data.draw(
        st.lists(
            st.builds(
                lambda p, o: Triple(subject, NamedNode(p), o), properties, st.one_of(literals, iris.map(NamedNode))
            ),
            min_size=1,
            max_size=5,
        )
    )
    document = write(triples, subject, vocabulary, CONTEXT)
    assert expanded(document, {"@context": terms(vocabulary)}) == set(triples)
