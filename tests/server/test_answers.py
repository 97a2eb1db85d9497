"""What the web process keeps: bounded, never a problem, and one run for equal requests that wait at once."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asoen_graph.server.answers import _LARGEST_PART, _OVERHEAD, Answers, Known, Shelf
from asoen_graph.server.flights import Flights
from asoen_graph.server.messages import Reply, Task
from asoen_graph.server.recall import written, written_of

from .conftest import Site
from .test_workers import CROSS, eventually

ROOM = 20 * _OVERHEAD
commands = st.lists(st.tuples(st.sampled_from(["put", "get"]), st.integers(0, 12), st.integers(0, ROOM // 6)))


@given(commands)
def test_a_shelf_is_bounded_and_forgets_the_longest_unused(steps: list[tuple[str, int, int]]) -> None:
    shelf: Shelf[int, object] = Shelf(ROOM)
    model: OrderedDict[int, tuple[object, int]] = OrderedDict()
    for step, key, size in steps:
        if step == "get":
            assert shelf.get(key) == (model[key][0] if key in model else None)
            if key in model:
                model.move_to_end(key)
            continue
        shelf.put(key, value := object(), size)
        if size + _OVERHEAD <= ROOM // _LARGEST_PART:
            model.pop(key, None)
            model[key] = value, size + _OVERHEAD
        while sum(each for _, each in model.values()) > ROOM:
            model.popitem(last=False)
        assert shelf.used == sum(each for _, each in model.values()) <= ROOM
        assert len(shelf) == len(model)


def test_no_room_keeps_nothing() -> None:
    shelf: Shelf[str, str] = Shelf(0)
    shelf.put("a", "b", 0)
    assert shelf.get("a") is None
    assert not Answers(0).is_on


def test_only_what_known_headers_select_is_remembered() -> None:
    answers = Answers(10**6)
    answers.remember(("a",), Known("d", "Accept, Accept-Language, Accept-Encoding", "/"))
    answers.remember(("b",), Known("d", "Accept, Cookie", "/"))
    assert answers.requests.get(("a",)) is not None
    assert answers.requests.get(("b",)) is None


def test_requests_are_told_apart_by_all_that_decides_them() -> None:
    scope = {"method": "GET", "path": "/a", "query_string": b"x=1", "scheme": "http", "root_path": ""}
    headers = [(b"host", b"h"), (b"accept", b"a"), (b"accept-language", b"vi"), (b"user-agent", b"u")]
    base = written({**scope, "headers": headers}, "1")
    same = [(b"accept-language", b"vi"), (b"user-agent", b"other"), (b"accept", b"a"), (b"host", b"h")]
    assert base is not None
    assert written({**scope, "method": "HEAD", "headers": same}, "1") == base
    for name, value in {"path": "/b", "query_string": b"x=2", "scheme": "https", "root_path": "/r"}.items():
        assert written({**scope, name: value, "headers": headers}, "1") != base
    for place in range(3):
        changed = [*headers]
        changed[place] = (headers[place][0], b"changed")
        assert written({**scope, "headers": changed}, "1") != base
    assert written({**scope, "headers": headers}, "2") != base
    assert written({**scope, "headers": [*headers, (b"accept", b"b")]}, "1") is None
    assert written({**scope, "method": "POST", "headers": headers}, "1") is None


def test_what_is_mounted_in_between_may_add_to_answers() -> None:
    scope = {"method": "GET", "path": "/a", "query_string": b"", "scheme": "http", "root_path": "", "headers": []}
    scope["state"] = {"written": written(scope, "1")}
    assert written_of(scope) == written(scope, "1") is not None
    assert written_of({**scope, "root_path": "/mounted"}) is None
    assert written_of({**scope, "state": {"written": None}}) is None


@pytest.fixture
def counts(site: Site) -> Callable[[], dict[str, int]]:
    """What was looked up since the test began."""
    before = dict(site.front.answers.counts)
    names = ("hit", "shared", "miss", "validated")
    return lambda: {n: d for n in names if (d := site.front.answers.counts[n] - before.get(n, 0))}


class TestKeeping:
    def query(self, name: str) -> str:
        return f"SELECT ?s ?o WHERE {{ ?s asoen:ordinal ?o }} ORDER BY ?s ?o # {name}"

    def test_a_repeat_is_the_same_and_costs_no_worker(self, site: Site, counts: Callable[[], object]) -> None:
        first = site.sparql(self.query("repeat"))
        assert counts() == {"miss": 1}
        for _ in range(3):
            again = site.sparql(self.query("repeat"))
            assert again.content == first.content
            own = ("date", "x-request-id")
            assert [h for h in again.headers.multi_items() if h[0] not in own] == [
                h for h in first.headers.multi_items() if h[0] not in own
            ]
            assert again.headers["x-request-id"] != first.headers["x-request-id"]
        assert counts() == {"miss": 1, "hit": 3}

    def test_head(self, site: Site, counts: Callable[[], object]) -> None:
        heads = [site.client.head("/sparql", params={"query": self.query("head")}) for _ in range(2)]
        get = site.sparql(self.query("head"))
        assert counts() == {"miss": 1, "hit": 2}
        for head in heads:
            assert head.content == b""
            assert head.headers["content-length"] == get.headers["content-length"]
            assert head.headers["etag"] == get.headers["etag"]

    def test_other_spellings_of_a_request(self, site: Site, counts: Callable[[], object]) -> None:
        get = site.sparql(self.query("post"))
        post = site.client.post("/sparql", data={"query": self.query("post")})
        slower = site.sparql(self.query("post"), timeout="7")
        assert get.content == post.content == slower.content
        assert counts() == {"miss": 1, "hit": 2}

    def test_languages_and_forms_are_apart(self, site: Site) -> None:
        def get(path: str, **headers: str) -> httpx.Response:
            return site.client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})

        for _ in range(2):
            assert get("/", accept_language="vi").headers["content-language"] == "vi"
            assert get("/", accept_language="en").headers["content-language"] == "en"
            assert get("/ontology", accept="text/turtle").headers["content-type"].startswith("text/turtle")
            assert get("/ontology", accept="text/html").headers["content-type"].startswith("text/html")

    def test_links_begin_with_where_the_client_is(self, site: Site) -> None:
        for host in ("a.example", "b.example") * 2:
            answer = site.client.get("/.well-known/void", headers={"Host": host, "Accept": "text/turtle"})
            assert f"<http://{host}/sparql>" in answer.text

    @pytest.mark.parametrize(
        "query", ["SELECT (RAND() AS ?x) {}", "SELECT (UUID() AS ?x) {}", "SELECT (NOW() AS ?x) (RAND() AS ?y) {}"]
    )
    def test_what_changes_is_not_kept(self, site: Site, query: str) -> None:
        assert len({site.sparql(query).text for _ in range(3)}) == 3
        assert site.sparql(query).headers["cache-control"] == "no-store"

    def test_problems_are_not_kept(self, site: Site, counts: Callable[[], object]) -> None:
        for _ in range(2):
            assert site.sparql("SELECT ?x WHERE { ?x }").status_code == 400
            assert site.client.get("/api/entities/no-such-thing").status_code == 404
            assert site.sparql(f"SELECT (COUNT(*) AS ?n) WHERE {{ {CROSS} }}", timeout="0.2").status_code == 503
        assert counts() in ({"miss": 4}, {"miss": 6})

    def test_redirections_are(self, site: Site, counts: Callable[[], object]) -> None:
        for _ in range(2):
            answer = site.client.get("/id/lsoe-12", headers={"Accept": "application/n-triples"})
            assert (answer.status_code, answer.headers["location"]) == (303, "/id/lsoe-12.nt")
        assert counts()["hit"] >= 1  # type: ignore[index]

    def test_it_can_be_switched_off(self, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
        off = Answers(0)
        monkeypatch.setitem(site.app.state._state, "front", replace(site.front, answers=off))
        contents = {site.sparql(self.query("off")).text for _ in range(3)}
        assert len(contents) == 1
        assert off.counts == {"miss": 3}
        tag = site.sparql(self.query("off")).headers["etag"]
        get = site.client.get("/sparql", params={"query": self.query("off")}, headers={"If-None-Match": tag})
        assert get.status_code == 304


class Runs:
    """What became of the runs of workers, which are held back until the gate is opened."""

    def __init__(self, site: Site) -> None:
        self.found: list[str] = []
        self.gate = threading.Event()
        self._site = site
        self._run = site.front.pool.run

    async def run(self, task: Task, client: str) -> Reply:
        place = len(self.found)
        self.found.append("began")
        try:
            while not self.gate.is_set():
                await asyncio.sleep(0.01)
            reply = await self._run(task, client)
        except asyncio.CancelledError:
            self.found[place] = "stopped"
            raise
        self.found[place] = "done"
        return reply

    def wait_for(self, number: int) -> None:
        """Wait until so many requests wait, each for its own run or another's."""

        def holds() -> bool:
            return sum(each.waiting for each in list(self._site.front.flights._flights.values())) == number

        asyncio.run(eventually(holds))

    def together(self, *requests: dict[str, str]) -> list[httpx.Response]:
        """The answers to requests that all wait at the same time."""
        with ThreadPoolExecutor(len(requests)) as pool:
            answers = [pool.submit(httpx.get, f"{self._site.url}/sparql", params=each, timeout=60) for each in requests]
            self.wait_for(len(requests))
            self.gate.set()
            return [answer.result() for answer in answers]


class TestSharing:
    @pytest.fixture
    def runs(self, site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Runs]:
        runs = Runs(site)
        monkeypatch.setattr(site.front.pool, "run", runs.run)
        yield runs
        runs.gate.set()

    def ask_and_leave(self, site: Site, query: str) -> socket.socket:
        """A connection whose request is the one that httpx sends, and that leaves where it is closed."""
        host, _, port = site.url.removeprefix("http://").partition(":")
        connection = socket.create_connection((host, int(port)))
        coding = httpx.Client().headers["accept-encoding"]
        words = f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: {coding}\r\n\r\n"
        connection.sendall(words.encode())
        return connection

    def test_equal_requests_share_a_run(self, runs: Runs, counts: Callable[[], object]) -> None:
        answers = runs.together(*[{"query": "ASK { id:lsoe-12 ?p ?o } # share"}] * 6)
        assert {answer.status_code for answer in answers} == {200}
        assert len({answer.content for answer in answers}) == 1
        assert runs.found == ["done"]
        assert counts() == {"miss": 1, "shared": 5}

    def test_others_do_not(self, runs: Runs) -> None:
        runs.together(*[{"query": f"ASK {{ id:lsoe-12 ?p ?o }} # apart {number // 2}"} for number in range(6)])
        assert runs.found == ["done"] * 3

    def test_who_grants_less_time_has_a_run_of_its_own(self, runs: Runs) -> None:
        query = "ASK { id:lsoe-12 ?p ?o } # time"
        runs.together(*[{"query": query, "timeout": limit} for limit in ("9", "8")])
        assert runs.found == ["done"] * 2

    def test_chance_is_not_shared(self, runs: Runs) -> None:
        answers = runs.together(*[{"query": "SELECT (UUID() AS ?x) {}"}] * 3)
        assert len({answer.text for answer in answers}) == 3
        assert runs.found == ["done"] * 3

    def test_problems_are_shared_by_those_who_wait(self, runs: Runs) -> None:
        answers = runs.together(*[{"query": "SELECT ?x WHERE { ?x # problem"}] * 4)
        assert {answer.status_code for answer in answers} == {400}
        assert runs.found == ["done"]

    def test_a_client_that_leaves_does_not_stop_the_others(self, site: Site, runs: Runs) -> None:
        query = "ASK { id:lsoe-12 ?p ?o } # leave"
        with self.ask_and_leave(site, query):
            runs.wait_for(1)
            pool = ThreadPoolExecutor(1)
            other = pool.submit(httpx.get, f"{site.url}/sparql", params={"query": query}, timeout=60)
            runs.wait_for(2)
        runs.wait_for(1)
        runs.gate.set()
        assert other.result().json()["boolean"] is True
        assert runs.found == ["done"]

    def test_the_last_to_leave_stops_it(self, site: Site, runs: Runs) -> None:
        query = "ASK { id:lsoe-12 ?p ?o } # last"
        with self.ask_and_leave(site, query), self.ask_and_leave(site, query):
            runs.wait_for(2)
        asyncio.run(eventually(lambda: runs.found == ["stopped"]))
        assert len(site.front.flights) == 0
        runs.gate.set()
        assert site.sparql(query).status_code == 200


class TestFlights:
    def test_who_comes_after_a_stop_starts_anew(self) -> None:
        async def work() -> Reply:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                await asyncio.sleep(0.01)  # takes a moment to stop
                raise
            raise AssertionError

        async def test() -> None:
            flights = Flights()
            first, joined = flights.join("key", work)
            assert not joined
            await asyncio.sleep(0)
            flights.leave("key", first)
            second, joined = flights.join("key", work)
            assert not joined
            assert second is not first
            assert flights.join("key", work) == (second, True)
            await asyncio.wait({first.work})
            assert len(flights) == 1
            flights.leave("key", second)
            flights.leave("key", second)
            assert len(flights) == 0

        asyncio.run(test())

    def test_without_a_key_nothing_is_shared(self) -> None:
        async def work() -> Reply:
            return Reply(200, {}, b"")

        async def test() -> None:
            flights = Flights()
            (first, _), (second, joined) = flights.join(None, work), flights.join(None, work)
            assert first is not second
            assert not joined
            assert len(flights) == 0
            await asyncio.wait({first.work, second.work})

        asyncio.run(test())
