"""Mixed load for minutes, with runaways, clients that leave and processes that are killed, and write SOAK.md.

Usage: python bench/server/soak.py [--minutes N] [--release FOLDER] [--swap FOLDER]

Every answer is compared: rows of SPARQL with what pyoxigraph finds in the same quads, everything else byte by byte
with the answer of the same server when nothing else went on. Meanwhile a worker is killed (SIGKILL) every second or so,
and the process that starts them twice a minute. With ``--swap`` the server serves a link that is led to the other
release and back, with SIGHUP each time; an answer then has to be that of the release it names.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import os
import random
import re
import signal
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pyoxigraph
from bombs import QUERIES as BOMBS
from client import Answer, Connection
from servers import BIN, Server, _free_port, _proportional, _wait

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "bench" / "SOAK.md"
GOOD_CLIENTS, GREEDY_CLIENTS, LEAVING_CLIENTS = 6, 2, 2
SECONDS_A_KILL = 1.0
SECONDS_A_ZYGOTE = 30.0
SECONDS_A_SWAP = 20.0
SECONDS_A_SAMPLE = 5.0
WARM_UP = 0.2
"""The part of the time in which caches fill and processes grow to their size."""

PREFIXES = (
    "PREFIX asoen: <https://w3id.org/asoen/ontology#> PREFIX id: <https://w3id.org/asoen/id/> "
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX prov: <http://www.w3.org/ns/prov#> "
)
ROWS: Mapping[str, str] = {
    "an entity": "SELECT ?p ?o { id:amme-15 ?p ?o }",
    "labels": "SELECT ?s ?l { ?s a asoen:Meeting ; rdfs:label ?l }",
    "groups": "SELECT ?c (COUNT(*) AS ?n) { ?s a ?c } GROUP BY ?c",
    "evidence": "SELECT ?f ?s ?d { GRAPH ?f { id:amme-15 ?p ?o } ?f prov:wasDerivedFrom ?s } ",
    "a filter": 'SELECT ?s ?l { ?s rdfs:label ?l FILTER(CONTAINS(LCASE(STR(?l)), "haze")) }',
    "a path": "SELECT ?a ?b { ?a asoen:reportsTo+ ?b }",
    "many rows": "SELECT ?s ?p ?o { ?s a asoen:Meeting ; ?p ?o }",
    "none": "SELECT ?s { ?s a asoen:Nothing }",
}
PATHS: Sequence[str] = (
    "/health",
    "/",
    "/api/entities/amme-15",
    "/api/entities?class=meeting&limit=50",
    "/api/entities?class=meeting&sort=label&limit=0&facets=country",
    "/id/amme-15",
    "/id/amme-15.ttl",
    "/id/amme-15.jsonld",
    "/id/there-is-no-such",
    "/api/queries/hosts",
    "/api/queries/hosts?format=csv",
    "/api/queries/parks-per-country?lang=vi",
    "/api/search?q=haze",
    "/api/networks/reporting-lines.json",
    "/sparql?query=" + quote("CONSTRUCT { ?s rdfs:label ?l } { ?s a asoen:WorkingGroup ; rdfs:label ?l }"),
    "/sparql?format=csv&query=" + quote("SELECT ?s ?l { ?s a asoen:City ; rdfs:label ?l } ORDER BY ?s ?l"),
    "/sparql?query=" + quote("SELECT ?s { ?s a asoen:Meeting"),
    "/sparql?query=" + quote("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"),
    "/nothing",
)
OF_A_RELEASE = "Asoen-Release"


@dataclass
class Tally:
    """What happened; counted by several threads, each with counters of its own."""

    answers: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    """Answered, but with an error that the request did not deserve."""


@dataclass(frozen=True)
class Question:
    """A request and how its answer is recognised, by release."""

    name: str
    request: bytes
    is_rows: bool
    expected: Mapping[str, tuple[int, object]]
    tag: str | None = None


def request(path: str, *headers: str, method: str = "GET", body: bytes = b"") -> bytes:
    """The bytes of a request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", *headers]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def posted(query: str, client: int, timeout: float | None = None) -> bytes:
    """A query that nobody has asked before: no cache has its answer."""
    path = "/sparql" if timeout is None else f"/sparql?timeout={timeout:g}"
    told = (f"X-Forwarded-For: 198.51.100.{client}", "Content-Type: application/sparql-query")
    return request(
        path, *told, "Accept: application/sparql-results+json, text/turtle", method="POST",
        body=f"{query} # {random.random()}".encode(),
    )  # fmt: skip


def rows_of(body: bytes) -> object:
    """The rows of a table in JSON, whatever their order."""
    return sorted(json.dumps(row, sort_keys=True) for row in json.loads(body)["results"]["bindings"])


def rows_by_engine(quads: Path) -> dict[str, object]:
    """What pyoxigraph finds."""
    store = pyoxigraph.Store()
    store.bulk_load(path=str(quads), format=pyoxigraph.RdfFormat.N_QUADS)
    return {
        name: rows_of(store.query(PREFIXES + query).serialize(format=pyoxigraph.QueryResultsFormat.JSON))  # type: ignore[union-attr]
        for name, query in ROWS.items()
    }


def seen_of(answer: Answer, *, is_rows: bool) -> tuple[int, object]:
    """What counts of an answer."""
    body = gzip.decompress(answer.body) if answer.headers.get("content-encoding") == "gzip" else answer.body
    return answer.status, rows_of(body) if is_rows and answer.status == 200 else body


class Load:
    """The clients, and what they found."""

    def __init__(self, server: Server, expected: Mapping[str, Mapping[str, tuple[int, object]]], end: float) -> None:
        self.server = server
        self.expected = expected
        """By release, by name of the question."""
        self.end = end
        self.tallies: list[Tally] = []
        self.left = 0
        self.killed: Counter[str] = Counter()
        self.swaps = 0
        self.at_rest = ""
        """The workers afterwards, as the metrics have them."""
        self.samples: list[tuple[float, int, int, int]] = []
        """Seconds since the start, bytes of the web process, of all processes, and how many processes there are."""

    def good(self, number: int) -> None:
        """A client that asks, reads and compares."""
        tally = Tally()
        self.tallies.append(tally)
        chance = random.Random(number)
        connection = Connection(self.server.url, timeout=90)
        while time.monotonic() < self.end:
            is_rows = chance.random() < 0.5
            name = chance.choice([*ROWS] if is_rows else PATHS)
            sent = posted(ROWS[name], number) if is_rows else self._path(name, number, chance)
            try:
                answer = connection.ask(sent)
            except OSError as error:
                tally.lost.append(f"{name}: {error!r}")
                connection.close()
                continue
            self._judge(tally, name, answer, is_rows=is_rows)
            time.sleep(chance.random() * 0.02)

    def _path(self, path: str, number: int, chance: random.Random) -> bytes:
        coding = ("Accept-Encoding: gzip",) if chance.random() < 0.3 else ()
        return request(path, f"X-Forwarded-For: 198.51.100.{number}", *coding)

    def _judge(self, tally: Tally, name: str, answer: Answer, *, is_rows: bool) -> None:
        tally.answers["answers compared"] += 1
        release = answer.headers.get(OF_A_RELEASE.lower(), "")
        wanted = self.expected.get(release, {}).get(name)
        seen = seen_of(answer, is_rows=is_rows)
        if seen == wanted:
            return
        words = f"{name}: {answer.status} of {release}, {answer.body[:200]!r}"
        # An error is no wrong answer: nobody takes it for one.
        (tally.failed if answer.status >= 500 and (wanted is None or wanted[0] < 500) else tally.wrong).append(words)

    def greedy(self, number: int) -> None:
        """A client that asks what runs away, and has to be told so in time."""
        tally = Tally()
        self.tallies.append(tally)
        chance = random.Random(number)
        connection = Connection(self.server.url, timeout=90)
        while time.monotonic() < self.end:
            name = chance.choice([*BOMBS])
            try:
                answer = connection.ask(posted(BOMBS[name], number, timeout=chance.choice((0.3, 1, 2))))
            except OSError as error:
                tally.lost.append(f"{name}: {error!r}")
                connection.close()
                continue
            kind = "200"
            if answer.status != 200:
                problem = json.loads(answer.body)
                kind = f"{problem['status']} {problem['type'].rpartition('/')[2]}"
                if problem["status"] != answer.status:
                    tally.wrong.append(f"{name}: {answer.body[:200]!r}")
            tally.answers[f"runaways: {kind}"] += 1

    def leaving(self, number: int) -> None:
        """A client that does not wait for its answers, or does not even finish asking."""
        chance = random.Random(number)
        port = int(self.server.url.rpartition(":")[2].partition("/")[0])
        while time.monotonic() < self.end:
            query = chance.choice([*BOMBS.values(), *ROWS.values()])
            sent = posted(query, number) * chance.choice((1, 1, 3))
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 30) as connection:
                connection.sendall(sent[: chance.choice((len(sent), len(sent), len(sent) // 2, 20))])
                time.sleep(chance.random() * 0.3)
                if chance.random() < 0.5:
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.left += 1

    def killing(self) -> None:
        """Somebody who kills processes of the server, but never the web process."""
        chance = random.Random(0)
        next_zygote = time.monotonic() + SECONDS_A_ZYGOTE
        while time.monotonic() < self.end - 2:
            time.sleep(chance.uniform(0.2, 2 * SECONDS_A_KILL))
            zygotes, workers = self._below()
            if time.monotonic() > next_zygote and zygotes:
                next_zygote += SECONDS_A_ZYGOTE
                self._kill("zygotes", chance.choice(zygotes))
            elif workers:
                self._kill("workers", chance.choice(workers))

    def _kill(self, kind: str, pid: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            self.killed[kind] += 1

    def _below(self) -> tuple[list[int], list[int]]:
        web = self.server.process.pid
        zygotes = _children(web)
        return zygotes, [pid for zygote in zygotes for pid in _children(zygote)]

    def swapping(self, link: Path, releases: Sequence[Path]) -> None:
        """The operator, who leads the link to another release and says so."""
        while time.monotonic() < self.end - SECONDS_A_SWAP:
            time.sleep(SECONDS_A_SWAP)
            self.swaps += 1
            point(link, releases[self.swaps % len(releases)])
            self.server.process.send_signal(signal.SIGHUP)

    def sampling(self, begin: float) -> None:
        """Somebody who looks at the memory."""
        while time.monotonic() < self.end:
            with contextlib.suppress(OSError):
                found = self.server.processes()
                every = [_proportional(pid) for pid in found]
                self.samples.append((time.monotonic() - begin, every[0], sum(every), len(found)))
            time.sleep(SECONDS_A_SAMPLE)


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += map(int, task.read_text().split())
    return found


def point(link: Path, release: Path) -> None:
    """Lead the link to a release, in one step."""
    aside = link.with_name("aside")
    aside.symlink_to(release)
    aside.replace(link)


def start(release: Path, log: Path) -> Server:
    """A server of a release, ready."""
    port = _free_port()
    command = [
        BIN / "asoen",
        "serve",
        "--release",
        release,
        "--workers",
        "2",
        "--access-log",
        "off",
        "--port",
        str(port),
    ]
    with log.open("ab") as complaints:
        process = subprocess.Popen(command, stdout=complaints, stderr=complaints, start_new_session=True)
    server = Server("asoen", f"http://127.0.0.1:{port}/sparql", process)
    _wait(server, "ASK {}")
    return server


def expected_of(release: Path, folder: Path) -> tuple[str, dict[str, tuple[int, object]]]:
    """The name of a release, and what each question gets of it."""
    server = start(release, folder / "reference.log")
    try:
        connection = Connection(server.url, timeout=60)
        answers = {path: connection.ask(request(path)) for path in PATHS}
        quads = folder / "quads.nq"
        with quads.open("wb") as file:
            file.write(_unpacked(release))
        rows = {name: (200, found) for name, found in rows_by_engine(quads).items()}
        named = answers["/health"].headers[OF_A_RELEASE.lower()]
        return named, {**{path: seen_of(answer, is_rows=False) for path, answer in answers.items()}, **rows}
    finally:
        server.process.terminate()
        server.process.wait(60)


def _unpacked(release: Path) -> bytes:
    packed = release / "asoen.nq.xz"
    if not packed.exists():
        return (release / "asoen.nq").read_bytes()
    import lzma

    return lzma.decompress(packed.read_bytes())


def soak(minutes: float, releases: Sequence[Path], folder: Path) -> Load:
    """Run everything at once."""
    expected = dict(expected_of(release, folder) for release in releases)
    link = folder / "served"
    point(link, releases[0])
    server = start(link if len(releases) > 1 else releases[0], folder / "server.log")
    begin = time.monotonic()
    load = Load(server, expected, begin + 60 * minutes)
    work = [threading.Thread(target=load.good, daemon=True, args=(number,)) for number in range(1, 1 + GOOD_CLIENTS)]
    work += [
        threading.Thread(target=load.greedy, daemon=True, args=(100 + number,)) for number in range(GREEDY_CLIENTS)
    ]
    work += [
        threading.Thread(target=load.leaving, daemon=True, args=(200 + number,)) for number in range(LEAVING_CLIENTS)
    ]
    work += [
        threading.Thread(target=load.killing, daemon=True),
        threading.Thread(target=load.sampling, daemon=True, args=(begin,)),
    ]
    if len(releases) > 1:
        work.append(threading.Thread(target=load.swapping, daemon=True, args=(link, releases)))
    try:
        for each in work:
            each.start()
        for each in work:
            each.join()
        time.sleep(5)
        load.samples.append((time.monotonic() - begin, *_still(server)))
        load.at_rest = states(server)
    finally:
        server.process.terminate()
        server.process.wait(60)
    return load


def states(server: Server) -> str:
    """How many workers there are of each state."""
    told = Connection(server.url).ask(request("/metrics")).body.decode()
    found = re.findall(r'^asoen_workers{state="(\w+)"} (\d+)', told, re.MULTILINE)
    return ", ".join(f"{count} {state}" for state, count in found if int(count))


def _still(server: Server) -> tuple[int, int, int]:
    found = server.processes()
    every = [_proportional(pid) for pid in found]
    return every[0], sum(every), len(found)


def page(load: Load, minutes: float, log: str) -> str:
    """The page of the results."""
    answers: Counter[str] = Counter()
    for tally in load.tallies:
        answers.update(tally.answers)
    wrong, lost, failed = ([each for tally in load.tallies for each in getattr(tally, name)]
                           for name in ("wrong", "lost", "failed"))  # fmt: skip
    whole = 60 * minutes
    early = [each for each in load.samples if WARM_UP * whole < each[0] <= (1 + WARM_UP) / 2 * whole]
    late = [each for each in load.samples if (1 + WARM_UP) / 2 * whole < each[0] <= whole]
    lines = [
        "# Ten minutes of everything at once" if minutes == 10 else f"# {minutes:g} minutes of everything at once",
        "",
        "Written by `bench/server/soak.py`, which says what is done. On the real release, two workers:",
        f"{GOOD_CLIENTS} clients that compare each answer, {GREEDY_CLIENTS} that ask what runs away, "
        f"{LEAVING_CLIENTS} that leave before they are answered, and somebody who kills processes.",
        "",
        "| | |",
        "| --- | ---: |",
        *(f"| {name} | {count:,} |" for name, count in sorted(answers.items())),
        f"| clients that left | {load.left:,} |",
        *(f"| {kind} killed | {count:,} |" for kind, count in sorted(load.killed.items(), reverse=True)),
        f"| releases swapped | {load.swaps or 'not tried'} |",
        f"| wrong answers | **{len(wrong)}** |",
        f"| accepted requests without an answer | **{len(lost)}** |",
        f"| answered with an error of the server | **{len(failed)}** |",
        f"| errors in the log with a traceback | **{log.count('Traceback')}** |",
        *_memory_lines(early, late, load.samples[-1]),
        f"| workers at rest afterwards | {load.at_rest} |",
    ]
    for title, found in (("Wrong", wrong), ("Without an answer", lost), ("Errors of the server", failed)):
        if found:
            lines += ["", f"## {title}", "", *(f"- `{each[:300]}`" for each in found[:20])]
    return "\n".join(lines) + "\n"


def _memory_lines(
    early: Sequence[tuple[float, int, int, int]],
    late: Sequence[tuple[float, int, int, int]],
    last: tuple[float, int, int, int],
) -> list[str]:
    lines = []
    for name, column in (("the web process", 1), ("all processes", 2)):
        before, after = (statistics.median(each[column] for each in part) / 1e6 for part in (early, late))
        most = max(each[column] for each in (*early, *late)) / 1e6
        lines.append(f"| memory of {name}, MB: median of the first half, of the second, most, at rest afterwards "
                     f"| {before:.0f}, {after:.0f}, {most:.0f}, {last[column] / 1e6:.0f} |")  # fmt: skip
    return [*lines, f"| processes at rest afterwards | {last[3]} |"]


def main() -> None:
    """Read the words of the command line, run, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--release", type=Path, default=ROOT / "build" / "release")
    parser.add_argument("--page", type=Path, default=RESULTS, help="where the results are written")
    parser.add_argument("--swap", type=Path, help="another release, to be swapped in and out with SIGHUP")
    given = parser.parse_args()
    releases = [each.resolve() for each in (given.release, given.swap) if each is not None]
    with tempfile.TemporaryDirectory(prefix="asoen-soak-") as folder:
        load = soak(given.minutes, releases, Path(folder))
        log = (Path(folder) / "server.log").read_text(encoding="utf-8", errors="replace")
    written = page(load, given.minutes, log)
    given.page.write_text(written, encoding="utf-8")
    sys.stdout.write(written)
    if "Traceback" in log:
        sys.stderr.write(log[log.index("Traceback") :][:5000])


if __name__ == "__main__":
    main()
