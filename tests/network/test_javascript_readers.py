"""Network files opened by the programs in JavaScript that people use them with: graphology, Cytoscape.js, Mermaid.

``make test`` installs them; without Node or without them these tests are skipped and say so.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.network import samples
from tests.network.conftest import NAMES
from tests.network.readers import Line, Reading, expected, flat_line
from tests.network.test_readers import TEXTS, comparable, gaps, scalar

from asoen_graph.errors import NetworkError
from asoen_graph.network.formats import write
from asoen_graph.network.model import Edge, Network, Relation

Project = Callable[..., Network]
Read = Callable[[str, bytes], dict[str, Any]]
FOLDER = Path(__file__).parent / "javascript"


@pytest.fixture(scope="module")
def read() -> Iterator[Read]:
    """``read(format, content)``: what a program makes of a file."""
    node = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
    if node is None or not (FOLDER / "node_modules").is_dir():
        pytest.skip("graphology, Cytoscape.js and Mermaid are not installed: make readers")
    with subprocess.Popen(
        [node, str(FOLDER / "read.mjs")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        stdin, stdout = program.stdin, program.stdout

        def ask(format_: str, content: bytes) -> dict[str, Any]:
            stdin.write(json.dumps({"format": format_, "content": content.decode()}) + "\n")
            stdin.flush()
            answer: dict[str, Any] = json.loads(stdout.readline())
            assert "error" not in answer, answer
            return answer

        yield ask
        stdin.close()


def reading(answer: dict[str, Any]) -> Reading:
    lines = [_line(each) for each in answer["lines"]]
    return Reading(dict(answer["labels"]), sorted(lines, key=str), answer["directed"])


def _line(each: dict[str, Any]) -> Line:
    data = each["data"]
    spells = data.get("spells") or []
    if isinstance(spells, list) and spells:
        starts, ends = [start for start, _ in spells], [end for _, end in spells]
        data["from"] = None if None in starts else min(starts)
        data["until"] = None if None in ends else max(ends)
    return flat_line(each["source"], each["target"], data)


@pytest.mark.parametrize("format_", ["graphology", "cyjs", "graphml", "gexf"])
@pytest.mark.parametrize("name", [*NAMES, "mixed", "gaps", "star"])
def test_what_is_written_is_read(project: Project, read: Read, name: str, format_: str) -> None:
    made = {"mixed": samples.mixed(), "gaps": gaps(), "star": samples.star(5)}
    network = made[name] if name in made else project(name, language="vi")
    # The reader of GEXF does not read spells.
    without = ("dates",) if format_ == "gexf" else ()
    found, wanted = reading(read(format_, write(network, format_))), expected(network, without=without)
    if format_ == "gexf":
        found.lines = [replace(each, dates=None) for each in found.lines]
    assert comparable(found) == comparable(wanted)


def test_graphology_finds_what_sigma_draws(project: Project, read: Read) -> None:
    answer = read("graphology", write(project("reporting-lines"), "graphology"))
    assert (answer["type"], answer["multi"]) == ("directed", False)
    for _, x, y, size, colour in answer["places"]:
        assert isinstance(x, int | float)
        assert isinstance(y, int | float)
        assert 10 <= size <= 50
        assert colour.startswith("#")
    gexf = read("gexf", write(project("reporting-lines"), "gexf"))
    assert [place[:4] for place in gexf["places"]] == [place[:4] for place in answer["places"]]


def test_cytoscape_finds_the_positions(project: Project, read: Read) -> None:
    network = project("reporting-lines")
    drawn = {name: (x, -y + 0.0) for name, x, y, *_ in read("graphology", write(network, "graphology"))["places"]}
    found = {name: (x, y) for name, x, y in read("cyjs", write(network, "cyjs"))["places"]}
    assert found == drawn


@pytest.mark.parametrize("name", [*NAMES, "mixed", "gaps", "star"])
def test_mermaid_reads_nodes_and_links(project: Project, read: Read, name: str) -> None:
    made = {"mixed": samples.mixed(), "gaps": gaps(), "star": samples.star(5)}
    network = made[name] if name in made else project(name, language="vi")
    answer = read("mermaid", write(network, "mermaid"))
    places = {node.iri: f"n{number}" for number, node in enumerate(network.nodes)}
    assert answer["labels"] == [[places[node.iri], node.label] for node in network.nodes]
    assert answer["directed"] == network.directed
    assert answer["about"] == network.title
    for edge, line in zip(network.edges, answer["lines"], strict=True):
        assert (line["source"], line["target"]) == (places[edge.source], places[edge.target])
        assert (edge.relation.label if edge.relation else "") in line["data"]["label"]
        assert ("(" in line["data"]["label"]) == (edge.weight != 1)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXTS, min_size=3, max_size=3))
def test_any_text_survives(read: Read, texts: list[str]) -> None:
    label, relation, title = texts
    a, b = samples.node("a", label), samples.node("b", "B")
    link = samples.edge(a, b, Relation(relation or "r", relation or "r"))
    network = Network((a, b), (link,), title=title, description=title, notes=(title,), release=title)
    shown = a.label
    for format_ in ("graphology", "cyjs"):
        answer = read(format_, write(network, format_))
        assert answer["labels"] == [["a", scalar(shown)], ["b", "B"]]
        assert answer["lines"][0]["data"]["relation"] == scalar(relation or "r")
    if len(label) + len(title) < 10_000 and len(relation) < 10_000:
        answer = read("mermaid", write(network, "mermaid"))
        assert answer["labels"] == [["n0", mermaid(shown) or "a"], ["n1", "B"]]
        assert answer["lines"][0]["data"]["label"] == mermaid(relation or "r")


def mermaid(text: str) -> str:
    """What Mermaid can hold of a text: line breaks of one kind, no control characters, no space at the ends."""
    if not text.strip():
        return ""
    for line_break in ("\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"):
        text = text.replace(line_break, "\n")
    return "".join(
        "\ufffd" if (c < " " and c not in "\t\n") or "\x7f" <= c < "\xa0" else c for c in scalar(text)
    ).strip(" ")


def test_mermaid_is_refused_past_what_it_draws() -> None:
    a, b = samples.node("a"), samples.node("b")
    many = Network((a, b), tuple(Edge(a.iri, b.iri, Relation(str(n), str(n))) for n in range(501)))
    with pytest.raises(NetworkError, match="Mermaid draws 500 links at most, and there are 501"):
        write(many, "mermaid")
    long = Network((samples.node("a", "x" * 50_000),), ())
    with pytest.raises(NetworkError, match="Mermaid reads 50,000 characters at most"):
        write(long, "mermaid")
