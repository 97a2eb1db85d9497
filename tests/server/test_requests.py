from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from asoen_graph.errors import AsoenError, ParameterError
from asoen_graph.server.problems import AddressTooLong, BadRequest, TooLarge, TooSlow, UnsupportedMediaType
from asoen_graph.server.requests import (
    LONGEST_ADDRESS,
    MOST_PARAMETERS,
    body,
    content_type,
    parse_parameters,
    refuse_unknown,
    single,
    text,
    url_parameters,
    whole_number,
)
from asoen_graph.server.settings import Limits

LIMITS = Limits(seconds=5, body=10)


def request(
    query: bytes = b"",
    headers: dict[str, str] | None = None,
    receive: Callable[[], Awaitable[dict[str, Any]]] | None = None,
) -> Request:
    raw = [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
    scope = {"type": "http", "method": "POST", "path": "/", "query_string": query, "headers": raw}
    return Request(scope, receive) if receive else Request(scope)  # type: ignore[arg-type]


def sent(*pieces: bytes) -> Callable[[], Awaitable[dict[str, Any]]]:
    waiting = list(pieces)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": waiting.pop(0), "more_body": bool(waiting)}

    return receive


def test_parameters_keep_their_order_and_blanks() -> None:
    assert parse_parameters(b"a=1&b=&a=%E1%BA%BF+x&=3") == {"a": ["1", "\u1ebf x"], "b": [""], "": ["3"]}


@pytest.mark.parametrize("encoded", [b"a=%ff", b"\xff=1", b"&".join([b"a=1"] * (MOST_PARAMETERS + 1))])
def test_parameters_that_are_none(encoded: bytes) -> None:
    with pytest.raises(BadRequest):
        parse_parameters(encoded)


def test_an_address_has_an_end() -> None:
    assert url_parameters(request(b"a=" + b"x" * (LONGEST_ADDRESS - 2)))["a"]
    with pytest.raises(AddressTooLong):
        url_parameters(request(b"a=" + b"x" * LONGEST_ADDRESS))


def test_single() -> None:
    assert single({"a": ["1"]}, "a") == "1"
    assert single({}, "a") is None
    with pytest.raises(ParameterError):
        single({"a": ["1", "2"]}, "a")


@pytest.mark.parametrize(("given", "number"), [("0", 0), ("007", 7), ("100", 100)])
def test_whole_numbers(given: str, number: int) -> None:
    assert whole_number({"n": [given]}, "n", 5, 100) == number
    assert whole_number({}, "n", 5, 100) == 5


@pytest.mark.parametrize("given", ["", "-1", "+1", "1.0", "101", "\u0663", "1e1", " 1", "9" * 5000])
def test_numbers_that_are_none(given: str) -> None:
    with pytest.raises(ParameterError):
        whole_number({"n": [given]}, "n", 5, 100)


def test_unknown_parameters() -> None:
    refuse_unknown({"limit": ["1"], "lang": ["vi"], "timeout": ["1"], "format": ["json"]}, ["limit"])
    with pytest.raises(ParameterError, match="Did you mean limit"):
        refuse_unknown({"limt": ["1"]}, ["limit"])


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("application/sparql-query", "application/sparql-query"),
        ("Application/SPARQL-Query; Charset=UTF-8", "application/sparql-query"),
        ('text/plain;charset="utf-8";x=y', "text/plain"),
        ("", ""),
    ],
)
def test_content_types(header: str, found: str) -> None:
    assert content_type(request(headers={"Content-Type": header})) == found


@pytest.mark.parametrize(
    "headers",
    [{"Content-Type": "text/plain; charset=utf-16"}, {"Content-Type": "text/plain", "Content-Encoding": "br"}],
)
def test_content_types_that_are_not_taken(headers: dict[str, str]) -> None:
    with pytest.raises(UnsupportedMediaType):
        content_type(request(headers=headers))


class TestBody:
    def read(self, limits: Limits, *pieces: bytes, **headers: str) -> bytes:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return asyncio.run(body(request(headers=names, receive=sent(*pieces)), limits))

    def test_in_pieces(self) -> None:
        assert self.read(LIMITS, b"ASK", b" ", b"{}") == b"ASK {}"
        assert self.read(LIMITS, b"x" * 10) == b"x" * 10

    def test_too_long(self) -> None:
        for pieces, headers in (((b"x" * 6, b"x" * 6), {}), ((b"",), {"content_length": "11"})):
            with pytest.raises(TooLarge):
                self.read(LIMITS, *pieces, **headers)

    def test_too_slow(self) -> None:
        async def never() -> dict[str, Any]:
            await asyncio.Event().wait()
            return {}

        with pytest.raises(TooSlow):
            asyncio.run(body(request(receive=never), replace(LIMITS, seconds=0.05)))

    def test_text(self) -> None:
        assert text("\ufeffASK {}".encode()) == "ASK {}"
        with pytest.raises(AsoenError, match="byte 3"):
            text(b"ab\xffcd")


ENCODED = st.lists(
    st.sampled_from(
        [*"aA09=&+% /?;_\n\r\t.é", "%20", "%3D", "%3d", "%C3%A9", "%C3", "%zz", "%\n", "%%", "%2", "%0A", "%25"]
    )
).map("".join)


@given(ENCODED | st.text(st.characters(codec="utf-8")))
def test_parameters_are_those_the_standard_library_finds(encoded: str) -> None:
    def found() -> object:
        pairs: dict[str, list[str]] = {}
        for name, value in parse_qsl(encoded, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS):
            pairs.setdefault(name, []).append(value)
        return pairs

    try:
        expected = found()
    except ValueError:
        with pytest.raises(BadRequest):
            parse_parameters(encoded.encode())
    else:
        assert parse_parameters(encoded.encode()) == expected


def test_so_many_parameters_are_too_many() -> None:
    assert len(parse_parameters(b"a=1&" * (MOST_PARAMETERS - 1) + b"a=1")["a"]) == MOST_PARAMETERS
    with pytest.raises(BadRequest):
        parse_parameters(b"a=1&" * MOST_PARAMETERS + b"a=1")
