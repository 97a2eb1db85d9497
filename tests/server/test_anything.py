"""Whatever is asked, nobody gets an internal error."""

from __future__ import annotations

import json
from urllib.parse import quote

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .conftest import Site

addresses = [
    "/id/{}",
    "/fact/{}",
    "/source/{}",
    "/graph/{}",
    "/problem/{}",
    "/api/entities/{}",
    "/api/entities/{}/facts",
    "/api/sources/{}",
    "/api/queries/{}",
    "/api/networks/{}",
    "/api/networks/together.{}",
    "/api/network.{}?query=SELECT",
    "/api/network.svg?query={}",
    "/api/network.svg?query=SELECT+?source+?target+{{?source+a+?target}}LIMIT+3&title={}",
    "/api/network.graphml?query=SELECT+?source+?target+{{?source+a+?target}}LIMIT+3&title={}",
    "/api/network.json?query=SELECT+?source+?target+{{?source+a+?target}}LIMIT+3&title={}",
    "/api/network.csv?query=SELECT+?source+?target+{{?source+a+?target}}&at={}",
    "/sparql?query={}",
    "/api/search?q={}",
    "/api/search?q=reef&lang={}",
    "/api/entities?class={}",
    "/api/entities?q={}",
    "/api/entities?limit={}",
    "/api/entities?offset={}",
    "/api/queries/meetings?series={}",
    "/api/queries/meetings?least={}",
    "/api/queries/meetings?format={}",
    "/api/networks/together.json?at={}",
    "/api/networks/together.json?with={}",
    "/api/networks/together.json?top=1&by={}",
    "/api/networks/together/measures.{}",
    "/api/networks/together/measures.csv?component={}",
    "/api/networks/{}/measures.csv",
    "/api/networks/together.json?from={}&until=2031",
    "/api/networks/together.json?compare={},2031",
    "/api/networks/together.json?series=2031,{}&at=2031",
    "/api/networks/attended.json?project={}",
    "/api/networks/attended.json?project=source&weighting={}",
    "/docs/assets/{}",
    "/{}",
]
SLUGS = ["lsoe-12", "lsoe-12.ttl", "..", "../..", "lsoe-series,lsoe-series", "2031-02-30", "-0001", "1e9", "NaN", "%"]
SIGNS = ["id:x", "<urn:x>", "?x", "{", "}", "<", "\\", "'", '"', "' }", "\x00", "\ud7ff", "e\u0301", "9" * 50]
texts = st.one_of(st.text(max_size=30), st.sampled_from([*SLUGS, *SIGNS]))
FORMS = ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "WHERE", "PREFIX", "BASE", "FROM", "LIMIT", "ORDER BY"]
PATTERNS = ["FILTER", "GRAPH", "VALUES", "UNDEF", "OPTIONAL", "UNION", "BIND", "AS", "EXISTS", "SERVICE"]
TERMS = ["a", "*", "?x", "id:lsoe-12", "asoen:Meeting", "x:", "<urn:x>", "_:b", "'x'", "1", "@en"]
pieces = st.lists(st.sampled_from([*FORMS, *PATTERNS, *TERMS, *"{}()[].;/|#\n"]), max_size=15).map(" ".join)
small = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def check(site: Site, address: str, accept: str) -> None:
    answer = site.client.get(address, headers={"Accept": accept})
    assert answer.status_code < 500, (address, answer.text)
    if answer.status_code >= 400 and accept == "text/html":
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert f"<title>{answer.status_code} " in answer.text
    elif answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        assert json.loads(answer.text)["status"] == answer.status_code


@small
@given(st.sampled_from(addresses), texts, st.sampled_from(["*/*", "text/html", "application/json", "text/turtle"]))
def test_any_text_at_any_place(site: Site, address: str, text: str, accept: str) -> None:
    check(site, address.format(quote(text, safe="")), accept)


@small
@given(pieces, st.sampled_from(["*/*", "text/html", "text/csv", "text/turtle", "application/ld+json"]))
def test_any_query(site: Site, query: str, accept: str) -> None:
    check(site, f"/sparql?query={quote(query, safe='')}&timeout=5", accept)


@small
@given(st.binary(max_size=60))
def test_any_bytes_as_parameters(site: Site, content: bytes) -> None:
    answer = site.client.post("/sparql", content=content, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert 400 <= answer.status_code < 500
    answer = site.client.post("/sparql", content=content, headers={"Content-Type": "application/sparql-query"})
    assert 400 <= answer.status_code < 500
