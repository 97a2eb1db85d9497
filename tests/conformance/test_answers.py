"""The comparison of answers finds what is different, and nothing else."""

from __future__ import annotations

import pytest
from rdflib import XSD, BNode, Literal, URIRef

from .answers import Row, same_table

A, B = BNode("a"), BNode("b")
ONE, TWO = Literal("1", datatype=XSD.integer), Literal("2", datatype=XSD.integer)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ([{"x": ONE}, {"x": TWO}], [{"x": TWO}, {"x": ONE}]),
        ([{"x": A, "y": A}, {"x": B, "y": ONE}], [{"x": B, "y": B}, {"x": A, "y": ONE}]),
        ([{"x": Literal("01", datatype=XSD.integer)}], [{"x": ONE}]),
        ([{"x": Literal("1.50E1", datatype=XSD.double)}], [{"x": Literal("15", datatype=XSD.double)}]),
        ([{"x": Literal("a", datatype=XSD.string)}], [{"x": Literal("a")}]),
        ([{"x": Literal("a", lang="en-US")}], [{"x": Literal("a", lang="en-us")}]),
    ],
)
def test_the_same(first: list[Row], second: list[Row]) -> None:
    assert same_table(first, second, in_order=False)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ([{"x": ONE}], []),
        ([{"x": ONE}, {"x": ONE}], [{"x": ONE}]),
        ([{"x": ONE}, {}], [{"x": ONE}]),
        ([{"x": ONE}], [{"y": ONE}]),
        ([{"x": A, "y": A}], [{"x": A, "y": B}]),
        ([{"x": A}, {"x": A}], [{"x": A}, {"x": B}]),
        ([{"x": ONE}], [{"x": Literal("1", datatype=XSD.decimal)}]),
        ([{"x": Literal("a", lang="en")}], [{"x": Literal("a")}]),
        ([{"x": Literal("a")}], [{"x": URIRef("a")}]),
    ],
)
def test_different(first: list[Row], second: list[Row]) -> None:
    assert not same_table(first, second, in_order=False)


def test_order_and_number_where_they_count() -> None:
    rows: list[Row] = [{"x": ONE}, {"x": TWO}]
    assert not same_table(rows, rows[::-1], in_order=True)
    assert same_table([*rows, *rows], rows, in_order=False, lax=True)
