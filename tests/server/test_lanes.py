"""Lanes answer as the web process does, and nothing is lost with one."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asoen_graph.release import Release
from asoen_graph.server.lanes.blackbox import ROOM, BlackBox, written
from asoen_graph.server.lanes.desk import Reader
from asoen_graph.server.lanes.lender import Lender
from asoen_graph.server.lanes.link import Link
from asoen_graph.server.lanes.prices import DEAR_SECONDS, MOST_SECONDS, Prices
from asoen_graph.server.lanes.words import ANSWERED, ASK, HEAD
from asoen_graph.server.settings import Settings
from asoen_graph.sparql.likeness import pattern_of

from .conftest import LIMITS, Site, running
from .test_instants import QUERY, Line, get

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="lanes need Linux")

CARD = b"GET /api/entities/lsoe-12?lang=en HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.fixture(scope="module")
def without(settings: Settings) -> Iterator[Site]:
    """The same server without lanes."""
    with running(replace(settings, lanes=0)) as found:
        yield found


@pytest.fixture(scope="module")
def uncached(settings: Settings) -> Iterator[Site]:
    """One that keeps no answers, with a lane."""
    with running(replace(settings, lanes=1, cache=0)) as found:
        yield found


def lender_of(site: Site) -> Lender:
    found = site.edge.lender
    assert found is not None
    return found


@pytest.fixture
def asked(uncached: Site, monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The requests of a test that a lane gave to the web process."""
    found: list[bytes] = []
    obey = Link._obey

    def noted(link: Link, message: bytes) -> None:
        if message[:1] == ASK:
            found.append(message[HEAD.size + ANSWERED.size :])
        obey(link, message)

    monkeypatch.setattr(Link, "_obey", noted)
    return found


def eventually(holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + 20
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.005)
    return True


@pytest.mark.parametrize("request_", [get(QUERY, "X-G: 1"), CARD], ids=["query", "card"])
def test_a_request_that_was_cheap_comes_to_a_lane(uncached: Site, asked: list[bytes], request_: bytes) -> None:
    with Line(uncached) as line:
        first = line.ask(request_)
        assert first.startswith(b"HTTP/1.1 200")
        # The web process reads the first. Of the next a worker tells the price, which counts when it is used to them.
        for _ in range(200):
            before = len(asked)
            assert line.ask(request_) == first
            if len(asked) == before and lender_of(uncached).lent:
                break
        else:
            pytest.fail("no lane has answered")
        assert lender_of(uncached).lent >= 1
    assert eventually(lambda: lender_of(uncached).lent == 0)


def test_what_is_no_business_of_a_lane(uncached: Site, asked: list[bytes]) -> None:
    ask = quote("ASK {}")
    others = [
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 6\r\n\r\nASK {}",
        get(ask, "Transfer-Encoding: identity"),
        get(ask, "X: a", "X: b"),
        get(ask, "Connection: close"),
        get(ask, "Accept: image/png"),
        get(ask, path="/sparql#"),
        get(ask, path="/nothing"),
        get(quote("SELECT (RAND() AS ?r) {}")),
        get(quote("SELECT")),
        get(ask) + get(ask),
    ]
    for request in others:
        with Line(uncached) as line:
            for _ in range(3):
                line.ask(get(ask))
            asked.clear()
            line.send(request)
            line.read()
            assert asked == [request]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["ASK {}", "SELECT (1 AS ?x) {}", "DESCRIBE id:lsoe-12", "SELECT", "SELECT (NOW() AS ?x) {}"]),
    st.sampled_from(["/sparql", "/api/entities/lsoe-12", "/api/entities/lsoe-1", "/nothing", "/health"]),
    st.sampled_from(["", "&format=csv", "&format=nonsense", "&lang=vi", "&lang=xx", "&timeout=5", "&other=1"]),
    st.lists(
        st.sampled_from(
            [
                "Accept: text/csv",
                "Accept: image/png",
                "Accept: text/turtle, */*;q=0.1",
                "Accept-Language: vi",
                "Accept-Encoding: br",
                "Accept-Encoding: identity;q=0, gzip",
                "If-None-Match: *",
                "If-Modified-Since: Sat, 01 Jan 2039 00:00:00 GMT",
                "Connection: keep-alive",
                "X-A: 2",
                "X-Forwarded-Proto: https",
            ]
        ),
        unique_by=lambda each: each.partition(":")[0],
    ),
    st.booleans(),
)
def test_any_request_gets_what_it_gets_without_lanes(
    uncached: Site, site: Site, without: Site, query: str, path: str, more: str, headers: list[str], is_kept: bool
) -> None:
    target = f"{path}?query={quote(query)}{more}" if path == "/sparql" else f"{path}?{more[1:]}"
    request = "\r\n".join([f"GET {target} HTTP/1.1", "Host: x", *headers, "", ""]).encode()
    with Line(site if is_kept else uncached) as line:
        found = [line.ask(request) for _ in range(4)]
    with Line(without) as line:
        expected = line.ask(request)
    if b"no-store" not in expected:
        assert found == [expected] * 4


def test_validators_are_the_same_everywhere(uncached: Site, without: Site) -> None:
    with Line(without) as line:
        tag = line.ask(get()).partition(b"etag: ")[2].partition(b"\r\n")[0].decode()
    with Line(uncached) as line:
        for _ in range(3):
            line.ask(get())
        found = [line.ask(get(QUERY, f"If-None-Match: {tag}")) for _ in range(3)]
    assert all(each.startswith(b"HTTP/1.1 304") for each in found)


def heavy(class_: str) -> str:
    """A query that is next to nothing or takes seconds, by what it is about."""
    return f"SELECT (COUNT(*) AS ?n) {{ ?a a <{class_}> . ?b ?p ?c . ?d ?q ?e FILTER(?c = ?e && ?b != ?d) }}"


def test_a_request_that_takes_a_lane_too_long_is_done_by_a_worker(uncached: Site) -> None:
    cheap = get(quote(heavy("http://example.org/Nothing")))
    dear_here = get(quote(heavy("https://w3id.org/asoen/ontology#Declaration")), "X-H: 1")
    ended = uncached.app.state.gauges.lanes_ended
    before = ended["too long"]
    pids = set(lender_of(uncached).pids)
    with Line(uncached, seconds=3 * LIMITS.seconds) as line, Line(uncached) as other:
        for _ in range(6):
            assert line.ask(cheap).startswith(b"HTTP/1.1 200")
            assert other.ask(get()).startswith(b"HTTP/1.1 200")
        line.send(dear_here)
        # Whoever else was with that lane is answered meanwhile, and the lane replaced.
        assert other.ask(get()).startswith(b"HTTP/1.1 200")
        assert eventually(lambda: ended["too long"] == before + 1)
        assert other.ask(get()).startswith(b"HTTP/1.1 200")
        assert line.read()[:12] in (b"HTTP/1.1 200", b"HTTP/1.1 503")
        assert eventually(lambda: bool(set(lender_of(uncached).pids) - pids))
        # From now on no lane is given the likes of it.
        for _ in range(4):
            assert line.ask(cheap).startswith(b"HTTP/1.1 200")
        line.send(dear_here)
        assert line.read()[:12] in (b"HTTP/1.1 200", b"HTTP/1.1 503")
    assert ended["too long"] == before + 1


def test_no_answer_is_lost_where_lanes_are_killed(uncached: Site, without: Site) -> None:
    requests = [get(quote(f"SELECT ?p ?o {{ id:lsoe-{n} ?p ?o }}")) for n in (9, 10, 11, 12)] + [CARD]
    with Line(without) as line:
        expected = {request: line.ask(request) for request in requests}
    wrong: list[tuple[bytes, bytes]] = []
    answered = [0] * 6
    is_over = threading.Event()

    def client(number: int) -> None:
        chance = random.Random(number)
        with Line(uncached) as line:
            while not is_over.is_set():
                request = chance.choice(requests)
                found = line.ask(request)
                if found != expected[request]:
                    wrong.append((found, expected[request]))
                    return
                answered[number] += 1

    clients = [threading.Thread(target=client, args=(number,)) for number in range(len(answered))]
    for each in clients:
        each.start()
    killed = 0
    end = time.monotonic() + 4
    while time.monotonic() < end:
        for pid in lender_of(uncached).pids:
            os.kill(pid, signal.SIGKILL)
            killed += 1
        time.sleep(0.15)
    is_over.set()
    for each in clients:
        each.join(20)
    assert not wrong
    assert killed > 5
    assert min(answered) > 50


def test_lanes_are_counted_and_logged(lagoon_release: Release) -> None:
    command = [sys.executable, "-m", "asoen_graph", "serve", "--port", "0", "--release", str(lagoon_release.folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        port = int(process.stdout.readline().rpartition("/ with")[0].rpartition(":")[2])
        with Line(_At(f"http://127.0.0.1:{port}")) as line:  # type: ignore[arg-type]
            for _ in range(50):
                line.ask(get(QUERY))
            line.send(b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
            metrics = line.read()
    finally:
        process.terminate()
        _, log = process.communicate(timeout=30)
    assert b'asoen_requests_total{method="GET",route="/sparql",status="200"} 50.0' in metrics
    assert b"asoen_lanes " in metrics
    lines = [each for each in log.splitlines() if '"path":"/sparql"' in each]
    assert len(lines) == 50
    assert len({each.partition('"request":"')[2][:16] for each in lines}) == 50


class _At:
    def __init__(self, url: str) -> None:
        self.url = url


class TestPrices:
    def test_nothing_is_cheap_before_a_worker_says_so(self) -> None:
        prices = Prices()
        assert not prices.is_cheap("p", "a")
        prices.learn("p", "a", MOST_SECONDS / 2)
        assert prices.is_cheap("p", "a")
        assert prices.is_cheap("p", "b")

    def test_a_dear_request_of_a_cheap_pattern(self) -> None:
        prices = Prices()
        prices.learn("p", "a", MOST_SECONDS / 2)
        assert prices.clock("p") is time.perf_counter
        prices.correct("p", "hub", DEAR_SECONDS * 2)
        assert prices.clock("p") is time.process_time
        assert prices.is_cheap("p", "hub")
        prices.correct("p", "hub", DEAR_SECONDS * 2)
        assert not prices.is_cheap("p", "a")
        for _ in range(3):
            prices.learn("p", "a", MOST_SECONDS / 2)
        assert prices.is_cheap("p", "a")
        assert not prices.is_cheap("p", "hub")

    def test_one_that_a_worker_finds_cheap_is_dear_no_more(self) -> None:
        prices = Prices()
        prices.learn("p", "a", MOST_SECONDS / 2)
        prices.learn("p", "b", DEAR_SECONDS * 2)
        assert not prices.is_cheap("p", "b")
        prices.learn("p", "b", MOST_SECONDS / 2)
        assert prices.is_cheap("p", "b")

    def test_one_of_a_cheap_pattern_may_cost_a_little_more(self) -> None:
        prices = Prices()
        prices.learn("p", "b", (MOST_SECONDS + DEAR_SECONDS) / 2)
        for _ in range(2):
            prices.learn("p", "a", MOST_SECONDS / 2)
        assert not prices.is_cheap("p", "b")
        prices.learn("p", "b", (MOST_SECONDS + DEAR_SECONDS) / 2)
        assert prices.is_cheap("p", "b")
        prices.learn("p", "b", DEAR_SECONDS * 2)
        assert not prices.is_cheap("p", "b")
        assert prices.is_cheap("p", "a")

    def test_a_moment_in_which_the_machine_stood_still_is_forgotten(self) -> None:
        prices = Prices()
        prices.learn("p", "a", MOST_SECONDS / 2)
        for _ in range(5):
            prices.correct("p", "a", DEAR_SECONDS * 2)
            for _ in range(40):
                prices.correct("p", "a", DEAR_SECONDS / 2)
        assert prices.is_cheap("p", "a")
        assert prices.clock("p") is time.perf_counter

    def test_a_worker_that_was_new_to_it_is_forgiven(self) -> None:
        prices = Prices()
        prices.learn("p", "a", 1.0)
        assert not prices.is_cheap("p", "b")
        for _ in range(3):
            prices.learn("p", "b", MOST_SECONDS / 2)
        assert prices.is_cheap("p", "b")

    def test_what_is_barred_stays_barred(self) -> None:
        prices = Prices()
        prices.learn("p", "a", MOST_SECONDS / 2)
        prices.bar("p")
        prices.learn("p", "a", MOST_SECONDS / 2)
        assert not prices.is_cheap("p", "a")


def test_the_pattern_of_a_query() -> None:
    one = 'SELECT * { <http://a/1> ?p "x" FILTER(?n < 3 && ?m > 2) }'
    assert pattern_of(one) == pattern_of(one.replace("a/1", "b/2").replace('"x"', '"y \\" z"'))
    assert pattern_of(one) != pattern_of(one.replace("3", "30"))


@given(st.binary(max_size=200))
def test_reading_never_fails(raw: bytes) -> None:
    reader = Reader(has_cards=True)
    reader.read(raw)
    reader.read(b"GET " + raw + b" HTTP/1.1\r\nHost: x\r\n\r\n")
    reader.read(b"GET /sparql?query=" + raw + b" HTTP/1.1\r\nHost: x\r\n\r\n")
    reader.read(b"GET /sparql?query=ASK{} HTTP/1.1\r\nHost: x\r\n" + raw + b"\r\n\r\n")


class TestBlackBox:
    @pytest.fixture
    def box(self) -> Iterator[BlackBox]:
        descriptor = BlackBox.create()
        found = BlackBox(descriptor)
        os.close(descriptor)
        yield found
        found.close()

    @pytest.fixture
    def pair(self) -> Iterator[tuple[socket.socket, socket.socket]]:
        with socket.create_server(("127.0.0.1", 0)) as listening:
            client = socket.create_connection(listening.getsockname())
            server, _ = listening.accept()
        with client, server:
            yield client, server

    def test_a_request_that_is_being_answered(self, box: BlackBox, pair: tuple[socket.socket, socket.socket]) -> None:
        client, server = pair
        client.sendall(get() + b"")
        assert box.receive(server, 7) == get()
        wreck = box.wreck()
        assert wreck is not None
        assert (wreck.connection, wreck.request, wreck.is_answered(server)) == (7, get(), False)
        box.sending(written(server), 5)
        wreck = box.wreck()
        assert wreck is not None
        assert wreck.is_answered(server) is False
        server.sendall(b"abc")
        assert wreck.is_answered(server) is None
        server.sendall(b"de")
        assert wreck.is_answered(server) is True
        box.done()
        assert box.wreck() is None

    def test_nothing_of_one_request_is_taken_for_another(
        self, box: BlackBox, pair: tuple[socket.socket, socket.socket]
    ) -> None:
        client, server = pair
        client.sendall(get())
        box.receive(server, 1)
        box.done()
        client.sendall(b"GET /half")
        box.receive(server, 1)
        wreck = box.wreck()
        assert wreck is not None
        assert wreck.request is None
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            box.receive(server, 1)
        assert box.wreck() is None
        assert box.at_work is None

    def test_what_is_written_is_counted_whether_or_not_it_has_left(
        self, pair: tuple[socket.socket, socket.socket]
    ) -> None:
        client, server = pair
        server.setblocking(False)
        before, sent = written(server), 0
        while True:
            try:
                sent += server.send(b"x" * ROOM)
            except BlockingIOError:
                break
        assert written(server) - before == sent
        client.recv(100_000)
        assert written(server) - before == sent
