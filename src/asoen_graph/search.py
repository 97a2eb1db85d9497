"""Finding entities by what they are called, with or without diacritics, hyphens, or the end of a word.

The index holds every name of every entity – labels in all languages, other names, the values of ``asoen:name`` and
``asoen:acronym`` and the slug – folded by :func:`asoen_graph.text.fold` and freed of punctuation. A name is found when
every word of the search begins one of its words, or two neighbouring ones written as one (``vietnam``). Scripts that
write no spaces between words (Thai, Lao, Khmer, Burmese, Chinese, Japanese) are matched anywhere in the name.

Ranking, first what comes first: things before relation nodes; then the match in the order of :class:`Match`; then the
shorter label; then the slug. Only where nothing is found at all, words that no name has are replaced by their nearest.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode

from asoen_graph.evidence import choose
from asoen_graph.iris import (
    ONTOLOGY,
    OWL,
    RDF,
    RDFS,
    REGISTER_GRAPH,
    SKOS,
    TERM,
    key_of,
    local_name,
    slug_of,
)
from asoen_graph.patterns import Patterns
from asoen_graph.text import fold, nearest

_LABEL, _ALTERNATIVE = NamedNode(RDFS + "label"), NamedNode(SKOS + "altLabel")
_NAMES = (NamedNode(TERM + "name"), NamedNode(TERM + "acronym"))
_REGISTER, _DEFAULT = NamedNode(REGISTER_GRAPH), DefaultGraph()
_APOSTROPHES = "'’ʼ`"
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_LAST = "\U0010ffff"
_MOST_WORDS_MEANT = 12
"""Every word is compared with every other there is, which takes a while."""
_MOST_NEAR = 12
_LIKE = 0.7
"""How alike words and name must be, from 0 to 1, for the name to be what was perhaps meant."""
_DIGIT = re.compile("[0-9]")


class Match(StrEnum):
    """How a name answers a search, best first."""

    LABEL = "label"
    """The search is a label."""
    NAME = "name"
    """The search is another name: an acronym, a former name, the slug."""
    LABEL_START = "label-start"
    """A label starts with the search."""
    LABEL_WORDS = "label-words"
    """Every word of the search begins a word of a label."""
    NAME_START = "name-start"
    """Another name starts with the search."""
    NAME_WORDS = "name-words"
    """Every word of the search begins a word of another name."""
    NEAR = "near"
    """Nothing was found as written; this is what was perhaps meant."""


_MATCHES = tuple(Match)
_RANKS = {match: rank for rank, match in enumerate(_MATCHES)}


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity that answers a search, with the name that did: ``matched`` is that name as written."""

    slug: str
    label: str
    class_key: str
    class_label: str
    matched: str
    match: Match


class Entity(NamedTuple):
    """An entity as the register has it; ``labels`` maps a language to its label, sorted by language."""

    slug: str
    class_iri: str
    labels: dict[str, str]

    def label(self, language: str) -> str:
        """The label in a language, else in English or Vietnamese, else the slug."""
        return choose(self.labels, language) or self.slug


class _Name(NamedTuple):
    entity: int
    written: str
    folded: str
    is_label: bool


class SearchIndex:
    """The names of all entities of a store, ready to be searched; it does not change when the store does."""

    def __init__(
        self, entities: list[Entity], names: list[_Name], classes: dict[str, dict[str, str]], relations: set[str]
    ):
        self.entities = entities
        """Every entity, sorted by slug."""
        self._names = names
        self._class_labels = classes
        self._relations = relations
        self._of_word: dict[str, list[int]] = {}
        self._unspaced: list[int] = []
        for number, name in enumerate(names):
            for word in set(name.folded.split()):
                self._of_word.setdefault(word, []).append(number)
            if not name.folded.isascii() and _UNSPACED.search(name.folded):
                self._unspaced.append(number)
        self._words = sorted(self._of_word)

    @classmethod
    def of(cls, store: Patterns) -> SearchIndex:
        """Read the names of all entities from a store that holds a release."""
        entities = read_entities(store)
        names = list(_read_names(store, {entity.slug: number for number, entity in enumerate(entities)}))
        has_key = store.quads_for_pattern(None, NamedNode(OWL + "hasKey"), None, NamedNode(ONTOLOGY))
        relations = {quad.subject.value for quad in has_key if isinstance(quad.subject, NamedNode)}
        classes = {iri: _texts(store, iri) for iri in {entity.class_iri for entity in entities}}
        return cls(entities, names, classes, relations)

    def document(self) -> dict[str, Any]:
        """All of it as plain values, for who searches elsewhere by the same rules; slugs are names besides."""
        keys = {iri: number for number, iri in enumerate(sorted(self._class_labels))}
        return {
            "classes": [
                [key_of(local_name(iri)), dict(sorted(self._class_labels[iri].items())), iri in self._relations]
                for iri in keys
            ],
            "entities": [[entity.slug, keys[entity.class_iri], entity.labels] for entity in self.entities],
            "names": [
                [name.entity, name.written, name.folded, int(name.is_label)]
                for name in sorted(self._names)
                if name.written != self.entities[name.entity].slug
            ],
        }

    def __len__(self) -> int:
        return len(self.entities)

    def find(self, words: str, language: str = "en", limit: int | None = 20, *, forgiving: bool = True) -> list[Hit]:
        """The entities called so, best first; labels come in the language, else in English or Vietnamese.

        ``limit`` is the largest number of hits, ``None`` for all. An empty search finds nothing. ``forgiving`` allows
        slips of the finger where nothing is found as written.
        """
        wanted = fold_name(words)
        if not wanted:
            return []
        found = {number: _match(self._names[number], wanted) for number in self._matching(wanted.split(), near=False)}
        if not found and forgiving:
            found = dict.fromkeys(self._matching(wanted.split(), near=True), Match.NEAR)
        best: dict[int, tuple[int, str]] = {}
        for number, match in found.items():
            name = self._names[number]
            candidate = _RANKS[match], name.written
            best[name.entity] = min(best.get(name.entity, candidate), candidate)
        order = sorted(best, key=lambda entity: self._order(entity, best[entity][0], language))
        return [self._hit(entity, *best[entity], language) for entity in order[:limit]]

    def meant(self, words: str, language: str = "en", limit: int = 5) -> list[str]:
        """Names that were perhaps meant, the most alike first: those that nearly have all the words, and no hits.

        A name nearly has them where each is near one of its words, or where it has all but one. Numbers are meant as
        they are.
        """
        parts = fold_name(words).split()
        if not 0 < len(parts) <= _MOST_WORDS_MEANT:
            return []
        found = self._matching(parts, near=False)
        known = {self._names[number].entity for number in found}
        wanted = " ".join(parts)
        likest: dict[int, tuple[float, str]] = {}
        for number in self._nearly(parts) - found:
            name = self._names[number]
            entity = self.entities[name.entity]
            is_fit = name.entity not in known and entity.class_iri not in self._relations
            # A slug is a name to find by, not one to show.
            likeness = _likeness(wanted, name.folded) if is_fit and name.written != entity.slug else 0.0
            if likeness >= _LIKE:
                candidate = -likeness, name.written
                likest[name.entity] = min(likest.get(name.entity, candidate), candidate)
        return list(dict.fromkeys(written for _, written in sorted(likest.values())))[:limit]

    def _nearly(self, parts: list[str]) -> set[int]:
        """The names that have a word near each of the parts, or all of the parts but one."""
        having = [self._having(part) for part in parts]
        near = [
            found if _DIGIT.search(part) else found.union(*(self._of_word[n] for n in self._nearest(part, _MOST_NEAR)))
            for part, found in zip(parts, having, strict=True)
        ]
        nearly = set.intersection(*near)
        if len(parts) > 1:
            for left_out, part in enumerate(parts):
                if not _DIGIT.search(part):
                    nearly |= set.intersection(*(found for place, found in enumerate(having) if place != left_out))
        return nearly

    def _order(self, entity: int, rank: int, language: str) -> tuple[bool, int, int, str]:
        found = self.entities[entity]
        return found.class_iri in self._relations, rank, len(found.label(language)), found.slug

    def _hit(self, entity: int, rank: int, matched: str, language: str) -> Hit:
        found = self.entities[entity]
        key = key_of(local_name(found.class_iri))
        class_label = choose(self._class_labels[found.class_iri], language) or key
        return Hit(found.slug, found.label(language), key, class_label, matched, _MATCHES[rank])

    def _matching(self, words: list[str], *, near: bool) -> set[int]:
        """The numbers of the names that have all the words; ``near`` takes the nearest for words that no name has."""
        found: set[int] | None = None
        for word in words:
            having = self._having(word)
            if near and not having:
                having = {number for candidate in self._nearest(word) for number in self._of_word[candidate]}
            found = having if found is None else found & having
            if not found:
                return set()
        return found or set()

    def _having(self, word: str) -> set[int]:
        start, end = bisect_left(self._words, word), bisect_left(self._words, word + _LAST)
        having = {number for each in self._words[start:end] for number in self._of_word[each]}
        having.update(self._having_apart(word))
        if _UNSPACED.search(word):
            having.update(number for number in self._unspaced if word in self._names[number].folded)
        return having

    def _having_apart(self, word: str) -> Iterator[int]:
        """The names that write the word, or what begins with it, as two: ``vietnam`` as ``viet nam``."""
        for cut in range(1, len(word)):
            pair = f" {word[:cut]} {word[cut:]}"
            yield from (n for n in self._of_word.get(word[:cut], ()) if pair in f" {self._names[n].folded}")

    def _nearest(self, word: str, count: int = 3) -> list[str]:
        # Comparing with every word of a large graph takes long, and a typing mistake changes the length by little.
        return nearest(word, (each for each in self._words if abs(len(each) - len(word)) <= 2), count)


def fold_name(text: str) -> str:
    """A name as it is compared: folded, punctuation and symbols turned to single spaces, apostrophes dropped."""
    return " ".join("".join(map(_spaced, fold(text))).split())


@functools.cache
def _spaced(character: str) -> str:
    category = unicodedata.category(character)
    if character in _APOSTROPHES or category == "Cf":
        return ""
    return " " if category[0] in "PSZC" else character


def _likeness(wanted: str, folded: str) -> float:
    """How alike the words and the beginning of a name are, from 0 to 1."""
    import difflib  # only mistakes need it, and it takes a while to import

    return difflib.SequenceMatcher(None, wanted, folded[: len(wanted) + 2]).ratio()


def _match(name: _Name, wanted: str) -> Match:
    if name.folded == wanted:
        return Match.LABEL if name.is_label else Match.NAME
    if name.folded.startswith(wanted):
        return Match.LABEL_START if name.is_label else Match.NAME_START
    return Match.LABEL_WORDS if name.is_label else Match.NAME_WORDS


def read_entities(store: Patterns) -> list[Entity]:
    """Every entity of the register, relation nodes too, sorted by slug."""
    classes: dict[str, str] = {}
    for quad in store.quads_for_pattern(None, NamedNode(RDF + "type"), None, _REGISTER):
        slug = _slug(quad.subject)
        if slug is not None and isinstance(quad.object, NamedNode) and quad.object.value.startswith(TERM):
            classes[slug] = quad.object.value
    labels: dict[str, dict[str, str]] = {}
    for quad in store.quads_for_pattern(None, _LABEL, None, _REGISTER):
        slug = _slug(quad.subject)
        if slug in classes and isinstance(quad.object, Literal):
            labels.setdefault(slug, {})[quad.object.language or ""] = quad.object.value
    return [Entity(slug, classes[slug], dict(sorted(labels.get(slug, {}).items()))) for slug in sorted(classes)]


def _read_names(store: Patterns, numbers: dict[str, int]) -> Iterator[_Name]:
    for predicate in (_LABEL, _ALTERNATIVE, *_NAMES):
        graph = _DEFAULT if predicate in _NAMES else _REGISTER
        for quad in store.quads_for_pattern(None, predicate, None, graph):
            number = numbers.get(_slug(quad.subject) or "")
            if number is not None and isinstance(quad.object, Literal):
                written = quad.object.value
                yield _Name(number, written, fold_name(written), is_label=predicate == _LABEL)
    for slug, number in numbers.items():
        yield _Name(number, slug, slug.replace("-", " "), is_label=False)


def _slug(subject: object) -> str | None:
    return slug_of(subject.value) if isinstance(subject, NamedNode) else None


def _texts(store: Patterns, iri: str) -> dict[str, str]:
    quads = store.quads_for_pattern(NamedNode(iri), _LABEL, None, _DEFAULT)
    return {q.object.language or "": q.object.value for q in quads if isinstance(q.object, Literal)}
