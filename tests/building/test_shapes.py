from __future__ import annotations

import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from asoen_graph.build.pipeline import Draft
from asoen_graph.build.shacl import Shapes
from asoen_graph.build.shapes import SHAPE, carried, generate_shapes
from asoen_graph.iris import PREFIXES, TERM
from asoen_graph.resources import ontology_folder
from asoen_graph.vocabulary import Vocabulary

HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")

SMALL = """
asoen:Entity a owl:Class ; asoen:abstract true .
asoen:Body a owl:Class ; rdfs:subClassOf asoen:Entity ; rdfs:label "body"@en, "cơ quan"@vi .
asoen:Group a owl:Class ; rdfs:subClassOf asoen:Body ; rdfs:label "group"@en, "nhóm"@vi .
asoen:Seat a owl:Class ; rdfs:label "seat"@en, "ghế"@vi ; rdfs:subClassOf asoen:Entity ; owl:hasKey ( asoen:seatOf ) .
asoen:Mood a owl:Class ; asoen:abstract true ; rdfs:label "mood"@en, "tâm trạng"@vi .
asoen:calm a asoen:Mood . asoen:merry a asoen:Mood .
asoen:reportsTo a owl:ObjectProperty ; schema:domainIncludes asoen:Body ; rdfs:range asoen:Body .
asoen:reportsTo rdfs:label "reports to"@en .
asoen:mood a owl:ObjectProperty, owl:FunctionalProperty ; schema:domainIncludes asoen:Group ; rdfs:range asoen:Mood .
asoen:hasSeat a owl:ObjectProperty ; schema:domainIncludes asoen:Body ; rdfs:range asoen:Seat .
asoen:seatOf a owl:ObjectProperty ; schema:domainIncludes asoen:Seat ; rdfs:range asoen:Body .
asoen:motto a owl:DatatypeProperty ; schema:domainIncludes asoen:Body ; rdfs:range rdf:langString .
asoen:motto rdfs:label "a \\"motto\\""@en .
asoen:founded a owl:DatatypeProperty ; schema:domainIncludes asoen:Body ; rdfs:range asoen:PartialDate .
asoen:size a owl:DatatypeProperty ; schema:domainIncludes asoen:Body ; rdfs:range xsd:integer .
asoen:rank a owl:DatatypeProperty ; schema:domainIncludes asoen:Body ; rdfs:range xsd:float .
asoen:derived a owl:ObjectProperty ; schema:domainIncludes asoen:Body ; rdfs:range asoen:Body ; asoen:curated false .
"""


@pytest.fixture(scope="module")
def small() -> rdflib.Graph:
    vocabulary = Vocabulary(quad.triple for quad in parse(HEAD + SMALL, format=RdfFormat.TURTLE))
    return rdflib.Graph().parse(data=generate_shapes(vocabulary), format="turtle")


def shape(name: str) -> rdflib.URIRef:
    return rdflib.URIRef(SHAPE + name)


def term(name: str) -> rdflib.URIRef:
    return rdflib.URIRef(TERM + name)


def test_a_closed_shape_for_every_class_that_carries_anything(small: rdflib.Graph) -> None:
    targets = {str(target).removeprefix(TERM): node for node, target in small.subject_objects(SH.targetClass)}
    assert targets.keys() == {"Body", "Group", "Seat"}
    assert all(small.value(node, SH.closed).toPython() is True for node in targets.values())
    assert set(small.objects(shape("Group"), SH.property)) == {
        shape(name) for name in ("reportsTo", "mood", "hasSeat", "motto", "founded", "size", "rank")
    }
    assert shape("mood") not in set(small.objects(shape("Body"), SH.property))


def test_what_each_kind_of_property_expects(small: rdflib.Graph) -> None:
    def items(node: rdflib.term.Node, path: rdflib.URIRef) -> list[rdflib.term.Node]:
        return list(rdflib.collection.Collection(small, small.value(node, path)))

    assert items(shape("mood"), SH["in"]) == [term("calm"), term("merry")]
    assert small.value(shape("mood"), SH.maxCount).toPython() == 1
    assert small.value(shape("reportsTo"), SH.maxCount) is None
    inner = small.value(small.value(shape("reportsTo"), SH.node), SH.property)
    assert (small.value(inner, SH.path), items(inner, SH["in"])) == (rdflib.RDF.type, [term("Body"), term("Group")])
    assert small.value(shape("hasSeat"), SH["class"]) == term("Seat")
    assert small.value(shape("motto"), SH.datatype) == rdflib.RDF.langString
    assert small.value(shape("size"), SH.datatype) == rdflib.XSD.integer
    dates = {small.value(each, SH.datatype) for each in items(shape("founded"), SH["or"])}
    assert dates == {rdflib.XSD.date, rdflib.XSD.gYearMonth, rdflib.XSD.gYear}


def test_messages_name_the_property_and_what_it_expects_in_both_languages(small: rdflib.Graph) -> None:
    def messages(name: str) -> dict[str, str]:
        return {each.language: str(each) for each in small.objects(shape(name), SH.message)}

    assert messages("mood") == {
        "en": "“mood” expects a controlled value of “mood”, and only one.",
        "vi": "“mood” cần một giá trị thuộc danh mục “tâm trạng”, và chỉ một.",
    }
    assert messages("reportsTo")["en"] == "“reports to” expects an entity of the class “body”."
    assert messages("motto")["en"] == '“a "motto"” expects text with its language.'
    assert messages("rank")["en"] == "“rank” expects a value of xsd:float."
    assert messages("Group")["vi"] == "Thuộc tính này không dùng cho lớp “nhóm”."


def test_the_committed_shapes_are_those_of_the_ontology(vocabulary: Vocabulary) -> None:
    committed = (ontology_folder() / "shapes.ttl").read_text(encoding="utf-8")
    assert committed == generate_shapes(vocabulary), "the ontology has changed: run `asoen schema`"


def test_every_class_of_the_register_and_every_curated_property_has_a_shape(vocabulary: Vocabulary) -> None:
    shapes = rdflib.Graph().parse(data=generate_shapes(vocabulary), format="turtle")
    paths = set(shapes.objects(None, SH.path))
    assert paths >= {rdflib.URIRef(each.iri) for each in vocabulary.properties.values() if each.curated}
    targets = set(shapes.objects(None, SH.targetClass))
    entities = [each for each in vocabulary.subclasses(TERM + "Entity") if not each.abstract]
    assert targets == {rdflib.URIRef(each.iri) for each in entities} | {term("Source"), term("Fact")}
    assert all(carried(vocabulary, each) for each in entities)


def test_an_instance_of_a_subclass_is_not_judged_by_the_shape_of_its_superclass(vocabulary: Vocabulary) -> None:
    """National bodies alone have a national counterpart; the shape of bodies is closed to it."""
    counterpart = NamedNode(TERM + "nationalCounterpartOf")
    body, office = NamedNode("https://w3id.org/asoen/id/body"), NamedNode("https://w3id.org/asoen/id/office")
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

    def judged(class_name: str) -> list[str]:
        data = [
            Triple(body, kind, NamedNode(TERM + "Body")),
            Triple(office, kind, NamedNode(TERM + class_name)),
            Triple(office, counterpart, body),
        ]
        return [each.node for each in Shapes.read(ontology_folder() / "shapes.ttl").judge(data)]

    assert judged("NationalBody") == []
    assert judged("Body") == [office.value]


def test_what_the_build_writes_about_facts_fits_their_shape(lagoon_draft: Draft) -> None:
    provenance = lagoon_draft.compilation.provenance
    names = {name for name, fact in lagoon_draft.compilation.facts.items() if not fact.note}
    assert names
    about = [each for each in provenance if any(name in str(each.subject) for name in names)]
    assert Shapes.read(ontology_folder() / "shapes.ttl").judge(about) == []
