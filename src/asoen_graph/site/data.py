"""The files of the data: what people download, and what the engine and the search in the browser are given."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store

from asoen_graph.iris import FACT, PROV, QUERY_PREFIXES, SOURCE, TERM
from asoen_graph.queries.blocks import blocks
from asoen_graph.queries.catalogue import Catalogue, CatalogueQuery
from asoen_graph.queries.parameters import as_typed
from asoen_graph.release import DESCRIPTION_FILE, MANIFEST_FILE, PLACES_FILE, QUADS_FILE, TRIG_FILE, Release
from asoen_graph.search import SearchIndex
from asoen_graph.serialization import write_rdf
from asoen_graph.vocabulary import Vocabulary

QUADS: Final = "data/asoen.nq.gz"
"""What the engine in the browser reads."""

_LEVEL: Final = 9


def data_files(release: Release, catalogue: Catalogue) -> dict[str, Callable[[], bytes]]:
    """What makes the content of each file, by name; it raises ReleaseError."""
    return {
        QUADS: lambda: _zipped(release.read(QUADS_FILE)),
        "data/asoen.trig.gz": lambda: _zipped(release.read(TRIG_FILE)),
        "data/asoen.ttl.gz": lambda: _zipped(_accepted(release.store())),
        "data/description.ttl": lambda: release.read(DESCRIPTION_FILE),
        "data/manifest.json": (release.folder / MANIFEST_FILE).read_bytes,
        "data/places.tsv": lambda: release.read(PLACES_FILE),
        "client/catalogue.json": lambda: _json(catalogue_document(catalogue, release.vocabulary)),
        "client/names.json": lambda: _json(SearchIndex.of(release.store()).document()),
        "client/query.ebnf": (files("asoen_graph.sparql") / "query.ebnf").read_bytes,
        **{f"queries/{name}.rq": partial(catalogue[name].text.encode) for name in catalogue},
    }


def _accepted(graph: Store) -> bytes:
    """The default graph as Turtle."""
    quads = graph.quads_for_pattern(None, None, None, DefaultGraph())
    return write_rdf(sorted((quad.triple for quad in quads), key=str), RdfFormat.TURTLE)


def homes_of(graph: Store) -> dict[str, str]:
    """The source in whose page each fact stands: of a fact of several, the one that its locator is about."""
    found = {}
    for predicate in (PROV + "wasDerivedFrom", TERM + "locatorSource"):
        for quad in graph.quads_for_pattern(None, NamedNode(predicate), None, None):
            if not (isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)):
                continue
            fact, source = quad.subject.value, quad.object.value
            if fact.startswith(FACT) and source.startswith(SOURCE):
                found[fact.removeprefix(FACT)] = source.removeprefix(SOURCE)
    return dict(sorted(found.items()))


def write_homes(folder: Path, homes: Mapping[str, str]) -> None:
    """The same for scripts, in as many files as there are beginnings of two digits."""
    shards: dict[str, dict[str, str]] = {}
    for fact, source in homes.items():
        shards.setdefault(fact[:2], {})[fact] = source
    target = folder / "client" / "facts"
    target.mkdir(parents=True)
    for beginning, facts in shards.items():
        (target / f"{beginning}.json").write_bytes(_json(facts))


def catalogue_document(catalogue: Catalogue, vocabulary: Vocabulary) -> dict[str, Any]:
    """The queries with their texts and the places where values go, for binding them without pasting."""
    classes = {each.key: each.iri for each in vocabulary.classes.values()}
    return {
        "prefixes": QUERY_PREFIXES,
        "queries": [_query(catalogue[name], classes) for name in catalogue],
    }


def _query(query: CatalogueQuery, classes: dict[str, str]) -> dict[str, Any]:
    return {
        "name": query.name,
        "title": dict(query.title),
        "description": dict(query.description),
        "group": query.group,
        "isNetwork": query.is_network,
        "view": query.view,
        "text": query.text,
        "parameters": [
            {
                "name": parameter.name,
                "type": parameter.type,
                **({"class": parameter.class_key} if parameter.class_key else {}),
                "classIri": classes.get(parameter.class_key or "", ""),
                "required": not parameter.optional,
                "many": parameter.many,
                "default": ",".join(as_typed(term) for term in parameter.default) or None,
                "description": dict(parameter.description),
            }
            for parameter in query.parameters.values()
        ],
        "blocks": [
            [block.name, _units(query.text[: block.start]), _units(query.text[: block.end])]
            for block in blocks(query.text)
        ],
    }


def _units(text: str) -> int:
    """The length of a text as JavaScript counts it."""
    return len(text.encode("utf-16-le")) // 2


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _zipped(content: bytes) -> bytes:
    return gzip.compress(content, _LEVEL, mtime=0)
