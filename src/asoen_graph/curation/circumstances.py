"""Where, when and how surely a statement holds: the keys ``at``, ``when``, ``status`` and ``note``."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field, replace

from asoen_graph import dates
from asoen_graph.curation.facts import Interval
from asoen_graph.curation.findings import Findings
from asoen_graph.curation.literals import Flaw, clean_text
from asoen_graph.curation.locators import read_locator
from asoen_graph.curation.nodes import Mapping, Node, Scalar, kind_of
from asoen_graph.curation.values import ValueReader
from asoen_graph.iris import TERM

ACCEPTED = TERM + "accepted"
FACT_STATUS = TERM + "FactStatus"
LOCATOR_UNIT = TERM + "LocatorUnit"
NOTE_LANGUAGE = "en"
"""The language of a note that does not say its own."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What holds for a statement beside its triple; ``status`` is an IRI, ``note`` maps a language tag to a text."""

    locator: str = ""
    when: Interval | None = None
    status: str = ACCEPTED
    note: Map[str, str] = field(default_factory=dict)


class CircumstanceReader:
    """Reads the circumstances a mapping gives, on top of those that hold around it."""

    def __init__(self, values: ValueReader, units: frozenset[str], findings: Findings) -> None:
        self._values = values
        self._units = units
        self._findings = findings

    def read(self, mapping: Mapping, around: Circumstances) -> Circumstances:
        """The circumstances inside a mapping: its own keys win over what holds around it."""
        found = around
        for key, node in mapping.entries:
            if key.text == "note":
                found = replace(found, note=self._note(node))
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
