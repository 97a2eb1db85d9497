"""Full-text search inside SPARQL, as extension functions (SPARQL 1.1, 17.6) of the embedded engine.

``search:matches(?text, "words")``
    Whether every word begins a word of the text, whatever its case and diacritics; ``?text`` is a literal, or an
    entity, any of whose names may match.
``search:score(?entity, "words")``
    How well the entity is called so: an ``xsd:decimal`` above 0 and up to 1, larger is better, in the order of
    :class:`asoen_graph.search.SearchIndex`; no value where it is not called so, so that ``BIND`` leaves the variable
    unbound and ``FILTER`` leaves the row out.

Another engine knows neither: queries of the catalogue do without them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from asoen_graph.iris import SEARCH, SEARCH_FUNCTIONS, XSD, slug_of
from asoen_graph.patterns import Patterns
from asoen_graph.search import SearchIndex, fold_name

Node: TypeAlias = NamedNode | BlankNode | Literal | Triple
Function: TypeAlias = Callable[..., Node | None]

_TRUE, _FALSE = Literal(True), Literal(False)
_DECIMAL: Final = NamedNode(XSD + "decimal")
_MOST_TEXTS = 50_000
_MOST_SEARCHES = 16


def functions(store: Patterns, index: Callable[[], SearchIndex] | None = None) -> Mapping[NamedNode, Function]:
    """The functions for queries over a store; ``index`` gives its names, which are read at the first use otherwise."""
    found = _Functions(index or cache(lambda: SearchIndex.of(store)))
    return {NamedNode(SEARCH + name): getattr(found, name) for name in SEARCH_FUNCTIONS}


class _Functions:
    def __init__(self, index: Callable[[], SearchIndex]) -> None:
        self._read_index = index
        self._scores_of = lru_cache(_MOST_SEARCHES)(self._scores)

    @cached_property
    def _index(self) -> SearchIndex:
        return self._read_index()

    def matches(self, *terms: Node) -> Node | None:
        """``search:matches``; an error in the sense of SPARQL for other arguments."""
        if len(terms) != 2 or not isinstance(terms[1], Literal):
            return None
        text, words = terms[0], terms[1].value
        if isinstance(text, NamedNode):
            return _TRUE if slug_of(text.value) in self._scores_of(words) else _FALSE
        if not isinstance(text, Literal):
            return None
        wanted = _folded(words).split()
        having = f" {_folded(text.value)}"
        return _TRUE if wanted and all(f" {word}" in having for word in wanted) else _FALSE

    def score(self, *terms: Node) -> Node | None:
        """``search:score``; an error in the sense of SPARQL for other arguments and where nothing matches."""
        if len(terms) != 2 or not isinstance(terms[0], NamedNode) or not isinstance(terms[1], Literal):
            return None
        score = self._scores_of(terms[1].value).get(slug_of(terms[0].value) or "")
        return Literal(str(score), datatype=_DECIMAL) if score is not None else None

    def _scores(self, words: str) -> dict[str, Decimal]:
        """By slug: 1 for the best hit, evenly less down the list, so that the order is that of the search."""
        hits = self._index.find(words, limit=None)
        step = Decimal(1) / max(len(hits), 1)
        return {hit.slug: round(1 - step * rank, 6) for rank, hit in enumerate(hits)}


@lru_cache(_MOST_TEXTS)
def _folded(text: str) -> str:
    return fold_name(text)
