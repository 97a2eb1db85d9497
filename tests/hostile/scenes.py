"""What takes more than bytes: clients that are slow, leave, or lie about who they are. Each scene tells what came."""

from __future__ import annotations

import select
import socket
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass

from .site import Site, eventually
from .table import RUNAWAY, TIMEOUT_SECONDS, asking, head_only, posting, request
from .wire import Line

MANY = 300


@dataclass(frozen=True, slots=True)
class Scene:
    """One thing tried: in words, how, and what came of it; options of the server, and its file descriptors."""

    what: str
    play: Callable[[Site], str]
    got: str
    options: tuple[str, ...] = ()
    files: int | None = None

    @property
    def is_usual(self) -> bool:
        """Whether the server is one like any other."""
        return not self.options and self.files is None


def _drip(site: Site, begin: bytes, drop: bytes) -> str:
    """Send a beginning, then a drop now and then, until the server says something."""
    line = Line(site.address)
    line.send(begin)
    for _ in range(600):
        if select.select([line.socket], [], [], TIMEOUT_SECONDS / 10)[0]:
            break
        line.send(drop)
    return line.told(["GET"])


def _slow_head(site: Site) -> str:
    return _drip(site, b"GET /health HTTP/1.1\r\nHost: localhost\r\nX-A: ", b"a")


def _half_a_head(site: Site) -> str:
    return _drip(site, b"GET /health HTT", b"")


_POST = (b"POST /sparql HTTP/1.1", b"Host: localhost", b"Content-Type: application/sparql-query")


def _slow_body(site: Site) -> str:
    return _drip(site, head_only(*_POST, b"Content-Length: 1000") + b"ASK {}", b" ")


def _slow_chunks(site: Site) -> str:
    return _drip(site, head_only(*_POST, b"Transfer-Encoding: chunked"), b"1\r\n#\r\n")


def _slow_address(site: Site) -> str:
    return _drip(site, b"GET /sparql?query=", b"a")


def _slow_length_of_a_chunk(site: Site) -> str:
    return _drip(site, head_only(*_POST, b"Transfer-Encoding: chunked"), b"0")


def _slow_trailer(site: Site) -> str:
    return _drip(site, head_only(*_POST, b"Transfer-Encoding: chunked") + b"6\r\nASK {}\r\n0\r\nX-A: ", b"a")


def _no_body(site: Site) -> str:
    return _drip(site, head_only(*_POST, b"Content-Length: 1000"), b"")


def _slow_body_of_nobody(site: Site) -> str:
    line = Line(site.address)
    line.send(request("/health", "Content-Length: 1000"))
    answer = line.answer()
    assert answer is not None
    ended = eventually(lambda: bool(select.select([line.socket], [], [], 0.1)[0]))
    return f"{answer.told()}, hangs up" if ended and line.answer() is None else "waits"


def _many_slow_heads(site: Site) -> str:
    lines = [Line(site.address) for _ in range(MANY)]
    for line in lines:
        line.send(b"GET /health HTTP/1.1\r\nHost: localhost\r\nX-A: ")
    told = _others(site)
    return told + "; " + _one_of({line.told(["GET"]) for line in lines})


def _many_connections(site: Site) -> str:
    lines = [Line(site.address) for _ in range(MANY)]
    told = _others(site)
    for line in lines:
        line.close()
    return told


def _never_reads(site: Site) -> str:
    before = site.connections()
    lines = [Line(site.address) for _ in range(3)]
    for line in lines:
        line.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.send(request("/data?default", "Accept: application/n-quads") * 100)
    assert eventually(lambda: site.connections() > before)
    told = _others(site)
    gone = eventually(lambda: site.connections() <= before)
    for line in lines:
        line.close()
    return f"{told}; " + ("the connection is cut" if gone else "the connection stays")


def _reads_slowly(site: Site) -> str:
    before = site.connections()
    line = Line(site.address)
    line.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.send(request("/data?default", "Accept: application/n-quads") * 100)
    assert eventually(lambda: site.connections() > before)
    gone = eventually(lambda: not line.socket.recv(1) or site.connections() <= before)
    line.close()
    return "the connection is cut" if gone else "the connection stays"


def _many_runaways(site: Site) -> str:
    line = Line(site.address)
    line.send(asking(RUNAWAY, more="&timeout=60") * 100)
    time.sleep(0.5)
    told = _others(site)
    line.close()
    return told


def _resets_a_pipeline(site: Site) -> str:
    for _ in range(20):
        line = Line(site.address)
        line.send(asking("ASK {}") * 50 + b"GET /hea")
        _reset(line)
    return _others(site)


def _leaves(site: Site) -> str:
    return _leaving(site, asking(RUNAWAY, more="&timeout=60"), lambda line: line.close())


def _leaves_two(site: Site) -> str:
    return _leaving(site, asking(RUNAWAY, more="&timeout=60") * 2, lambda line: line.close())


def _leaves_much(site: Site) -> str:
    begun = asking(RUNAWAY, more="&timeout=60")
    return _leaving(site, begun + posting("ASK {} #".ljust(1_000_000, "x")), lambda line: line.close())


def _resets(site: Site) -> str:
    return _leaving(site, asking(RUNAWAY, more="&timeout=60"), _reset)


def _half_closes(site: Site) -> str:
    return _leaving(site, asking(RUNAWAY, more="&timeout=60"), lambda line: line.socket.shutdown(socket.SHUT_WR))


def _leaving(site: Site, sent: bytes, leave: Callable[[Line], None]) -> str:
    before = site.ended("client left")
    line = Line(site.address)
    line.send(sent)
    time.sleep(0.5)
    leave(line)
    stopped = eventually(lambda: site.ended("client left") > before)
    line.close()
    return "its work stops" if stopped else "its work goes on"


def _reset(line: Line) -> None:
    line.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.close()


def _resets_in_request(site: Site) -> str:
    for sent in (
        b"GET /hea",
        head_only(*_POST, b"Content-Length: 10") + b"ASK",
        head_only(*_POST, b"Content-Length: 10"),
    ):
        line = Line(site.address)
        line.send(sent)
        time.sleep(0.05)
        _reset(line)
    return _others(site)


def _resets_in_answer(site: Site) -> str:
    for _ in range(20):
        line = Line(site.address)
        line.send(request("/data?default") * 10)
        line.socket.recv(100)
        _reset(line)
    return _others(site)


def _asks(*headers: str) -> Callable[[Site], str]:
    """Four requests, each with headers that name another client."""

    def play(site: Site) -> str:
        told = []
        for number in range(4):
            line = Line(site.address)
            line.send(asking("ASK {}", *(header.replace("N", str(number)) for header in headers)))
            answer = line.answer()
            told.append(answer.told() if answer else "hangs up")
            line.close()
        return "; ".join(told)

    return play


def _service(host: str) -> Callable[[Site], str]:
    def play(site: Site) -> str:
        line = Line(site.address)
        line.send(asking(f"SELECT * {{ SERVICE <http://{host}:{site.trap}/> {{ ?s ?p ?o }} }}"))
        return line.told(["GET"])

    return play


def _others(site: Site) -> str:
    return "others are answered" if all(site.answers() for _ in range(5)) else "others are not answered"


def _one_of(found: set[str]) -> str:
    return " or ".join(sorted(found))


_LONG = ("--timeout", "20")
"""So long that nothing but the client's leaving can have stopped the work."""

CLIENTS = (
    Scene("a head that comes a byte at a time", _slow_head, "408 too-slow, hangs up"),
    Scene("half a head, then nothing", _half_a_head, "408 too-slow, hangs up"),
    Scene("a body that comes a byte at a time", _slow_body, "408 too-slow, hangs up"),
    Scene("a body in small chunks without end", _slow_chunks, "408 too-slow, hangs up"),
    Scene("an address that comes a byte at a time", _slow_address, "408 too-slow, hangs up"),
    Scene("the length of a chunk, a digit at a time", _slow_length_of_a_chunk, "408 too-slow, hangs up"),
    Scene("fields after the last chunk, a byte at a time", _slow_trailer, "408 too-slow, hangs up"),
    Scene("a body that never comes", _no_body, "408 too-slow, hangs up"),
    Scene("a body that never comes, where none is wanted", _slow_body_of_nobody, "200, hangs up"),
    Scene(f"{MANY} slow heads at once", _many_slow_heads, "others are answered; 408 too-slow, hangs up"),
    Scene(f"{MANY} connections where there is room for 150", _many_connections, "others are answered", files=300),
    Scene("a client that asks for much and never reads it", _never_reads, "others are answered; the connection is cut"),
    Scene("a client that asks for much and reads a byte at a time", _reads_slowly, "the connection is cut"),
    Scene("a hundred runaway queries in one packet", _many_runaways, "others are answered", _LONG),
    Scene("resets in the middle of fifty requests in one packet", _resets_a_pipeline, "others are answered"),
    Scene("a client that leaves while its query runs", _leaves, "its work stops", _LONG),
    Scene("the same with another request behind it", _leaves_two, "its work stops", _LONG),
    Scene("the same with a megabyte behind it", _leaves_much, "its work stops", _LONG),
    Scene("a reset while its query runs", _resets, "its work stops", _LONG),
    Scene("a client that closes its half of the connection", _half_closes, "its work stops", _LONG),
    Scene("resets in the middle of requests", _resets_in_request, "others are answered"),
    Scene("resets in the middle of answers", _resets_in_answer, "others are answered"),
)

_THREE = "200; 200; 200; 429 rate-limit"
_RATE = ("--rate", "0.001", "--burst", "3")
_STRANGE = (*_RATE, "--forwarded-allow-ips", "192.0.2.1")
_FORWARDED = "X-Forwarded-For: 203.0.113.N"

IDENTITIES = (
    Scene("X-Forwarded-For, by a proxy that is believed", _asks(_FORWARDED), "200; 200; 200; 200", _RATE),
    Scene("X-Forwarded-For, by anybody else", _asks(_FORWARDED), _THREE, _STRANGE),
    Scene("an invented address before the one the proxy adds", _asks(f"{_FORWARDED}, 198.51.100.9"), _THREE, _RATE),
    Scene("X-Real-IP and Forwarded", _asks("X-Real-IP: 203.0.113.N", "Forwarded: for=203.0.113.N"), _THREE, _RATE),
    Scene("another IPv6 address of the same network", _asks("X-Forwarded-For: 2001:db8::N"), _THREE, _RATE),
    Scene("another Host", _asks("X-Forwarded-Host: N.example", "User-Agent: N"), _THREE, _RATE),
)

ALLOWED = (
    Scene("--outside localhost", _service("localhost"), "403 query-refused", ("--outside", "localhost:{trap}")),
    Scene("--outside 127.0.0.1", _service("127.0.0.1"), "403 query-refused", ("--outside", "127.0.0.1:{trap}")),
    Scene(
        "127.0.0.1 as a number (2130706433)",
        _service("2130706433"),
        "403 query-refused",
        ("--outside", "localhost:{trap}"),
    ),
    Scene(
        "a host that is not on the list",
        _service("localhost.example"),
        "403 query-refused",
        ("--outside", "localhost:{trap}"),
    ),
    Scene(
        "the host on the list as a user",
        _service("localhost@127.0.0.1"),
        "403 query-refused",
        ("--outside", "localhost:{trap}"),
    ),
)

SCENES: dict[str, tuple[Scene, ...]] = {
    "Slow and broken clients": CLIENTS,
    "Who asks, where there is a rate of three requests": IDENTITIES,
    "SERVICE of a host in the private network that the operator has listed": ALLOWED,
}
