"""Measure `asoen network` against the same work done with rdflib, networkx and matplotlib, and write NETWORKS.md.

Usage: python bench/network/measure.py [RUNS]       3 unless told

Each run is a pair of processes, one after the other, which comes first in turn; what is quoted is the median, and the
ratio pair by pair. Both do the same steps and count nodes, links and weights; where the counts differ, the page says.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PEERS = ROOT / ".venv-peers" / "bin" / "python"
RELEASE = ROOT / "build" / "release" / "asoen.nq"
RESULTS = HERE.parent / "NETWORKS.md"
CATALOGUE = ROOT / "queries" / "networks"

QUADS = 1_000_000
MEETINGS, PARTNERS = 2_800, 800
"""So that some 100,000 pairs of partners met."""
IN_THE_PICTURE = 50
PATIENCE = 900.0
"""Seconds after which a process is given up, and not started again for that question."""

Steps = dict[str, float]


class Question(NamedTuple):
    """What is asked: a query for either side, of a file of quads."""

    name: str
    data: Path
    ours: Path
    theirs: Path


def questions(folder: Path) -> list[Question]:
    """All that is measured; the invented data are made first."""
    million, evidence = folder / "million.nq", folder / "evidence"
    _python("bench/server/world.py", str(QUADS), str(million))
    _python("bench/network/world.py", str(MEETINGS), str(PARTNERS), str(evidence))
    since = {"10,000 links": "2022-01-01", "100,000 links": "1995-01-01"}
    text = (HERE / "queries" / "attendance.rq").read_text(encoding="utf-8")
    asked = []
    for name, day in since.items():
        path = folder / f"{day}.rq"
        path.write_text(text.replace("SINCE", day), encoding="utf-8")
        asked.append(Question(f"{name} of a million quads", million, path, path))
    counted = HERE / "queries" / "together.rq"
    asked.append(Question("partners who met, of a million quads", million, counted, counted))
    met, works = CATALOGUE / "partners-met-together.rq", CATALOGUE / "who-works-with-whom.rq"
    plain = HERE / "queries" / "met.rq"
    return [
        Question("partners-met-together", RELEASE, met, HERE / "queries" / "met_of_release.rq"),
        Question("who-works-with-whom", RELEASE, works, works),
        *asked,
        Question("partners-met-together, 100,000 links with evidence", evidence / "asoen.nq", met, plain),
    ]


def measured(question: Question, runs: int, folder: Path) -> list[tuple[Steps, Steps | None]]:
    """The steps of both sides, run by run; ``None`` where the peer was given up."""
    pairs: list[tuple[Steps, Steps | None]] = []
    peer = str(PEERS) if PEERS.exists() else sys.executable
    sides = {
        "ours": [sys.executable, str(HERE / "ours.py"), str(question.data), str(question.ours)],
        "theirs": [peer, str(HERE / "plain.py"), str(question.data), str(question.theirs)],
    }
    given_up = False
    for turn in range(runs):
        found: dict[str, Steps | None] = {}
        for side in ("ours", "theirs") if turn % 2 else ("theirs", "ours"):
            sys.stderr.write(f"\r\x1b[K{question.name}: {turn + 1} of {runs}, {side}")
            found[side] = None if given_up and side == "theirs" else _steps(sides[side], folder / side)
            given_up = given_up or found[side] is None
        ours = found["ours"]
        if ours is None:
            raise RuntimeError(f"We take longer than {PATIENCE} seconds for {question.name}")
        pairs.append((ours, found["theirs"]))
    sys.stderr.write("\n")
    return pairs


def _steps(command: list[str], out: Path) -> Steps | None:
    files = [str(IN_THE_PICTURE), f"{out}.graphml", f"{out}.svg"]
    try:
        done = subprocess.run([*command, *files], check=True, stdout=subprocess.PIPE, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return None
    steps: Steps = json.loads(done.stdout)
    steps["file cpu"] = steps["network cpu"] + steps["graphml cpu"]
    steps["file"] = steps["network"] + steps["graphml"]
    steps["picture"] = steps["network"] + steps["svg"]
    steps["whole"] = steps["load"] + steps["file"]
    return steps


def _python(*words: str) -> None:
    subprocess.run([sys.executable, *words], check=True, cwd=ROOT)


def page(results: list[tuple[Question, list[tuple[Steps, Steps | None]]]], runs: int) -> list[str]:
    """The page, line by line."""
    sizes = {path: f"{sum(1 for _ in path.open('rb')):,}" for path in dict.fromkeys(q.data for q, _ in results)}
    lines = [
        "# Networks, from question to file and picture",
        "",
        "Written by `make bench-networks`: `bench/network/ours.py`, which is what `asoen network` does, against",
        "`bench/network/plain.py`: a query to rdflib, `networkx.write_graphml`, and for the picture the spring layout",
        "of networkx drawn by matplotlib. Both look up the names and classes of nodes, and the sources of facts where",
        f"the query gives any. Median of {runs} runs, in which the two take turns; ratios pair by pair, lowest and",
        f"highest in brackets. Seconds. Python {platform.python_version()}, {os.cpu_count()} cores.",
        "",
    ]
    lines += _table(results, sizes, "From question to GraphML, the graph being loaded", "file")
    lines += _table(results, sizes, "The same in seconds of the processor", "file cpu")
    lines += _table(results, sizes, "From question to GraphML with loading the graph", "whole")
    lines += _table(
        results, sizes, f"From question to SVG, of larger networks the {IN_THE_PICTURE} strongest nodes", "picture"
    )
    lines += _table(results, sizes, "The most memory until the GraphML is written, in MB", "memory")
    return [*lines, *_remarks(results)]


def _table(results: list[tuple[Question, Any]], sizes: dict[Path, str], title: str, step: str) -> list[str]:
    lines = [
        f"## {title}",
        "",
        "| network | quads | links | asoen | plain | plain ÷ asoen |",
        "| --- " + "| ---: " * 5 + "|",
    ]
    for question, pairs in results:
        ours = statistics.median(mine[step] for mine, _ in pairs)
        both = [(mine[step], other[step]) for mine, other in pairs if other is not None]
        places = 0 if step == "memory" else 2
        if both:
            ratios = sorted(other / mine for mine, other in both)
            peer = f"{statistics.median(other for _, other in both):,.{places}f}"
            ratio = f"**{statistics.median(ratios):.1f}** ({ratios[0]:.1f} – {ratios[-1]:.1f})"
        else:
            # What was given up had loaded the graph too, so only of the whole is it known how much longer it takes.
            peer, ratio = "given up", f"**> {PATIENCE / ours:,.0f}**" if step == "whole" else ""
        counted = f"{sizes[question.data]} | {pairs[0][0]['edges']:,}"
        lines.append(f"| {question.name} | {counted} | {ours:,.{places}f} | {peer} | {ratio} |")
    return [*lines, ""]


def _remarks(results: list[tuple[Question, list[tuple[Steps, Steps | None]]]]) -> list[str]:
    lines = ["## What to know", ""]
    for question, pairs in results:
        ours, theirs = pairs[0]
        if question.ours != question.theirs:
            lines.append(
                f"- {question.name}: rdflib is asked `{question.theirs.name}`, which brings no evidence; we bring it."
            )
        if theirs is not None and any(ours[name] != theirs[name] for name in ("nodes", "edges", "weight")):
            counts = "; ".join(
                f"{side}: {found['nodes']:,} nodes, {found['edges']:,} links, weight {found['weight']:,.0f}"
                for side, found in (("asoen", ours), ("plain", theirs))
            )
            lines.append(f"- {question.name}: {counts}.")
    lines += [
        f"- A process of the peer is given up after {PATIENCE:,.0f} seconds.",
        "- `make bench-server` makes the million quads too: meetings and their participants, without facts of ours.",
    ]
    return lines


def main(runs: int) -> None:
    """Measure and write the page."""
    with tempfile.TemporaryDirectory(prefix="networks-") as name:
        folder = Path(name)
        results = [(question, measured(question, runs, folder)) for question in questions(folder)]
        lines = page(results, runs)
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
