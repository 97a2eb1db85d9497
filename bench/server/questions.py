"""The eighteen queries of the measurements, and the groups they are quoted in.

``{meeting}``, ``{series}`` … stand for an entity of that kind; each query is asked about several in turn.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

PREFIXES = (
    "PREFIX d: <http://kg.example/def#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX dct: <http://purl.org/dc/terms/> "
    "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
)

QUESTIONS: Mapping[str, str] = {
    "entity": "SELECT ?p ?o WHERE { <{meeting}> ?p ?o }",
    "prefix": 'SELECT ?s ?l WHERE { ?s rdfs:label ?l FILTER(LANG(?l) = "en" && '
    'STRSTARTS(LCASE(STR(?l)), "declaration on w")) } ORDER BY ?l LIMIT 20',
    "regex": 'SELECT ?s ?l WHERE { ?s rdfs:label ?l FILTER(LANG(?l) = "vi" && '
    'REGEX(STR(?l), "khói mù [0-9]*7$", "i")) }',
    "timeline": "SELECT ?m ?l ?dt ?h WHERE { ?m d:inSeries <{series}> ; d:date ?dt ; rdfs:label ?l ; d:host ?h "
    'FILTER(LANG(?l) = "en" && ?dt >= "1995-01-01"^^xsd:date && ?dt < "2020-01-01"^^xsd:date) } ORDER BY ?dt ?m',
    "co-participation": "SELECT ?a ?b (COUNT(?m) AS ?n) WHERE { ?m d:inSeries <{series}> . "
    "?x d:meeting ?m ; d:partner ?a . ?y d:meeting ?m ; d:partner ?b FILTER(STR(?a) < STR(?b)) } "
    "GROUP BY ?a ?b ORDER BY DESC(?n) ?a ?b",
    "co-participation, all": "SELECT ?a ?b (COUNT(?m) AS ?n) WHERE { ?x d:meeting ?m ; d:partner ?a . "
    "?y d:meeting ?m ; d:partner ?b FILTER(STR(?a) < STR(?b)) } GROUP BY ?a ?b ORDER BY DESC(?n) ?a ?b",
    "path": 'SELECT ?b ?l WHERE { ?b d:partOf+ <{midbody}> ; rdfs:label ?l FILTER(LANG(?l) = "en") }',
    "parks": "SELECT ?c (COUNT(?p) AS ?n) (SUM(?a) AS ?area) WHERE { ?p a d:HeritagePark ; d:country ?c ; "
    "d:areaKm2 ?a } GROUP BY ?c ORDER BY DESC(?area)",
    "card": 'SELECT * WHERE { <{meeting}> rdfs:label ?l FILTER(LANG(?l) = "en") '
    'OPTIONAL { <{meeting}> d:inSeries ?s . ?s rdfs:label ?sl FILTER(LANG(?sl) = "en") } '
    "OPTIONAL { <{meeting}> d:place ?pl . ?pl rdfs:label ?pll } "
    'OPTIONAL { <{meeting}> d:host ?h . ?h rdfs:label ?hl FILTER(LANG(?hl) = "en") } '
    'OPTIONAL { <{meeting}> d:organisedBy ?b . ?b rdfs:label ?bl FILTER(LANG(?bl) = "en") } '
    'OPTIONAL { <{meeting}> d:theme ?t . ?t skos:prefLabel ?tl FILTER(LANG(?tl) = "en") } '
    "OPTIONAL { <{meeting}> d:summary ?sum } "
    'OPTIONAL { ?i d:adoptedAt <{meeting}> . ?i rdfs:label ?il FILTER(LANG(?il) = "en") } '
    "OPTIONAL { <{meeting}> d:date ?dt } OPTIONAL { <{meeting}> d:nosuch ?no } }",
    "union": 'SELECT ?x ?k ?l WHERE { { ?x a d:Instrument ; d:theme <{theme}> BIND("instrument" AS ?k) } '
    'UNION { ?x a d:Meeting ; d:theme <{theme}> BIND("meeting" AS ?k) } '
    'UNION { ?x a d:HeritagePark ; d:theme <{theme}> BIND("park" AS ?k) } ?x rdfs:label ?l FILTER(LANG(?l) = "en") }',
    "not exists": 'SELECT ?m WHERE { ?m a d:Meeting ; d:date ?dt FILTER(?dt >= "2010-01-01"^^xsd:date && '
    '?dt < "2011-01-01"^^xsd:date) FILTER NOT EXISTS { ?i d:adoptedAt ?m } }',
    "page": "SELECT ?m ?dt WHERE { ?m a d:Meeting ; d:date ?dt } ORDER BY DESC(?dt) ?m LIMIT 50 OFFSET 200",
    "construct": "CONSTRUCT { <{meeting}> ?p ?o . ?x ?xp ?xo . ?pa rdfs:label ?pl } WHERE { { <{meeting}> ?p ?o } "
    "UNION { ?x d:meeting <{meeting}> ; ?xp ?xo } "
    "UNION { ?y d:meeting <{meeting}> ; d:partner ?pa . ?pa rdfs:label ?pl } }",
    "describe": "DESCRIBE <{park}>",
    "export": "SELECT ?x ?m ?p ?n WHERE { ?x a d:Participation ; d:meeting ?m ; d:partner ?p ; d:delegationSize ?n } "
    "LIMIT 100000",
    "graph": "SELECT ?g ?t ?p ?o WHERE { GRAPH ?g { <{meeting}> ?p ?o } "
    "GRAPH <http://kg.example/graph/meta> { ?g dct:title ?t } }",
    "ask": "ASK { ?x d:partner <{partner}> ; d:meeting <{meeting}> }",
    "by year": "SELECT ?y (COUNT(?m) AS ?n) WHERE { ?m a d:Meeting ; d:date ?dt "
    "BIND(SUBSTR(STR(?dt), 1, 4) AS ?y) } GROUP BY ?y ORDER BY ?y",
}

MIX: Sequence[str] = ("entity", "timeline", "card", "construct", "describe", "graph", "ask")
"""What pages and tools ask all day: light queries about one thing."""

AGGREGATES: Sequence[str] = ("co-participation", "co-participation, all", "by year")

ONES_OF_VIRTUOSO: Sequence[str] = ("co-participation, all", "not exists", "page", "ask", "by year")
"""Those in which Virtuoso leads over Oxigraph at a million quads."""


def texts(name: str, subjects: Mapping[str, Sequence[str]]) -> list[str]:
    """The query about each of the entities in turn, or just once where it is about none."""
    found: dict[str, None] = {}
    for number in range(max(map(len, subjects.values()))):
        text = QUESTIONS[name]
        for kind, among in subjects.items():
            text = text.replace("{" + kind + "}", among[number % len(among)])
        found[PREFIXES + text] = None
    return list(found)


def accept(name: str) -> str:
    """The media type to ask for."""
    return "application/n-triples" if name in ("construct", "describe") else "application/sparql-results+json"


def subjects_of(path: Path) -> dict[str, list[str]]:
    """The entities of a world that ``world.py`` wrote."""
    found: dict[str, list[str]] = json.loads(path.with_name(path.name + ".json").read_text(encoding="utf-8"))
    return found
