"""A new release takes the place of the old one while requests go on."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import shutil
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.releases.conftest import CHANGELOG
from tests.running.conftest import LABEL, Shop
from tests.server.conftest import LIMITS, QUERIES

from asoen_graph.release import QUADS_FILE, Release
from asoen_graph.server import succession
from asoen_graph.server.app import create_app
from asoen_graph.server.connections import RAW
from asoen_graph.server.datafiles import DataFile
from asoen_graph.server.edge import Edge
from asoen_graph.server.head_start import HeadStart
from asoen_graph.server.holdings import holding_of
from asoen_graph.server.settings import Settings


class Running:
    """A server without a socket."""

    def __init__(self, edge: Edge, client: httpx.AsyncClient) -> None:
        self.edge = edge
        self.client = client

    async def get(self, path: str, **parameters: str) -> httpx.Response:
        return await self.client.get(path, params=parameters)

    async def label(self) -> tuple[str, str]:
        """The release an answer names, and what it says."""
        answer = await self.get("/sparql", query=LABEL, format="csv")
        assert answer.status_code == 200, answer.text
        return answer.headers["asoen-release"], answer.text.splitlines()[1]

    async def renewed(self) -> dict[str, int]:
        """Have the release read again; how often that has come to what."""
        self.edge.renew()
        await self.settled()
        return dict(self.edge._succession.estate.swaps)

    async def settled(self) -> None:
        while (task := self.edge._succession._renewing) is not None and not task.done():
            await asyncio.wait({task})

    def pids(self) -> list[int]:
        return self.edge.inner.state.front.pool.pids


@asynccontextmanager
async def running(
    settings: Settings, again: Callable[[], Settings] | None = None, ahead: HeadStart | None = None
) -> AsyncIterator[Running]:
    edge = create_app(settings, again, ahead)
    async with edge._living(None):
        transport = httpx.ASGITransport(edge)
        async with httpx.AsyncClient(transport=transport, base_url="http://server", timeout=60) as client:
            server = Running(edge, client)
            await server.get("/sparql", query="ASK {}")
            yield server


def go(test: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(test())  # type: ignore[arg-type]


@pytest.fixture
def settings(shop: Shop, tmp_path: Path) -> Settings:
    queries = shutil.copytree(QUERIES, tmp_path / "queries")
    return Settings(shop.link, queries=queries, workers=1, limits=LIMITS, releases=tmp_path / "none")


def test_everything_follows_the_new_release(shop: Shop, settings: Settings) -> None:
    async def test() -> None:
        async with running(settings) as server:
            before = await server.label()
            page = await server.get("/id/lsoe-11.ttl")
            listed = (await server.get("/openapi.json")).json()
            shop.lead_to(shop.after)
            assert await server.label() == before, "nothing changes before the release is read"
            (settings.queries / "meetings.rq").rename(settings.queries / "gatherings.rq")
            assert await server.renewed() == {"done": 1}
            after = await server.label()
            assert (before[0], after[0]) == ("2031.5.0", "2031.6.0")
            assert before[1] != after[1]
            now = await server.client.get("/id/lsoe-11.ttl", headers={"If-None-Match": page.headers["etag"]})
            assert now.status_code == 200
            assert now.headers["etag"] != page.headers["etag"]
            assert (await server.get("/ready")).json()["release"] == "2031.6.0"
            document = (await server.get("/openapi.json")).json()
            assert (listed["info"]["version"], document["info"]["version"]) == ("2031.5.0", "2031.6.0")
            assert "/api/queries/meetings" in listed["paths"]
            assert {"/api/queries/meetings", "/api/queries/gatherings"} & set(document["paths"]) == {
                "/api/queries/gatherings"
            }
            assert (await server.get("/api/queries/meetings")).status_code == 404
            assert (await server.get("/api/queries/gatherings")).status_code == 200
            present = [each["version"] for each in (await server.get("/releases")).json()["items"] if each["present"]]
            assert present == ["2031.6.0"]
            metrics = (await server.get("/metrics")).text
            assert 'asoen_info{release="2031.6.0"} 1.0' in metrics
            assert 'asoen_swaps_total{result="done"} 1.0' in metrics

    go(test)


def test_what_is_recognised_by_its_bytes_follows_too(shop: Shop, settings: Settings) -> None:
    async def test() -> None:
        async with running(settings) as server:

            async def app(scope: Any, receive: Any, send: Any) -> None:
                await server.edge({**scope, RAW: b"label"}, receive, send)

            async def told() -> tuple[bytes, bytes]:
                for _ in range(2):
                    answer = await client.get("/sparql", params={"query": LABEL, "format": "csv"})
                found = server.edge.instants.answer(b"label", [])
                assert found is not None
                assert found[1] == answer.content
                return found

            async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://server") as client:
                before = await told()
                shop.lead_to(shop.after)
                assert await server.renewed() == {"done": 1}
                assert server.edge.instants.answer(b"label", []) is None
                after = await told()
                shop.lead_to(shop.before)
                assert await server.renewed() == {"done": 2}
                assert (await told())[1] == before[1] != after[1]
                assert b"asoen-release: 2031.5.0\r\n" in before[0]
                assert b"asoen-release: 2031.6.0\r\n" in after[0]
                server.edge.drain.is_on = True
                assert server.edge.instants.answer(b"label", []) is None

    go(test)


def test_only_the_first_generation_has_a_head_start(shop: Shop, settings: Settings) -> None:
    async def test() -> None:
        first = settings.resolved()
        with closing(HeadStart(replace(first, edition=holding_of(first).edition()))) as ahead:
            async with running(settings, ahead=ahead) as server:
                assert server.edge.inner.state.front.pool._launcher._process is ahead.process
                for release in (shop.after, shop.before):
                    shop.lead_to(release)
                    await server.renewed()
                    assert server.edge.inner.state.front.pool._launcher._process is not ahead.process
                    assert (await server.get("/sparql", query="ASK {}")).status_code == 200
                assert server.edge._succession.estate.swaps["done"] == 2

    go(test)


def test_a_request_under_way_is_answered_by_the_old_one(shop: Shop, settings: Settings) -> None:
    async def test() -> None:
        async with running(settings) as server:
            old = await server.label()
            pids = server.pids()
            for pid in pids:
                os.kill(pid, signal.SIGSTOP)
            slow = asyncio.create_task(server.get("/sparql", query=LABEL + " #", format="csv"))
            while not (states := server.edge.inner.state.front.pool.states())["busy"] + states["long"]:
                await asyncio.sleep(0.01)
            shop.lead_to(shop.after)
            assert await server.renewed() == {"done": 1}
            assert (await server.label())[0] == "2031.6.0"
            assert not slow.done()
            for pid in pids:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGCONT)
            answer = await slow
            assert (answer.headers["asoen-release"], answer.text.splitlines()[1]) == old
            while any(Path(f"/proc/{pid}").exists() for pid in pids):
                await asyncio.sleep(0.01)

    go(test)


def test_a_broken_release_is_not_served(shop: Shop, settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    broken = shop.link.parent / "broken"
    shutil.copytree(shop.after.folder, broken)
    quads = broken / QUADS_FILE
    quads.write_bytes(quads.read_bytes().replace(b"Eleventh", b"eleventh"))

    async def test() -> None:
        async with running(settings) as server:
            old = await server.label()
            app = server.edge.inner
            for release in (Release(broken), Release(shop.link.parent / "nowhere")):
                shop.lead_to(release)
                await server.renewed()
                assert await server.label() == old
            assert await server.renewed() == {"failed": 3}
            assert server.edge.inner is app
            assert (await server.get("/ready")).status_code == 200
            shop.lead_to(shop.after)
            assert await server.renewed() == {"failed": 3, "done": 1}

    with caplog.at_level(logging.ERROR, "asoen.release"):
        go(test)
    assert f"{quads} is not what the manifest says" in caplog.text
    assert "There is no readable release in" in caplog.text
    assert "the old one goes on" in caplog.text


def test_a_release_its_workers_cannot_load_is_not_served(shop: Shop, settings: Settings) -> None:
    bad = settings.queries / "bad.rq"

    async def test() -> None:
        async with running(settings) as server:
            old = await server.label()
            bad.write_text("SELECT nonsense", encoding="utf-8")
            assert await server.renewed() == {"failed": 1}
            assert await server.label() == old

    go(test)


def test_the_same_release_is_left_alone(shop: Shop, settings: Settings) -> None:
    async def test() -> None:
        async with running(settings) as server:
            app = server.edge.inner
            assert await server.renewed() == {"same": 1}
            assert server.edge.inner is app

    go(test)


def test_who_asks_while_it_is_read_has_it_read_once_more(shop: Shop, settings: Settings) -> None:
    asked = []

    def again() -> Settings:
        if not asked:
            server_of[0].edge.renew()
            server_of[0].edge.renew()
        asked.append(True)
        return settings

    server_of: list[Running] = []

    async def test() -> None:
        async with running(settings, again) as server:
            server_of.append(server)
            assert await server.renewed() == {"same": 2}

    go(test)


def test_the_settings_may_lead_to_another_release(shop: Shop, settings: Settings) -> None:
    led = [settings]

    async def test() -> None:
        async with running(settings, lambda: led[0]) as server:
            led[0] = replace(settings, release=shop.after.folder)
            assert await server.renewed() == {"done": 1}
            assert (await server.label())[0] == "2031.6.0"

    go(test)


def test_other_software_needs_a_restart(
    shop: Shop, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def test() -> None:
        async with running(settings) as server:
            monkeypatch.setattr(succession, "version", lambda _: "9999.1.0")
            shop.lead_to(shop.after)
            assert await server.renewed() == {"failed": 1}

    go(test)
    assert "Restart the server" in caplog.text


def replace_folder(folder: Path, release: Release) -> None:
    """What `asoen build` does to a folder that is served."""
    shutil.copytree(release.folder, folder.with_suffix(".new"))
    folder.rename(folder.with_suffix(".old"))
    folder.with_suffix(".new").rename(folder)


def test_a_folder_that_is_replaced_gives_no_mixed_answers(shop: Shop, settings: Settings, tmp_path: Path) -> None:
    folder = shutil.copytree(shop.before.folder, tmp_path / "release")
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    settings = replace(settings, release=folder, cache=0)

    async def test() -> None:
        async with running(settings) as server:
            name = (await server.get("/releases")).json()["items"][0]["name"]
            late = ["/.well-known/void", f"/releases/{name}/files/{QUADS_FILE}", "/data", "/timemap/id/lsoe-11"]
            replace_folder(folder, shop.after)
            assert (await server.label())[0] == "2031.5.0", "what is loaded is answered from"
            for path in late:
                answer = await server.get(path)
                assert (answer.status_code, answer.json()["title"]) == (503, "The data changed while the server ran"), (
                    path
                )
            assert await server.renewed() == {"done": 1}
            assert (await server.label())[0] == "2031.6.0"
            assert (await server.get("/.well-known/void")).status_code == 200

    go(test)


def test_workers_that_cannot_be_replaced_bring_the_new_release(shop: Shop, settings: Settings) -> None:
    folder = shop.link.parent / "release"
    shutil.copytree(shop.before.folder, folder)
    settings = replace(settings, release=folder, cache=0)

    async def test() -> None:
        async with running(settings) as server:
            assert (await server.label())[0] == "2031.5.0"
            replace_folder(folder, shop.after)
            os.kill(server.edge.inner.state.front.pool._launcher._process.pid, signal.SIGKILL)
            while not server.edge._succession.estate.swaps["done"]:
                await asyncio.sleep(0.01)
            assert (await server.label())[0] == "2031.6.0"

    go(test)


def test_files_are_read_again_too(tmp_path: Path) -> None:
    file = tmp_path / "some.ttl"
    file.write_text("<a:a> <a:b> 1 .", encoding="utf-8")
    settings = Settings(dataset=(DataFile(str(file)),), workers=1, limits=LIMITS)

    async def test() -> None:
        async with running(settings) as server:
            query = "SELECT ?o { ?s ?p ?o }"
            assert await server.renewed() == {"same": 1}
            file.write_text("<a:a> <a:b> 2 .", encoding="utf-8")
            assert await server.renewed() == {"same": 1, "done": 1}
            assert "2" in (await server.get("/sparql", query=query, format="csv")).text
            file.write_text("<a:a> <a:b> .", encoding="utf-8")
            assert await server.renewed() == {"same": 1, "done": 1, "failed": 1}
            assert "2" in (await server.get("/sparql", query=query, format="csv")).text

    go(test)
