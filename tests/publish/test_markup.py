"""Tags are changed, and texts are not, whatever they look like."""

from __future__ import annotations

import pytest

from asoen_graph.site.markup import Attributes, attributes_of, change

PAGES = {
    '<a href="/x">/x</a>': '<a href="[/x]">/x</a>',
    '<a title="> href=/y" href="/x">t</a>': '<a title="&gt; href=/y" href="[/x]">t</a>',
    "<a href='/x' download>t</a>": '<a href="[/x]" download>t</a>',
    "<a href=/x>t</a>": '<a href="[/x]">t</a>',
    '<p>&lt;a href="/x"&gt;</p>': '<p>&lt;a href="/x"&gt;</p>',
    '<!-- <a href="/x"> -->': '<!-- <a href="/x"> -->',
    '<script type="application/json">{"a": "<a href=\\"/x\\">"}</script>': (
        '<script type="application/json">{"a": "<a href=\\"/x\\">"}</script>'
    ),
    '<script src="/x.js"></script>': '<script src="[/x.js]"></script>',
    '<textarea><a href="/x"></textarea>': '<textarea><a href="/x"></textarea>',
    "<p>1 < 2 and <b>3 > 2</b></p>": "<p>1 < 2 and <b>3 > 2</b></p>",
    '<a href="/x?a=1&amp;b=%22">"</a>': '<a href="[/x?a=1&amp;b=%22]">"</a>',
    '<p><a href="gone">text</a> stays</p>': "<p> stays</p>",
    '<link href="gone"><p>stays</p>': "<p>stays</p>",
}


def _mark(tag: str, attributes: Attributes) -> Attributes | None:
    for name in ("href", "src"):
        if attributes.get(name) == "gone":
            return None
        if name in attributes:
            attributes[name] = f"[{attributes[name]}]"
    return attributes


@pytest.mark.parametrize(("page", "changed"), PAGES.items())
def test_only_tags_change(page: str, changed: str) -> None:
    assert change(page, _mark) == changed


def test_something_stands_after_forms() -> None:
    assert change('<form action="/x"><p></p></form>', _mark, "<i></i>") == '<form action="/x"><p></p></form><i></i>'


def test_attributes_are_read_as_browsers_do() -> None:
    assert attributes_of(""" A="1" b='2' c=3 d a="4" e="&lt;" """) == {
        "a": "1",
        "b": "2",
        "c": "3",
        "d": None,
        "e": "<",
    }
