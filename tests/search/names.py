"""Small stores that hold nothing but names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode, Quad, Store

from asoen_graph.iris import ENTITY, ONTOLOGY, OWL, RDF, RDFS, REGISTER_GRAPH, SKOS, TERM

REGISTER = NamedNode(REGISTER_GRAPH)
LABEL, ALTERNATIVE, TYPE = NamedNode(RDFS + "label"), NamedNode(SKOS + "altLabel"), NamedNode(RDF + "type")


def entity(
    slug: str, labels: Mapping[str, str], also: Iterable[str] = (), class_name: str = "HeritagePark"
) -> Iterable[Quad]:
    """An entity of the register with labels by language and other names."""
    node = NamedNode(ENTITY + slug)
    yield Quad(node, TYPE, NamedNode(TERM + class_name), REGISTER)
    for language, label in labels.items():
        yield Quad(node, LABEL, Literal(label, language=language), REGISTER)
    for name in also:
        yield Quad(node, ALTERNATIVE, Literal(name), REGISTER)


def world() -> Store:
    """Parks, bodies and one relation node."""
    store = Store()
    for quads in (
        entity("lo-go-xa-mat", {"en": "Lò Gò – Xa Mát National Park", "vi": "Vườn quốc gia Lò Gò – Xa Mát"}),
        entity("lo-go", {"en": "Lò Gò"}),
        entity("acb", {"en": "ASEAN Centre for Biodiversity"}, ["ACB", "Centre for Nature"], "Centre"),
        entity("acb-board", {"en": "ACB Governing Board"}, class_name="GoverningBoard"),
        entity("khao-yai", {"en": "Khao Yai", "th": "อุทยานแห่งชาติเขาใหญ่"}),
        entity("tonle-sap", {"en": "Tonle Sap", "km": "តំបន់ជីវមណ្ឌលទន្លេសាប"}),
        entity("designation-lo-go", {"en": "Designation: Lò Gò"}, class_name="Designation"),
    ):
        store.extend(quads)
    store.add(Quad(NamedNode(ENTITY + "acb"), NamedNode(TERM + "acronym"), Literal("TTĐDSH")))
    label = Literal("heritage park", language="en")
    store.add(Quad(NamedNode(TERM + "HeritagePark"), LABEL, label))
    store.add(Quad(NamedNode(TERM + "HeritagePark"), LABEL, Literal("vườn di sản", language="vi")))
    # A relation class is known by its key; what the key is does not matter here.
    store.add(Quad(NamedNode(TERM + "Designation"), NamedNode(OWL + "hasKey"), label, NamedNode(ONTOLOGY)))
    return store
