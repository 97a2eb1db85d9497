"""Where a fact stands: the citation of its document and the place in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from asoen_graph.iris import PROV, RDFS, TERM, key_of, local_name

LANGUAGES = ("en", "vi")
"""The languages every label is curated in, in the order of fall-back."""

LABEL = RDFS + "label"
TITLE, URL = TERM + "title", TERM + "url"
_LANGUAGE = TERM + "language"
NAMING = (LABEL, TITLE, URL)
"""What a thing is called by: entities and terms have a label, documents a title, or an address where they have none."""
DERIVED_FROM, LOCATOR_SOURCE = PROV + "wasDerivedFrom", TERM + "locatorSource"
LOCATOR, STATUS, NOTE = TERM + "locator", TERM + "status", TERM + "note"
_PUBLISHER, _PUBLISHED = TERM + "publisher", TERM + "published"

WORD_CLASSES = (TERM + "LocatorUnit", TERM + "FactStatus")
"""The value classes whose labels a citation is spoken with."""

Values: TypeAlias = Sequence[NamedNode | BlankNode | Literal | Triple]
Descriptions: TypeAlias = Mapping[str, Mapping[str, Values]]
"""Subject IRI → property IRI → values."""
Words: TypeAlias = Mapping[str, Mapping[str, str]]
"""The key of a controlled value → language → label."""


_ENCODED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
"""Bytes beyond ASCII."""
_ONE_OR_MORE = {"en": "one or more of", "vi": "một hoặc nhiều trong số"}
"""What precedes the documents of a fact that is jointly attributed to them."""


class Document(NamedTuple):
    """A source as it is cited: ``source`` is its IRI; the publisher is in the language asked for.

    The title is the document's own, by which it can be found, with a translation in brackets where the document is in
    another language. What the source does not say is an empty string.
    """

    source: str
    title: str
    publisher: str
    published: str
    url: str

    def text(self) -> str:
        """One line, ``Ngày Nay (2023-08), "Việt Nam tích cực …"``; the address where there is no title."""
        dated = f"{self.publisher} ({self.published})" if self.published else self.publisher
        quoted = f'"{self.title}"' if self.title else readable(self.url) or self.source
        return ", ".join(filter(None, (dated.strip(), quoted)))


class Citation(NamedTuple):
    """One fact's source. ``fact`` and ``source`` are IRIs; the publisher is in the language asked for.

    Of a fact that is jointly attributed to several documents, this is the one its locator belongs to, and ``others``
    are the rest. What the source does not say is an empty string.
    """

    fact: str
    source: str
    title: str
    publisher: str
    published: str
    """As curated: ``2023``, ``2023-08``, ``2023-08-14``."""
    url: str
    locator: str
    """As curated: ``paragraph 3``, ``page 4, table 2``."""
    status: str
    """The key of an ``asoen:FactStatus``: ``accepted``, ``disputed`` …"""
    note: str
    words: Words = MappingProxyType({})
    """Labels of locator units and statuses."""
    others: tuple[Document, ...] = ()
    """The other documents of a jointly attributed fact, by IRI; one or more of them all state it."""

    @property
    def documents(self) -> tuple[Document, ...]:
        """The document the locator belongs to, then the others of a jointly attributed fact."""
        return Document(self.source, self.title, self.publisher, self.published, self.url), *self.others

    def place(self, language: str) -> str:
        """The locator in a language: ``paragraph 3`` → ``đoạn 3``."""
        parts = [part.partition(" ") for part in self.locator.split(", ")]
        return ", ".join(f"{self._word(unit, language)}{space}{number}" for unit, space, number in parts)

    def text(self, language: str) -> str:
        """One line for a footnote: ``Ngày Nay (2023-08), "Việt Nam tích cực …", đoạn 3``.

        A jointly attributed fact names all its documents; one that is not accepted says so, with the curator's note.
        """
        first, *others = self.documents
        line = ", ".join(filter(None, (first.text(), self.place(language))))
        if others:
            line = "; ".join((f"{one_or_more(language)}: {line}", *(each.text() for each in others)))
        if self.status in ("", "accepted"):
            return line
        return f"{line} [{': '.join(filter(None, (self._word(self.status, language), self.note)))}]"

    def _word(self, key: str, language: str) -> str:
        return choose(self.words.get(key, {}), language) or key


def readable(address: str) -> str:
    """An address as people read it: letters beyond ASCII as letters (RFC 3987), everything else as it is written."""
    return _ENCODED.sub(_decoded, address)


def _decoded(found: re.Match[str]) -> str:
    try:
        text = bytes.fromhex(found[0].replace("%", "")).decode()
    except UnicodeDecodeError:
        return found[0]
    return text if text.isprintable() and not any(map(str.isspace, text)) else found[0]


def one_or_more(language: str) -> str:
    """What precedes the documents of a jointly attributed fact, in a language."""
    return choose(_ONE_OR_MORE, language)


def choose(texts: Mapping[str, str], language: str) -> str:
    """The text in the language, else in English or Vietnamese, else without a language, else in any; or nothing."""
    for tag in (language, *LANGUAGES, "", *sorted(texts)):
        if tag in texts:
            return texts[tag]
    return ""


def texts_of(values: Values) -> dict[str, str]:
    """The literals among the values by language tag (empty for none); of several in a language the first in order."""
    found: dict[str, str] = {}
    for value in sorted((value for value in values if isinstance(value, Literal)), key=str):
        found.setdefault(value.language or "", value.value)
    return found


def cite(
    facts: Iterable[str],
    language: str,
    describe: Callable[[Iterable[str], Sequence[str]], Descriptions],
    words: Words,
    documents: dict[tuple[str, str], Document],
) -> dict[str, Citation]:
    """The citation of each fact that has a source; ``describe`` looks values up in a store.

    ``documents`` are those that were read before, by source and language; it takes up those that are read now.
    """
    of_facts = describe(dict.fromkeys(facts), (DERIVED_FROM, LOCATOR_SOURCE, LOCATOR, STATUS, NOTE))
    sources = {fact: sources_of(values) for fact, values in of_facts.items()}
    read_documents({each for found in sources.values() for each in found}, language, describe, documents)
    return {
        fact: _citation(fact, values, [documents[source, language] for source in sources[fact]], language, words)
        for fact, values in of_facts.items()
        if sources[fact]
    }


def read_documents(
    sources: Iterable[str],
    language: str,
    describe: Callable[[Iterable[str], Sequence[str]], Descriptions],
    documents: dict[tuple[str, str], Document],
) -> None:
    """Add documents to those that were read before, by source and language; sources are IRIs."""
    new = {each for each in sources if (each, language) not in documents}
    of_sources = describe(new, (LABEL, TITLE, _LANGUAGE, _PUBLISHER, _PUBLISHED, URL))
    publishers = describe({first_iri(values, _PUBLISHER) for values in of_sources.values()} - {""}, (LABEL,))
    for source in new:
        documents[source, language] = _document(source, of_sources.get(source, {}), publishers, language)


def sources_of(values: Mapping[str, Values]) -> list[str]:
    """The IRIs of a fact's sources, from what is said of it: the one its locator belongs to, then the others in order.

    Empty where it has none.
    """
    iris = sorted({value.value for value in values.get(DERIVED_FROM, ()) if isinstance(value, NamedNode)})
    first = first_iri(values, LOCATOR_SOURCE)
    return sorted(iris, key=lambda iri: iri != first)


def _document(source: str, about: Mapping[str, Values], publishers: Descriptions, language: str) -> Document:
    publisher = first_iri(about, _PUBLISHER)
    return Document(
        source=source,
        title=_title(about, language) or _text(about, LABEL, language),
        publisher=name_of(publishers.get(publisher, {}), language) or local_name(publisher),
        published=_text(about, _PUBLISHED, language),
        url=_text(about, URL, language),
    )


def _citation(
    fact: str, values: Mapping[str, Values], documents: Sequence[Document], language: str, words: Words
) -> Citation:
    first, *others = documents
    return Citation(
        *(fact, *first),
        locator=_text(values, LOCATOR, language),
        status=key_of(local_name(first_iri(values, STATUS))),
        note=_text(values, NOTE, language),
        words=words,
        others=tuple(others),
    )


def name_of(values: Mapping[str, Values], language: str) -> str:
    """The label of a thing, or the title or address of a document, in a language; empty where it has none of them."""
    return next(filter(None, (_text(values, property_, language) for property_ in NAMING)), "")


def _title(about: Mapping[str, Values], language: str) -> str:
    """The title in the language of the document; a translation into the language asked for follows in brackets."""
    titles = texts_of(about.get(TITLE, ()))
    spoken = sorted(value.value for value in about.get(_LANGUAGE, ()) if isinstance(value, Literal))
    own = choose(titles, language if language in spoken or not spoken else spoken[0])
    translated = choose(titles, language)
    return own if translated == own else f"{own} [{translated}]"


def _text(values: Mapping[str, Values], property_: str, language: str) -> str:
    return choose(texts_of(values.get(property_, ())), language)


def first_iri(values: Mapping[str, Values], property_: str) -> str:
    """The IRI that a property has for its value, of several the first in order; empty where there is none."""
    iris = [value.value for value in values.get(property_, ()) if isinstance(value, NamedNode)]
    return min(iris, default="")
