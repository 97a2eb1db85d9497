"""The server is started again, and told of a new release, while clients ask: none of them is to notice."""

from __future__ import annotations

import os
import pty
import signal
import socket
import subprocess

import httpx
import pytest
from tests.running.conftest import Shop
from tests.running.processes import HAND_OVER, WORDS, Clients, serving, wait

from asoen_graph.cli.serve import listen
from asoen_graph.errors import AsoenError
from asoen_graph.server.handover import inherited


def test_clients_notice_neither_a_new_release_nor_a_restart(shop: Shop) -> None:
    with listen("127.0.0.1", 0) as listening, serving(shop.link, "--drain", "600", listening=listening) as first:
        clients = Clients(first.url, 4)
        try:
            clients.wait_for(5)
            shop.lead_to(shop.after)
            first.signal(signal.SIGHUP)
            wait(lambda: httpx.get(f"{first.url}/ready").json()["release"] == shop.after.manifest.version)
            clients.wait_for(5)
            first.signal(signal.SIGTERM)
            wait(lambda: first.ready() == 503)
            clients.wait_for(5)
            first.signal(signal.SIGTERM)
            first.process.wait(60)
            # Nobody serves now; who asks waits in the socket.
            with serving(shop.link, listening=listening):
                clients.wait_for(5)
                clients.stop()
        finally:
            clients.stop()
    assert clients.failures == []
    assert clients.releases() == [["2031.5.0", "2031.6.0"]] * 4
    told = {(release, label) for each in clients.answers for release, _, label in each}
    assert len(told) == 2, "an answer is of one release, whole"
    tags = [{tag for each in clients.answers for had, tag, _ in each if had == release} for release, _ in sorted(told)]
    assert not tags[0] & tags[1]


def test_a_release_that_is_broken_does_not_stop_it(shop: Shop) -> None:
    with serving(shop.link) as server:
        shop.link.unlink()
        server.signal(signal.SIGHUP)
        wait(lambda: 'asoen_swaps_total{result="failed"} 1.0' in httpx.get(f"{server.url}/metrics").text)
        assert httpx.get(f"{server.url}/sparql", params={"query": "ASK {}"}).json()["boolean"] is True


def test_while_it_drains_every_connection_ends_with_an_answer(shop: Shop) -> None:
    with serving(shop.link, "--drain", "600") as server, httpx.Client(base_url=server.url) as client:
        assert "connection" not in client.get("/health").headers
        server.signal(signal.SIGTERM)
        wait(lambda: server.ready() == 503)
        kept = client.get("/sparql", params={"query": "ASK {}"})
        assert (kept.status_code, kept.headers["connection"]) == (200, "close")
        refused = client.get("/ready")
        assert refused.headers["content-type"].startswith("application/problem+json")
        assert "retry-after" in refused.headers
        server.signal(signal.SIGTERM)
        server.process.wait(60)
        with pytest.raises(httpx.ConnectError):
            client.get("/health")


def test_ctrl_c_does_not_drain(shop: Shop) -> None:
    with serving(shop.link, "--drain", "600") as server:
        server.signal(signal.SIGINT)
        server.process.wait(60)


def test_who_has_connected_is_answered(shop: Shop) -> None:
    with serving(shop.link, "--drain", "0") as server:
        server.signal(signal.SIGSTOP)
        connections = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(200)]
        for connection in connections:
            connection.sendall(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\n\r\n")
        server.signal(signal.SIGTERM)
        server.signal(signal.SIGCONT)
        for connection in connections:
            connection.settimeout(60)
            received = b""
            while piece := connection.recv(65536):
                received += piece
            assert received.startswith(b"HTTP/1.1 200 ")
            assert b"true" in received
            connection.close()


def test_a_terminal_that_is_closed_ends_it(shop: Shop) -> None:
    pid, terminal = pty.fork()
    if pid == 0:
        # Who runs the tests with `nohup` hands that down.
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        os.execv(WORDS[0], [*WORDS, "--release", str(shop.link)])
    shown = b""
    while b"Ctrl-C" not in shown:
        shown += os.read(terminal, 1000)
    os.close(terminal)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status) or os.WIFEXITED(status)


class TestHandover:
    def test_nothing_is_handed_over(self) -> None:
        assert inherited({}) is None

    def test_what_is_handed_to_another_process_is_not_ours(self) -> None:
        environment = {"LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid() + 1)}
        assert inherited(environment) is None
        assert environment == {}, "nor that of the processes we start"

    def test_more_than_one(self) -> None:
        with pytest.raises(AsoenError, match="LISTEN_FDS is 2"):
            inherited({"LISTEN_FDS": "2", "LISTEN_PID": str(os.getpid())})

    @pytest.mark.parametrize("is_socket", [True, False])
    def test_no_socket_that_listens(self, shop: Shop, is_socket: bool) -> None:
        words = ["sh", "-c", HAND_OVER, "sh", *WORDS, "--release", str(shop.link)]
        with socket.socket() as idle:
            ended = subprocess.run(
                words, stdin=idle if is_socket else subprocess.DEVNULL, capture_output=True, text=True
            )
        assert ended.returncode == 2
        assert "File descriptor 3 is no" in ended.stderr
        assert "unset LISTEN_FDS" in ended.stderr
