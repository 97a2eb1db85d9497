"""The real graph: start, memory, and the card of an entity."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import load
from client import Connection, get
from servers import ROOT, Server, running

RELEASE = ROOT / "build" / "release"
CLIENTS = 8
CARDS = 50
RIPE_SECONDS = 2

_CARD = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX asoen: <https://w3id.org/asoen/ontology#> PREFIX id: <https://w3id.org/asoen/id/>
SELECT ?p ?o ?label ?fact ?source ?at WHERE { GRAPH ?fact { id:SLUG ?p ?o }
?fact prov:wasDerivedFrom ?source OPTIONAL { ?fact asoen:locator ?at }
OPTIONAL { ?o rdfs:label ?label FILTER(LANG(?label) = "en") } }"""
"""What a card tells: every fact of an entity with its source, and the labels of what it mentions."""


def section(release: Path, folder: Path) -> list[str]:
    """The section of the page about the real graph."""
    quads = release / "asoen.nq"
    with ExitStack() as stack:
        names = ("asoen, release", "asoen, release, cache", "oxigraph, memory")
        plain, cached, theirs = (stack.enter_context(running(name, quads, folder)) for name in names)
        fresh = plain.memory()
        slugs = _slugs(plain)
        # What is made ahead of requests is made by then, and who was forked before is replaced by such as have it.
        time.sleep(RIPE_SECONDS)
        cards = [get(plain.url, "application/json").replace(b"/sparql", b"/api/entities/" + slug) for slug in slugs]
        query = [_CARD.replace("SLUG", slug.decode()).replace("\n", " ") for slug in slugs]
        asked = [get(theirs.url, "application/sparql-results+json", text) for text in query]
        loads = {
            "card by REST, asoen": (plain.url, cards),
            "card by REST, asoen, again, with its cache": (cached.url, cards),
            "card by REST, asoen, 304": (cached.url, validated(cached, cards)),
            "card by SPARQL, asoen": (plain.url, [_here(each) for each in asked]),
            "card by SPARQL, oxigraph, memory": (theirs.url, asked),
        }
        rates = load.in_turns(loads, CLIENTS, folder, "the real graph")
        memory = {"asoen, two workers and two lanes": plain.memory(), "oxigraph, memory": theirs.memory()}
        starts = {"asoen, two workers and two lanes": plain.seconds, "oxigraph, memory": theirs.seconds}
    lines = [f"## The real graph, {sum(1 for _ in quads.open('rb')):,} quads", "", *_rate_table(rates), ""]
    lines += ["| server | start to first answer, s | memory after the cards, MB |", "| --- | ---: | ---: |"]
    lines += [f"| {name} | {starts[name]:.2f} | {memory[name] / 1e6:,.0f} |" for name in starts]
    return [*lines, "", f"Ours takes {fresh / 1e6:,.0f} MB before the first card.", ""]


def validated(server: Server, asked: list[bytes]) -> list[bytes]:
    """The requests of a client that has the answers."""
    connection = Connection(server.url)
    tags = [connection.ask(request).headers["etag"] for request in asked]
    connection.close()
    pairs = zip(asked, tags, strict=True)
    return [request[:-2] + f"If-None-Match: {tag}\r\n\r\n".encode() for request, tag in pairs]


def _slugs(server: Server) -> list[bytes]:
    """Some entities of which much is known."""
    connection = Connection(server.url)
    request = get(server.url, "application/json").replace(b"/sparql", b"/api/entities?class=meeting&limit=1000")
    answer = connection.ask(request)
    connection.close()
    slugs = [str(item["slug"]).encode() for item in json.loads(answer.body)["items"]]
    return slugs[:: max(1, len(slugs) // CARDS)][:CARDS]


def _here(request: bytes) -> bytes:
    """A request to Oxigraph as one to us."""
    return request.replace(b"GET /query?", b"GET /sparql?", 1)


def _rate_table(rates: Mapping[str, float]) -> list[str]:
    theirs = rates["card by SPARQL, oxigraph, memory"]
    lines = [f"| {CLIENTS} clients | answers a second | ÷ oxigraph's card by SPARQL |", "| --- | ---: | ---: |"]
    return lines + [f"| {name} | {rate:,.3g} | **{rate / theirs:.2f}** |" for name, rate in rates.items()]
