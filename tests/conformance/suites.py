"""Which suites of the W3C are run, which are not, and why."""

from __future__ import annotations

SPARQL_10 = (
    "basic triple-match open-world algebra bnode-coreference optional optional-filter graph dataset type-promotion "
    "cast boolean-effective-value bound expr-builtin expr-ops expr-equals regex i18n construct ask distinct sort "
    "solution-seq reduced"
)
SPARQL_11 = (
    "aggregates bind bindings construct exists functions grouping negation project-expression property-path subquery "
    "csv-tsv-res json-res"
)

EVALUATION = (
    *(f"dawg-data-r2/{name}" for name in SPARQL_10.split()),
    *(f"sparql11/{name}" for name in SPARQL_11.split()),
)
"""Queries and their answers; some are bad queries."""

SYNTAX = (*(f"dawg-data-r2/syntax-sparql{number}" for number in range(1, 6)), "sparql11/syntax-query")
"""Queries that are, or are not, SPARQL."""

PROTOCOL = "sparql11/protocol"
DESCRIPTION = "sparql11/service-description"

_UPDATES = (
    "add basic-update clear copy delete delete-data delete-insert delete-where drop move syntax-update-1 "
    "syntax-update-2 update-silent"
)

NOT_RUN = {
    "sparql11/entailment": "no entailment regime: what follows is in the data already",
    "sparql11/service": "`SERVICE` is refused: nothing is fetched for strangers",
    "sparql11/syntax-fed": "`SERVICE` is refused before anything else is looked at",
    "sparql11/http-rdf-update": "writing; its reading half is tested in `tests/server/test_graph_store.py`",
    **{f"sparql11/{name}": "the data are only read" for name in _UPDATES.split()},
}
"""Suites that are about what this server does not do."""

_KASEI = "http://kasei.us/2009/09/sparql/data/"

MENTIONED = {
    f"{_KASEI}data{number}.rdf": f"<{_KASEI}data{number}.rdf> a <http://xmlns.com/foaf/0.1/Document> ."
    for number in range(4)
} | dict.fromkeys(
    (
        *(f"http://example.org/{name}" for name in ("graph", "graph1", "graph2", "g1", "g2")),
        "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/syntax-query/file",
    ),
    "",
)
"""Graphs that tests of the protocol and of syntax name and no file of the suites holds, as Turtle."""
