"""The invented world as a folder of files: everything is there, every link leads to a file, nothing needs a server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from tests.publish.conftest import publication

from asoen_graph.cli.main import main
from asoen_graph.errors import AsoenError, ParameterError
from asoen_graph.release import Release
from asoen_graph.site.folder import MANIFEST, written_aside
from asoen_graph.site.inside import HOST
from asoen_graph.site.publish import checked, publish

_ADDRESSES = ("href", "src", "action", "formaction")


class _Links(HTMLParser):
    """The addresses on a page, and its anchors."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.anchors: set[str] = set()
        self.site = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.addresses += [given[name] or "" for name in _ADDRESSES if name in given]
        self.anchors.add(given.get("id") or "")
        if tag == "html":
            self.site = given.get("data-site") or ""


def _pages(folder: Path) -> Iterator[tuple[Path, _Links]]:
    for path in sorted(folder.rglob("*.html")):
        links = _Links()
        links.feed(path.read_text(encoding="utf-8"))
        yield path, links


@pytest.fixture(scope="module")
def pages(lagoon_folder: Path) -> dict[Path, _Links]:
    return dict(_pages(lagoon_folder))


def test_every_link_leads_to_a_file(lagoon_folder: Path, pages: dict[Path, _Links]) -> None:
    broken = []
    for path, links in pages.items():
        for address in links.addresses:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc or not parts.path:
                continue
            target = (path.parent / unquote(parts.path)).resolve()
            if not target.is_file() or not target.is_relative_to(lagoon_folder.resolve()):
                broken.append(f"{path.relative_to(lagoon_folder)} → {address}")
    assert broken == []


def test_every_fact_stands_in_its_source(pages: dict[Path, _Links]) -> None:
    asked = 0
    for path, links in pages.items():
        for address in links.addresses:
            parts = urlsplit(address)
            if parts.fragment.startswith("fact-") and not parts.scheme:
                target = (path.parent / unquote(parts.path)).resolve() if parts.path else path.resolve()
                page = next(found for each, found in pages.items() if each.resolve() == target)
                assert parts.fragment in page.anchors, (path, address)
                asked += 1
    assert asked > 50


def test_no_address_is_of_the_top_of_the_host(pages: dict[Path, _Links]) -> None:
    absolute = [
        (path, each)
        for path, links in pages.items()
        for each in links.addresses
        if each.startswith(("/", "http://asoen"))
    ]
    assert absolute == []


def test_nothing_names_the_server_there_is_not(lagoon_folder: Path) -> None:
    naming = [path for path in lagoon_folder.rglob("*") if path.is_file() and HOST.encode() in path.read_bytes()]
    assert naming == []


def test_both_languages_are_whole(lagoon_folder: Path) -> None:
    english = {path.relative_to(lagoon_folder) for path in lagoon_folder.rglob("*.html")}
    vietnamese = {path.relative_to("vi") for path in english if path.parts[0] == "vi"}
    assert {path for path in english if path.parts[0] != "vi"} == vietnamese


def test_what_people_and_scripts_look_for_is_there(lagoon_folder: Path, lagoon_release: Release) -> None:
    names = {path.relative_to(lagoon_folder).as_posix() for path in lagoon_folder.rglob("*") if path.is_file()}
    there = (
        "index.html", "vi/index.html", "404.html", "search.html", "sparql.html", "entities.html", "sources.html",
        "queries.html", "networks.html", "ontology.html", "ontology.ttl", "report.html", "report.json", "releases.html",
        "id/coralia.html", "id/coralia.ttl", "id/coralia.jsonld", "id/coralia.json", "source/coral-times-azure.ttl",
        "queries/hosts.html", "queries/hosts.rq", "queries/files/hosts.csv", "networks/files/partners-met-together.svg",
        "networks/files/partners-met-together.graphml", "data/asoen.nq.gz", "data/asoen.trig.gz", "data/asoen.ttl.gz",
        "data/description.ttl", "client/site.json", "client/names.json", "client/catalogue.json",
        "client/glossary.json", "client/networks/partners-met-together.json", "robots.txt", MANIFEST,
    )  # fmt: skip
    assert [name for name in there if name not in names] == []
    said = json.loads((lagoon_folder / MANIFEST).read_text())
    assert said["files"].keys() == names - {MANIFEST}
    assert said["release"] == lagoon_release.manifest.version


def test_pages_say_what_they_are(lagoon_folder: Path) -> None:
    page = (lagoon_folder / "vi" / "id" / "coralia.html").read_text(encoding="utf-8")
    assert '<html lang="vi" data-site="static" data-root="../../"' in page
    assert "script-src 'self' 'wasm-unsafe-eval'" in page
    assert "worker-src 'self'" in page
    assert "frame-ancestors" not in page


def test_the_same_release_is_the_same_bytes(
    lagoon_folder: Path, lagoon_release: Release, nowhere: Path, tmp_path: Path
) -> None:
    publish(tmp_path / "again", publication(lagoon_release, nowhere, jobs=1))
    assert (tmp_path / "again" / MANIFEST).read_bytes() == (lagoon_folder / MANIFEST).read_bytes()


class TestFolder:
    def test_a_foreign_folder_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "thesis.txt").write_text("mine")
        with pytest.raises(AsoenError, match="has not made"), written_aside(tmp_path):
            raise AssertionError
        assert (tmp_path / "thesis.txt").read_text() == "mine"

    def test_a_file_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("mine")
        with pytest.raises(AsoenError, match="is a file"), written_aside(tmp_path / "file"):
            raise AssertionError

    def test_the_one_before_stays_where_anything_fails(self, tmp_path: Path) -> None:
        target = tmp_path / "site"
        target.mkdir()
        (target / MANIFEST).write_text('{"maker": "asoen publish"}')
        with pytest.raises(ValueError, match="half"), written_aside(target) as aside:
            int((aside / "index.html").write_text("half") * "half")
        assert [path.name for path in tmp_path.iterdir()] == ["site"]
        assert [path.name for path in target.iterdir()] == [MANIFEST]

    def test_the_new_one_takes_its_place(self, tmp_path: Path) -> None:
        target = tmp_path / "site"
        target.mkdir()
        (target / MANIFEST).write_text('{"maker": "asoen publish"}')
        with written_aside(target) as aside:
            (aside / "index.html").write_text("whole")
        assert [path.name for path in target.iterdir()] == ["index.html"]


def test_what_is_wrong_is_told_in_words(
    tmp_path: Path, lagoon_release: Release, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.txt").write_text("")
    release = f"--release={lagoon_release.folder}"
    assert main(["publish", str(tmp_path), release, "--quiet"]) == 2
    assert "Name a new or an empty folder" in capsys.readouterr().err
    assert main(["publish", str(tmp_path / "new"), release, "--languages", "en,fr"]) == 2
    assert "en and vi" in capsys.readouterr().err
    with pytest.raises(ParameterError, match="no address of a site"):
        checked("example.org/asoen")
    assert checked("https://example.org/asoen") == "https://example.org/asoen/"
