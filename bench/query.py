"""Time `asoen query` against the same query with rdflib on the same N-Quads, whole processes, in one run.

Each pair of processes is started in turn (A B A B …), so that a change in the machine touches both. What is
quoted is the median and the ratio pair by pair. Usage: python bench/query.py [RUNS]
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
RELEASE = HERE.parent / "build" / "release"
RESULTS = HERE / "RESULTS.md"

PREFIXES = (
    "PREFIX asoen: <https://w3id.org/asoen/ontology#> PREFIX prov: <http://www.w3.org/ns/prov#> "
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
)
QUERIES = {
    "count of all named graphs": "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?f { ?s ?p ?o } }",
    "meetings with ordinal and label": "SELECT ?m ?n ?l WHERE { ?m asoen:ordinal ?n ; rdfs:label ?l } ORDER BY ?m ?l",
    "facts with source and locator": "SELECT ?s ?p ?o ?source ?at WHERE { GRAPH ?f { ?s ?p ?o } "
    "?f prov:wasDerivedFrom ?source ; asoen:locator ?at }",
}


def main(runs: int) -> None:
    """Measure every query ``runs`` times on both sides and write the table."""
    asoen = str(Path(sys.executable).parent / "asoen")
    rows = []
    for name, query in QUERIES.items():
        text = PREFIXES + query
        ours = [asoen, "query", "-f", "json", "-e", text]
        theirs = [sys.executable, str(HERE / "rdflib_query.py"), str(RELEASE / "asoen.nq"), text]
        pairs = []
        for number in range(runs + 1):
            pair = (_seconds(ours), _seconds(theirs))
            if number:  # the first pair warms the file cache
                pairs.append(pair)
            sys.stderr.write(f"\r{name}: {number}/{runs}")
        sys.stderr.write("\n")
        rows.append((name, pairs))
    _write(rows, runs)


def _seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "ASOEN_RELEASE": str(RELEASE)})
    return time.perf_counter() - start


def _write(rows: list[tuple[str, list[tuple[float, float]]]], runs: int) -> None:
    quads = sum(1 for _ in (RELEASE / "asoen.nq").open("rb"))
    lines = [
        "# Measurements",
        "",
        "Written by `make bench`; ratios of whole processes, start-up included, measured in one run.",
        "",
        "## `asoen query` against rdflib",
        "",
        f"{quads:,} quads, {runs} pairs a query, Python {platform.python_version()}, {os.cpu_count()} cores.",
        "",
        "| query | asoen, median s | rdflib, median s | rdflib ÷ asoen, median (lowest – highest) |",
        "| --- | ---: | ---: | ---: |",
    ]
    for name, pairs in rows:
        ours, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
        ratios = sorted(b / a for a, b in pairs)
        spread = f"{ratios[0]:.1f} – {ratios[-1]:.1f}"
        lines.append(f"| {name} | {ours:.3f} | {theirs:.3f} | **{statistics.median(ratios):.1f}** ({spread}) |")
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
