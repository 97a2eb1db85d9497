"""What follows from accepted facts and ontology: the rules of OWL 2 RL that the ontology uses, to a fixpoint.

Each rule is a SPARQL 1.1 update over the ontology's own axioms and has the name it has in the tables of the OWL 2
Profiles recommendation (section 4.3). Three deviations, all on purpose: only triples about entities are drawn; a
symmetric or transitive property or a chain never leads from an entity to itself (``?x relatedMeeting ?x`` is of no
use to anyone); rules that only classify by domain, range or equivalence are left out, for the register already gives
every entity its class.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from asoen_graph import dates
from asoen_graph.build.ontology import Ontology
from asoen_graph.build.terms import day
from asoen_graph.iris import ENTITY, PREFIXES, TERM, XSD

_SCHEMA_RULES: Final = {
    "scm-sco": ("?c rdfs:subClassOf ?e", "?c rdfs:subClassOf ?d . ?d rdfs:subClassOf ?e"),
    "scm-spo": ("?p rdfs:subPropertyOf ?r", "?p rdfs:subPropertyOf ?q . ?q rdfs:subPropertyOf ?r"),
}
_RULES: Final = {
    "cax-sco": ("?x a ?d", "?c rdfs:subClassOf ?d . ?x a ?c FILTER (isIRI(?d))"),
    "prp-spo1": ("?x ?q ?y", "?p rdfs:subPropertyOf ?q . ?x ?p ?y"),
    "prp-inv1": ("?x ?q ?y", "?p owl:inverseOf ?q . ?y ?p ?x"),
    "prp-inv2": ("?x ?p ?y", "?p owl:inverseOf ?q . ?y ?q ?x"),
    "prp-symp": ("?x ?p ?y", "?p a owl:SymmetricProperty . ?y ?p ?x FILTER (?x != ?y)"),
    "prp-trp": ("?x ?p ?z", "?p a owl:TransitiveProperty . ?x ?p ?y . ?y ?p ?z FILTER (?x != ?z)"),
    "prp-spo2": (
        "?x ?p ?z",
        "?p owl:propertyChainAxiom ?list . ?list rdf:first ?p1 ; rdf:rest ?tail . ?tail rdf:first ?p2 ; rdf:rest () . "
        "?x ?p1 ?y . ?y ?p2 ?z FILTER (?x != ?z)",
    ),
}
"""Name of the rule → what it concludes, what it needs. The subject concluded about is always ``?x``."""

_PREFIXES: Final = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("owl", "rdf", "rdfs"))
_ABOUT_ENTITIES: Final = f'FILTER (STRSTARTS(STR(?x), "{ENTITY}"))'

_BEGINS, _CEASES = NamedNode(TERM + "begins"), NamedNode(TERM + "ceases")
_EARLIEST, _LATEST, _YEAR = (NamedNode(TERM + name) for name in ("earliest", "latest", "year"))


def infer(ontology: Ontology, asserted: Iterable[Triple]) -> list[Triple]:
    """The triples about entities that follow from the ontology and the asserted triples and are not among these.

    Includes the derived dates ``asoen:earliest``, ``asoen:latest`` and ``asoen:year``. In no particular order.
    """
    store = Store()
    store.extend(ontology.quads(DefaultGraph()))
    _close(store, _SCHEMA_RULES, "")
    store.extend(Quad(each.subject, each.predicate, each.object) for each in asserted)
    given = set(store)
    _close(store, _RULES, _ABOUT_ENTITIES)
    return [quad.triple for quad in store if quad not in given] + list(_derived_dates(store))


def _close(store: Store, rules: Mapping[str, tuple[str, str]], condition: str) -> None:
    """Apply the rules until none adds a triple."""
    before = -1
    while before != len(store):
        before = len(store)
        for conclusion, premise in rules.values():
            store.update(f"{_PREFIXES}INSERT {{ {conclusion} }} WHERE {{ {premise} {condition} }}")


def _derived_dates(store: Store) -> Iterator[Triple]:
    """First and last day of each entity's main timeline, and its year where the beginning is known."""
    beginnings, ends = _days(store, _BEGINS), _days(store, _CEASES)
    for entity in beginnings.keys() | ends.keys():
        begun, ended = beginnings.get(entity), ends.get(entity)
        if begun is not None:
            yield Triple(entity, _EARLIEST, day(begun.first))
            yield Triple(entity, _YEAR, Literal(begun.first[:4], datatype=NamedNode(XSD + "gYear")))
        last = ended or begun
        if last is not None:
            yield Triple(entity, _LATEST, day(last.last))


class _Days(NamedTuple):
    """The first and the last day that a date can be, in ISO form, which sorts by time."""

    first: str
    last: str


def _days(store: Store, property_: NamedNode) -> dict[NamedNode, _Days]:
    found: dict[NamedNode, _Days] = {}
    for quad in store.quads_for_pattern(None, property_, None, DefaultGraph()):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            written = quad.object.value
            known = _Days(dates.earliest(written).isoformat(), dates.latest(written).isoformat())
            other = found.get(quad.subject, known)
            found[quad.subject] = _Days(min(known.first, other.first), max(known.last, other.last))
    return found
