"""A picture as PDF and PNG: its shapes as they were drawn, its texts as real text in the fonts of the package.

Typst does it (the template is ``page.typ`` beside this module). The PDF follows PDF/UA-1 (ISO 14289-1): it tells its
title and language, the picture has a text in its place, the sources are a list of links. No clock and no font of the
machine comes into it, so the same picture gives the same bytes; only for characters that no font of the package has
are the machine's fonts looked through.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple
from xml.etree import ElementTree

import typst

from asoen_graph.drawing.paper import Sheet

_FOLDER: Final = Path(__file__).parent
_SVG: Final = "http://www.w3.org/2000/svg"
_UNSEEN: Final = tuple(f"{{{_SVG}}}{name}" for name in ("text", "title", "desc"))
_SHIFT = re.compile(r"translate\(([-0-9.]+) ([-0-9.]+)\)")
_WHITE = re.compile(r"[\t-\r\x85\u2028\u2029]")
_NO_CHARACTER = re.compile("[\0-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_POINTS_PER_INCH: Final = 72
_LESS_THAN_A_DOT: Final = 0.001
_FAMILIES: Final = (
    "Noto Sans",
    *(f"Noto Sans {script}" for script in ("Khmer", "Lao", "Thai", "Myanmar", "Tamil", "Arabic", "Hebrew", "CJK SC")),
)


class Run(NamedTuple):
    """A piece of a text, and the address it leads to."""

    text: str
    address: str | None = None


class Attachment(NamedTuple):
    """A file that a PDF carries."""

    name: str
    media_type: str
    description: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """A picture to be printed: SVG as ``Page.written`` gives it, with its size in units, and what is told of it.

    ``alternative`` stands for the picture where it cannot be seen. ``sources`` follow on further sheets of a PDF, under
    ``sources_heading``; ``footer`` is at the foot of each.
    """

    svg: bytes
    width: float
    height: float
    title: str
    description: str
    alternative: str
    language: str
    footer: str = ""
    sources_heading: str = ""
    sources: Sequence[Sequence[Run]] = ()
    attachment: Attachment | None = None


def to_pdf(picture: Print, paper: str, text: float) -> bytes:
    """The picture, whose texts have that size, as PDF on a sheet, its sources on the next."""
    sheet = Sheet.of(paper, (picture.width, picture.height), text)
    return _compiled(_told(picture, sheet), format="pdf", pdf_standards=["ua-1"])


def to_png(picture: Print, sheet: Sheet, dpi: int) -> bytes:
    """The picture alone as PNG, as large as it would be on the sheet."""
    # On a whole number of dots, or Typst would draw the shapes a little larger and leave out rows of dots to fit them.
    dots_per_unit = sheet.scale * dpi / _POINTS_PER_INCH
    width, height = (
        (math.ceil(length * dots_per_unit) - _LESS_THAN_A_DOT) / dots_per_unit
        for length in (picture.width, picture.height)
    )
    cut = Sheet(width * sheet.scale, height * sheet.scale, 0.0, sheet.scale)
    told = _told(replace(picture, width=width, height=height, sources=(), attachment=None), cut)
    return _compiled(told, format="png", ppi=dpi)


def covers(text: str) -> bool:
    """Whether the fonts of the package have every character of a text that is seen."""
    known = _coverage()
    return all(
        ord(character) in known or character.isspace() or unicodedata.category(character) == "Cf"
        for character in set(text)
    )


def _clean(text: str) -> str:
    """The text with white space as spaces, and U+FFFD for what stands for no character."""
    return _NO_CHARACTER.sub("\ufffd", _WHITE.sub(" ", text))


def _told(picture: Print, sheet: Sheet) -> dict[str, Any]:
    """What the template is told."""
    shapes, texts = _parted(picture)
    attachment = picture.attachment
    return {
        "title": _clean(picture.title),
        "description": _clean(picture.description),
        "alt": "\n".join(map(_clean, picture.alternative.split("\n"))),
        "language": picture.language,
        "fonts": _FAMILIES,
        "page": {
            "width": sheet.width,
            "height": sheet.height,
            "margin": sheet.margin,
            "numbered": sheet.margin > 0,
        },
        "scale": sheet.scale,
        "picture": {"width": picture.width, "height": picture.height, "shapes": shapes},
        "texts": texts,
        "footer": _clean(picture.footer),
        "sources-heading": picture.sources_heading,
        "sources": [[{"text": _clean(run.text), "address": run.address} for run in runs] for runs in picture.sources],
        "attachment": attachment and {key.replace("_", "-"): value for key, value in attachment._asdict().items()},
    }


def _parted(picture: Print) -> tuple[str, list[dict[str, Any]]]:
    """The picture without its texts, and the texts with their places."""
    # It is this project's own SVG, which has neither entities nor a document type.
    root = ElementTree.fromstring(picture.svg)  # noqa: S314
    texts = list(_lifted(root, 0.0, 0.0))
    size = f"{picture.width:.6f}", f"{picture.height:.6f}"
    root.attrib |= {"width": size[0], "height": size[1], "viewBox": f"0 0 {size[0]} {size[1]}"}
    ElementTree.register_namespace("", _SVG)
    return ElementTree.tostring(root, encoding="unicode"), texts


def _lifted(parent: ElementTree.Element, x: float, y: float) -> Iterator[dict[str, Any]]:
    """Take the texts out of an element; where they stood, with the shifts of all that holds them."""
    shift = _SHIFT.fullmatch(parent.get("transform", ""))
    if shift is not None:
        x, y = x + float(shift[1]), y + float(shift[2])
    for child in list(parent):
        if child.tag == _UNSEEN[0]:
            yield {
                "x": x + float(child.get("x", "0")),
                "y": y + float(child.get("y", "0")),
                "size": float(child.get("font-size", "0")),
                "fill": child.get("fill"),
                "bold": child.get("font-weight") == "bold",
                "anchor": child.get("text-anchor", "start"),
                "text": _clean(child.text or ""),
            }
        if child.tag in _UNSEEN:
            parent.remove(child)
        else:
            yield from _lifted(child, x, y)


def _compiled(told: Mapping[str, Any], **options: Any) -> bytes:
    seen = [line["text"] for line in told["texts"]] + [run["text"] for runs in told["sources"] for run in runs]
    foreign = not covers("".join((told["footer"], *seen)))
    if foreign:
        # What even the machine's fonts do not have would be refused by the standard.
        options.pop("pdf_standards", None)
    compiler = typst.Compiler(
        _FOLDER.joinpath("page.typ").read_bytes(),
        root=_FOLDER,
        font_paths=_fonts(foreign),
        sys_inputs={"told": json.dumps(told, ensure_ascii=False)},
    )
    try:
        made = compiler.compile(**options)
    except BaseException as error:
        # Where there is no memory for its threads Typst panics, which Python knows as no Exception.
        if type(error).__name__ == "PanicException":
            raise MemoryError("there is not enough memory to draw in") from error
        raise
    if not isinstance(made, bytes):
        raise TypeError("a picture that takes one page has taken several")
    return made


@cache
def _fonts(foreign: bool) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=foreign, include_embedded_fonts=False, font_paths=[str(_FOLDER / "fonts")])


@cache
def _coverage() -> frozenset[int]:
    """The code points the fonts have, by ``coverage.txt``."""
    found: set[int] = set()
    for line in _FOLDER.joinpath("fonts", "coverage.txt").read_text(encoding="ascii").splitlines():
        first, _, last = line.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)
