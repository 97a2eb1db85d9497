from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from asoen_graph.errors import NetworkError
from asoen_graph.network.links import Link, read_links
from asoen_graph.network.period import Spell
from asoen_graph.store import AskAnswer, GraphAnswer, SelectAnswer, Term

A, B = NamedNode("https://example.org/a"), NamedNode("https://example.org/b")
F, G = "https://w3id.org/asoen/fact/0000000000000001", "https://w3id.org/asoen/fact/0000000000000002"


def row(**more: Term | None) -> SelectAnswer:
    terms: dict[str, Term | None] = {"source": A, "target": B, **more}
    return SelectAnswer(tuple(name.rstrip("_") for name in terms), [tuple(terms.values())])


def test_two_columns_are_enough() -> None:
    assert list(read_links(row())) == [Link(A.value, B.value, None, 1.0, None, ())]


def test_every_column_is_read() -> None:
    relation = NamedNode("https://example.org/relation")
    (link,) = read_links(
        row(
            relation=relation,
            weight=Literal("2.5"),
            from_=Literal("2031-02"),
            until=Literal("2032"),
            fact=NamedNode(G),
            facts=Literal(f"{F}  {G}"),
            unknown=Literal("columns of other names are no concern of a network"),
        )
    )
    assert link == Link(A.value, B.value, relation, 2.5, Spell("2031-02-01", "2032-12-31"), (F, G))


def test_the_same_word_is_the_same_relation_in_any_language() -> None:
    links = [*read_links(row(relation=Literal("hosts"))), *read_links(row(relation=Literal("hosts", language="en")))]
    assert links[0].relation == links[1].relation


def test_unbound_optional_columns_are_as_if_absent() -> None:
    assert next(read_links(row(relation=None, weight=None, from_=None, until=None, fact=None, facts=None))) == Link(
        A.value, B.value, None, 1.0, None, ()
    )


@pytest.mark.parametrize(
    ("answer", "message", "hint"),
    [
        (AskAnswer(True), "is no SELECT", "?source and ?target"),
        (GraphAnswer([]), "is no SELECT", "?source and ?target"),
        (SelectAnswer(("a", "source"), []), "gives ?a ?source, but not ?target", "?source and ?target"),
        (SelectAnswer((), []), "gives no column, but not ?source and ?target", "?source and ?target"),
        (
            row(source=Literal("Japan")),
            'row 1 of the answer ?source holds "Japan", which is no entity',
            "not its label",
        ),
        (row(target=BlankNode("x")), "?target holds _:x, which is no entity", "Project the entity"),
        (row(target=None), "?target has no value", "OPTIONAL"),
        (row(weight=Literal("many")), '?weight holds "many"', "a number, zero or more"),
        (row(weight=Literal("-1")), '?weight holds "-1"', "a number, zero or more"),
        (row(weight=Literal("NaN")), '?weight holds "NaN"', "a number, zero or more"),
        (row(weight=Literal("1e999")), '?weight holds "1e999"', "a number, zero or more"),
        (row(weight=A), "?weight holds <https://example.org/a>", "a number, zero or more"),
        (row(relation=BlankNode("x")), "?relation holds _:x", "an IRI or a text"),
        (row(from_=Literal("2031-02-30")), "There is no day 30 in February 2031", "2019-11-02"),
        (row(until=Literal("soon")), "'soon' is not a date", "2019-11-02"),
        (row(from_=A), "?from holds", "2019-11-02"),
        (row(from_=Literal("2032"), until=Literal("2031")), "ends (2031) before it starts (2032)", "2019-11-02"),
        (row(facts=Literal("paragraph 3")), "?facts holds 'paragraph', which is no IRI", "IRI of a fact"),
        (row(fact=BlankNode("x")), "?fact holds _:x", "IRI of a fact"),
        (row(source=Literal("long " * 50)), "…", "Project"),
    ],
)
def test_bad_answers_say_what_was_expected(
    answer: SelectAnswer | AskAnswer | GraphAnswer, message: str, hint: str
) -> None:
    with pytest.raises(NetworkError) as caught:
        list(read_links(answer))
    assert message in caught.value.message
    assert hint in caught.value.hint


def test_the_row_is_counted_from_one() -> None:
    answer = SelectAnswer(("source", "target"), [(A, B), (A, B), (A, Literal("x"))])
    with pytest.raises(NetworkError, match="In row 3 "):
        list(read_links(answer))
