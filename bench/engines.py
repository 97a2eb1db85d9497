"""Every query of the catalogue over a release that another server holds, against the engine in this process.

``python bench/engines.py URL`` tells which answers differ, as docs/engines.md lists them, and how long they took. The
endpoint holds the release (`asoen load`). Facts and texts that are joined in a cell may come in any order.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import Counter

from asoen_graph.errors import AsoenError
from asoen_graph.queries.catalogue import Catalogue
from asoen_graph.release import Release
from asoen_graph.resources import queries_folder, release_folder
from asoen_graph.store import GraphStore, SelectAnswer, Term
from asoen_graph.store.embedded import EmbeddedStore
from asoen_graph.store.remote import RemoteStore

Rows = list[tuple[str, ...]]


def main() -> int:
    """Ask and compare; the exit code is 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--release")
    parser.add_argument("--timeout", type=float, default=60.0)
    arguments = parser.parse_args()
    ours = EmbeddedStore(Release.open(release_folder(arguments.release)).store())
    theirs = RemoteStore(arguments.url, arguments.timeout)
    catalogue = Catalogue.read(queries_folder())
    verdicts: Counter[str] = Counter()
    taken = []
    for name in sorted(catalogue):
        expected, _ = _rows(ours, catalogue[name].text)
        try:
            found, seconds = _rows(theirs, catalogue[name].text)
            taken.append(seconds)
            verdict = _verdict(expected, found)
        except AsoenError as error:
            verdict = f"no answer: {' '.join(error.message.split())[:160]}"
        verdicts[verdict.partition(":")[0]] += 1
        if verdict != "equal":
            sys.stdout.write(f"{name}: {verdict}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{dict(verdicts)} of {len(catalogue)} with {theirs.engine.name} at {arguments.url}; ")
    sys.stdout.write(f"seconds: median {statistics.median(taken):.3f}, longest {max(taken):.1f}\n")
    return 0


def _rows(store: GraphStore, text: str) -> tuple[Rows, float]:
    begin = time.perf_counter()
    answer = store.query(text)
    seconds = time.perf_counter() - begin
    assert isinstance(answer, SelectAnswer)
    return [tuple(map(_comparable, row)) for row in answer.rows], seconds


def _comparable(term: Term | None) -> str:
    text = "" if term is None else str(term)
    if "/fact/" in text:
        return " ".join(sorted(text.strip('"').split()))
    return "; ".join(sorted(text.strip('"').split("; "))) if "; " in text else text


def _verdict(expected: Rows, found: Rows) -> str:
    if found == expected:
        return "equal"
    missing, more = Counter(expected) - Counter(found), Counter(found) - Counter(expected)
    if not missing and not more:
        return "equal but for the order of rows"
    return f"different: {missing.total()} of {len(expected)} rows are missing, {more.total()} are there instead"


if __name__ == "__main__":
    sys.exit(main())
