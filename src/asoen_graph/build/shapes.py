"""SHACL shapes that follow from the ontology, as the text of ``ontology/shapes.ttl``.

One closed node shape for every class that carries properties of its own right, one property shape for every property
they may carry, and one shape for every set of classes a property may point to. They describe *curated* triples: what
documents state and what the register says, before any inference.

``sh:targetClass`` and ``sh:class`` follow ``rdfs:subClassOf`` in the data graph. A closed shape would then judge the
instances of sub-classes as well and refuse the properties only these may carry. So the shapes are meant for data
*without* the class hierarchy: a target is exactly the class an entity has in the register, and what a property may
point to is spelled out as the list of all classes at and below its range.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from asoen_graph.iris import ONTOLOGY, PREFIXES, XSD, compact, local_name
from asoen_graph.vocabulary import Class, Property, ValueKind, Vocabulary

SHAPES: Final = ONTOLOGY + "/shapes"
SHAPE: Final = SHAPES + "#"

_HEAD: Final = f"""\
# Generated from asoen.ttl by `asoen schema`; do not edit. What the ontology cannot say stands in constraints.ttl.
#
# For curated triples: what the register and the accepted facts say, without the class hierarchy and without
# inferences. Each shape is closed and judges the entities that have exactly its class in the register.

{{prefixes}}
<{SHAPES}> a owl:Ontology ;
    dcterms:title "Shapes of the graph of ASEAN environmental cooperation"@en ;
    dcterms:title "Khuôn dạng của đồ thị hợp tác ASEAN về môi trường"@vi ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> .
"""
_USED: Final = ("asoen", "dcterms", "geo", "owl", "prov", "rdf", "rdfs", "sh", "skos", "xsd")
_IGNORED: Final = "rdf:type rdfs:label skos:altLabel skos:prefLabel"
_FACT_IGNORED: Final = "rdf:type prov:wasDerivedFrom"
_DATES: Final = ("xsd:date", "xsd:gYearMonth", "xsd:gYear")
_DATATYPES: Final = {
    XSD + "integer": ("a whole number", "một số nguyên"),
    XSD + "decimal": ("a decimal number", "một số thập phân"),
    XSD + "boolean": ("true or false", "true hoặc false"),
    XSD + "string": ("text without a language", "văn bản không kèm ngôn ngữ"),
    XSD + "anyURI": ("a web address", "một địa chỉ web"),
    XSD + "language": ("a language code", "một mã ngôn ngữ"),
    XSD + "date": ("a day", "một ngày"),
    PREFIXES["geo"] + "wktLiteral": ("a geometry in well-known text", "một hình học ghi theo WKT"),
}
"""What to call a value of these datatypes, in English and in Vietnamese."""


def generate_shapes(vocabulary: Vocabulary) -> str:
    """The shapes of an ontology, as Turtle; the same ontology gives the same text.

    Terms come in the order of the vocabulary. Standard: SHACL core (W3C Recommendation, 20 July 2017).
    """
    classes = [each for each in vocabulary.classes.values() if not each.abstract and carried(vocabulary, each)]
    properties = {p.iri: p for each in classes for p in carried(vocabulary, each)}
    ordered = [p for p in vocabulary.properties.values() if p.iri in properties]
    ranges = {p.range: None for p in ordered if p.kind is ValueKind.ENTITY}
    prefixes = "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in _USED) + f"@prefix shape: <{SHAPE}> .\n"
    parts = [
        _HEAD.format(prefixes=prefixes),
        *(_class_shape(vocabulary, each) for each in classes),
        *(_property_shape(vocabulary, each) for each in ordered),
        *(_range_shape(vocabulary, vocabulary.subclasses(range_), range_) for range_ in ranges),
    ]
    return "\n".join(parts)


def carried(vocabulary: Vocabulary, class_: Class) -> list[Property]:
    """The properties that curated triples about instances of a class may have.

    Those a curator writes; for a class of which curators write nothing, ``asoen:Fact``, those the build writes.
    """
    applicable = vocabulary.properties_for(class_)
    return [each for each in applicable if each.curated] or applicable


def _class_shape(vocabulary: Vocabulary, class_: Class) -> str:
    allowed = carried(vocabulary, class_)
    ignored = _IGNORED if any(each.curated for each in allowed) else _FACT_IGNORED
    en, vi = class_.label("en"), class_.label("vi")
    return _shape(
        class_.iri,
        "NodeShape",
        [
            f"sh:targetClass {compact(class_.iri)}",
            "sh:closed true",
            f"sh:ignoredProperties ( {ignored} )",
            *_messages(
                f"This property is not one that the class “{en}” carries.",
                f"Thuộc tính này không dùng cho lớp “{vi}”.",
            ),
            "sh:property " + ", ".join(f"shape:{each.local_name}" for each in allowed),
        ],
    )


def _property_shape(vocabulary: Vocabulary, property_: Property) -> str:
    expected_en, expected_vi = _expected(vocabulary, property_)
    once_en, once_vi = (", and only one", ", và chỉ một") if property_.functional else ("", "")
    return _shape(
        property_.iri,
        "PropertyShape",
        [
            f"sh:path {compact(property_.iri)}",
            *_constraints(vocabulary, property_),
            *(["sh:maxCount 1"] if property_.functional else []),
            *([f"sh:group {compact(property_.group)}"] if property_.group else []),
            *_messages(
                f"“{property_.label('en')}” expects {expected_en}{once_en}.",
                f"“{property_.label('vi')}” cần {expected_vi}{once_vi}.",
            ),
        ],
    )


def _constraints(vocabulary: Vocabulary, property_: Property) -> list[str]:
    match property_.kind:
        case ValueKind.RELATION:
            return [f"sh:class {compact(property_.range)}"]
        case ValueKind.ENTITY:
            return [f"sh:node shape:{_range_name(property_.range)}"]
        case ValueKind.CONCEPT:
            return [f"sh:in ( {_names(c.iri for c in vocabulary.values_of(property_.range).values())} )"]
        case ValueKind.TEXT:
            return ["sh:datatype rdf:langString"]
        case ValueKind.DATE:
            return ["sh:or ( " + " ".join(f"[ sh:datatype {each} ]" for each in _DATES) + " )"]
        case ValueKind.LITERAL:
            return [f"sh:datatype {compact(property_.range)}"]


def _expected(vocabulary: Vocabulary, property_: Property) -> tuple[str, str]:
    """What the property expects, for the reader, in English and Vietnamese."""
    match property_.kind:
        case ValueKind.TEXT:
            return "text with its language", "văn bản kèm ngôn ngữ"
        case ValueKind.DATE:
            return "a date: a day, a month or a year", "một mốc thời gian: ngày, tháng hoặc năm"
        case ValueKind.LITERAL:
            name = compact(property_.range)
            return _DATATYPES.get(property_.range, (f"a value of {name}", f"một giá trị {name}"))
    range_ = vocabulary.class_of(property_.range)
    name_en, name_vi = (range_.label("en"), range_.label("vi")) if range_ else (property_.range, property_.range)
    if property_.kind is ValueKind.CONCEPT:
        return f"a controlled value of “{name_en}”", f"một giá trị thuộc danh mục “{name_vi}”"
    return f"an entity of the class “{name_en}”", f"một thực thể thuộc lớp “{name_vi}”"


def _range_shape(vocabulary: Vocabulary, classes: list[Class], range_: str) -> str:
    # sh:in over the type instead of sh:class: the data come without the hierarchy, and one list is read faster than
    # an sh:or of seventy classes.
    kinds = _names(each.iri for each in classes if not each.abstract)
    return _shape(
        _range_name(range_), "NodeShape", [f"sh:property [ sh:path rdf:type ; sh:minCount 1 ; sh:in ( {kinds} ) ]"]
    )


def _range_name(range_: str) -> str:
    return f"{local_name(range_)}-value"


def _shape(iri: str, kind: str, statements: Iterable[str]) -> str:
    return f"shape:{local_name(iri)} a sh:{kind} ;\n    " + " ;\n    ".join(statements) + " .\n"


def _names(iris: Iterable[str]) -> str:
    return " ".join(compact(iri) for iri in iris)


def _messages(english: str, vietnamese: str) -> list[str]:
    return [f"sh:message {_quoted(english)}@en", f"sh:message {_quoted(vietnamese)}@vi"]


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
