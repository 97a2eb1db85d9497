"""An answer made ready for people: every cell with its label, every row with its sources.

A sheet knows nothing of formats; each format lays it out its own way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from asoen_graph.evidence import Citation
from asoen_graph.iris import ENTITY, FACT, SOURCE, XSD, compact
from asoen_graph.store import Answer, AskAnswer, GraphAnswer, GraphStore, SelectAnswer, Term

EVIDENCE = ("fact", "facts")
"""The variables that hold facts: one IRI, or several separated by spaces."""

_TRIPLE = ("subject", "predicate", "object")
_NUMBERS = frozenset(XSD + name for name in (
    "integer", "decimal", "double", "float", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger",
    "nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte",
))  # fmt: skip
_WORDS = {
    "sources": {"en": "Sources", "vi": "Nguồn"},
    "answer": {"en": "Answer", "vi": "Trả lời"},
    "subject": {"en": "Subject", "vi": "Chủ thể"},
    "predicate": {"en": "Property", "vi": "Thuộc tính"},
    "object": {"en": "Value", "vi": "Giá trị"},
    "none": {"en": "No rows.", "vi": "Không có dòng nào."},
}
"""The few words of the forms themselves; everything else comes from the ontology and the headers."""


class Cell(NamedTuple):
    """One value. ``term`` is as the engine gave it; ``label`` is empty where there is none."""

    term: Term | None
    label: str

    @property
    def value(self) -> str:
        """The value as SPARQL's CSV has it: the IRI, or the text of the literal."""
        if self.term is None:
            return ""
        return str(self.term) if isinstance(self.term, BlankNode | Triple) else self.term.value

    @property
    def text(self) -> str:
        """The value for reading: the label with the slug, or the IRI made short."""
        if not isinstance(self.term, NamedNode):
            return self.value
        if not self.label:
            return compact(self.term.value)
        return f"{self.label} ({self.slug})" if self.slug else self.label

    @property
    def slug(self) -> str:
        """The slug of an entity or source; empty for everything else."""
        if isinstance(self.term, NamedNode):
            for namespace in (ENTITY, SOURCE):
                if self.term.value.startswith(namespace):
                    return self.term.value[len(namespace) :]
        return ""

    @property
    def is_number(self) -> bool:
        """Whether the value is a literal of a numeric type."""
        return isinstance(self.term, Literal) and self.term.datatype.value in _NUMBERS


class Column(NamedTuple):
    """A variable with its heading. An evidence column holds facts."""

    name: str
    heading: str
    is_evidence: bool


class Sheet(NamedTuple):
    """The rows with everything that belongs to them.

    ``sources`` gives for each row the numbers (from 1) of its footnotes; they are empty where the query projects no
    evidence.
    """

    title: str
    language: str
    columns: tuple[Column, ...]
    rows: list[tuple[Cell, ...]]
    sources: list[tuple[int, ...]]
    footnotes: tuple[str, ...]
    """What the numbers stand for, in one line each; facts that share source and place share a note."""
    addresses: tuple[str, ...]
    """The address of each footnote's document; empty where it has none."""
    citations: Sequence[Sequence[Citation]]
    """For each row the citation of each of its facts."""

    @property
    def has_sources(self) -> bool:
        """Whether the query projects evidence, and labels and sources were not left out."""
        return any(column.is_evidence for column in self.columns)

    def say(self, word: str) -> str:
        """A word of the forms themselves in the language of the sheet."""
        return _WORDS[word].get(self.language) or _WORDS[word]["en"]


def make_sheet(
    answer: Answer,
    store: GraphStore,
    language: str,
    *,
    headings: Mapping[str, str] | None = None,
    title: str = "",
    plain: bool = False,
) -> Sheet:
    """The sheet of an answer; an ``ASK`` has one cell, a graph the columns subject, predicate and object.

    ``plain`` leaves labels and sources out.
    """
    table = _table(answer, store, plain)
    named = {name: texts.get(language) or texts["en"] for name, texts in _WORDS.items()}
    own = {} if isinstance(answer, SelectAnswer) else named
    headings = own | dict(headings or {})
    columns = tuple(
        Column(name, headings.get(name, name), not plain and name in EVIDENCE and _can_be_evidence(table.rows, place))
        for place, name in enumerate(table.variables)
    )
    labels = {} if plain else store.labels(_iris(table, columns), language)
    rows = [tuple(_cell(term, labels) for term in row) for row in table.rows]
    facts = [_facts(row, columns) for row in rows]
    citations = {} if plain else store.citations({fact for each in facts for fact in each}, language)
    cited = [[fact for fact in each if fact in citations] for each in facts]
    texts = {fact: citation.text(language) for fact, citation in citations.items()}
    addresses: dict[str, str] = {}
    for fact in (fact for each in cited for fact in each):
        addresses.setdefault(texts[fact], citations[fact].url)
    numbers = {text: number for number, text in enumerate(addresses, 1)}
    return Sheet(
        title=title,
        language=language,
        columns=columns,
        rows=rows,
        sources=[tuple(sorted({numbers[texts[fact]] for fact in each})) for each in cited],
        footnotes=tuple(addresses),
        addresses=tuple(addresses.values()),
        citations=[[citations[fact] for fact in each] for each in cited],
    )


def _can_be_evidence(rows: Sequence[Sequence[Term | None]], place: int) -> bool:
    """Whether a column can be evidence: a query may also call a count of facts ``?facts``."""
    values = [row[place] for row in rows]
    return all(not (isinstance(value, Literal) and value.datatype.value in _NUMBERS) for value in values)


def facts_in(cell: Cell) -> list[str]:
    """The facts an evidence cell names."""
    return [word for word in cell.value.split() if word.startswith(FACT)]


def _table(answer: Answer, store: GraphStore, plain: bool) -> SelectAnswer:
    """The answer as rows; those of a graph have the facts that state each triple, unless ``plain``."""
    if isinstance(answer, AskAnswer):
        return SelectAnswer(("answer",), [(Literal(answer.value),)])
    if isinstance(answer, GraphAnswer):
        triples = sorted(answer.triples, key=str)
        if plain:
            return SelectAnswer(_TRIPLE, [tuple(triple) for triple in triples])
        facts = store.facts(triples)
        stated = [Literal(" ".join(facts[triple])) if triple in facts else None for triple in triples]
        return SelectAnswer(
            (*_TRIPLE, "facts"), [(*triple, fact) for triple, fact in zip(triples, stated, strict=True)]
        )
    return answer


def _iris(table: SelectAnswer, columns: Sequence[Column]) -> set[str]:
    shown = [position for position, column in enumerate(columns) if not column.is_evidence]
    terms: Iterable[Term | None] = (row[position] for row in table.rows for position in shown)
    return {term.value for term in terms if isinstance(term, NamedNode)}


def _cell(term: Term | None, labels: Mapping[str, str]) -> Cell:
    return Cell(term, labels.get(term.value, "") if isinstance(term, NamedNode) else "")


def _facts(row: Sequence[Cell], columns: Sequence[Column]) -> list[str]:
    pairs = zip(columns, row, strict=True)
    return list(dict.fromkeys(fact for column, cell in pairs if column.is_evidence for fact in facts_in(cell)))
