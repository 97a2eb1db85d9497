"""The invented world as a folder of files: everything is there, every link leads to a file, nothing needs a server."""

from __future__ import annotations

import json
import posixpath
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from tests.golden import check_golden
from tests.publish.conftest import publication

from asoen_graph.cli.main import main
from asoen_graph.errors import AsoenError, ParameterError
from asoen_graph.release import Release
from asoen_graph.site.folder import MANIFEST, written_aside
from asoen_graph.site.inside import HOST
from asoen_graph.site.publish import checked, publish

GOLDEN = Path(__file__).parent / "golden"
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


@pytest.fixture(scope="module")
def pages(lagoon_folder: Path) -> dict[str, _Links]:
    """What stands on each page, by its name."""
    found = {}
    for path in sorted(lagoon_folder.rglob("*.html")):
        links = found[path.relative_to(lagoon_folder).as_posix()] = _Links()
        links.feed(path.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def names(lagoon_folder: Path) -> set[str]:
    """The names of all files."""
    return {path.relative_to(lagoon_folder).as_posix() for path in lagoon_folder.rglob("*") if path.is_file()}


def _target(page: str, path: str) -> str:
    """The file that a path on a page leads to."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path))) if path else page


def test_every_link_leads_to_a_file(names: set[str], pages: dict[str, _Links]) -> None:
    broken = []
    for page, links in pages.items():
        for address in links.addresses:
            parts = urlsplit(address)
            if not (parts.scheme or parts.netloc) and _target(page, parts.path) not in names:
                broken.append(f"{page} → {address}")
    assert broken == []


def test_every_fact_stands_in_its_source(pages: dict[str, _Links]) -> None:
    asked = 0
    for page, links in pages.items():
        for address in links.addresses:
            parts = urlsplit(address)
            if parts.fragment.startswith("fact-") and not parts.scheme:
                assert parts.fragment in pages[_target(page, parts.path)].anchors, (page, address)
                asked += 1
    assert asked > 50


def test_no_address_is_of_the_top_of_the_host(pages: dict[str, _Links]) -> None:
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


def test_both_languages_are_whole(pages: dict[str, _Links]) -> None:
    vietnamese = {page.removeprefix("vi/") for page in pages if page.startswith("vi/")}
    assert {page for page in pages if not page.startswith("vi/")} == vietnamese


def test_the_files_are_those_of_the_list(names: set[str], lagoon_release: Release, lagoon_folder: Path) -> None:
    """What stands in English; of the queries and networks one each, and nothing whose name comes from its content."""
    forms: dict[str, set[str]] = {}
    for name in names:
        stem, _, form = name.partition(".") if not name.startswith(".") else (name, "", "")
        is_one_of_many = re.match(r"(queries|networks|client/networks)/(files/)?(?!hosts|partners-met-together)", name)
        if not is_one_of_many and not re.match(r"vi/|assets/|client/facts/|(entities|sources)/.*cursor-", name):
            forms.setdefault(stem, set()).add(form)
    listed = "".join(f"{stem} {' '.join(sorted(found))}".rstrip() + "\n" for stem, found in sorted(forms.items()))
    check_golden(GOLDEN / "files.txt", listed)
    said = json.loads((lagoon_folder / MANIFEST).read_text())
    assert said["files"].keys() == names - {MANIFEST}
    assert said["release"] == lagoon_release.manifest.version


def test_the_client_is_told_what_there_is(names: set[str], lagoon_folder: Path) -> None:
    networks = json.loads((lagoon_folder / "client" / "site.json").read_text())["networks"]
    assert "mermaid" in networks["partners-met-together"]
    for name, forms in networks.items():
        assert forms, name
        for language in ("", "vi/"):
            assert {f"{language}networks/files/{name}.{form}" for form in forms} <= names


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
