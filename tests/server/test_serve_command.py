"""``asoen serve`` as it is typed."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from asoen_graph.cli.main import main
from asoen_graph.cli.serve import announce, listen
from asoen_graph.errors import AsoenError
from asoen_graph.release import QUADS_FILE, Release
from asoen_graph.resources import web_folder
from asoen_graph.server import web
from asoen_graph.server.settings import Settings


@contextmanager
def serving(release: Release, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "asoen_graph", "serve", "--port", "0", "--release", str(release.folder), *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+", line)
    assert found, line + (process.stderr.read() if process.stderr and process.poll() is not None else "")
    try:
        yield process, found[0]
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_is_and_ends_when_told(lagoon_release: Release, stop: signal.Signals) -> None:
    with serving(lagoon_release, "--workers", "1") as (process, url):
        assert httpx.get(f"{url}/sparql", params={"query": "ASK {}"}).json()["boolean"] is True
        process.send_signal(stop)
        process.wait(20)


def test_a_request_that_runs_is_answered_before_the_end(lagoon_release: Release) -> None:
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with serving(lagoon_release, "--workers", "1", "--timeout", "2") as (process, url):
        address = url.removeprefix("http://").partition(":")
        with socket.create_connection((address[0], int(address[2]))) as connection:
            request = httpx.Request("GET", f"{url}/sparql", params={"query": query})
            connection.sendall(f"GET {request.url.raw_path.decode()} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            assert httpx.get(f"{url}/health").status_code == 200
            process.send_signal(signal.SIGTERM)
            connection.settimeout(20)
            assert b" 503 " in connection.recv(65536).partition(b"\r\n")[0]
        process.wait(20)


def test_options_reach_the_workers(lagoon_release: Release) -> None:
    with serving(lagoon_release, "--workers", "1", "--max-rows", "5", "--timeout", "3") as (_, url):
        query = "SELECT ?s WHERE { ?s ?p ?o } LIMIT %d"
        assert httpx.get(f"{url}/sparql", params={"query": query % 5}).status_code == 200
        assert httpx.get(f"{url}/sparql", params={"query": query % 6}).status_code == 413


def test_a_port_that_is_taken(capsys: pytest.CaptureFixture[str], lagoon_release: Release) -> None:
    with listen("127.0.0.1", 0) as taken:
        port = str(taken.getsockname()[1])
        assert main(["serve", "--port", port, "--release", str(lagoon_release.folder)]) == 2
    assert f"Port {port} of 127.0.0.1 is taken" in capsys.readouterr().err


def test_an_address_that_is_not_ours() -> None:
    with pytest.raises(AsoenError, match="Cannot listen on 192"):
        listen("192.0.2.1", 0)
    with pytest.raises(AsoenError, match="Cannot listen on no"):
        listen("no-such-host.invalid", 0)


def test_no_release(capsys: pytest.CaptureFixture[str], tmp_path: object) -> None:
    assert main(["serve", "--port", "0", "--release", str(tmp_path)]) == 4
    assert "There is no release" in capsys.readouterr().err


def test_a_release_with_a_changed_byte(
    capsys: pytest.CaptureFixture[str], lagoon_release: Release, tmp_path: Path
) -> None:
    folder = shutil.copytree(lagoon_release.folder, tmp_path / "release")
    quads = folder / QUADS_FILE
    content = quads.read_bytes()
    quads.write_bytes(content.replace(b"12th", b"13th", 1))
    assert quads.stat().st_size == len(content)
    assert main(["serve", "--port", "0", "--release", str(folder)]) == 4
    assert f"{QUADS_FILE} is not what the manifest says" in capsys.readouterr().err


def test_what_is_wrong_is_said_once(lagoon_release: Release, tmp_path: Path) -> None:
    folder = shutil.copytree(lagoon_release.folder, tmp_path / "release")
    quads = folder / QUADS_FILE
    # The process that loads it stumbles over it too.
    quads.write_bytes(b"?" + quads.read_bytes()[1:])
    command = [sys.executable, "-m", "asoen_graph", "serve", "--port", "0", "--release", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 4
    assert done.stdout == ""
    assert [line for line in done.stderr.splitlines() if line.startswith("asoen:")] == [
        f"asoen: {quads} is not what the manifest says"
    ]


@pytest.mark.parametrize(
    "options",
    [
        ["--port", "70000"],
        ["--port", "x"],
        ["--workers", "0"],
        ["--timeout", "0"],
        ["--timeout", "nan"],
        ["--max-rows", "-1"],
    ],
)
def test_options_that_are_none(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["serve", *options])
    assert caught.value.code == 2
    assert options[0] in capsys.readouterr().err


def test_it_says_once_where_the_pages_are_not_built(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], settings: Settings, tmp_path: Path
) -> None:
    for folder, times in ((tmp_path, 1), (web_folder(), 0)):
        monkeypatch.setattr(web, "web_folder", lambda folder=folder: folder)
        with listen("127.0.0.1", 0) as listening:
            announce(settings, "a release", listening)
        said = capsys.readouterr()
        assert said.err.count("make web") == times
        assert "Serving a release" in said.out
