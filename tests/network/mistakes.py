"""What people get wrong when they ask for a network, and what they are told: at the terminal and over HTTP alike."""

from __future__ import annotations

from typing import NamedTuple


class Mistake(NamedTuple):
    """A query and the dates asked for (``at``, ``from``, ``until``), and what the answer has to say."""

    query: str
    dates: dict[str, str]
    says: tuple[str, ...]


LINES = "SELECT ?source ?target { ?source asoen:reportsTo ?target }"
_NAMES = "?source ?target ?weight ?from ?until ?fact"


def _row(values: str, *says: str) -> Mistake:
    return Mistake(f"SELECT {_NAMES} {{ VALUES ({_NAMES}) {{ ({values}) }} }}", {}, says)


MISTAKES = {
    "no source": Mistake("SELECT ?target { ?target a asoen:State }", {}, ("gives ?target, but not ?source", "?weight")),
    "no columns": Mistake("SELECT ?x { ?x a asoen:State }", {}, ("gives ?x, but not ?source and ?target",)),
    "ask": Mistake("ASK { ?s ?p ?o }", {}, ("no SELECT", "?source and ?target")),
    "construct": Mistake("CONSTRUCT { ?s a ?c } WHERE { ?s a ?c }", {}, ("no SELECT", "?source and ?target")),
    "describe": Mistake("DESCRIBE id:coralia", {}, ("no SELECT",)),
    "no sparql": Mistake("SELECT ?source ?target { ?source ?target", {}, ("Line 1, column 41",)),
    "an update": Mistake("DELETE WHERE { ?s ?p ?o }", {}, ("update",)),
    "a label": Mistake(
        "SELECT ?source ?target { ?body asoen:reportsTo ?target ; rdfs:label ?source }",
        {},
        ("?source holds", "which is no entity", "not its label"),
    ),
    "a blank node": Mistake(
        "SELECT ?source ?target { ?source asoen:reportsTo ?upper BIND(BNODE() AS ?target) }",
        {},
        ("?target holds _:", "which is no entity"),
    ),
    "unbound": _row("id:a UNDEF UNDEF UNDEF UNDEF UNDEF", "row 1", "?target has no value"),
    "negative weight": _row("id:a id:b -1 UNDEF UNDEF UNDEF", "?weight holds", "zero or more"),
    "no number": _row("id:a id:b 'NaN'^^xsd:double UNDEF UNDEF UNDEF", "?weight holds", "zero or more"),
    "infinite weight": _row("id:a id:b 'INF'^^xsd:double UNDEF UNDEF UNDEF", "?weight holds", "zero or more"),
    "weight in words": _row("id:a id:b 'two' UNDEF UNDEF UNDEF", "?weight holds", "zero or more"),
    "no date in a row": _row("id:a id:b 1 'never' UNDEF UNDEF", "?from and ?until", "2019-11-02"),
    "a row that ends first": _row("id:a id:b 1 '2019' '2009' UNDEF", "ends (2009) before it starts (2019)"),
    "evidence that is no IRI": _row("id:a id:b 1 UNDEF UNDEF 'page 3'", "?fact holds 'page'", "IRI of a fact"),
    "no date": Mistake(LINES, {"at": "yesterday"}, ("'yesterday' is not a date", "2019-11")),
    "no such month": Mistake(LINES, {"from": "2031-13"}, ("There is no month 13",)),
    "from after until": Mistake(LINES, {"from": "2019", "until": "2009"}, ("ends (2009) before it starts (2019)",)),
    "two periods": Mistake(LINES, {"at": "2019", "until": "2009"}, ("Leave out either at, or from and until",)),
    "no such class": Mistake(
        "SELECT ?source ?target { ?source a asoen:Metting ; asoen:host ?target }",
        {},
        ("Line 1, column 36", "asoen:Metting is not a term of the ontology", "asoen:Meeting"),
    ),
    "no such property": Mistake(
        "SELECT ?source ?target { ?source asoen:reportTo ?target }", {}, ("asoen:reportTo is not", "asoen:reportsTo")
    ),
    "no such entity": Mistake(
        "SELECT ?source ?target { VALUES ?source { id:corallia } ?source asoen:memberOf ?target }",
        {},
        ("id:corallia is not an entity", "id:coralia"),
    ),
}
"""By name, what is refused."""

EMPTY = {
    "an empty answer": ("SELECT ?source ?target { ?source asoen:reportsTo ?target FILTER(false) }", ()),
    "a class without an instance": (
        "SELECT ?source ?target { ?source a asoen:Regulation ; asoen:reportsTo ?target }",
        ("Nothing in the data is of the class regulation (asoen:Regulation).",),
    ),
    "a property that nothing has": (
        "SELECT ?source ?target { ?source asoen:recalls ?target }",
        ("No statement in the data uses the property recalls (asoen:recalls).",),
    ),
}
"""Queries whose network is empty, with what its notes say of it besides."""
