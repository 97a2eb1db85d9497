"""Content codings: what a client wishes, and what it gets."""

from __future__ import annotations

import re
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from asoen_graph.server.compression import SMALLEST, coded
from asoen_graph.server.encodings import CODINGS, IDENTITY, LONGEST_HEADER, wish_of
from asoen_graph.server.messages import Reply
from asoen_graph.server.problems import UncodedRefused

from .conftest import Site

DECODERS = {
    "gzip": lambda content: zlib.decompress(content, 31),
    "br": brotli.decompress,
    "zstd": lambda content: zstandard.ZstdDecompressor().decompress(content),
}
LONG = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 200"

names = st.sampled_from([*CODINGS, "identity", "*", "deflate", "x-gzip", "GZip", "compress"])
qualities = st.one_of(st.none(), st.integers(0, 1000).map(lambda number: number / 1000))
elements = st.lists(st.tuples(names, qualities), max_size=6, unique_by=lambda element: canonical(element[0]))
spaces = st.sampled_from(["", " ", "\t "])


def canonical(name: str) -> str:
    return name.lower().removeprefix("x-")


def quality_of(name: str, wanted: list[tuple[str, float | None]]) -> float:
    """RFC 9110, 12.5.3, word for word; identity that is not named ranks behind everything that is."""
    named = {canonical(each): 1.0 if quality is None else quality for each, quality in wanted}
    if name in named:
        return named[name]
    if "*" in named:
        return named["*"]
    return 1e-9 if name == "identity" else 0


@given(elements, spaces)
def test_the_best_that_is_acceptable(wanted: list[tuple[str, float | None]], space: str) -> None:
    header = f"{space},{space}".join(name if q is None else f"{name}{space};{space}q={q:.3f}" for name, q in wanted)
    expected = {name: quality_of(name or "identity", wanted) for name in (*CODINGS, IDENTITY)}
    acceptable = {name for name, quality in expected.items() if quality > 0}
    if not acceptable:
        with pytest.raises(UncodedRefused):
            wish_of(header)
        return
    wish = wish_of(header)
    assert set(wish.acceptable) == acceptable
    assert wish.first == wish.acceptable[0]
    assert [expected[name] for name in wish.acceptable] == sorted((expected[n] for n in acceptable), reverse=True)
    assert wish.must == (IDENTITY not in acceptable)


@given(elements, st.randoms())
def test_the_order_of_the_header_does_not_matter(wanted: list[tuple[str, float | None]], random: object) -> None:
    def written(pairs: list[tuple[str, float | None]]) -> str:
        return ",".join(name if q is None else f"{name};q={q:.3f}" for name, q in pairs)

    shuffled = list(wanted)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    try:
        assert wish_of(written(wanted)) == wish_of(written(shuffled))
    except UncodedRefused:
        assert quality_of("identity", wanted) == 0


@given(st.one_of(st.text(max_size=60), st.from_regex(r"[a-z*,;q=0-9. ]{0,30}", fullmatch=True)))
def test_any_header(header: str) -> None:
    try:
        wish = wish_of(header)
    except UncodedRefused:
        assert "0" in header
    else:
        assert wish.first in (*CODINGS, IDENTITY)


@pytest.mark.parametrize(
    ("header", "first"),
    [
        (None, ""),
        ("", ""),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, deflate, br", "br"),
        ("x-gzip", "gzip"),
        ("gzip;q=0.5, identity", ""),
        ("gzip;q=1.0, identity;q=0.5, *;q=0", "gzip"),
        ("*", "zstd"),
        ("zstd;q=0, *", "br"),
        ("deflate", ""),
        ("gzip;q=2", ""),
        ("gzip" + " " * LONGEST_HEADER, ""),
    ],
)
def test_well_known_headers(header: str | None, first: str) -> None:
    assert wish_of(header).first == first


@given(st.binary(max_size=3000), st.sampled_from(CODINGS))
def test_what_is_coded_can_be_decoded(content: bytes, coding: str) -> None:
    reply = coded(Reply(200, {"Content-Type": "text/csv"}, content), coding, must=True)
    assert reply.headers["Content-Encoding"] == coding
    assert DECODERS[coding](reply.body) == content
    assert coded(Reply(200, {"Content-Type": "text/csv"}, content), coding, must=True).body == reply.body


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"x" * (SMALLEST - 1)),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"x" * 5000),
        ("application/vnd.apache.parquet", b"x" * 5000),
        ("image/png", b"x" * 5000),
        ("application/octet-stream", bytes(zlib.compress(bytes(range(256)) * 9, 9)) + bytes(range(256)) * 4),
    ],
)
def test_what_is_not_worth_it(content_type: str, body: bytes) -> None:
    reply = Reply(200, {"Content-Type": content_type}, body)
    if content_type != "application/octet-stream":
        assert coded(reply, "gzip", must=False) is reply
    assert coded(reply, IDENTITY, must=False) is reply
    assert coded(reply, "gzip", must=True).headers["Content-Encoding"] == "gzip"


def test_problems_are_not_coded() -> None:
    problem = Reply(404, {"Content-Type": "application/problem+json"}, b"x" * 5000)
    assert coded(problem, "gzip", must=True) is problem


class TestOverHttp:
    def raw(self, site: Site, accept: str | None, **parameters: str) -> tuple[int, dict[str, str], bytes]:
        headers = {} if accept is None else {"Accept-Encoding": accept}
        request = site.client.build_request("GET", "/sparql", params=parameters, headers=headers)
        if accept is None:
            del request.headers["Accept-Encoding"]
        answer = site.client.send(request, stream=True)
        try:
            return answer.status_code, dict(answer.headers), b"".join(answer.iter_raw())
        finally:
            answer.close()

    @pytest.mark.parametrize("coding", CODINGS)
    def test_each_coding(self, site: Site, coding: str) -> None:
        _, plain, content = self.raw(site, None, query=LONG, format="csv")
        for _ in range(2):  # made, and kept
            status, headers, body = self.raw(site, coding, query=LONG, format="csv")
            assert (status, headers["content-encoding"]) == (200, coding)
            assert DECODERS[coding](body) == content
            assert int(headers["content-length"]) == len(body) < len(content)
            assert headers["etag"] == plain["etag"][:-1] + f'-{coding}"'
            assert "Accept-Encoding" in headers["vary"].split(", ")
        assert "content-encoding" not in plain
        assert "Accept-Encoding" in plain["vary"].split(", ")

    def test_what_is_small_is_sent_as_it_is(self, site: Site) -> None:
        _, headers, _ = self.raw(site, "gzip", query="ASK {}")
        assert "content-encoding" not in headers
        assert headers["etag"] == self.raw(site, None, query="ASK {}")[1]["etag"]

    def test_what_must_be_coded_is(self, site: Site) -> None:
        status, headers, body = self.raw(site, "gzip, identity;q=0", query="ASK {}")
        assert (status, headers["content-encoding"]) == (200, "gzip")
        assert b"true" in DECODERS["gzip"](body)

    def test_what_is_compressed_already_is_sent_as_it_is(self, site: Site) -> None:
        _, headers, _ = self.raw(site, "gzip", query=LONG, format="xlsx")
        assert "content-encoding" not in headers

    @pytest.mark.parametrize("accept", ["identity;q=0", "*;q=0", "gzip;q=0, *;q=0", "compress, identity;q=0"])
    def test_a_client_that_takes_nothing(self, site: Site, accept: str) -> None:
        for query in ("ASK {}", LONG):
            status, headers, body = self.raw(site, accept, query=query)
            assert (status, headers["content-type"]) == (406, "application/problem+json")
            assert b"coding-refused" in body

    def test_problems_are_readable(self, site: Site) -> None:
        status, headers, _ = self.raw(site, "gzip, identity;q=0", query="SELEC")
        assert status == 400
        assert "content-encoding" not in headers

    @pytest.mark.parametrize(
        "path", ["/api/queries", "/api/networks", "/openapi.json", "/docs/assets/swagger-ui-bundle.js"]
    )
    def test_what_never_changes(self, site: Site, path: str) -> None:
        plain = site.client.get(path, headers={"Accept-Encoding": "identity"})
        tags = set()
        for _ in range(2):
            for coding in CODINGS:
                answer = site.client.get(path, headers={"Accept-Encoding": f"{coding}, identity;q=0"})
                assert answer.headers["content-encoding"] == coding
                assert answer.content == plain.content
                tags.add(answer.headers["etag"])
        assert len(tags) == len(CODINGS)
        same = site.client.get(path, headers={"Accept-Encoding": "gzip", "If-None-Match": ", ".join(tags)})
        assert same.status_code == 304

    def test_every_file_of_the_documentation_is_there(self, site: Site) -> None:
        page = site.get("/docs").text
        for path in re.findall(r'"(/docs/assets/[^"]+)"', page):
            assert site.get(path).headers["content-type"].partition(";")[0] in {
                "text/css",
                "text/javascript",
                "image/png",
            }
        assert site.get("/docs/assets/index.html").status_code == 404
