"""Where, when and how surely a statement holds: the keys ``at``, ``jointly-with``, ``when``, ``status``, ``note``."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field, replace

from asoen_graph import dates
from asoen_graph.curation.facts import Interval
from asoen_graph.curation.findings import Findings
from asoen_graph.curation.keys import JOINTLY
from asoen_graph.curation.literals import Flaw, clean_text
from asoen_graph.curation.locators import read_locator
from asoen_graph.curation.nodes import Mapping, Node, Scalar, Sequence, kind_of
from asoen_graph.curation.reading import SourceReference
from asoen_graph.curation.values import ValueReader
from asoen_graph.iris import TERM, is_slug
from asoen_graph.vocabulary import Concept

ACCEPTED = TERM + "accepted"
FACT_STATUS = TERM + "FactStatus"
LOCATOR_UNIT = TERM + "LocatorUnit"
NOTE_LANGUAGE = "en"
"""The language of a note that does not say its own."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What holds for a statement beside its triple.

    ``status`` is an IRI, ``note`` maps a language tag to a text, ``jointly`` holds the slugs of other documents.
    """

    locator: str = ""
    jointly: tuple[str, ...] = ()
    when: Interval | None = None
    status: str = ACCEPTED
    note: Map[str, str] = field(default_factory=dict)


class CircumstanceReader:
    """Reads the circumstances a mapping gives, on top of those that hold around it.

    ``source`` is the slug of the document, ``units`` are the units of a locator by key.
    """

    def __init__(self, source: str, values: ValueReader, units: Map[str, Concept], findings: Findings) -> None:
        self.cited: list[SourceReference] = []
        """Every other document named as one that cannot be told apart from this one."""
        self._source = source
        self._values = values
        self._units = units
        self._findings = findings

    def read(self, mapping: Mapping, around: Circumstances) -> Circumstances:
        """The circumstances inside a mapping: its own keys win over what holds around it."""
        found = around
        for key, node in mapping.entries:
            if key.text == "note":
                found = replace(found, note=self._note(node))
            elif key.text == JOINTLY:
                found = replace(found, jointly=self._jointly(node))
            elif key.text in ("at", "when", "status"):
                if not isinstance(node, Scalar) or not node.text.strip():
                    shape = "nothing" if isinstance(node, Scalar) else kind_of(node)
                    self._findings.add(node, "wrong-shape", f"{key.text!r} takes a single value, not {shape}")
                elif key.text == "status":
                    found = replace(found, status=self._values.concept(FACT_STATUS, node) or around.status)
                elif key.text == "at":
                    found = replace(found, locator=self._locator(node))
                else:
                    found = replace(found, when=self._interval(node))
        return found

    def _locator(self, node: Scalar) -> str:
        try:
            return read_locator(node.text, self._units)
        except Flaw as flaw:
            self._findings.add_flaw(node, flaw)
            return node.text

    def _jointly(self, node: Node) -> tuple[str, ...]:
        items = node.items if isinstance(node, Sequence) else [node]
        if not items or (isinstance(node, Scalar) and not node.text.strip()):
            hint = "Write the slug of each other document, or remove the key"
            self._findings.add(node, "empty-value", f"{JOINTLY!r} names no document", hint)
            return ()
        found: dict[str, None] = {}
        for item in items:
            slug = self._other_source(item, found)
            if slug is not None:
                found[slug] = None
                self.cited.append(SourceReference(slug, self._findings.place(item)))
        return tuple(sorted(found))

    def _other_source(self, node: Node, known: Map[str, None]) -> str | None:
        """The slug of a document that is neither this one nor among those known."""
        if not isinstance(node, Scalar):
            message = f"{JOINTLY!r} takes slugs of documents, not {kind_of(node)}"
            self._findings.add(node, "wrong-shape", message, "Write one slug, or a list of them")
        elif not is_slug(node.text):
            hint = "Write the name of its file in data/sources, without .yaml"
            self._findings.add(node, "bad-slug", f"{node.text!r} is not the slug of a document", hint)
        elif node.text == self._source:
            hint = "Leave it out: the document of this file is always one of them"
            self._findings.add(node, "joint-source", f"{JOINTLY!r} names this document itself", hint)
        elif node.text in known:
            self._findings.add(node, "joint-source", f"{node.text!r} is named twice", "Remove one of the two")
        else:
            return node.text
        return None

    def _interval(self, node: Scalar) -> Interval | None:
        try:
            return Interval(*dates.parse_interval(node.text))
        except ValueError as error:
            self._findings.add(node, "bad-date", str(error), "Write 2031-05, 2018/2021, 2018/.. or ../2021")
            return None

    def _note(self, node: Node) -> Map[str, str]:
        if isinstance(node, Scalar) and node.text.strip():
            try:
                return {NOTE_LANGUAGE: clean_text(node.text)}
            except Flaw as flaw:
                self._findings.add_flaw(node, flaw)
                return {}
        if isinstance(node, Mapping):
            return {text.language or NOTE_LANGUAGE: text.lexical for text, _ in self._values.texts(node)}
        self._findings.add(node, "wrong-shape", "A note is a text", "Write it plainly, or as {en: …, vi: …}")
        return {}
