"""What a release says of itself, counted again by other means."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import DefaultGraph, RdfFormat, parse, serialize
from rdflib import DCAT, DCTERMS, RDF, RDFS, SH, VOID, Literal, URIRef
from rdflib.namespace import NamespaceManager
from tests.golden import check_golden

from asoen_graph.description import describe
from asoen_graph.queries.catalogue import Catalogue
from asoen_graph.release import Release
from asoen_graph.resources import queries_folder

HERE = Path(__file__).parent
DATASET = URIRef("https://w3id.org/asoen/dataset")
ASOEN = rdflib.Namespace("https://w3id.org/asoen/ontology#")


def described(release: Release, released: str | None = "2031-05-07") -> bytes:
    return describe(
        release.store(),
        Catalogue.read(HERE / "queries"),
        release.manifest.counts,
        release.manifest.files,
        version="2031.5.0",
        released=released,
    )


@pytest.fixture(scope="module")
def graph(lagoon_release: Release) -> rdflib.Graph:
    return rdflib.Graph().parse(data=described(lagoon_release), format="turtle")


@pytest.fixture(scope="module")
def default_graph(lagoon_release: Release) -> rdflib.Graph:
    """The default graph as another engine reads it."""
    quads = parse(lagoon_release.read("asoen.nq"), format=RdfFormat.N_QUADS)
    triples = (quad.triple for quad in quads if quad.graph_name == DefaultGraph())
    return rdflib.Graph().parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")


def number(graph: rdflib.Graph, subject: rdflib.term.Node, name: str) -> int:
    (value,) = graph.objects(subject, VOID[name])
    return int(str(value))


def test_the_totals(graph: rdflib.Graph, default_graph: rdflib.Graph, lagoon_release: Release) -> None:
    assert number(graph, DATASET, "triples") == len(default_graph)
    assert number(graph, DATASET, "distinctSubjects") == len(set(default_graph.subjects()))
    assert number(graph, DATASET, "distinctObjects") == len(set(default_graph.objects()))
    assert number(graph, DATASET, "properties") == len(set(default_graph.predicates()))
    assert number(graph, DATASET, "classes") == len(set(default_graph.objects(None, RDF.type)))
    assert number(graph, DATASET, "entities") == lagoon_release.manifest.counts.entities


def test_every_property_has_its_partition(graph: rdflib.Graph, default_graph: rdflib.Graph) -> None:
    parts = {next(graph.objects(part, VOID.property)): part for part in graph.objects(DATASET, VOID.propertyPartition)}
    assert set(parts) == set(default_graph.predicates())
    for property_, part in parts.items():
        pairs = set(default_graph.subject_objects(property_))
        assert number(graph, part, "triples") == len(pairs)
        assert number(graph, part, "distinctSubjects") == len({subject for subject, _ in pairs})
        assert number(graph, part, "distinctObjects") == len({object_ for _, object_ in pairs})


def test_every_class_has_its_partition(graph: rdflib.Graph, default_graph: rdflib.Graph) -> None:
    parts = {next(graph.objects(part, VOID["class"])): part for part in graph.objects(DATASET, VOID.classPartition)}
    assert set(parts) == set(default_graph.objects(None, RDF.type))
    for class_, part in parts.items():
        members = set(default_graph.subjects(RDF.type, class_))
        triples = [triple for member in members for triple in default_graph.triples((member, None, None))]
        assert number(graph, part, "entities") == len(members)
        assert number(graph, part, "triples") == len(triples)
        inner = {next(graph.objects(each, VOID.property)): each for each in graph.objects(part, VOID.propertyPartition)}
        assert set(inner) == {predicate for _, predicate, _ in triples}
        for property_, each in inner.items():
            assert number(graph, each, "triples") == sum(predicate == property_ for _, predicate, _ in triples)


def test_the_files(graph: rdflib.Graph, lagoon_release: Release) -> None:
    spdx = rdflib.Namespace("http://spdx.org/rdf/terms#")
    files = {str(next(graph.objects(file, RDFS.label))): file for file in graph.objects(DATASET, DCAT.distribution)}
    assert set(files) == {"asoen.nq", "asoen.trig"}
    for name, file in files.items():
        content = (lagoon_release.folder / name).read_bytes()
        (checksum,) = graph.objects(file, spdx.checksum)
        (value,) = graph.objects(checksum, spdx.checksumValue)
        assert str(value) == hashlib.sha256(content).hexdigest()
        assert int(str(next(graph.objects(file, DCAT.byteSize)))) == len(content)


def test_the_dates_are_those_of_the_changelog(graph: rdflib.Graph, lagoon_release: Release) -> None:
    day = Literal("2031-05-07", datatype=rdflib.XSD.date)
    assert set(graph.objects(DATASET, DCTERMS.issued)) == set(graph.objects(DATASET, DCTERMS.modified)) == {day}
    undated = rdflib.Graph().parse(data=described(lagoon_release, None), format="turtle")
    assert not set(undated.objects(DATASET, DCTERMS.issued))


def test_it_says_over_what_it_counts(graph: rdflib.Graph) -> None:
    said = {note.language: str(note) for note in graph.objects(DATASET, RDFS.comment) if isinstance(note, Literal)}
    assert "default graph" in said["en"]
    assert "đồ thị mặc định" in said["vi"]


def test_prefixes_and_queries_fit_together(lagoon_release: Release) -> None:
    """Every query of the project's own catalogue, as it stands in the description, is SPARQL with its prefixes."""
    catalogue = Catalogue.read(queries_folder())
    release = lagoon_release
    content = describe(
        release.store(), catalogue, release.manifest.counts, release.manifest.files, version="1", released=None
    )
    graph = rdflib.Graph().parse(data=content, format="turtle")
    declared = {
        str(next(graph.objects(each, SH.prefix))): str(next(graph.objects(each, SH.namespace)))
        for each in graph.objects(DATASET, SH.declare)
    }
    assert declared["asoen"] == str(ASOEN)
    queries = set(graph.subjects(RDF.type, SH.SPARQLExecutable))
    assert len(queries) == len(catalogue)
    for query in queries:
        (text,) = graph.objects(query, SH.select)
        assert not str(text).startswith("#+")
        release.store().query(str(text))
        assert {label.language for label in graph.objects(query, RDFS.label)} == {"en", "vi"}
        assert {label.language for label in graph.objects(query, RDFS.comment)} == {"en", "vi"}


def test_the_parts_of_it_that_do_not_depend_on_the_ontology(graph: rdflib.Graph) -> None:
    kept = rdflib.Graph(namespace_manager=NamespaceManager(rdflib.Graph(), bind_namespaces="none"))
    for subject in (DATASET + "#catalogue", DATASET + "#query-meetings", DATASET + "#prefix-asoen"):
        for triple in graph.triples((URIRef(subject), None, None)):
            kept.add(triple)
    (partition,) = (part for part in graph.subjects(VOID["class"], ASOEN.Meeting))
    for name in ("class", "entities"):
        for value in graph.objects(partition, VOID[name]):
            kept.add((partition, VOID[name], value))
    check_golden(HERE / "golden" / "description.nt", "".join(sorted(kept.serialize(format="nt").splitlines(True))))


def test_the_same_release_gives_the_same_bytes(lagoon_release: Release) -> None:
    assert described(lagoon_release) == described(Release.open(lagoon_release.folder))
