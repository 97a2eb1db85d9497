"""Kept releases over HTTP: the same routes on other data, where answers come from, mementos, changes."""

from __future__ import annotations

import hashlib
import itertools
import json
import lzma
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import feedparser
import httpx
import pytest
import rdflib
from tests.server.conftest import LIMITS, QUERIES, Site, running

from asoen_graph.release import Release
from asoen_graph.server.origin import LONGEST_LINK
from asoen_graph.server.settings import Settings

ITEM = "SELECT ?item WHERE { id:lsoe-12 asoen:agendaItem ?item }"
ATOM = "{http://www.w3.org/2005/Atom}"
LINK = re.compile(r'<([^>]*)>((?:; [a-z]+="[^"]*")*)')


@pytest.fixture(scope="module")
def site(library: Path) -> Iterator[Site]:
    """2031.6.0 is served and kept; one of the others may be loaded at a time."""
    settings = Settings(
        library.parent / "2031.6.0", queries=QUERIES, workers=1, limits=LIMITS, releases=library, kept=1
    )
    with running(settings) as found:
        yield found


@pytest.fixture(scope="module")
def draft(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """2031.6.0 is served and nothing is kept."""
    none = tmp_path_factory.mktemp("none")
    settings = Settings(library.parent / "2031.6.0", queries=QUERIES, workers=1, limits=LIMITS, releases=none)
    with running(settings) as found:
        yield found


def links(answer: httpx.Response) -> dict[str, tuple[str, dict[str, str]]]:
    """The links of an answer by each of their relations: target, and the other attributes."""
    found = {}
    for target, rest in LINK.findall(answer.headers.get("link", "")):
        attributes = dict(re.findall(r'; ([a-z]+)="([^"]*)"', rest))
        for relation in attributes.pop("rel").split():
            found[relation] = target, attributes
    return found


def permanent(answer: httpx.Response) -> str | None:
    found = links(answer).get("cite-as")
    return found[0] if found else None


def values(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return sorted(row["item"]["value"] for row in answer.json()["results"]["bindings"])


# Where an answer comes from


@pytest.mark.parametrize(
    ("path", "parameters", "headers"),
    [
        ("/sparql", {"query": ITEM}, {}),
        ("/sparql", {"query": ITEM}, {"Accept": "text/csv"}),
        ("/sparql", {"query": ITEM}, {"Accept": "application/json"}),
        ("/sparql", {"query": ITEM}, {"Accept": "text/html", "Accept-Language": "vi"}),
        ("/sparql", {"query": "CONSTRUCT WHERE { id:lsoe-12 ?p ?o }"}, {"Accept": "application/json"}),
        ("/sparql", {"query": "ASK { id:lsoe-12 asoen:ordinal 12 }", "timeout": "9"}, {"Accept": "text/xml"}),
        ("/sparql", {"query": ITEM, "default-graph-uri": "https://w3id.org/asoen/graph/inferred"}, {}),
        ("/sparql", {}, {"Accept": "text/turtle"}),
        ("/sparql", {}, {"Accept": "text/html", "Accept-Language": "vi"}),
        ("/api/queries/meetings", {}, {"Accept-Language": "vi"}),
        ("/api/queries/meetings", {}, {"Accept": "application/sparql-results+json"}),
        ("/api/networks/together.svg", {"lang": "vi"}, {}),
        ("/api/network.csv", {"query": "SELECT ?source ?target { ?source a ?target }", "title": "<"}, {}),
        ("/api/entities", {"class": "meeting", "limit": "2"}, {"Accept-Language": "vi"}),
        ("/api/entities/lsoe-12", {}, {"Accept-Language": "vi"}),
        ("/api/search", {"q": "hội"}, {}),
        ("/id/lsoe-12.html", {}, {"Accept-Language": "vi"}),
        ("/id/lsoe-12.json", {}, {"Accept-Language": "vi"}),
        ("/id/lsoe-12.ttl", {}, {}),
        ("/id/lsoe-12", {}, {"Accept": "text/turtle"}),
        ("/id/lsoe-twelve", {}, {}),
        ("/id/port-azure.geojson", {}, {"Accept-Language": "vi"}),
        ("/api/places.geojson", {}, {"Accept-Language": "vi"}),
        ("/api/suggest", {"q": "ls"}, {"Accept-Language": "vi"}),
        ("/context.jsonld", {}, {}),
        ("/data", {"graph": "https://w3id.org/asoen/graph/register"}, {"Accept": "text/turtle"}),
        ("/ontology", {}, {"Accept": "text/html"}),
        ("/.well-known/void", {}, {"Accept": "text/turtle"}),
        ("/report", {}, {}),
        ("/", {}, {"Accept-Language": "vi"}),
    ],
)
def test_the_permanent_link_replays_the_answer(
    site: Site, path: str, parameters: dict[str, str], headers: dict[str, str]
) -> None:
    answer = site.client.get(path, params=parameters, headers=headers)
    assert answer.status_code < 400, answer.text
    address = permanent(answer)
    assert address is not None
    assert address.startswith(f"/releases/2031.6.0{path}")
    # Without any header: form and language are in the address.
    again = site.client.get(address)
    assert again.status_code == answer.status_code
    if "location" in answer.headers:
        assert again.headers["location"] == "/releases/2031.6.0" + answer.headers["location"]
    if not answer.headers.get("content-type", "").startswith("text/html") and path not in (
        "/.well-known/void",
        "/sparql",
    ):
        # Addresses on pages and in descriptions lead on within the release.
        assert without_meta(again) == without_meta(answer)
    assert again.headers["asoen-release"] == "2031.6.0"
    assert again.headers["asoen-query"] == answer.headers["asoen-query"]
    assert again.headers.get("content-language") == answer.headers.get("content-language")
    assert permanent(again) == address


def without_meta(answer: httpx.Response) -> object:
    text = answer.text.replace("/releases/2031.6.0/", "/")
    if not answer.headers.get("content-type", "").endswith("json"):
        return text
    content = json.loads(text)
    return {**content, "meta": None} if "meta" in content else content


def test_the_hash_is_of_what_is_asked_and_not_of_its_form(site: Site) -> None:
    first = site.sparql(ITEM).headers["asoen-query"]
    assert re.fullmatch("[0-9a-f]{32}", first)
    same = [
        site.sparql(ITEM, "text/csv"),
        site.sparql(ITEM, lang="vi", format="html"),
        site.client.post("/sparql", data={"query": f"{ITEM}\n"}),
        site.client.post("/sparql", content=ITEM, headers={"Content-Type": "application/sparql-query"}),
        site.client.get("/releases/2031.5.0/sparql", params={"query": ITEM}),
    ]
    assert {answer.headers["asoen-query"] for answer in same} == {first}
    graph = "https://w3id.org/asoen/graph/register"
    other = [
        site.sparql(ITEM + " LIMIT 1"),
        site.sparql(ITEM, **{"default-graph-uri": graph}),
        site.sparql(ITEM, **{"named-graph-uri": graph}),
        site.get("/api/queries/meetings"),
    ]
    assert len({answer.headers["asoen-query"] for answer in other} | {first}) == len(other) + 1


def test_the_citation(site: Site) -> None:
    answer = site.sparql(ITEM)
    told = answer.headers["asoen-citation"]
    assert told.startswith("The asoen_graph maintainers (2031): ")
    assert "Release 2031.6.0 of 2031-06-04, CC BY 4.0." in told
    assert told.endswith(f" Query {answer.headers['asoen-query'][:16]}.")
    vietnamese = unquote(site.sparql(ITEM, lang="vi").headers["asoen-citation"])
    assert vietnamese.startswith("UTF-8'vi'Nhóm duy trì asoen_graph (2031): ")
    assert vietnamese.endswith(f" Truy vấn {answer.headers['asoen-query'][:16]}.")
    page = site.get("/id/lsoe-12.html", lang="vi")
    assert "Trích dẫn" in page.text
    assert "Bản phát hành 2031.6.0 ngày 2031-06-04" in page.text
    assert f'href="{permanent(page)}"' in page.text
    listed = site.get("/api/entities", lang="vi")
    meta = listed.json()["meta"]
    assert meta["release"] == "2031.6.0"
    assert meta["query"] == listed.headers["asoen-query"]
    assert meta["address"] == permanent(listed)
    assert meta["citation"].startswith("Nhóm duy trì asoen_graph (2031): ")


def test_a_posted_query_has_a_link_where_it_fits_into_an_address(site: Site) -> None:
    asked = {"query": ITEM, "default-graph-uri": "https://w3id.org/asoen/graph/register", "lang": "vi"}
    answer = site.client.post("/sparql", data=asked, headers={"Accept": "text/html"})
    address = permanent(answer)
    assert address is not None
    assert parse_qs(urlsplit(address).query) == {name: [value] for name, value in asked.items()} | {"format": ["html"]}
    assert site.client.get(address).text == answer.text
    long = f"{ITEM} # {'x' * LONGEST_LINK}"
    for answer in (site.client.post("/sparql", data={"query": long}), site.sparql(long)):
        assert values(answer)
        assert permanent(answer) is None
        assert "asoen-citation" in answer.headers
    # What came by an address has one all the same, as long as it is.
    assert values(site.client.get("/releases/2031.6.0/sparql", params={"query": long}))


def test_what_is_another_each_time_has_no_link(site: Site) -> None:
    answer = site.sparql("SELECT (RAND() AS ?item) {}")
    assert answer.status_code == 200
    assert permanent(answer) is None


def test_an_error_is_not_cited(site: Site) -> None:
    answer = site.sparql("SELECT nonsense")
    assert answer.status_code == 400
    assert permanent(answer) is None


@pytest.mark.parametrize("query", ['a<b>"c\r\nX: y', "é ế 水", "%0d%0aX: y", "<>;rel=x,"])
def test_no_query_breaks_out_of_a_header(site: Site, query: str) -> None:
    text = f"{ITEM} #{query}".replace("\r\n", " ")
    answer = site.client.post("/sparql", data={"query": text})
    assert values(answer)
    assert set(links(answer)) == {"cite-as"}
    assert "x" not in answer.headers
    raw = site.client.build_request("GET", f"/sparql?query={ITEM.replace(' ', '+')}&x=\u00e9'")
    assert set(links(site.client.send(raw))) == {"cite-as"}


# Kept releases


def test_the_list(site: Site, library: Path) -> None:
    answer = site.get("/releases")
    assert answer.headers["content-type"] == "application/json"
    items = answer.json()["items"]
    assert [item["name"] for item in items] == ["2031.6.0", "2031.5.0", "2031.4.0"]
    assert [item["date"] for item in items] == ["2031-06-04", "2031-05-07", None]
    assert [item["present"] for item in items] == [True, False, False]
    manifest = Release.open(library / "2031.5.0").manifest
    assert items[1]["counts"]["facts"] == manifest.counts.facts
    assert items[1]["changes"] == "/changes/2031.4.0..2031.5.0"
    assert items[2]["changes"] is None
    assert site.get(items[1]["address"]).json() == items[1]
    for item in items:
        # Of the present one too: its addresses are to last.
        assert [file["name"] for file in item["files"] if not file["name"].endswith(".xz")] == ["manifest.json"]
        for file in item["files"]:
            content = site.get(file["address"]).content
            assert content == (library / item["version"] / file["name"]).read_bytes()
            if file["sha256"]:
                assert hashlib.sha256(lzma.decompress(content)).hexdigest() == file["sha256"]
    page = site.get("/releases", "text/html", lang="vi")
    assert "Các bản phát hành" in page.text
    assert all(f'href="{item["address"]}/?lang=vi"' in page.text for item in items)


def test_only_files_of_a_release_are_given_out(site: Site) -> None:
    for name in ("manifest.jso", "%2e%2e%2fmanifest.json", "..%2f2031.4.0%2fmanifest.json", "x%00"):
        assert site.get(f"/releases/2031.5.0/files/{name}").status_code == 404


def test_each_release_answers_from_its_own_data(site: Site) -> None:
    for version, item in (("2031.5.0", "State of the reefs"), ("2031.6.0", "State of the mangroves")):
        answer = site.client.get(f"/releases/{version}/sparql", params={"query": ITEM})
        assert item in values(answer)
        assert answer.headers["asoen-release"] == version
        assert permanent(answer).startswith(f"/releases/{version}/sparql?")
        posted = site.client.post(f"/releases/{version}/sparql", data={"query": ITEM})
        assert values(posted) == values(answer)
        tag = answer.headers["etag"]
        unchanged = site.client.get(
            f"/releases/{version}/sparql", params={"query": ITEM}, headers={"If-None-Match": tag}
        )
        assert unchanged.status_code == 304
    assert site.get("/releases/2031.5.0/id/zoning.ttl").status_code == 404
    assert site.get("/releases/2031.6.0/id/zoning.ttl").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/sparql",
        "/id/lsoe-12.ttl",
        "/source/lagoon-union-record.json",
        "/ontology",
        "/api/entities",
        "/api/entities/lsoe-12/facts",
        "/api/queries/meetings",
        "/api/networks",
        "/api/networks/together.svg",
        "/.well-known/void",
        "/report.json",
    ],
)
def test_the_routes_are_those_of_the_present_one(site: Site, path: str) -> None:
    answer = site.get(f"/releases/2031.5.0{path}")
    assert answer.status_code == 200
    assert answer.headers["asoen-release"] == "2031.5.0"


def test_what_is_about_the_server_is_not_below_a_release(site: Site) -> None:
    for path in ("/health", "/docs", "/openapi.json", "/releases", "/releases/2031.5.0/sparql", "/changes", "/nothing"):
        answer = site.get(f"/releases/2031.5.0{path}")
        assert answer.status_code == 404, path
        assert answer.headers["content-type"] == "application/problem+json"


def test_pages_redirects_and_descriptions_stay_within_the_release(site: Site) -> None:
    base = "/releases/2031.5.0"
    moved = site.get(f"{base}/id/lsoe-twelve")
    assert (moved.status_code, moved.headers["location"]) == (301, f"{base}/id/lsoe-12")
    assert site.get(f"{base}/dataset").headers["location"] == f"{base}/.well-known/void"
    for path in ("/", "/id/lsoe-12.html", "/source/lagoon-union-record.html", "/ontology?format=html", "/report"):
        page = site.client.get(base + path)
        found = re.findall(r'(?:href|action)="(/[^"]*)"', page.text)
        assert found
        assert [
            each
            for each in found
            if not each.startswith((base, "/assets", "/docs", "/releases", "/changes", "/timemap"))
        ] == []
    service = rdflib.Graph().parse(data=site.get(f"{base}/sparql", "text/turtle").text)
    (endpoint,) = service.objects(None, rdflib.URIRef("http://www.w3.org/ns/sparql-service-description#endpoint"))
    assert str(endpoint) == f"{site.url}{base}/sparql"


def test_an_unknown_release(site: Site) -> None:
    for path in ("/releases/2031.5.9", "/releases/2031.5.9/sparql", "/releases/2031.5.9/files/asoen.nq"):
        answer = site.get(path)
        assert answer.status_code == 404
        problem = answer.json()
        assert problem["kind"] == "release"
        assert problem["nearest"][0].startswith("2031.")
        assert problem["available"] == ["2031.4.0", "2031.5.0", "2031.6.0"]


def test_methods(site: Site) -> None:
    assert "POST" in site.client.options("/releases/2031.5.0/sparql").headers["allow"]
    assert "POST" not in site.client.options("/releases/2031.5.0/id/lsoe-12").headers["allow"]
    refused = site.client.delete("/releases/2031.5.0/sparql")
    assert refused.status_code == 405
    assert "POST" in refused.headers["allow"]
    head = site.client.head("/releases/2031.5.0/id/lsoe-12.ttl")
    assert (head.status_code, head.content) == (200, b"")


def test_no_more_than_allowed_are_loaded(site: Site) -> None:
    loans = site.app.state.loans
    numbers = itertools.count()
    for version in ("2031.4.0", "2031.5.0", "2031.4.0"):
        # Each time another, for what was asked before needs no release.
        query = f"SELECT * {{ VALUES ?n {{ {next(numbers)} }} }}"
        assert site.get(f"/releases/{version}/sparql", query=query).status_code == 200
        assert loans.loaded == [version]
    assert site.get("/releases/2031.6.0/id/lsoe-12.ttl").status_code == 200
    assert loans.loaded == ["2031.4.0"]


def test_a_draft_is_called_by_its_content(draft: Site) -> None:
    answer = draft.sparql(ITEM)
    address = permanent(answer)
    assert address is not None
    assert re.match(r"/releases/2031\.6\.0-[0-9a-f]{8}/sparql\?", address)
    assert ", draft " in answer.headers["asoen-citation"]
    assert draft.client.get(address).content == answer.content
    moved = draft.client.get("/releases/2031.6.0/sparql", params={"query": ITEM, "format": "json"})
    assert (moved.status_code, moved.headers["location"]) == (307, address)


def test_the_draft_of_a_kept_release_leads_there_for_good(site: Site) -> None:
    name = f"2031.5.0-{site.app.state.archive.find('2031.5.0').manifest.hash[:8]}"
    for path in ("", "/id/lsoe-12?lang=vi"):
        answer = site.client.get(f"/releases/{name}{path}")
        assert (answer.status_code, answer.headers["location"]) == (308, f"/releases/2031.5.0{path}")


# Mementos


def gate(site: Site, name: str, moment: str) -> httpx.Response:
    return site.client.get(f"/id/{name}", headers={"Accept-Datetime": moment})


@pytest.mark.parametrize(
    ("moment", "version"),
    [
        ("Thu, 01 Jan 1970 00:00:00 GMT", "2031.5.0"),
        ("Tue, 06 May 2031 23:59:59 GMT", "2031.5.0"),
        ("Wed, 07 May 2031 00:00:00 GMT", "2031.5.0"),
        ("Tue, 03 Jun 2031 23:59:59 GMT", "2031.5.0"),
        ("Wed, 04 Jun 2031 00:00:00 GMT", "2031.6.0"),
        ("Fri, 31 Dec 9999 23:59:59 GMT", "2031.6.0"),
    ],
)
@pytest.mark.parametrize("name", ["lsoe-12", "lsoe-12.ttl"])
def test_the_time_gate(site: Site, name: str, moment: str, version: str) -> None:
    answer = gate(site, name, moment)
    target = f"{site.url}/releases/{version}/id/{name}"
    assert (answer.status_code, answer.headers["location"]) == (302, target)
    assert answer.headers["vary"] == "Accept-Datetime"
    assert "memento-datetime" not in answer.headers
    found = links(answer)
    assert found["original"][0] == found["timegate"][0] == f"{site.url}/id/{name}"
    assert found["timemap"][0] == f"{site.url}/timemap/id/{name}"
    assert found["first"] == (f"{site.url}/releases/2031.5.0/id/{name}", {"datetime": "Wed, 07 May 2031 00:00:00 GMT"})
    memento = site.client.get(target)
    date = {"2031.5.0": "Wed, 07 May 2031 00:00:00 GMT", "2031.6.0": "Wed, 04 Jun 2031 00:00:00 GMT"}[version]
    assert memento.headers["memento-datetime"] == date
    assert memento.headers["asoen-release"] == version
    assert links(memento)["original"][0] == f"{site.url}/id/{name}"
    assert {"timegate", "timemap", "cite-as"} <= set(links(memento))


def test_the_original_says_that_there_are_mementos(site: Site) -> None:
    answer = site.get("/id/lsoe-12.ttl")
    assert "Accept-Datetime" in answer.headers["vary"]
    assert "memento-datetime" not in answer.headers
    assert {"original", "timegate", "timemap", "cite-as"} == set(links(answer))
    unchanged = site.client.get("/id/lsoe-12.ttl", headers={"If-None-Match": answer.headers["etag"]})
    assert unchanged.status_code == 304
    assert "Accept-Datetime" in unchanged.headers["vary"]


def test_an_entity_that_was_not_there_then(site: Site) -> None:
    answer = gate(site, "zoning", "Wed, 14 May 2031 00:00:00 GMT")
    assert answer.status_code == 404
    assert answer.headers["vary"] == "Accept-Datetime"
    assert "2031.5.0" in answer.json()["detail"]
    assert "2031.6.0 (2031-06-04)" in answer.json()["hint"]
    assert links(answer)["timemap"][0] == f"{site.url}/timemap/id/zoning"
    assert gate(site, "zoning", "Wed, 04 Jun 2031 00:00:00 GMT").status_code == 302
    assert gate(site, "nobody", "Wed, 04 Jun 2031 00:00:00 GMT").status_code == 404


def test_a_retired_name_has_mementos_too(site: Site) -> None:
    answer = gate(site, "lsoe-twelve", "Wed, 14 May 2031 00:00:00 GMT")
    assert answer.status_code == 302
    memento = site.client.get(answer.headers["location"])
    assert memento.status_code == 301
    assert "memento-datetime" in memento.headers


def test_what_is_no_date_is_refused(site: Site) -> None:
    answer = gate(site, "lsoe-12", "yesterday")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("name", ["lsoe-12.%0d%0aX-Evil:%20yes", "lsoe-12.ttl%3E;rel=x", "%E2%82%AC", "lsoe-12.nope"])
def test_no_name_breaks_out_of_a_header(site: Site, name: str) -> None:
    for path in (f"/id/{name}", f"/timemap/id/{name}"):
        answer = site.client.get(path, headers={"Accept-Datetime": "Wed, 14 May 2031 00:00:00 GMT"})
        assert answer.status_code == 404
        assert "x-evil" not in answer.headers


def test_the_time_map(site: Site) -> None:
    answer = site.get("/timemap/id/lsoe-12")
    assert answer.headers["content-type"] == "application/link-format"
    found = {target: dict(re.findall(r'; ([a-z]+)="([^"]*)"', rest)) for target, rest in LINK.findall(answer.text)}
    assert found == {
        f"{site.url}/id/lsoe-12": {"rel": "original timegate"},
        f"{site.url}/timemap/id/lsoe-12": {
            "rel": "self",
            "type": "application/link-format",
            "from": "Wed, 07 May 2031 00:00:00 GMT",
            "until": "Wed, 04 Jun 2031 00:00:00 GMT",
        },
        f"{site.url}/releases/2031.5.0/id/lsoe-12": {
            "rel": "first memento",
            "datetime": "Wed, 07 May 2031 00:00:00 GMT",
        },
        f"{site.url}/releases/2031.6.0/id/lsoe-12": {
            "rel": "last memento",
            "datetime": "Wed, 04 Jun 2031 00:00:00 GMT",
        },
    }
    only = LINK.findall(site.get("/timemap/id/zoning").text)
    assert [target for target, rest in only if "memento" in rest] == [f"{site.url}/releases/2031.6.0/id/zoning"]
    assert site.get("/timemap/id/nobody").status_code == 404


# Changes


def test_the_feed_has_the_time_that_the_client_gives_it(library: Path) -> None:
    settings = Settings(library.parent / "2031.6.0", queries=QUERIES, workers=1, limits=LIMITS, releases=library)
    with running(settings) as site:
        answer = site.get("/changes.json", timeout="0.001")
        assert answer.status_code == 503
        assert answer.json()["type"].endswith(("/time-limit", "/busy"))
        assert site.get("/changes.json").status_code == 200


def test_the_feed_as_json(site: Site) -> None:
    answer = site.get("/changes.json")
    assert answer.headers["content-type"] == "application/feed+json"
    feed = answer.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    newest, first = feed["items"]
    assert newest["id"] == "https://w3id.org/asoen/changes/2031.5.0..2031.6.0"
    assert first["id"] == "https://w3id.org/asoen/releases/2031.5.0"
    assert newest["date_published"] == "2031-06-04T00:00:00Z"
    changes = newest["_asoen"]["changes"]
    assert changes["entities_added"]["items"] == [{"slug": "zoning", "label": {"en": "zoning", "vi": "phân vùng"}}]
    assert changes["entities_added"]["total"] == 1
    assert "zoning" in newest["content_text"]
    vietnamese = site.get("/changes.json", lang="vi").json()["items"][0]
    assert vietnamese["id"] == newest["id"]
    assert "phân vùng" in vietnamese["content_text"]
    assert vietnamese["title"].startswith("Bản phát hành 2031.6.0: thực thể: 1 được thêm")
    assert site.client.get("/changes.json", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_feed_as_atom(site: Site, language: str) -> None:
    """As a reader of feeds that is not ours understands it."""
    answer = site.get("/changes.atom", lang=language)
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    found = feedparser.parse(answer.content, response_headers=dict(answer.headers))
    assert not found.bozo
    assert found.version == "atom10"
    assert found.feed.id == "https://w3id.org/asoen/changes"
    assert found.feed.language == language
    assert found.feed.updated_parsed[:3] == (2031, 6, 4)
    assert found.feed.author
    assert [link.href for link in found.feed.links if link.rel == "self"] == [
        f"{site.url}/changes.atom?lang={language}"
    ]
    items = site.get("/changes.json", lang=language).json()["items"]
    assert [(entry.id, entry.title, entry.content[0].value) for entry in found.entries] == [
        (item["id"], item["title"], item["content_text"]) for item in items
    ]
    for entry in found.entries:
        assert entry.updated_parsed
        for link in entry.links:
            assert site.client.get(link.href).headers["content-type"].partition(";")[0] == link.type


def test_the_form_of_the_feed_is_negotiated(site: Site) -> None:
    for accept, expected in (
        (None, "application/feed+json"),
        ("application/json", "application/json"),
        ("application/atom+xml", "application/atom+xml; charset=utf-8"),
        ("text/xml;q=0.5, application/feed+json;q=0.1", "text/xml; charset=utf-8"),
    ):
        answer = site.get("/changes", accept)
        assert answer.headers["content-type"] == expected
        assert answer.headers["vary"] == "Accept, Accept-Language, Accept-Encoding"
    assert site.get("/changes", "image/png").status_code == 406
    assert site.get("/changes", format="atom").headers["content-type"].startswith("application/atom+xml")


def test_a_feed_without_a_dated_release(library: Path, tmp_path: Path) -> None:
    settings = Settings(library.parent / "2031.4.0", queries=QUERIES, workers=1, limits=LIMITS, releases=tmp_path)
    with running(settings) as site:
        assert site.get("/changes.json").json()["items"] == []
        assert not feedparser.parse(site.get("/changes.atom").content).bozo
        # Nothing to choose by: the header is passed over.
        assert gate(site, "lsoe-12.ttl", "Wed, 04 Jun 2031 00:00:00 GMT").status_code == 200
        assert site.get("/timemap/id/lsoe-12").status_code == 404


def test_the_difference(site: Site) -> None:
    path = "/changes/2031.5.0..2031.6.0"
    text = site.get(path)
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    assert text.text.startswith("2031.5.0 → 2031.6.0\n")
    assert site.get(f"{path}.txt", lang="vi").text.splitlines()[2] == "Số lượng"
    content = site.get(path, "application/json").json()
    assert content == site.get(f"{path}.json").json()
    assert content["entities_added"] == [{"slug": "zoning", "class": "theme", "label": "zoning"}]
    changed = {each["slug"]: each for each in content["entities_changed"]}
    values_ = [(pair["from"]["value"], pair["to"]["value"]) for pair in changed["lsoe-12"]["changed"]]
    assert ("State of the reefs", "State of the mangroves") in values_
    patch = site.get(f"{path}.rdfp")
    assert patch.headers["content-type"] == "application/rdf-patch"
    assert b'H from "2031.5.0" .\nH to "2031.6.0" .\n' in patch.content
    back = site.get("/changes/2031.6.0..2031.5.0.json").json()
    assert [each["slug"] for each in back["entities_removed"]] == ["zoning"]
    same = site.get("/changes/2031.6.0..2031.6.0.json").json()
    assert same["same"] is True
    assert json.dumps(same["entities_changed"]) == "[]"


def test_what_is_no_difference(site: Site) -> None:
    for span in ("2031.5.0", "2031.5.0..", "...", "2031.5.0..2031.5.9", "2031.5.9..2031.5.0.json"):
        assert site.get(f"/changes/{span}").status_code == 404
    assert site.get("/changes/2031.5.0..2031.6.0.pdf").status_code in (400, 404)
    assert site.get("/changes/2031.5.0..2031.6.0", "image/png").status_code == 406
    assert site.get("/changes", colour="red").status_code == 400


def test_the_page_of_a_kept_release_asks_that_release(site: Site) -> None:
    page = site.get("/releases/2031.6.0/sparql", "text/html").text
    assert ' action="/releases/2031.6.0/sparql"' in page
    assert ' formaction="/releases/2031.6.0/api/network.svg"' in page
