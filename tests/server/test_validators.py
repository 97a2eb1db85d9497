"""304: by the tag of whatever coding the client has, else by the date of the release."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asoen_graph.build.pipeline import build_release
from asoen_graph.release import DESCRIPTION_FILE, Release
from asoen_graph.server.answers import Answers, Known
from asoen_graph.server.encodings import CODINGS, IDENTITY, wish_of
from asoen_graph.server.validators import Preconditions, http_date, last_modified, tag_of

from .conftest import Site

LONG = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?p ?s ?o LIMIT 200"
MOMENT = datetime(2021, 4, 5, 0, 0, 7, tzinfo=UTC)


@pytest.fixture
def dated(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The site with a release of a day in the past, and nothing kept."""
    front = replace(site.front, modified=MOMENT, answers=Answers(10**6))
    monkeypatch.setitem(site.app.state._state, "front", front)
    return replace(site, front=front)


def ask(site: Site, query: str = LONG, method: str = "GET", **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return site.client.request(method, "/sparql", params={"query": query}, headers=named)


class TestTags:
    @pytest.mark.parametrize("coding", [*CODINGS, "identity"])
    def test_a_client_that_got_a_coded_answer_has_it(self, site: Site, coding: str) -> None:
        tag = ask(site, accept_encoding=coding).headers["etag"]
        for written in (tag, f"W/{tag}", f'"other", {tag}'):
            for query in (LONG, LONG + " "):
                answer = ask(site, query, accept_encoding=coding, if_none_match=written)
                assert answer.status_code == (304 if query is LONG else 200)
        answer = ask(site, accept_encoding=coding, if_none_match=tag)
        assert answer.content == b""
        assert answer.headers["etag"] == tag
        assert answer.headers["vary"] == "Accept, Accept-Language, Accept-Encoding"
        assert "max-age" in answer.headers["cache-control"]

    def test_each_coding_has_its_own(self, site: Site) -> None:
        tags = {ask(site, accept_encoding=coding).headers["etag"] for coding in (*CODINGS, "identity")}
        assert len(tags) == 4
        assert not any(tag.startswith("W/") for tag in tags)

    def test_one_of_several_that_are_acceptable(self, site: Site) -> None:
        tag = ask(site, accept_encoding="gzip").headers["etag"]
        answer = ask(site, accept_encoding="gzip, br", if_none_match=tag)
        assert (answer.status_code, answer.headers["etag"]) == (304, tag)

    def test_not_one_the_client_takes_no_more(self, site: Site) -> None:
        tag = ask(site, accept_encoding="gzip").headers["etag"]
        assert ask(site, accept_encoding="br", if_none_match=tag).status_code == 200
        assert ask(site, accept_encoding="identity", if_none_match=tag).status_code == 200

    def test_lists_in_pieces(self, site: Site) -> None:
        headers = [("Accept-Encoding", "identity;q=0"), ("Accept-Encoding", "br")]
        answer = site.client.get("/sparql", params={"query": "ASK {}"}, headers=headers)
        assert answer.headers["content-encoding"] == "br"
        headers += [("If-None-Match", '"other"'), ("If-None-Match", answer.headers["etag"])]
        assert site.client.get("/sparql", params={"query": "ASK {}"}, headers=headers).status_code == 304

    def test_any(self, site: Site) -> None:
        assert ask(site, if_none_match="*").status_code == 304
        assert ask(site, "SELEC", if_none_match="*").status_code == 400

    def test_head(self, site: Site) -> None:
        tag = ask(site, method="HEAD", accept_encoding="br").headers["etag"]
        assert ask(site, method="HEAD", accept_encoding="br", if_none_match=tag).status_code == 304

    def test_post_is_answered(self, site: Site) -> None:
        tag = ask(site, accept_encoding="gzip").headers["etag"]
        headers = {"Accept-Encoding": "gzip", "If-None-Match": tag}
        assert site.client.post("/sparql", data={"query": LONG}, headers=headers).status_code == 200

    @given(st.lists(st.sampled_from(['"a"', 'W/"d"', '"d-gzip"', '"d"', "*", "x", '"d', ""]), max_size=4))
    def test_lists_of_tags(self, tags: list[str]) -> None:
        found = Preconditions(", ".join(tags)).named("d", ("gzip", IDENTITY))
        if '"d-gzip"' in tags:
            assert found == '"d-gzip"'
        elif {'"d"', 'W/"d"'} & set(tags):
            assert found == '"d"'
        else:
            assert found is None

    def test_redirections_have_none(self, site: Site) -> None:
        answer = site.client.get("/id/lsoe-12", headers={"Accept": "text/turtle"})
        assert answer.status_code == 303
        assert "etag" not in answer.headers


class TestDates:
    def test_they_are_the_releases(self, dated: Site) -> None:
        assert ask(dated).headers["last-modified"] == "Mon, 05 Apr 2021 00:00:07 GMT"

    @pytest.mark.parametrize(
        ("since", "status"),
        [
            ("Mon, 05 Apr 2021 00:00:07 GMT", 304),
            ("Tue, 06 Apr 2021 00:00:00 GMT", 304),
            ("Mon, 05 Apr 2021 00:00:06 GMT", 200),
            ("Monday, 05-Apr-21 00:00:07 GMT", 304),
            ("Mon Apr  5 00:00:07 2021", 304),
            ("yesterday", 200),
            ("Mon, 99 Apr 2021 00:00:07 GMT", 200),
            ("", 200),
        ],
    )
    def test_since(self, dated: Site, since: str, status: int) -> None:
        for _ in range(2):  # made, and kept
            answer = ask(dated, if_modified_since=since)
            assert answer.status_code == status
            assert answer.headers["etag"]

    def test_a_tag_wins(self, dated: Site) -> None:
        late = http_date(datetime.now(UTC))
        for _ in range(2):
            assert ask(dated, if_none_match='"other"', if_modified_since=late).status_code == 200
        tag = ask(dated).headers["etag"]
        early = "Thu, 01 Jan 1970 00:00:00 GMT"
        assert ask(dated, if_none_match=tag, if_modified_since=early).status_code == 304

    def test_not_for_what_is_not_there(self, dated: Site) -> None:
        late = http_date(datetime.now(UTC))
        assert dated.client.get("/api/entities/no-such", headers={"If-Modified-Since": late}).status_code == 404
        assert ask(dated, "SELECT (RAND() AS ?x) {}", if_modified_since=late).status_code == 200
        assert "last-modified" not in ask(dated, "SELECT (RAND() AS ?x) {}").headers

    def test_an_undated_release_has_none(self, site: Site) -> None:
        assert "last-modified" not in ask(site).headers


@pytest.mark.parametrize(
    ("heading", "version", "expected"),
    [
        ("## 2021.4.7 (2021-04-05)", "2021.4.7", MOMENT),
        ("## 2021.4.7 (2021-04-05)", "2021.4.8", None),
        ("## 2021.4.7", "2021.4.7", None),
        ("## 2921.4.7 (2921-04-05)", "2921.4.7", None),
    ],
)
def test_the_day_is_that_of_the_changelog(
    lagoon: Path, tmp_path: Path, heading: str, version: str, expected: datetime | None
) -> None:
    root = shutil.copytree(lagoon, tmp_path / "root")
    (root / "CHANGELOG.md").write_text(f"# Changelog\n\n{heading}\n", encoding="utf-8")
    build_release(root, tmp_path / "release", version, cache=None, progress=lambda _: None)
    assert last_modified(Release.open(tmp_path / "release")) == expected


def test_a_release_without_a_description(lagoon_release: Release, tmp_path: Path) -> None:
    folder = shutil.copytree(lagoon_release.folder, tmp_path / "release")
    (folder / DESCRIPTION_FILE).write_text("no turtle", encoding="utf-8")
    assert last_modified(Release(folder)) is None
    (folder / DESCRIPTION_FILE).unlink()
    assert last_modified(Release(folder)) is None


def test_dates_need_an_answer() -> None:
    answers, known, wish = Answers(0), Known("d", "Accept", "/", MOMENT), wish_of(None)
    assert answers.settle(known, wish, Preconditions(None, http_date(MOMENT))) is None
    assert answers.settle(known, wish, Preconditions(tag_of("d", IDENTITY))) is not None
