"""The pages of networks over HTTP, and what their scripts and pictures ask for."""

from __future__ import annotations

import html
import re
from xml.etree import ElementTree

import httpx
import pytest
from tests.server.conftest import Site

ATTENDED = "/api/networks/attended"


def test_the_occasions_are_those_of_the_network(site: Site) -> None:
    answer = site.get(f"{ATTENDED}/occasions.json")
    document = answer.json()
    whole = site.get(f"{ATTENDED}.json").json()
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["etag"]
    assert {node["id"] for node in document["nodes"]} == {node["id"] for node in whole["nodes"]}
    assert len(document["links"]) == len(whole["edges"])
    assert document["title"].keys() == {"en", "vi"}
    assert all("x" in node and node["labels"]["en"] for node in document["nodes"])


def test_any_query_in_the_address_and_by_post(site: Site) -> None:
    query = "SELECT ?source ?target WHERE { ?source asoen:reportsTo ?target }"
    got = site.get("/api/network/occasions.json", query=query)
    posted = site.client.post("/api/network/occasions.json", data={"query": query})
    assert got.status_code == posted.status_code == 200
    assert got.json() == posted.json()
    assert got.json()["links"]


@pytest.mark.parametrize("part", ["top=0", "layout=cloud", "project=both", "at=2031"])
def test_what_there_is_not_is_refused(site: Site, part: str) -> None:
    answer = site.client.get(f"{ATTENDED}/occasions.json?{part}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_shape_is_a_small_picture(site: Site) -> None:
    answer = site.get(f"{ATTENDED}/small.svg")
    assert answer.headers["content-type"] == "image/svg+xml"
    root = ElementTree.fromstring(answer.content)
    assert root.get("viewBox") == "0 0 320 200"
    assert not [part for part in root.iter() if part.tag.endswith("text")]


def test_a_name_that_is_none_is_told_with_the_nearest(site: Site) -> None:
    answer = site.get("/networks/atended", "text/html", lang="en")
    assert answer.status_code == 404
    assert "attended" in answer.text


def test_one_link_with_all_its_evidence(site: Site) -> None:
    edge = site.get(f"{ATTENDED}.json").json()["edges"][0]
    page = site.get("/networks/attended", "text/html", ends=f"{edge['target']},{edge['source']}", lang="vi")
    assert page.status_code == 200
    assert page.text.count('<th scope="row">') == 1 + len(site.get(f"{ATTENDED}.json").json()["nodes"])


def test_a_mistake_in_a_field_leaves_the_rest_of_the_form(site: Site) -> None:
    page = site.get("/networks/attended", "text/html", at="2031-02-30", top="3", lang="en")
    assert page.status_code == 400
    assert 'aria-invalid="true" aria-describedby="problem-at"' in page.text
    assert 'name="top" value="3"' in page.text


def test_the_query_opens_in_the_editor_with_its_values(site: Site) -> None:
    def text_in_editor(path: str, **asked: str) -> str:
        page = site.get(path, "text/html", lang="en", **asked).text
        address = html.unescape(re.search(r'<a class="button plain" id="editor" href="([^"]+)"', page)[1])
        assert site.client.get(address, headers={"Accept": "text/html"}).status_code == 200
        return httpx.URL(address).params["edit"]

    whole = text_in_editor("/networks/attended")
    assert "?source" in whole
    assert "#+" not in whole
    written = "SELECT ?source ?target WHERE { ?source asoen:reportsTo ?target }"
    assert text_in_editor("/networks/query", query=written).strip() == written
    assert 'id="editor"' not in site.get("/networks/query", "text/html").text
