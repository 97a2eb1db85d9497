"""What is asked again below the address of a release, or of entities by date: kept answers say all that new ones do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from tests.releases.test_served import links, permanent
from tests.server.conftest import LIMITS, QUERIES, Site, running
from tests.server.test_metrics import growth

from asoen_graph.server.settings import Settings

KEPT = "/releases/2031.5.0"
PATHS = [
    "/sparql?query=ASK%7B%7D",
    "/data?default",
    "/id/lsoe-12",
    "/id/lsoe-12.ttl",
    "/id/lsoe-12.html",
    "/id/lsoe-12.jsonld",
    "/api/entities?limit=2",
    "/api/queries",
    "/api/places.geojson",
    "/context.jsonld",
    "/",
]
OF_THE_REQUEST = ("x-request-id", "date")


@pytest.fixture(scope="module")
def settings(library: Path) -> Settings:
    """2031.6.0 is served and kept."""
    return Settings(library.parent / "2031.6.0", queries=QUERIES, workers=1, limits=LIMITS, releases=library, kept=1)


@pytest.fixture(scope="module")
def site(settings: Settings) -> Iterator[Site]:
    with running(settings) as found:
        yield found


def told(answer: httpx.Response) -> tuple[int, bytes, list[tuple[str, str]]]:
    headers = [each for each in answer.headers.multi_items() if each[0] not in OF_THE_REQUEST]
    return answer.status_code, answer.content, sorted(headers)


@pytest.mark.parametrize("root", ["", KEPT, "/releases/2031.6.0"])
@pytest.mark.parametrize("path", PATHS)
def test_a_kept_answer_says_what_a_new_one_does(site: Site, root: str, path: str) -> None:
    hits = growth(site, "asoen_cache_lookups_total", result="hit")
    # A lane may be the next that is asked, which keeps answers of its own.
    first, _, second = (site.client.get(root + path) for _ in range(3))
    assert told(first) == told(second)
    assert first.status_code in (200, 303)
    assert hits() >= 1
    assert second.headers["asoen-release"] == ("2031.5.0" if root == KEPT else "2031.6.0")
    if path != "/api/queries":
        assert {"asoen-query", "asoen-citation"} <= set(second.headers)
        address = permanent(second)
        assert address is not None
        assert address.startswith(root or "/releases/2031.6.0")
    if path == "/id/lsoe-12":
        assert second.headers["location"].startswith(root + "/id/lsoe-12.")


@pytest.mark.parametrize("root", ["", KEPT])
def test_who_has_the_answer_gets_304_for_it_and_keeps_its_links(site: Site, root: str) -> None:
    for path in PATHS:
        answer = site.client.get(root + path)
        if answer.status_code != 200:
            continue
        for _ in range(2):
            # The first comes by the routes, for its headers are others; the second as it is written before.
            again = site.client.get(root + path, headers={"If-None-Match": answer.headers["etag"]})
            assert (again.status_code, again.content) == (304, b"")
            assert "link" not in again.headers
            assert again.headers["vary"] == answer.headers["vary"]
            assert again.headers["asoen-release"] == answer.headers["asoen-release"]


def test_an_answer_that_holds_its_address_is_another_at_another(site: Site) -> None:
    for path in ("/api/entities?limit=2", "/id/lsoe-12.html"):
        tags = [site.client.get(root + path).headers["etag"] for root in ("", "/releases/2031.6.0", KEPT)]
        assert len(set(tags)) == 3
    swapped = [site.client.get(f"/api/search?{query}") for query in ("q=lsoe&limit=1", "limit=1&q=lsoe")]
    assert swapped[0].headers["asoen-query"] == swapped[1].headers["asoen-query"]
    assert [each.json()["meta"]["address"] for each in swapped] == [permanent(each) for each in swapped]
    assert swapped[0].headers["etag"] != swapped[1].headers["etag"]


@pytest.mark.parametrize("coding", ["zstd", "br", "gzip"])
@pytest.mark.parametrize("path", [f"{KEPT}/id/lsoe-12.ttl", f"{KEPT}/api/entities", "/changes.json", "/changes.atom"])
def test_codings(site: Site, path: str, coding: str) -> None:
    plain = site.client.get(path, headers={"Accept-Encoding": "identity"})
    found = site.client.get(path, headers={"Accept-Encoding": coding})
    assert found.headers["content-encoding"] == coding
    assert found.content == plain.content
    assert found.headers["etag"] != plain.headers["etag"]


def test_the_page_of_a_list_can_be_had_for_good(site: Site) -> None:
    first = site.get("/api/entities", limit="2").json()
    second = site.get("/api/entities", limit="2", cursor=first["next"])
    address = permanent(second)
    assert address is not None
    again = site.client.get(address)
    assert again.json()["items"] == second.json()["items"]
    assert {"first", "next", "prev", "cite-as"} <= set(links(again))
    assert links(again)["next"][0].startswith("/releases/2031.6.0/api/entities?")
    assert site.client.get(links(again)["next"][0]).status_code == 200


def test_an_entity_by_date_is_never_taken_for_the_present_one(site: Site) -> None:
    for _ in range(2):
        assert site.get("/id/lsoe-12.ttl").status_code == 200
        dated = site.client.get("/id/lsoe-12.ttl", headers={"Accept-Datetime": "Wed, 07 May 2031 00:00:00 GMT"})
        assert dated.status_code == 302
        assert dated.headers["location"].endswith(f"{KEPT}/id/lsoe-12.ttl")
    memento = [site.client.get(f"{KEPT}/id/lsoe-12.ttl") for _ in range(2)]
    assert {each.headers["memento-datetime"] for each in memento} == {"Wed, 07 May 2031 00:00:00 GMT"}


def test_which_releases_there_are_is_looked_up_every_time(library: Path, tmp_path: Path, settings: Settings) -> None:
    releases = tmp_path / "releases"
    releases.mkdir()
    with running(replace(settings, releases=releases)) as site:
        draft = site.get("/releases").json()["items"][0]["address"]
        for _ in range(2):
            assert site.client.get(f"{draft}/id/lsoe-12.ttl").status_code == 200
        (releases / "2031.6.0").symlink_to(library / "2031.6.0")
        assert site.get("/releases").json()["items"][0]["address"] == "/releases/2031.6.0"
        moved = site.client.get(f"{draft}/id/lsoe-12.ttl")
        assert (moved.status_code, moved.headers["location"]) == (308, "/releases/2031.6.0/id/lsoe-12.ttl")


def test_problems_below_a_release_are_its_own(site: Site) -> None:
    for path in (f"{KEPT}/id/lsoe-nobody.html", f"{KEPT}/nothing-here", f"{KEPT}/sparql?query=x"):
        page = site.client.get(path, headers={"Accept": "text/html"})
        assert page.status_code in (400, 404)
        assert page.headers["content-type"].startswith("text/html")
        assert page.headers["asoen-release"] == "2031.5.0"
        assert f'href="{KEPT}/?lang=en"' in page.text
        assert 'href="/releases?lang=en">2031.5.0<' in page.text
    unknown = site.get("/releases/2031.5.9/id/lsoe-12", "text/html")
    assert 'href="/?lang=en"' in unknown.text


def test_metrics_count_them_by_one_template(site: Site) -> None:
    route = "/releases/{release}/id/{name}"
    counted = growth(site, "asoen_requests_total", route=route, method="GET", status="200")
    for release in ("2031.5.0", "2031.5.0", "2031.6.0"):
        assert site.get(f"/releases/{release}/id/lsoe-12.nt").status_code == 200
    assert counted() == 3


def test_a_place_on_a_map_has_mementos_too(site: Site) -> None:
    path = "/id/port-azure.geojson"
    dated = site.client.get(path, headers={"Accept-Datetime": "Wed, 07 May 2031 00:00:00 GMT"})
    assert dated.status_code == 302
    memento = site.client.get(dated.headers["location"])
    assert memento.headers["content-type"] == "application/geo+json"
    assert memento.headers["asoen-release"] == "2031.5.0"
    assert site.get(f"/timemap{path}").status_code == 200
