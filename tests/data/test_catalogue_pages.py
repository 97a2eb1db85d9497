"""The page of every query of the catalogue, over the real graph, as somebody sees it who has chosen nothing yet."""

from __future__ import annotations

import re

import pytest

from asoen_graph.queries.catalogue import Catalogue
from asoen_graph.release import Release
from asoen_graph.resources import queries_folder
from asoen_graph.server.library import Library
from asoen_graph.server.operations import query_pages
from asoen_graph.server.settings import Limits

CATALOGUE = Catalogue.read(queries_folder())
NAMES = sorted(name for name in CATALOGUE if not CATALOGUE[name].is_network)
MOST_ROWS_WITHOUT_SOURCE = {
    "documents",
    "documents-without-locator",
    "entities-without-vietnamese-label",
    "facts-by-number-of-sources",
    "sources-by-age",
    "sources-by-use",
}
"""Queries that count facts instead of telling them, or that tell what the register has not."""


@pytest.fixture(scope="module")
def library(release: Release) -> Library:
    return Library.of(release, queries_folder())


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("name", NAMES)
def test_it_answers_and_says_from_where(library: Library, name: str, language: str) -> None:
    arguments = {"name": name, "values": {}, "language": language, "base": "http://127.0.0.1/"}
    reply = query_pages.query(library, arguments, Limits())
    assert reply.status == 200
    text = reply.body.decode()
    assert CATALOGUE[name].title[language].replace("'", "&#39;") in text
    rows = text.partition("<tbody>")[2].partition("</tbody>")[0].count("<tr>")
    assert rows
    if name not in MOST_ROWS_WITHOUT_SOURCE:
        assert 'href="#source-1"' in text
    for cited in set(re.findall(r'href="#(source-\d+)"', text)):
        assert f'id="{cited}"' in text
    # No parameter takes a name that the page has for itself.
    assert not {"page", "show", "lang", "format", "timeout"} & CATALOGUE[name].parameters.keys()


def test_a_long_answer_comes_in_parts(library: Library) -> None:
    arguments = {"name": "documents", "values": {}, "language": "en", "base": ""}
    parts: list[str] = []
    for page in (1, 2, 3):
        text = query_pages.query(library, {**arguments, "page": page}, Limits()).body.decode()
        body = text.partition("<tbody>")[2].partition("</tbody>")[0]
        parts += re.findall(r'<tr>\s*<td[^>]*><a href="([^"]+)"', body)
        assert ('rel="next"' in text) == (page < 3)
    assert len(parts) == len(set(parts)) > 1000
