"""Addresses as people read them."""

from __future__ import annotations

from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asoen_graph.evidence import readable


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.org/H%E1%BB%99i-ngh%E1%BB%8B", "https://example.org/Hội-nghị"),
        ("https://example.org/a%20b%2Fc", "https://example.org/a%20b%2Fc"),
        ("https://example.org/%FF%FE", "https://example.org/%FF%FE"),
        ("https://example.org/x%E2%80%8By", "https://example.org/x%E2%80%8By"),
        ("", ""),
    ],
)
def test_only_letters_beyond_ascii_are_decoded(address: str, expected: str) -> None:
    assert readable(address) == expected


@given(st.text(st.characters(codec="utf-8"), max_size=20))
def test_the_address_stays_the_same_address(text: str) -> None:
    address = "https://example.org/" + quote(text)
    assert unquote(readable(address)) == unquote(address)
