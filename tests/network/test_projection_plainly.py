"""The projection against the definition of it, written without any thought of speed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode
from tests.network import samples

from asoen_graph.evidence import Citation
from asoen_graph.iris import FACT
from asoen_graph.network.model import Edge
from asoen_graph.network.period import Period, Spell, spell, unite
from asoen_graph.network.projection import build_network
from asoen_graph.queries.catalogue import CatalogueQuery
from asoen_graph.release import Release
from asoen_graph.store import SelectAnswer, Term

NAMES = [NamedNode(f"https://example.org/{name}") for name in "abcd"]
FACTS = [f"{FACT}{number:016x}" for number in range(6)]
CITED = {fact: samples.citation(number, f"page {9 - number}") for number, fact in enumerate(FACTS[:4])}
"""Two facts stand nowhere."""
DATES = [("2030", "2031"), ("2030-02", None), (None, "2029-12-31"), (None, None), ("2032-01-01", "2032-01-01")]
RELATIONS = [None, NAMES[0], NamedNode("https://example.org/z"), Literal("a"), Literal("a", language="en")]


@dataclass
class Rows:
    """A store that answers every query with the same rows."""

    answer: SelectAnswer

    def query(self, text: str) -> SelectAnswer:
        return self.answer

    def labels(self, iris: Iterable[str], language: str) -> dict[str, str]:
        return {}

    def classes(self, iris: Iterable[str]) -> dict[str, list[str]]:
        return {}

    def citations(self, facts: Iterable[str], language: str) -> dict[str, Citation]:
        return {fact: CITED[fact] for fact in facts if fact in CITED}


def literal(text: str | None) -> Literal | None:
    return None if text is None else Literal(text)


@st.composite
def answers(draw: st.DrawFn) -> SelectAnswer:
    """Rows with some of the columns, in any order, one of them of no concern."""
    values: dict[str, st.SearchStrategy[Any]] = {
        "source": st.sampled_from(NAMES),
        "target": st.sampled_from(NAMES),
        "relation": st.sampled_from(RELATIONS),
        "weight": st.sampled_from([None, Literal("1"), Literal("0.1"), Literal("0"), Literal("2e3")]),
        "dates": st.sampled_from(DATES),
        "fact": st.sampled_from([None, *map(NamedNode, FACTS)]),
        "facts": st.lists(st.sampled_from(FACTS), max_size=4).map(lambda found: Literal(" ".join(found))),
        "other": st.just(Literal("")),
    }
    optional = draw(st.sets(st.sampled_from(sorted(values.keys() - {"source", "target"}))))
    columns = draw(st.permutations(["source", "target", *sorted(optional)]))
    rows = draw(st.lists(st.tuples(*(values[name] for name in columns)), max_size=12))
    variables = [part for name in columns for part in (("from", "until") if name == "dates" else (name,))]
    terms = [
        tuple(
            term
            for name, value in zip(columns, row, strict=True)
            for term in (map(literal, value) if name == "dates" else (value,))
        )
        for row in rows
    ]
    return SelectAnswer(tuple(variables), terms)


def plainly(
    answer: SelectAnswer, *, directed: bool, weighted: bool, period: Period | None
) -> dict[tuple[str, str, str], Edge]:
    """The edges, looked for pair by pair."""
    rows = [dict(zip(answer.variables, row, strict=True)) for row in answer.rows]
    shown = [row for row in rows if period is None or (when := spell_of(row)) is None or period.covers(when)]
    stated = {ends_of(row) for row in shown}
    found = {}
    for source, target, relation in stated:
        turned = (target, source, relation)
        if not directed and turned in stated and target < source:
            continue
        ends = {(source, target, relation)} | (set() if directed else {turned})
        own = [row for row in shown if ends_of(row) in ends]
        facts = {fact for row in own for fact in facts_of(row)}
        exact = sum(Fraction(float(row["weight"].value)) if row.get("weight") else Fraction(1) for row in own)
        found[source, target, relation] = Edge(
            source,
            target,
            None,
            float(exact) if weighted else 1.0,
            unite({when for row in own if (when := spell_of(row)) is not None}),
            tuple(sorted(facts)),
            tuple(
                sorted(
                    (CITED[fact] for fact in facts if fact in CITED),
                    key=lambda each: (each.title, each.source, each.locator, each.fact),
                )
            ),
        )
    return found


def ends_of(row: dict[str, Term | None]) -> tuple[str, str, str]:
    relation = row.get("relation")
    return row["source"].value, row["target"].value, relation.value if relation else ""


def facts_of(row: dict[str, Term | None]) -> set[str]:
    return {fact for column in ("fact", "facts") if row.get(column) for fact in row[column].value.split()}


def spell_of(row: dict[str, Term | None]) -> Spell | None:
    return spell(*(term.value if (term := row.get(name)) else None for name in ("from", "until")))


@given(
    answers(),
    st.booleans(),
    st.sampled_from([None, {}, {"weight": {"en": "letters", "vi": "thư"}}]),
    st.sampled_from([None, "2030", "2032"]),
    st.randoms(use_true_random=False),
)
def test_the_network_is_that_of_the_definition_in_any_order_of_rows(
    lagoon_release: Release,
    answer: SelectAnswer,
    directed: bool,
    header: dict[str, object] | None,
    at: str | None,
    random: Any,
) -> None:
    query: CatalogueQuery | str = "SELECT"
    if header is not None:
        words = {"en": "A network", "vi": "Một mạng lưới"}
        network = {"directed": directed, **header}
        query = CatalogueQuery(
            "made-up", words, words, "who", "network", {}, {}, {}, network, "SELECT", True, lagoon_release.folder
        )
    built = build_network(Rows(answer), lagoon_release.vocabulary, query, at=at)
    expected = plainly(
        answer,
        directed=header is None or directed,
        weighted=header is None or "weight" in header or "weight" in answer.variables,
        period=Period.of(at=at),
    )
    assert {
        (edge.source, edge.target, edge.relation.key if edge.relation else ""): replace(edge, relation=None)
        for edge in built.edges
    } == expected
    assert len(built.edges) == len(expected)
    assert [node.iri for node in built.nodes] == sorted(
        {iri for source, target, _ in expected for iri in (source, target)}
    )
    shuffled = list(answer.rows)
    random.shuffle(shuffled)
    again = build_network(
        Rows(SelectAnswer(answer.variables, shuffled)),
        lagoon_release.vocabulary,
        query,
        at=at,
    )
    assert again == built
