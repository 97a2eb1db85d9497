"""Time and memory of what a curator waits for: check from nothing, check after one edit, and the whole build.

Whole processes, start-up included, on a copy of the data without any cache. Beside each stands a peer measured in the
same run: pySHACL judging the same shapes over the same triples, and rdflib reading the release and writing it again.
Usage: python bench/curation.py [RUNS]
"""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
RESULTS = HERE / "CURATION.md"
EDITED = "data/sources/ngay-nay-asoen-34.yaml"
"""The document that gets one more fact before each check after an edit."""
ADDED = "- about: asoen-34\n  at: paragraph {number}\n  theme: climate-change\n"


class Cost(NamedTuple):
    """What one process took."""

    seconds: float
    megabytes: float
    """The greatest resident set."""


def main(runs: int) -> None:
    """Measure everything ``runs`` times and write the table; the peers, which are slow, once."""
    asoen = str(Path(sys.executable).parent / "asoen")
    with tempfile.TemporaryDirectory(prefix="asoen-bench-") as scratch:
        root, release = Path(scratch) / "project", Path(scratch) / "release"
        for name in ("data", "ontology"):
            shutil.copytree(ROOT / name, root / name)
        for name in ("pyproject.toml", "CHANGELOG.md", "CITATION.cff"):
            shutil.copy(ROOT / name, root / name)
        check = [asoen, "check", "--root", str(root)]
        build = [asoen, "build", "--root", str(root), "-o", str(release)]
        rows = [
            ("`asoen check` from nothing", _repeat(check, runs, lambda _: _forget(root))),
            ("`asoen check` after one edit", _repeat(check, runs, lambda number: _edit(root, number))),
            ("`asoen build` from nothing", _repeat(build, runs, lambda _: _forget(root))),
        ]
        peers = {
            "pySHACL, the same shapes and triples": _cost(
                [sys.executable, str(HERE / "pyshacl_check.py"), str(release / "asoen.nq"), str(root / "ontology")]
            ),
            "rdflib, reading and writing the release": _cost(
                [sys.executable, str(HERE / "rdflib_copy.py"), str(release / "asoen.nq")]
            ),
        }
        facts = _counted(check)
    _write(rows, peers, facts, runs)


def _forget(root: Path) -> None:
    shutil.rmtree(root / "build", ignore_errors=True)


def _edit(root: Path, number: int) -> None:
    with (root / EDITED).open("a", encoding="utf-8") as file:
        file.write(ADDED.format(number=100 + number))


def _repeat(command: list[str], runs: int, before: Callable[[int], None]) -> list[Cost]:
    costs = []
    for number in range(runs):
        before(number)
        costs.append(_cost(command))
        sys.stderr.write(f"\r{' '.join(command[1:2])}: {number + 1}/{runs} ")
    sys.stderr.write("\n")
    return costs


def _cost(command: list[str]) -> Cost:
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return Cost(time.perf_counter() - start, usage.ru_maxrss / 1024)


def _counted(check: list[str]) -> str:
    return subprocess.run(check, check=True, capture_output=True, text=True).stdout.partition(":")[0]


def _write(rows: list[tuple[str, list[Cost]]], peers: dict[str, Cost], facts: str, runs: int) -> None:
    lines = [
        "# What a curator waits for",
        "",
        f"Written by `make bench`; whole processes, start-up included. {facts}; {runs} runs each, the peers once,",
        f"Python {platform.python_version()}, {os.cpu_count()} cores.",
        "",
        "| command | median s | lowest – highest | memory, MB |",
        "| --- | ---: | ---: | ---: |",
    ]
    for name, costs in rows:
        seconds = sorted(cost.seconds for cost in costs)
        spread = f"{seconds[0]:.2f} – {seconds[-1]:.2f}"
        memory = max(cost.megabytes for cost in costs)
        lines.append(f"| {name} | {statistics.median(seconds):.2f} | {spread} | {memory:,.0f} |")
    lines += [f"| {name} (peer) | {cost.seconds:.2f} | | {cost.megabytes:,.0f} |" for name, cost in peers.items()]
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
