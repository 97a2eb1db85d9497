"""The dataset as a whole and its files, in DCAT 3 and VoID."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode, Store, Triple

from asoen_graph.description.counting import iris, rows
from asoen_graph.description.terms import COMMENT, DATASET, DCAT, LABEL, SPDX, TITLE, TYPE, VOID, count, part, texts
from asoen_graph.iris import DCTERMS, ENTITY, ONTOLOGY, OWL, XSD
from asoen_graph.release import QUADS_FILE, TRIG_FILE, Counts, FileDigest

_LICENSE: Final = NamedNode("https://creativecommons.org/licenses/by/4.0/")
_MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_LANGUAGES: Final = "http://id.loc.gov/vocabulary/iso639-1/"

_WORDS: Final = {
    "title": {
        "en": "The open knowledge graph of ASEAN environmental cooperation",
        "vi": "Đồ thị tri thức mở về hợp tác môi trường ASEAN",
    },
    "description": {
        "en": "Bodies, meetings, working groups, agreements, heritage parks, awards, programmes, partners and people "
        "in office of ASEAN's environmental cooperation. Every fact stands in a named graph of its own and carries "
        "its source.",
        "vi": "Các cơ quan, hội nghị, nhóm công tác, văn kiện, vườn di sản, giải thưởng, chương trình, đối tác và "
        "người giữ chức vụ trong hợp tác môi trường ASEAN. Mỗi dữ kiện nằm trong một đồ thị có tên riêng và mang "
        "nguồn của nó.",
    },
    "counted": {
        "en": "All numbers of triples, entities, subjects and objects are counted over the default graph: accepted "
        "facts, the register, what follows from them, and the provenance.",
        "vi": "Mọi số lượng bộ ba, thực thể, chủ thể và đối tượng được đếm trên đồ thị mặc định: dữ kiện được chấp "
        "nhận, danh mục, những gì suy ra từ đó và nguồn gốc.",
    },
    "catalogue": {"en": "Catalogue of asoen_graph", "vi": "Danh mục dữ liệu của asoen_graph"},
    QUADS_FILE: {"en": "Every graph, as N-Quads", "vi": "Mọi đồ thị, dạng N-Quads"},
    TRIG_FILE: {"en": "Every graph, as TriG", "vi": "Mọi đồ thị, dạng TriG"},
}
_KEYWORDS: Final = {
    "en": ("ASEAN", "environment", "international cooperation", "protected areas", "multilateral agreements"),
    "vi": ("ASEAN", "môi trường", "hợp tác quốc tế", "khu bảo tồn", "thỏa thuận đa phương"),
}
_FILES: Final = {QUADS_FILE: ("application/n-quads", "N-Quads"), TRIG_FILE: ("application/trig", "TriG")}
"""The files offered for download: media type, and name among the formats of the W3C."""

_NUMBERS: Final = """
SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects) WHERE { ?s ?p ?o }
"""
_PROPERTIES: Final = "SELECT DISTINCT ?property WHERE { ?s ?property ?o }"
_CLASSES: Final = "SELECT DISTINCT ?class WHERE { ?s a ?class FILTER(ISIRI(?class)) }"


def describe_dataset(store: Store, counts: Counts, *, version: str, released: str | None) -> Iterator[Triple]:
    """What the dataset is, which version of it this is, and how much there is of it."""
    catalogue = part("catalogue")
    yield Triple(catalogue, TYPE, NamedNode(DCAT + "Catalog"))
    yield from texts(catalogue, TITLE, _WORDS["catalogue"])
    yield Triple(catalogue, NamedNode(DCAT + "dataset"), DATASET)
    for type_ in (DCAT + "Dataset", VOID + "Dataset"):
        yield Triple(DATASET, TYPE, NamedNode(type_))
    yield from texts(DATASET, TITLE, _WORDS["title"])
    yield from texts(DATASET, NamedNode(DCTERMS + "description"), _WORDS["description"])
    yield from texts(DATASET, COMMENT, _WORDS["counted"])
    for language, words in _KEYWORDS.items():
        for word in words:
            yield Triple(DATASET, NamedNode(DCAT + "keyword"), Literal(word, language=language))
        yield Triple(DATASET, NamedNode(DCTERMS + "language"), NamedNode(_LANGUAGES + language))
    yield Triple(DATASET, NamedNode(DCTERMS + "license"), _LICENSE)
    yield Triple(DATASET, NamedNode(DCTERMS + "conformsTo"), NamedNode(ONTOLOGY))
    for property_ in (DCAT + "version", OWL + "versionInfo"):
        yield Triple(DATASET, NamedNode(property_), Literal(version))
    if released is not None:
        day = Literal(released, datatype=NamedNode(XSD + "date"))
        for name in ("issued", "modified"):
            yield Triple(DATASET, NamedNode(DCTERMS + name), day)
    yield Triple(DATASET, NamedNode(VOID + "uriSpace"), Literal(ENTITY))
    yield from _totals(store, counts)
    for namespace in _vocabularies(store):
        yield Triple(DATASET, NamedNode(VOID + "vocabulary"), NamedNode(namespace))


def describe_files(files: Mapping[str, FileDigest]) -> Iterator[Triple]:
    """The files of the release that hold the whole data, each with media type, size and checksum."""
    for name, (media_type, format_name) in _FILES.items():
        if name not in files:
            continue
        file, checksum = part(name), part(f"{name}-sha256")
        yield Triple(DATASET, NamedNode(DCAT + "distribution"), file)
        yield Triple(DATASET, NamedNode(VOID + "feature"), NamedNode(_FORMATS + format_name))
        yield Triple(file, TYPE, NamedNode(DCAT + "Distribution"))
        yield from texts(file, TITLE, _WORDS[name])
        yield Triple(file, LABEL, Literal(name))
        yield Triple(file, NamedNode(DCTERMS + "license"), _LICENSE)
        yield Triple(file, NamedNode(DCAT + "mediaType"), NamedNode(_MEDIA_TYPES + media_type))
        size = Literal(str(files[name].bytes), datatype=NamedNode(XSD + "nonNegativeInteger"))
        yield Triple(file, NamedNode(DCAT + "byteSize"), size)
        yield Triple(file, NamedNode(SPDX + "checksum"), checksum)
        yield Triple(checksum, TYPE, NamedNode(SPDX + "Checksum"))
        yield Triple(checksum, NamedNode(SPDX + "algorithm"), NamedNode(SPDX + "checksumAlgorithm_sha256"))
        value = Literal(files[name].sha256, datatype=NamedNode(XSD + "hexBinary"))
        yield Triple(checksum, NamedNode(SPDX + "checksumValue"), value)


def _totals(store: Store, counts: Counts) -> Iterator[Triple]:
    ((_, numbers),) = rows(store, _NUMBERS, 0)
    totals = {
        **dict(zip(("triples", "distinctSubjects", "distinctObjects"), numbers, strict=True)),
        "properties": len(iris(store, _PROPERTIES)),
        "classes": len(iris(store, _CLASSES)),
        "entities": counts.entities,
        "documents": counts.sources,
    }
    for name, number in totals.items():
        yield Triple(DATASET, NamedNode(VOID + name), count(number))


def _vocabularies(store: Store) -> list[str]:
    """The namespaces of the properties and classes in use, sorted."""
    return sorted({_namespace(iri) for query in (_PROPERTIES, _CLASSES) for iri in iris(store, query)})


def _namespace(iri: str) -> str:
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
