"""The pages people read first are executed: every command, request and example in them."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import yaml

from asoen_graph.iris import key_of, local_name
from asoen_graph.resources import checkout, ontology_folder
from asoen_graph.server.problems import _MEMBERS, KINDS
from asoen_graph.vocabulary import Vocabulary

ROOT = checkout()
README = (ROOT / "README.md").read_text(encoding="utf-8")
SPARQL = (ROOT / "docs/sparql.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
REST = (ROOT / "docs" / "rest.md").read_text(encoding="utf-8")
PUBLISH = (ROOT / "docs/publish.md").read_text(encoding="utf-8")
NETWORKS = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs" / "networks").glob("*.md"))]
ASOEN = str(Path(sys.executable).with_name("asoen"))
RESERVED = {"about", "at", "jointly-with", "when", "status", "note", "value", "facts", "label", "also", "en", "vi"}


def blocks(page: str, language: str) -> list[str]:
    """The fenced code blocks of a language, also those within lists."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", page, flags=re.MULTILINE | re.DOTALL)
    return ["\n".join(line.removeprefix(indent) for line in body.splitlines()) for indent, body in found]


COMMANDS = [
    line.removeprefix("$ ")
    for page in (README, CONTRIBUTING, PUBLISH, *NETWORKS)
    for block in blocks(page, "console")
    for line in block.splitlines()
    if line.startswith("$ asoen")
]
REQUESTS = [line for line in "\n".join(blocks(README, "sh")).splitlines() if line.startswith("curl")]
ADDRESSES = [
    match
    for page in (README, REST)
    for line in page.splitlines()
    if line.startswith("| `/")
    for match in re.findall(r"`(/[^`…]*)`", line.split("|")[1])
]


@pytest.fixture(scope="session")
def server(release: Path) -> Iterator[str]:
    """A real server on a free port; its address."""
    command = [ASOEN, "serve", "--port", "0", "--release", str(release), "--workers", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if found := re.search(r"http://[0-9.]+:\d+", line):
                yield found[0]
                break
        process.terminate()


def test_the_pages_have_examples() -> None:
    assert len(COMMANDS) >= 12
    assert REQUESTS
    assert len(ADDRESSES) >= 6


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_pages_works(command: str, release: Path, tmp_path: Path) -> None:
    words = [ASOEN, *shlex.split(command)[1:]]
    done = subprocess.run(words, cwd=tmp_path, env={"ASOEN_RELEASE": str(release)}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    names = [words[place + 1] for place, word in enumerate(words) if word == "-o"]
    written = [list(tmp_path.glob(name.replace("{date}", "*"))) for name in names]
    assert all(paths and all(path.stat().st_size for path in paths) for paths in written)
    assert done.stdout or written
    assert "no rows" not in done.stderr


@pytest.mark.parametrize("request_line", REQUESTS)
def test_a_request_of_the_pages_is_answered(request_line: str, server: str) -> None:
    words = shlex.split(request_line)
    headers = dict(words[place + 1].split(": ") for place, word in enumerate(words) if word == "-H")
    form = dict(words[place + 1].split("=", 1) for place, word in enumerate(words) if word == "--data-urlencode")
    answer = httpx.post(re.sub(r"^http://[^/]+", server, words[-1]), data=form, headers=headers)
    assert answer.status_code == 200, answer.text
    assert len(answer.text.splitlines()) > 1


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_of_the_pages_answers(address: str, server: str) -> None:
    answer = httpx.get(server + address, follow_redirects=True, timeout=60)
    assert answer.status_code == 200, answer.text
    if answer.headers["content-type"] == "application/json" and "total" in answer.json():
        assert answer.json()["total"] > 0


def test_every_kind_of_problem_is_on_the_page() -> None:
    listed = re.findall(r"^\| (\d{3}) \| `([a-z-]+)` \| (.+) \|$", REST, re.MULTILINE)
    assert sorted(listed) == sorted((str(kind.status), kind.code, kind.title) for kind in KINDS.values())
    for name in _MEMBERS:
        assert f"`{name}`" in REST, name


def test_every_metric_is_on_the_page_once(server: str) -> None:
    listed = [
        name
        for line in (ROOT / "docs" / "server.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| `asoen_")
        for name in re.findall(r"`(asoen_[a-z_]+)`", line.split("|")[1])
    ]
    shown = {
        re.sub(r"_(bucket|sum|count)$", "", name)
        for name in re.findall(r"^(asoen_[a-z_]+)", httpx.get(server + "/metrics").text, re.MULTILINE)
    }
    assert sorted(listed) == sorted(set(listed))
    assert shown <= set(listed)


def test_the_python_example_runs(release: Path) -> None:
    (example,) = blocks(README, "python")
    done = subprocess.run(
        [sys.executable, "-c", example], env={"ASOEN_RELEASE": str(release)}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 1


@pytest.mark.parametrize("example", blocks(CONTRIBUTING, "yaml"))
def test_the_keys_of_the_examples_are_in_the_ontology(example: str) -> None:
    vocabulary = Vocabulary.read(ontology_folder() / "asoen.ttl")
    known = RESERVED | set(vocabulary.properties)
    values = {key_of(local_name(each.iri)) for members in vocabulary.concepts.values() for each in members}
    document = yaml.load(example, Loader=yaml.BaseLoader)
    for key, value in pairs(document):
        assert key in known or key == "amme-15", f"{key} is no key"
        if key.endswith("-status") or key == "source-kind":
            assert value in values, f"{value} is no controlled value"


def pairs(node: object) -> Iterator[tuple[str, object]]:
    """Every key with its value, at any depth."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield key, value
            yield from pairs(value)
    elif isinstance(node, list):
        for each in node:
            yield from pairs(each)


@pytest.mark.parametrize("query", blocks(SPARQL, "sparql"))
def test_the_queries_of_the_page_on_sparql_have_answers(release: Path, query: str) -> None:
    command = [ASOEN, "query", "--release", str(release), "-e", query, "-f", "csv"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert len(answer.stdout.splitlines()) > 1


def test_the_python_of_the_page_on_sparql_runs(server: str) -> None:
    (code,) = blocks(SPARQL, "python")
    code = code.replace("http://127.0.0.1:8000", server)
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert answer.stdout.count("'park'") == 3


def test_the_functions_named_on_the_page_on_sparql_are_there(release: Path) -> None:
    point = '"POINT(105 21)"^^geo:wktLiteral'
    for name in set(re.findall(r"`(?:geof:)?(sf\w+)`", SPARQL)):
        query = f"SELECT (geof:{name}({point}, {point}) AS ?x) {{}}"
        command = [ASOEN, "query", "--release", str(release), "-e", query, "-f", "csv"]
        assert (
            "true" in (out := subprocess.run(command, capture_output=True, text=True, timeout=60).stdout)
            or "false" in out
        )
