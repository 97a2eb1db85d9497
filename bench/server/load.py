"""Several clients at once, with wrk (Debian's package of that name)."""

from __future__ import annotations

import json
import re
import shutil
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from client import get
from questions import accept, texts

SECONDS = 4
ROUNDS = 3
ROUND_SECONDS = 2
"""Servers take turns: a machine that others use as well is not as fast in one minute as in the next."""
WARMING_SECONDS = 1
"""So long each server is asked before it counts: what it learns of first requests is not what it is like all day."""

_SCRIPT = """local asked = {
REQUESTS
}
local turn = 0
request = function()
  turn = turn % #asked + 1
  return asked[turn]
end
"""


def is_there() -> bool:
    """Whether wrk is installed."""
    return shutil.which("wrk") is not None


def requests(url: str, names: Sequence[str], subjects: Mapping[str, list[str]]) -> list[bytes]:
    """The queries of a load, of one kind after the other, each about another entity."""
    columns = [[get(url, accept(name), text) for text in texts(name, subjects)] for name in names]
    longest = max(map(len, columns))
    return [column[row % len(column)] for row in range(longest) for column in columns]


def rate(url: str, clients: int, asked: Sequence[bytes], folder: Path, seconds: int = SECONDS) -> float:
    """Answers a second to so many clients that send the requests in turn. Raises RuntimeError where one is refused."""
    script = folder / "load.lua"
    written = ",\n".join(json.dumps(request.decode(), ensure_ascii=True) for request in asked)
    script.write_text(_SCRIPT.replace("REQUESTS", written), encoding="utf-8")
    for lasts in (WARMING_SECONDS, seconds):
        command = ["wrk", "-t1", f"-c{clients}", f"-d{lasts}s", "--timeout", "60s", "-s", str(script), url]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if (failed := re.search(r"Non-2xx or 3xx responses: (\d+)", told)) is not None:
        raise RuntimeError(f"{url} refused {failed[1]} requests")
    return float(re.search(r"Requests/sec:\s*([\d.]+)", told)[1])  # type: ignore[index]


def in_turns(
    loads: Mapping[str, tuple[str, Sequence[bytes]]], clients: int, folder: Path, what: str
) -> dict[str, float]:
    """The median rate of each load, by name: requests and the address they go to. ``what`` is for whoever waits."""
    rates: dict[str, list[float]] = defaultdict(list)
    for turn in range(ROUNDS):
        for name, (url, asked) in loads.items():
            sys.stderr.write(f"\r  {clients} clients, {what}, round {turn + 1} of {ROUNDS}: {name:<42}")
            rates[name].append(rate(url, clients, asked, folder, ROUND_SECONDS))
    return {name: statistics.median(each) for name, each in rates.items()}
