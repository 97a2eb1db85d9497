"""What a valid query most likely gets wrong: terms and entities that are not there, variables that stand for nothing.

SPARQL answers such queries with no rows. For a person at a terminal that is a mistake to be told; for a standard client
it is an answer, so the server only adds the findings as a hint.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from asoen_graph.errors import QuerySyntaxError
from asoen_graph.iris import ENTITY, FACT, GRAPH, QUERY_PREFIXES, SEARCH, SEARCH_FUNCTIONS, SOURCE, TERM
from asoen_graph.messages import tell
from asoen_graph.sparql.meaning import selections
from asoen_graph.sparql.names import expand, prefixes_of, used_names
from asoen_graph.sparql.places import syntax_error
from asoen_graph.sparql.tokens import Token, significant
from asoen_graph.store import GraphStore
from asoen_graph.text import nearest

_KINDS = {
    TERM: "query.no-term",
    ENTITY: "query.no-entity",
    SOURCE: "query.no-source",
    FACT: "query.no-fact",
    GRAPH: "query.no-graph",
}
_SURE, _CLEARLY = 0.9, 0.05
"""How alike (``difflib`` ratio) the nearest name must be to mend the query, and how much more so than the next."""


def doubts(text: str, store: GraphStore) -> list[QuerySyntaxError]:
    """Every name of this project's namespaces the store does not know, and every selected variable used nowhere.

    They are errors ready to be raised, in order of place.
    """
    tokens = significant(text)
    found = [*_unknown_names(text, tokens, store), *_misused_search(text, tokens), *_idle_variables(text, tokens)]
    if len(found) > 1:
        for error in found:
            error.repaired = None  # Mending one of several mistakes makes no query that works.
    return sorted(found, key=lambda error: (error.line or 0, error.column or 0))


def _unknown_names(text: str, tokens: Sequence[Token], store: GraphStore) -> Iterator[QuerySyntaxError]:
    prefixes = QUERY_PREFIXES | prefixes_of(tokens)
    template = _template(tokens)
    used = [(token, expand(token, prefixes)) for token in used_names(tokens) if token.start not in template]
    ours = [(token, iri) for token, iri in used if iri is not None and _namespace(iri)]
    known = store.known({iri for _, iri in ours}) if ours else set()
    names: dict[str, list[str]] = {}
    for token, iri in ours:
        if iri in known:
            continue
        namespace = _namespace(iri)
        candidates = names.setdefault(namespace, store.names(namespace))
        if namespace == TERM and not candidates:
            continue  # The store holds other data than ours.
        locals_ = [name[len(namespace) :] for name in candidates]
        near = nearest(iri[len(namespace) :], locals_)
        yield _doubt(
            text, token, tell(_KINDS[namespace], text=token.text), [_spelt(token, namespace, name) for name in near]
        )


def _misused_search(text: str, tokens: Sequence[Token]) -> Iterator[QuerySyntaxError]:
    """What of the search functions' namespace is no function, or stands where no function is called."""
    prefixes = QUERY_PREFIXES | prefixes_of(tokens)
    for position, token in enumerate(tokens):
        iri = expand(token, prefixes) if token.kind in ("name", "iri") else None
        if iri is None or not iri.startswith(SEARCH) or iri == SEARCH:
            continue
        name = iri.removeprefix(SEARCH)
        if name not in SEARCH_FUNCTIONS:
            near = [_spelt(token, SEARCH, each) for each in nearest(name, SEARCH_FUNCTIONS)]
            yield _doubt(text, token, tell("query.no-search", text=token.text), near)
        elif position + 1 == len(tokens) or tokens[position + 1].text != "(":
            hint = tell("query.search-call", name=name)
            yield syntax_error(token, tell("query.search-property", text=token.text), hint)


def _idle_variables(text: str, tokens: Sequence[Token]) -> Iterator[QuerySyntaxError]:
    selected = [token for selection in selections(tokens) for token in selection.plain]
    starts = {token.start for token in selected}
    used = {token.value[1:] for token in tokens if token.kind == "variable" and token.start not in starts}
    for token in selected:
        if token.value[1:] not in used:
            near = [f"?{name}" for name in nearest(token.value[1:], sorted(used))]
            yield _doubt(text, token, tell("query.idle", text=token.text), near)


def _doubt(text: str, token: Token, message: str, near: Sequence[str]) -> QuerySyntaxError:
    # Only where there is something to say: a query without a mistake is not to wait for these.
    import difflib

    from asoen_graph.sparql.repair import is_query

    hint = tell("value.did-you-mean", near=near) if near else ""
    repaired = None
    likeness = [difflib.SequenceMatcher(None, token.text, name).ratio() for name in near]
    if likeness and likeness[0] >= _SURE and all(likeness[0] - other >= _CLEARLY for other in likeness[1:]):
        mended = text[: token.start] + near[0] + text[token.end :]
        repaired = mended if is_query(mended) else None
    return syntax_error(token, message, hint, repaired=repaired, nearest=near)


def _spelt(token: Token, namespace: str, name: str) -> str:
    """A name of a namespace, written the way the token was."""
    if token.kind == "iri":
        return f"<{namespace}{name}>"
    return f"{token.value.partition(':')[0]}:{name}"


def _namespace(iri: str) -> str:
    return next((namespace for namespace in _KINDS if iri.startswith(namespace) and iri != namespace), "")


def _template(tokens: Sequence[Token]) -> set[int]:
    """Where the tokens of a ``CONSTRUCT`` template start: it may name what is not there yet."""
    start = next((n for n, token in enumerate(tokens) if token.is_word("CONSTRUCT")), len(tokens))
    found: set[int] = set()
    depth = 0
    for token in tokens[start + 1 :]:
        depth += (token.text == "{") - (token.text == "}")
        if depth <= 0:
            break
        found.add(token.start)
    return found
