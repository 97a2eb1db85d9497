"""Measure `asoen serve` against other SPARQL servers on the same quads, in the same run, and write SERVER.md.

Usage: python bench/server/measure.py [QUADS …]       sizes, 20000 and 1000000 unless told

The real graph is measured too where `make build` has built it.

All servers run at once. One after the other answers the same query, each round in another order, so that a change in
the machine touches all of them; what is quoted is the median of all answers, and ratios of geometric means.
Throughput is measured with wrk (Debian's package of that name), which shares the two cores with the server; the first
second does not count.
"""

from __future__ import annotations

import math
import os
import platform
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import load
import overhead
import real
from client import Connection, get
from questions import AGGREGATES, MIX, ONES_OF_VIRTUOSO, QUESTIONS, accept, subjects_of, texts
from servers import Server, available, running
from world import write

RESULTS = Path(__file__).resolve().parent.parent / "SERVER.md"
ROUNDS = 5
SECONDS_A_BLOCK = 0.5
SLOW_SECONDS = 5.0
"""A server that took longer for a query is not asked it again."""

MOST_FOR_RDFLIB = 100_000
"""rdflib takes a minute to load a million quads, and seconds for most of the queries."""

CLIENTS = (8, 32)

Medians = Mapping[str, Mapping[str, float]]


def latencies(servers: Sequence[Server], subjects: Mapping[str, list[str]]) -> dict[str, dict[str, float]]:
    """Milliseconds of a server for a query, the median; asked one at a time on a connection kept alive."""
    times: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    given_up: set[tuple[str, str]] = set()
    for turn in range(ROUNDS):
        for name in QUESTIONS:
            asked = texts(name, subjects)
            for server in servers[turn % len(servers) :] + list(servers[: turn % len(servers)]):
                if (server.name, name) not in given_up:
                    times[server.name][name] += _block(server, name, asked)
                    if max(times[server.name][name]) > SLOW_SECONDS:
                        given_up.add((server.name, name))
            sys.stderr.write(f"\r  round {turn + 1} of {ROUNDS}: {name:<24}")
    sys.stderr.write("\n")
    return {server: {name: 1000 * statistics.median(found) for name, found in by_name.items()}
            for server, by_name in times.items()}  # fmt: skip


def _block(server: Server, name: str, asked: Sequence[str]) -> list[float]:
    """The times of some answers in a row; the first, on a new connection, does not count unless it is the only one."""
    connection = Connection(server.url)
    found: list[float] = []
    end = time.perf_counter() + SECONDS_A_BLOCK
    for number in range(51):
        answer = connection.ask(get(server.url, accept(name), asked[number % len(asked)]))
        if answer.status != 200:
            raise RuntimeError(f"{server.name} answers {name} with {answer.status}: {answer.body[:300]!r}")
        found.append(answer.seconds)
        if time.perf_counter() > end:
            break
    connection.close()
    return found[1:] or found


def throughputs(
    servers: Sequence[Server], subjects: Mapping[str, list[str]], clients: int, folder: Path
) -> dict[str, dict[str, float]]:
    """Answers a second to several clients at once, by server and kind of load."""
    loads = {"mix": MIX} | {name: (name,) for name in AGGREGATES}
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for kind, names in loads.items():
        asked = {each.name: (each.url, load.requests(each.url, names, subjects)) for each in servers}
        for name, rate in load.in_turns(asked, clients, folder, kind).items():
            found[name][kind] = rate
    sys.stderr.write("\n")
    return found


def repeats(cached: Server, subjects: Mapping[str, list[str]], clients: int, folder: Path) -> dict[str, float]:
    """The same of the mix to who asks again, and to who has the answers."""
    asked = load.requests(cached.url, MIX, subjects)
    known = real.validated(cached, asked)
    return {
        "mix, again, with our cache": load.rate(cached.url, clients, asked, folder),
        "mix, 304": load.rate(cached.url, clients, known, folder),
    }


def geometric_ratio(medians: Medians, ours: str, theirs: str) -> float:
    """The geometric mean of ours ÷ theirs over the queries both answered."""
    both = [name for name in QUESTIONS if name in medians[ours] and name in medians[theirs]]
    return math.exp(statistics.fmean(math.log(medians[ours][name] / medians[theirs][name]) for name in both))


def measure(quads: int, folder: Path) -> list[str]:
    """The section of the page for worlds of one size."""
    path = folder / f"{quads}.nq"
    write(quads, path)
    subjects = subjects_of(path)
    with ExitStack() as stack:
        names = [name for name in available() if quads <= MOST_FOR_RDFLIB or name != "rdflib-endpoint"]
        servers = [stack.enter_context(running(name, path, _made(folder / f"{name} {quads}"))) for name in names]
        starts = {server.name: server.seconds for server in servers}
        medians = latencies(servers, subjects)
        memory = {server.name: server.memory() for server in servers}
        rates = {}
        if load.is_there():
            fast = [server for server in servers if server.name != "rdflib-endpoint"]
            rates = {clients: throughputs(fast, subjects, clients, folder) for clients in CLIENTS}
            cached = stack.enter_context(running("asoen, cache", path, _made(folder / f"cache {quads}")))
            for clients in CLIENTS:
                rates[clients]["asoen"] |= repeats(cached, subjects, clients, folder)
    lines = [f"## {sum(1 for _ in path.open('rb')):,} quads", "", *_latency_table(medians), ""]
    lines += [*_ratio_lines(medians), "", *_rate_table(rates), "", *_cost_table(starts, memory), ""]
    path.unlink()
    return lines


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _latency_table(medians: Medians) -> list[str]:
    names = list(medians)
    lines = ["### One after the other, milliseconds, median", "", f"| query | {' | '.join(names)} |"]
    lines.append(f"| --- |{' ---: |' * len(names)}")
    for question in QUESTIONS:
        cells = (f"{medians[name][question]:.3g}" if question in medians[name] else "–" for name in names)
        lines.append(f"| {question} | {' | '.join(cells)} |")
    return lines


def _ratio_lines(medians: Medians) -> list[str]:
    lines = ["| asoen ÷ | geometric mean of the medians |", "| --- | ---: |"]
    lines += [f"| {name} | **{geometric_ratio(medians, 'asoen', name):.3g}** |" for name in medians if name != "asoen"]
    if "virtuoso" in medians:
        lines += ["", "| asoen ÷ virtuoso | |", "| --- | ---: |"]
        lines += [f"| {name} | {medians['asoen'][name] / medians['virtuoso'][name]:.2f} |" for name in ONES_OF_VIRTUOSO]
    return lines


def _rate_table(rates: Mapping[int, Mapping[str, Mapping[str, float]]]) -> list[str]:
    if not rates:
        return ["wrk is not installed: no throughput."]
    lines = ["### Several clients at once, answers a second", ""]
    names = [name for name in next(iter(rates.values())) if name != "asoen"]
    lines += [f"| load | clients | asoen | {' | '.join(names)} | asoen ÷ oxigraph, memory |"]
    lines.append(f"| --- | ---: | ---: |{' ---: |' * len(names)} ---: |")
    for clients, by_server in rates.items():
        for kind, ours in by_server["asoen"].items():
            # Nobody else keeps answers: again is to them as before.
            like = kind.partition(", again")[0].partition(", 304")[0]
            others = " | ".join(f"{by_server[name][like]:,.3g}" for name in names)
            theirs = by_server["oxigraph, memory"][like]
            # Who has not answered once by the end has no rate.
            ratio = f"**{ours / theirs:.2f}**" if theirs else "–"
            lines.append(f"| {kind} | {clients} | {ours:,.3g} | {others} | {ratio} |")
    return lines


def _cost_table(starts: Mapping[str, float], memory: Mapping[str, int]) -> list[str]:
    lines = ["| server | start to first answer, s | memory after the queries, MB |", "| --- | ---: | ---: |"]
    return lines + [f"| {name} | {starts[name]:.2f} | {memory[name] / 1e6:,.0f} |" for name in starts]


def main(sizes: Sequence[int]) -> None:
    """Measure worlds of these sizes and write the page."""
    lines = [
        "# The server against others",
        "",
        "Written by `make bench-server`; what is measured and how stands in `bench/server/measure.py`. Ours: two",
        "workers and two lanes, limits on, cache off. Client and servers share the cores. "
        f"Python {platform.python_version()}, {os.cpu_count()} cores.",
        "",
    ]
    with tempfile.TemporaryDirectory(prefix="asoen-bench-") as folder:
        for size in sizes:
            sys.stderr.write(f"{size:,} quads\n")
            lines += measure(size, Path(folder))
            RESULTS.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")
        if load.is_there():
            sys.stderr.write("the framework\n")
            path = Path(folder) / "small.nq"
            write(1_000, path)
            lines += overhead.section(path, _made(Path(folder) / "overhead"))
        if real.RELEASE.is_dir() and load.is_there():
            sys.stderr.write("the real graph\n")
            lines += real.section(real.RELEASE, _made(Path(folder) / "real"))
    RESULTS.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")
    sys.stdout.write("\n".join(lines))


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [20_000, 1_000_000])
