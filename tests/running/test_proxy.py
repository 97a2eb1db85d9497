"""Two replicas behind the reverse proxy of ``deploy/``, started again one after the other."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from tests.running.conftest import Shop
from tests.running.processes import Clients, Process, serving, wait

from asoen_graph.cli.serve import listen
from asoen_graph.server.problems import KINDS, TYPES

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
CONFIGURATION = Path(__file__).parents[2] / "deploy" / "nginx.conf"
ADDRESSES = ("172.30.84.11:8000", "172.30.84.12:8000")
NOBODY = 65534
QUERY = 'route="/sparql"'

pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder for a plain user, which those of pytest are not."""
    with tempfile.TemporaryDirectory(prefix="asoen-proxy-") as name:
        if os.geteuid() == 0:
            os.chown(name, NOBODY, NOBODY)
        yield Path(name)


def free_port() -> int:
    with listen("127.0.0.1", 0) as found:
        return int(found.getsockname()[1])


def proxied(folder: Path, port: int, replicas: list[Process]) -> subprocess.Popen[bytes]:
    """The proxy as it is configured, but for addresses and folders; a plain user runs it."""
    text = CONFIGURATION.read_text(encoding="utf-8")
    changes = {address: f"127.0.0.1:{replica.port}" for address, replica in zip(ADDRESSES, replicas, strict=True)}
    for old, new in (changes | {"listen 8080;": f"listen 127.0.0.1:{port};"}).items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    file = folder / "nginx.conf"
    file.write_text(text.replace("/tmp/", f"{folder}/"), encoding="utf-8")
    as_plain_user = {"user": NOBODY, "group": NOBODY, "extra_groups": ()} if os.geteuid() == 0 else {}
    return subprocess.Popen([str(NGINX), "-c", str(file), "-e", "stderr"], **as_plain_user)  # type: ignore[call-overload]


def counted(replica: Process) -> float:
    """The queries a replica has answered."""
    lines = httpx.get(f"{replica.url}/metrics").text.splitlines()
    return sum(float(each.split()[-1]) for each in lines if each.startswith("asoen_requests_total{") and QUERY in each)


def test_replicas_are_started_again_one_after_the_other(shop: Shop, folder: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with ExitStack() as stack:
        replicas = [stack.enter_context(serving(shop.link, "--drain", "600")) for _ in range(2)]
        proxy = proxied(folder, port, replicas)
        stack.callback(proxy.wait)
        stack.callback(proxy.send_signal, signal.SIGQUIT)
        wait(lambda: answers(url))
        assert httpx.get(f"{url}/metrics").status_code == 404
        shop.lead_to(shop.after)
        clients = Clients(url, 4)
        try:
            for replica in replicas:
                wait(lambda found=replica: counted(found) > 0)
                replica.signal(signal.SIGTERM)
                wait(lambda found=replica: found.ready() == 503)
                clients.wait_for(5)
                replica.signal(signal.SIGTERM)
                replica.process.wait(60)
                clients.wait_for(5)
                again = stack.enter_context(serving(shop.link, "--port", str(replica.port)))
                wait(lambda found=again: counted(found) > 0)
        finally:
            clients.stop()
    assert clients.failures == []
    assert {release for each in clients.answers for release, _, _ in each} == {"2031.5.0", "2031.6.0"}


def answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/ready").status_code == 200
    except httpx.TransportError:
        return False


def test_what_a_client_says_of_itself_is_not_passed_on(shop: Shop, folder: Path) -> None:
    port = free_port()
    with ExitStack() as stack:
        options = ("--rate", "0.001", "--burst", "10", "--forwarded-allow-ips", "127.0.0.1")
        replicas = [stack.enter_context(serving(shop.link, *options)) for _ in range(2)]
        proxy = proxied(folder, port, replicas)
        stack.callback(proxy.wait)
        stack.callback(proxy.send_signal, signal.SIGQUIT)
        url = f"http://127.0.0.1:{port}"
        wait(lambda: answers(url))
        made_up = [{"X-Forwarded-For": f"192.0.2.{number}"} for number in range(11)]
        statuses = [httpx.get(f"{url}/problem/busy", headers=headers).status_code for headers in made_up]
    assert statuses == [200] * 10 + [429]


def test_what_the_proxy_says_itself_is_a_problem_document(shop: Shop, folder: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with ExitStack() as stack:
        replicas = [stack.enter_context(serving(shop.link)) for _ in range(2)]
        proxy = proxied(folder, port, replicas)
        stack.callback(proxy.wait)
        stack.callback(proxy.send_signal, signal.SIGQUIT)
        wait(lambda: answers(url))
        told = [
            httpx.get(f"{url}/sparql", params={"query": "ASK {} #" + "x" * 20_000}),
            httpx.get(f"{url}/sparql", params={"query": "ASK {} #" + "x" * 33_000}),
            httpx.get(f"{url}/sparql", params={"query": "ASK {} #" + "x" * 50_000}),
            httpx.post(f"{url}/sparql", data={"query": "ASK {} #" + "x" * 1_000_000}),
            *[httpx.post(f"{url}/sparql", data={"query": "ASK {} #" + "x" * 1_100_000}) for _ in range(10)],
            # Nothing of this makes the proxy take a replica for broken.
            httpx.get(f"{url}/sparql", params={"query": "ASK {}"}),
        ]
        for replica in replicas:
            replica.signal(signal.SIGINT)
            replica.process.wait(60)
        told.append(httpx.get(f"{url}/sparql", params={"query": "ASK {}"}))
    assert [each.status_code for each in told] == [200, 414, 414, 200, *[413] * 10, 200, 503]
    for each in told:
        if each.status_code >= 400:
            assert each.headers["content-type"] == "application/problem+json"
            document = each.json()
            kind = KINDS[document["type"].removeprefix(TYPES)]
            assert (kind.status, kind.title) == (document["status"], document["title"])
    assert told[-1].headers["retry-after"] == "5"
