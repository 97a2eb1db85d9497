"""The pictures in the documentation are what the script draws of the kept release that they name."""

from __future__ import annotations

import re

import pytest
from tools.examples import ALL, EXAMPLES, PICTURES, ROOT, draw

from asoen_graph.drawing.typesetting import covers

DRAWN = sorted(EXAMPLES.glob("*.svg"))


@pytest.fixture(scope="module")
def version() -> str:
    pictures = "".join(path.read_text("utf-8") for path in DRAWN)
    named = set(re.findall(r"Data: asoen_graph ([0-9.]+)\.<", pictures))
    assert len(named) == 1
    return named.pop()


def test_there_is_every_example_and_no_other_picture() -> None:
    wanted = {f"{'-'.join(filter(None, each[:2]))}.{form}" for each in PICTURES for form in each.formats}
    assert {path.name for path in EXAMPLES.iterdir() if path.suffix[1:] in ALL} == wanted


def test_the_release_they_name_is_kept(version: str) -> None:
    assert (ROOT / "releases" / version / "manifest.json").is_file()


def test_they_are_as_the_script_draws_them(version: str) -> None:
    """Where this fails because networks are drawn in another way now, ``make examples`` draws them anew."""
    drawn = dict(draw(version, ["svg", "html"]))
    assert {name for name in drawn if name.endswith(".svg")} == {path.name for path in DRAWN}
    assert [name for name, content in drawn.items() if EXAMPLES.joinpath(name).read_bytes() != content] == []


def test_the_fonts_of_the_package_have_every_character_of_them() -> None:
    assert [path.name for path in DRAWN if not covers(path.read_text("utf-8"))] == []


def test_the_page_shows_every_example() -> None:
    page = EXAMPLES.with_suffix(".md").read_text("utf-8")
    linked = set(re.findall(r"\(examples/([^)]+)\)", page))
    assert {path.name for path in EXAMPLES.iterdir() if path.suffix[1:] in ALL} <= linked
    assert all((EXAMPLES / name).is_file() for name in linked)
