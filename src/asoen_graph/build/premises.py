"""What a shape has to be shown: which properties inference draws others from, and whether a shape looks further.

``infer`` draws a property only from its sub-properties, its inverse, itself (where it is symmetric or transitive) and
the links of its chains, and the class of an entity only from its class in the register. So triples of the *premises*
of some properties are enough to infer all there is of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Triple

from asoen_graph.build.constraints import SHACL, SparqlConstraint
from asoen_graph.errors import AsoenError
from asoen_graph.iris import PROV, RDF, TERM, compact
from asoen_graph.vocabulary import Vocabulary

_DATES: Final = {
    TERM + "earliest": (TERM + "begins", TERM + "ceases"),
    TERM + "latest": (TERM + "begins", TERM + "ceases"),
    TERM + "year": (TERM + "begins",),
}
"""What the derived dates are made of."""
_OWN: Final = frozenset(
    SHACL + name
    for name in (
        *("targetClass", "targetSubjectsOf", "property", "path", "alternativePath", "or", "and", "message", "class"),
        *("minCount", "maxCount", "datatype", "in", "hasValue", "pattern", "flags", "minLength", "maxLength"),
        *("minInclusive", "maxInclusive", "minExclusive", "maxExclusive", "lessThan", "lessThanOrEquals", "equals"),
        *("disjoint", "name", "description", "severity", "declare", "prefix", "namespace", "uniqueLang", "languageIn"),
    )
)
"""What looks at nothing but the triples of a node and the classes of what they lead to."""
_FOREIGN = re.compile(r"\b(?:rdf|rdfs|skos|prov|dcterms|owl):\w|<http")
_ANY_PROPERTY = re.compile(r"[?$]\w+\s+[?$]\w+\s+[?$<\"\w]|;\s*[?$]\w+\s+[?$<\"\w]")
_PATHS: Final = (TERM, PROV + "wasDerivedFrom", RDF + "type")


def premises(vocabulary: Vocabulary, properties: Iterable[str]) -> frozenset[str]:
    """The properties from whose triples all triples of the given ones follow, themselves included; all by IRI."""
    found: set[str] = set()
    waiting = list(properties)
    while waiting:
        iri = waiting.pop()
        if iri in found:
            continue
        found.add(iri)
        waiting += [each.iri for each in vocabulary.properties.values() if iri in each.parents]
        waiting += [each.iri for each in vocabulary.properties.values() if each.inverse == iri]
        known = vocabulary.property_of(iri)
        waiting += [known.inverse] if known is not None and known.inverse else []
        waiting += [part for pair in vocabulary.chains.get(iri, ()) for part in pair]
        waiting += _DATES.get(iri, ())
    return frozenset(iri for iri in found if vocabulary.property_of(iri) is not None)


def own_premises(vocabulary: Vocabulary, shapes: list[Triple]) -> frozenset[str]:
    """The premises of everything that SHACL core shapes look at.

    Raises AsoenError where a shape looks further than the facts that a node takes part in and the classes of their
    other ends: such a shape has to be a SPARQL constraint, for these are judged over the whole graph.
    """
    for triple in shapes:
        if triple.predicate.value.startswith(SHACL) and triple.predicate.value not in _OWN:
            raise _too_far(f"{compact(triple.predicate.value)} looks beyond the triples of a node")
    paths = {triple.subject for triple in shapes if triple.predicate.value == SHACL + "path"}
    for triple in shapes:
        if triple.predicate.value == SHACL + "property" and triple.subject in paths:
            raise _too_far("A property shape stands inside another")
    heads: set[object] = {triple.subject for triple in shapes if triple.predicate.value == RDF + "first"}
    for triple in shapes:
        if triple.predicate.value == SHACL + "path":
            _check_path(triple.object, heads)
    named = {triple.object.value for triple in shapes if isinstance(triple.object, NamedNode)}
    found = premises(vocabulary, (iri for iri in named if vocabulary.property_of(iri) is not None))
    for iri in found:
        if vocabulary.chains.get(iri) or "TransitiveProperty" in vocabulary.characteristics[iri]:
            raise _too_far(f"{compact(iri)} follows from facts that the node has no part in")
    return found


def check_queries(constraints: Iterable[SparqlConstraint]) -> None:
    """Make sure that SPARQL constraints name all they read. Raises AsoenError where one does not."""
    for constraint in constraints:
        pattern = constraint.query.partition("WHERE")[2]
        if _FOREIGN.search(pattern) or _ANY_PROPERTY.search(pattern):
            raise AsoenError(
                f"A SPARQL constraint of constraints.ttl reads more than facts of the properties it names: {pattern}",
                "Name properties of the ontology there, no variables and no others",
            )


def _check_path(path: object, heads: set[object]) -> None:
    if isinstance(path, NamedNode) and not path.value.startswith(_PATHS):
        raise _too_far(f"{compact(path.value)} is a name or belongs to another vocabulary")
    if isinstance(path, BlankNode) and path in heads:
        raise _too_far("A path has several steps")


def _too_far(why: str) -> AsoenError:
    return AsoenError(
        f"A shape of constraints.ttl cannot be judged entity by entity: {why}", "Write it with sh:sparql there"
    )
