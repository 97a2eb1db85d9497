"""What the server costs a request besides the engine, against an ASGI application under uvicorn that does nothing.

Each is one process that has a core for itself, with the client on another: so a request costs it what goes by until
it has answered the next.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import load
from client import get
from pyoxigraph import QueryResultsFormat, Store
from servers import running

CLIENTS = 8
QUERY = "ASK {}"
_JSON = "application/sparql-results+json"
_TIMES = 20_000


def section(quads: Path, folder: Path) -> list[str]:
    """The section of the page."""
    names = {
        "bare ASGI": "an application that does nothing, under uvicorn (uvloop, httptools)",
        "asoen, one lane": f"`{QUERY}` in a lane, cache off",
        "asoen, no lane": f"`{QUERY}` from what the web process keeps",
    }
    with ExitStack() as stack:
        servers = [stack.enter_context(running(name, quads, folder)) for name in names]
        asked = {each.name: (each.url, [get(each.url, _JSON, QUERY)]) for each in servers}
        rates = load.in_turns(asked, CLIENTS, folder, "what the framework costs")
    costs = {name: 1e6 / rate for name, rate in rates.items()}
    engine = _engine()
    bare = costs["bare ASGI"]
    lines = ["## What the framework costs", "", "| | µs a request | beyond bare ASGI and the engine, µs |"]
    lines.append("| --- | ---: | ---: |")
    for name, what in names.items():
        engines = engine if name == "asoen, one lane" else 0.0
        lines.append(f"| {what} | {costs[name]:.1f} | {costs[name] - engines - bare:+.1f} |")
    return [*lines, "", f"The engine takes {engine:.1f} µs for `{QUERY}`, asked in process.", ""]


def _engine() -> float:
    store = Store()
    times: Sequence[float] = [_asked(store) for _ in range(_TIMES)]
    return 1e6 * statistics.median(times)


def _asked(store: Store) -> float:
    begin = time.perf_counter()
    store.query(QUERY).serialize(format=QueryResultsFormat.JSON)  # type: ignore[union-attr]
    return time.perf_counter() - begin
