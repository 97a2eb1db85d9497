"""``docs/conformance.md``: what passes of the W3C's suites, what does not and why, counted from the suites."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

from .manifests import cases
from .requests import TESTS
from .suites import DESCRIPTION, EVALUATION, NOT_RUN, PROTOCOL, SYNTAX

_HEAD = """# Conformance

The SPARQL test suites of the W3C, put over HTTP to a running server (`asoen serve --dataset`, see
[sparql.md](sparql.md)). CI runs them each time, and fails where a test fails that is not on this page, or passes that
is. The suites are those that RDFLib 7.1.4 carries (`make suites` fetches them).

All graphs of the suites are in one server, and each query says with `default-graph-uri` and `named-graph-uri` which of
them it is about. A table is read as JSON and as XML, a graph as Turtle and as N-Triples. RDFLib reads and compares:
blank nodes by isomorphism, numbers by value, order where the query has `ORDER BY`.
"""


class Reason(NamedTuple):
    """Why tests fail: the names of the tests by suite."""

    text: str
    tests: Mapping[str, Sequence[str]]


def reasons() -> list[Reason]:
    found = yaml.safe_load((Path(__file__).parent / "failures.yaml").read_text(encoding="utf-8"))
    return [Reason(each["reason"], each["tests"]) for each in found]


def failures() -> dict[str, set[str]]:
    """The names of the tests that are known to fail, by suite."""
    found: dict[str, set[str]] = {}
    for reason in reasons():
        for suite, names in reason.tests.items():
            found.setdefault(suite, set()).update(names)
    return found


def page() -> str:
    known = failures()
    rows = [(suite, len(cases(suite)), len(known.get(suite, ()))) for suite in (*EVALUATION, *SYNTAX)]
    updates = [case.name for case in cases(PROTOCOL) if case.name not in TESTS]
    rows.append((f"{PROTOCOL}, queries", len(TESTS), len(known[PROTOCOL])))
    rows.append((DESCRIPTION, len(cases(DESCRIPTION)), 0))
    total = [sum(column) for column in zip(*(row[1:] for row in rows), strict=True)]
    table = [f"| {name} | {count} | {count - failed} | {failed or ''} |" for name, count, failed in rows]
    return "\n".join(
        [
            _HEAD,
            "| suite | tests | passed | failed |",
            "| --- | ---: | ---: | ---: |",
            *table,
            f"| **all** | **{total[0]}** | **{total[0] - total[1]}** | **{total[1]}** |",
            "",
            "Tests that the W3C has withdrawn are left out.",
            "",
            "## What fails, and why",
            "",
            *(line for reason in reasons() for line in _told(reason)),
            "## What is not run, and why",
            "",
            "| suite | why |",
            "| --- | --- |",
            *(f"| {', '.join(names)} | {why} |" for why, names in _not_run().items()),
            f"| {PROTOCOL}, the {len(updates)} tests of updates | the data are only read |",
            "",
        ]
    )


def _told(reason: Reason) -> list[str]:
    lines = [f"{reason.text}", ""]
    lines += [f"- {suite}: {', '.join(f'`{name}`' for name in names)}" for suite, names in reason.tests.items()]
    return [*lines, ""]


def _not_run() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for suite, why in NOT_RUN.items():
        found.setdefault(why, []).append(suite)
    return found


def twice_listed() -> list[str]:
    """Tests that stand under two reasons."""
    counted = Counter(
        f"{suite} {name}" for reason in reasons() for suite, names in reason.tests.items() for name in names
    )
    return [name for name, count in counted.items() if count > 1]
