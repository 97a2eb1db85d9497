"""Queries and requests that run away, by name: each would take seconds to for ever, or more memory than there is."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

TWO = "?a ?b ?c . ?d ?e ?f"
CROSS = f"{TWO} . ?g ?h ?i"
NEVER = "FILTER(STRLEN(CONCAT(STR(?a), STR(?f), STR(?i))) < 0)"
ANY = "(<urn:a>|!<urn:a>|^!<urn:a>)"
"""A step along any triple, in either direction."""


def _chain(step: str, length: int) -> str:
    """A text that grows with each BIND."""
    return 'BIND("x" AS ?x0) ' + " ".join(f"BIND({step.replace('X', f'?x{n}')} AS ?x{n + 1})" for n in range(length))


def _nested(length: int) -> str:
    """Sub-selects, each of which doubles what is inside it."""
    inner = '{ SELECT ("x" AS ?x0) {} }'
    for n in range(length):
        inner = f"{{ SELECT (CONCAT(?x{n}, ?x{n}) AS ?x{n + 1}) {{ {inner} }} }}"
    return inner


def _optionals(depth: int) -> str:
    inner = f"?s{depth} ?p{depth} ?o{depth}"
    for n in reversed(range(depth)):
        inner = f"?s{n} ?p{n} ?o{n} OPTIONAL {{ {inner} }}"
    return inner


_GROWING = 'REPLACE(X, ".", "$0$0$0$0")'
_ENCODED = 'ENCODE_FOR_URI(CONCAT("ế", X, X))'
_UNIONS = " ".join("{ { ?a ?b ?c } UNION { ?c ?b ?a } }".replace("?c", f"?c{n}") for n in range(60))
_THOUSANDS = {name: f"VALUES ?{name} {{ {' '.join(map(str, range(20_000)))} }}" for name in "xyz"}

QUERIES: Mapping[str, str] = {
    "product, counted": f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}",
    "product, as rows": f"SELECT * {{ {CROSS} }}",
    "product of two, as rows": f"SELECT * {{ {TWO} }}",
    "product, in order": f"SELECT * {{ {CROSS} }} ORDER BY ?i ?h ?g",
    "product, without duplicates": f"SELECT DISTINCT ?a ?e ?i {{ {CROSS} }}",
    "product, in groups": f"SELECT ?a ?e (SUM(STRLEN(STR(?i))) AS ?n) {{ {CROSS} }} GROUP BY ?a ?e",
    "product, none of which is true": f"ASK {{ {CROSS} {NEVER} }}",
    "product, one row far away": f"SELECT * {{ {TWO} }} OFFSET 9000000000 LIMIT 1",
    "product over all graphs": "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } }",
    "product by chance": f"SELECT * {{ {TWO} }} ORDER BY RAND() LIMIT 1",
    "product, taken away": f"SELECT * {{ {TWO} MINUS {{ ?d ?e ?f . ?g ?h ?a }} }}",
    "NOT EXISTS of everything":
        f"SELECT (COUNT(*) AS ?n) {{ {TWO} FILTER NOT EXISTS {{ ?c ?x ?f . ?f ?y ?a }} }}",
    "path (a|!a)*": "SELECT (COUNT(*) AS ?n) { ?a (<urn:a>|!<urn:a>)* ?b }",
    "path both ways": f"SELECT (COUNT(*) AS ?n) {{ ?a {ANY}* ?b }}",
    "path both ways, twice": f"SELECT * {{ ?a {ANY}* ?b . ?b {ANY}+ ?c }}",
    "path of paths": f"SELECT * {{ ?a (({ANY}*)*/({ANY}+)?)+ ?b }}",
    "path of long steps": f"SELECT * {{ ?a {'/'.join([ANY] * 12)} ?b }}",
    "regular expression on a product":
        f'SELECT * {{ {TWO} FILTER(REGEX(CONCAT(STR(?c), STR(?f)), "^(.?){{200}}x{{200}}$")) }}',
    "regular expression, another for each row":
        'SELECT * { ?a ?b ?c FILTER(REGEX("x", CONCAT("^((", ENCODE_FOR_URI(SUBSTR(STR(?c), 1, 9)), '
        '"?){90}){90}$"))) }',
    "REPLACE that grows": f"SELECT (STRLEN(?x40) AS ?n) {{ {_chain(_GROWING, 40)} }}",
    "CONCAT that doubles": f"SELECT (STRLEN(?x60) AS ?n) {{ {_chain('CONCAT(X, X)', 60)} }}",
    "CONCAT that doubles, in sub-selects": f"SELECT (STRLEN(?x60) AS ?n) {{ {_nested(60)} }}",
    "ENCODE_FOR_URI that grows": f"SELECT (STRLEN(?x60) AS ?n) {{ {_chain(_ENCODED, 60)} }}",
    "doubled for every triple": f"SELECT (STRLEN(?x24) AS ?n) {{ ?a ?b ?c {_chain('CONCAT(X, X)', 24)} }}",
    "GROUP_CONCAT of everything":
        'SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?b), STR(?c)); SEPARATOR="|") AS ?x) { ?a ?b ?c }',
    "GROUP_CONCAT of a product": f"SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?f))) AS ?x) {{ {TWO} }}",
    "hashes of a product": f"SELECT (MAX(SHA512(CONCAT(STR(?a), STR(?f)))) AS ?x) {{ {TWO} }}",
    "COUNT(DISTINCT) of a product": f"SELECT (COUNT(DISTINCT CONCAT(STR(?a), STR(?f))) AS ?x) {{ {TWO} }}",
    "OPTIONAL in OPTIONAL": f"SELECT (COUNT(*) AS ?n) {{ {_optionals(12)} }}",
    "UNION times UNION": f"SELECT (COUNT(*) AS ?n) {{ {_UNIONS} }}",
    "huge VALUES": f"SELECT (COUNT(*) AS ?n) {{ {' '.join(_THOUSANDS.values())} }}",
    "huge VALUES, compared":
        f"SELECT (COUNT(*) AS ?n) {{ {_THOUSANDS['x']} {_THOUSANDS['y']} FILTER(?x + ?y = ?x * ?y) }}",
    "CONSTRUCT of a product": f"CONSTRUCT {{ ?a ?e ?i }} WHERE {{ {CROSS} }}",
    "CONSTRUCT with a large template":
        f"CONSTRUCT {{ {' . '.join(f'[] <urn:p{n}> ?a , ?c' for n in range(100))} }} WHERE {{ ?a ?b ?c }}",
    "DESCRIBE of everything": "DESCRIBE ?a ?b ?c { ?a ?b ?c }",
    "DESCRIBE of a product": f"DESCRIBE ?a ?f {{ {TWO} }}",
}  # fmt: skip
"""SPARQL that any server can be asked."""

SEARCHES: Mapping[str, str] = {
    "search, for every triple":
        f"SELECT (COUNT(*) AS ?n) {{ {TWO} FILTER(search:matches(?c, SUBSTR(STR(?f), 1, 5))) }}",
    "geometry of a product":
        f"SELECT (COUNT(*) AS ?n) {{ {TWO} FILTER(geof:sfIntersects(\"POINT(1 2)\"^^geo:wktLiteral, ?f)) }}",
}  # fmt: skip
"""SPARQL with functions of ours."""

_PRODUCT = quote(f"SELECT * {{ {TWO} }}")
_ALL = quote("SELECT * { GRAPH ?g { ?s ?p ?o } }")
_KEPT = quote(f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}")
ADDRESSES: Mapping[str, str] = {
    "a product as a workbook": f"/sparql?format=xlsx&query={_PRODUCT}",
    "everything as a workbook": f"/sparql?format=xlsx&query={_ALL}",
    "everything as Parquet": f"/sparql?format=parquet&query={_ALL}",
    "everything as HTML": f"/sparql?format=html&query={_ALL}",
    "everything as JSON-LD": "/data?default&format=jsonld",
    "everything as RDF/XML": "/data?default&format=rdf",
    "a kept release, a product": f"/releases/2026.11.0/sparql?query={_KEPT}",
    "network laid out: who works with whom": "/api/networks/who-works-with-whom.svg",
    "network laid out: partners met together": "/api/networks/partners-met-together.svg",
    "catalogue: all facts of a much used source": "/api/queries/documents?format=xlsx",
    "catalogue: the parks as a map": "/api/queries/parks-on-a-map?format=svg",
    "catalogue: what concerns a theme": "/api/queries/things-about-theme?format=xlsx",
    "list of everything": "/api/entities?limit=1000&facets=class,country",
    "search for one letter": "/api/search?q=a&limit=100",
    "changes between releases": "/changes",
}  # fmt: skip
"""Requests of ours beyond SPARQL."""
