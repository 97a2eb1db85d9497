from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from asoen_graph.sparql.tokens import tokenize


def kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT", [("word", "SELECT")]),
        ("?s $t", [("variable", "?s"), ("variable", "$t")]),
        ("<http://e/a>", [("iri", "<http://e/a>")]),
        ("?a<?b", [("variable", "?a"), ("punctuation", "<"), ("variable", "?b")]),
        ("?a <= 1", [("variable", "?a"), ("punctuation", "<="), ("integer", "1")]),
        ("ex:a.b.", [("name", "ex:a.b"), ("punctuation", ".")]),
        ("a.b:c ex: :", [("name", "a.b:c"), ("name", "ex:"), ("name", ":")]),
        (r"ex:%41\,b:c", [("name", r"ex:%41\,b:c")]),
        ("_:b1.c.", [("blank", "_:b1.c"), ("punctuation", ".")]),
        ('"x"@vi-VN', [("string", '"x"'), ("language", "@vi-VN")]),
        ('"a\\"b"^^xsd:date', [("string", '"a\\"b"'), ("punctuation", "^^"), ("name", "xsd:date")]),
        ('"""a "" b\n"""', [("string", '"""a "" b\n"""')]),
        ("'''it''s'''", [("string", "'''it''s'''")]),
        ("'' ''", [("string", "''"), ("string", "''")]),
        ("1 1.5 .5 1e3 1.e3 -2 +3.5", [
            ("integer", "1"), ("decimal", "1.5"), ("decimal", ".5"), ("double", "1e3"), ("double", "1.e3"),
            ("integer", "-2"), ("decimal", "+3.5"),
        ]),
        ("( ) [\n]", [("nil", "( )"), ("anon", "[\n]")]),
        ("# a\n# b", [("comment", "# a"), ("comment", "# b")]),
        ("<http://e/#x> #y", [("iri", "<http://e/#x>"), ("comment", "#y")]),
        ("'#' #'", [("string", "'#'"), ("comment", "#'")]),
        ("?a||?b&&!?c", [
            ("variable", "?a"), ("punctuation", "||"), ("variable", "?b"), ("punctuation", "&&"), ("punctuation", "!"),
            ("variable", "?c"),
        ]),
        ("?đất ex:đất", [("variable", "?đất"), ("name", "ex:đất")]),
        ("'open }\n?x", [("error", "'open }"), ("variable", "?x")]),
        ("\u00a0?x", [("error", "\u00a0"), ("variable", "?x")]),
        (r"\ ", [("error", "\\")]),
    ],
)  # fmt: skip
def test_every_terminal(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


def test_places_count_from_one_in_the_text_as_written() -> None:
    tokens = tokenize("SELECT *\n{ \\u003Fs\\u0020?p 'é'\r\n  ?x }")
    assert [(token.value, token.line, token.column) for token in tokens] == [
        ("SELECT", 1, 1), ("*", 1, 8), ("{", 2, 1), ("?s", 2, 3), ("?p", 2, 16), ("'é'", 2, 19), ("?x", 3, 3),
        ("}", 3, 6),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r"\u0053ERVICE", "SERVICE"),
        (r"\U00000053ERVICE", "SERVICE"),
        (r"ex\u003Ax", "ex:x"),
        (r"<http://e/\u00E9>", "<http://e/é>"),
        (r'"\\u0041"', r'"\\u0041"'),
        (r'"\\\u0041"', r'"\\A"'),
        (r'"\uD800"', r'"\uD800"'),
    ],
)
def test_codepoint_escapes_are_read_before_the_grammar(text: str, value: str) -> None:
    (token,) = tokenize(text)
    assert token.text == text
    assert token.value == value


def test_without_decoding_escapes_stay_inside_strings_and_iris() -> None:
    assert [token.kind for token in tokenize(r'"\u0022" <http://e/\u003E>', decode=False)] == ["string", "iri"]
    assert tokenize(r"\u0053ERVICE", decode=False)[0].kind == "error"


PIECES = st.sampled_from(
    ["SELECT", "?x", "<", ">", "'", '"', '"""', "'''", "\\", "\\u0041", "\\u", "#", "\n", "\r", " ", "{", "}", "ex:a",
     ".", "<<(", "é", "\u0300", "\u00a0", "𐀀", "@en", "_:", "1e", "-", "[ ]"]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(PIECES).map("".join))


@given(TEXTS)
def test_tokens_and_white_space_give_the_text_back(text: str) -> None:
    tokens = tokenize(text)
    done = 0
    for token in tokens:
        assert re.fullmatch("[ \t\r\n]*", text[done : token.start])
        assert text[token.start : token.end] == token.text != ""
        line = text[: token.start].count("\n") + 1
        assert (token.line, token.column) == (line, token.start - (text.rfind("\n", 0, token.start)))
        done = token.end
    assert re.fullmatch("[ \t\r\n]*", text[done:])


LITERALS = st.lists(st.sampled_from(["'", '"', "a", "\\", "\n", "n", "u0041", "U0000005A", "é", " "])).map("".join)


@given(LITERALS)
def test_strings_end_where_the_engine_ends_them(text: str) -> None:
    tokens = tokenize(text, decode=False)
    is_string = len(tokens) == 1 and tokens[0].kind == "string" and tokens[0].text == text
    try:
        (row,) = Store().query(f"SELECT ({text} AS ?x) {{}}")
    except SyntaxError:
        row = None
    # Two strings side by side are no expression, so the engine takes the text only where it is one string.
    assert is_string == (row is not None and bool(text.strip()) and text == text.strip())


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("a" + "." * 1_000_000 + "b:c", "a" + "." * 1_000_000 + "b:c"),
        ("a:b" + "." * 1_000_000 + "c", "a:b" + "." * 1_000_000 + "c"),
        ("_:b" + "." * 1_000_000, "_:b"),
        # With a colon at the end of all that it would be one name; nobody looks there from each word anew.
        ("a." * 300_000, "a"),
    ],
)
def test_dots_without_end(text: str, first: str) -> None:
    """Where each dot had a look at all the following ones, this would take minutes."""
    assert tokenize(text)[0].text == first
