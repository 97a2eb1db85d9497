"""PDF and PNG: read by programs that are not ours."""

from __future__ import annotations

import io
import json
import re
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import networkx
import pypdf
import pypdfium2
import pytest
from hypothesis import given, settings
from tests.network import samples
from tests.network.conftest import NAMES
from tests.network.test_formats import TEXTS

from asoen_graph.drawing.paper import PAPERS, Printing, Sheet
from asoen_graph.drawing.typesetting import covers
from asoen_graph.errors import NetworkError, ParameterError
from asoen_graph.network.formats import png, write
from asoen_graph.network.model import Network
from asoen_graph.network.picture import composition

Project = Callable[..., Network]
SVG = "{http://www.w3.org/2000/svg}"

LABELS = {
    "Vietnamese": "Bộ Tài nguyên và Môi trường",
    "Khmer": "ក្រសួងបរិស្ថាន",
    "Lao": "ກະຊວງຊັບພະຍາກອນທຳມະຊາດ",
    "Thai": "กรมควบคุมมลพิษ",
    "Burmese": "ပတ်ဝန်းကျင်ထိန်းသိမ်းရေး",
    "Tamil": "சுற்றுச்சூழல் அமைச்சு",
    "Arabic": "جمهورية إندونيسيا",
    "Hebrew": "עברית and English",
    "Chinese": "生态环境部",
    "Japanese": "環境省の会議",
    "Korean": "환경부",
    "markup": '*bold* #heading $x$ <b> & "quoted" \\ `code`',
    "breaks": "two\nlines\tand\x07a bell",
}


def pdf(network: Network, **options: Any) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(write(network, "pdf", Printing.of(**options))))


def chunks(content: bytes) -> list[tuple[bytes, bytes]]:
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    found, at = [], 8
    while at < len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        kind, data = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        assert content[at + 8 + length : at + 12 + length] == struct.pack(">I", zlib.crc32(kind + data))
        found.append((kind, data))
        at += 12 + length
    return found


def texts(content: bytes) -> dict[str, str]:
    """The compressed iTXt chunks of a PNG."""
    found = {}
    for kind, data in chunks(content):
        if kind == b"iTXt":
            keyword, rest = data.split(b"\0", 1)
            assert rest[:2] == b"\1\0"
            _, _, packed = rest[2:].split(b"\0", 2)
            found[keyword.decode("latin-1")] = zlib.decompress(packed).decode()
    return found


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_pdf_has_its_texts_and_says_what_it_is(project: Project, name: str, language: str) -> None:
    network = project(name, language=language)
    read = pdf(network)
    assert read.metadata is not None
    assert read.metadata.title == network.title
    root: Any = read.trailer["/Root"]
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert "pdfuaid:part>1<" in read.xmp_metadata.stream.get_data().decode()  # type: ignore[union-attr]
    first = " ".join(read.pages[0].extract_text().split())
    for node in network.nodes:
        assert all(word in first for word in node.label.split())
    assert network.title in first
    assert "lagoon 2031.5.0" in first


def test_a_screen_reader_is_told_the_picture_link_by_link(project: Project) -> None:
    network = project("partners-met-together")
    (figure,) = [each for each in structure(pdf(network)) if each.get("/S") == "/Figure"]
    assert figure["/Alt"] == f"{network.title}.\n{composition.description_of(network)}"


def structure(read: pypdf.PdfReader) -> list[Any]:
    """Every element of the structure tree."""
    root: Any = read.trailer["/Root"]
    found, waiting = [], [root["/StructTreeRoot"]]
    while waiting:
        each = waiting.pop().get_object()
        if isinstance(each, pypdf.generic.ArrayObject):
            waiting += each
        elif isinstance(each, pypdf.generic.DictionaryObject):
            found.append(each)
            waiting += [each[key] for key in ("/K",) if key in each]
    return found


def test_sources_are_links_on_a_sheet_of_their_own(project: Project) -> None:
    network = project("partners-met-together")
    read = pdf(network)
    addresses = {
        annotation.get_object()["/A"]["/URI"] for page in read.pages[1:] for annotation in page.get("/Annots", [])
    }
    cited = {doc.url for edge in network.edges for each in edge.citations for doc in each.documents if doc.url}
    assert addresses == cited
    assert "/Annots" not in read.pages[0]


@pytest.mark.parametrize("name", NAMES)
def test_the_network_itself_is_in_the_file(project: Project, name: str) -> None:
    network = project(name)
    (attached,) = pdf(network).attachments[f"{name}.json"]
    assert attached == write(network, "json")
    assert texts(write(network, "png"))["Network"].encode() == attached
    graph = networkx.node_link_graph(json.loads(attached), edges="edges")
    assert len(graph) == len(network.nodes)
    assert all(data["facts"] and data["sources"] for _, _, data in graph.edges(data=True))


@pytest.mark.parametrize("label", list(LABELS.values()), ids=list(LABELS))
def test_a_label_of_any_script_is_drawn_as_real_text(label: str) -> None:
    a, b = samples.node("a", label), samples.node("b")
    read = pdf(Network((a, b), (samples.edge(a, b),), title=label, language="vi"))
    fonts: Any = read.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    assert all("NotoSans" in font.get_object()["/BaseFont"] for font in fonts.values())
    shown = "".join(read.pages[0].extract_text().split())
    # Readers give stacked signs in an order of their own, so letters are counted and not compared as they follow.
    assert all(letter in shown for letter in label if letter.isalpha() and letter.isprintable())


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_any_label_is_printed(label: str) -> None:
    a, b = samples.node("a", label), samples.node("b")
    network = Network((a, b), (samples.edge(a, b),), title=label, description=label, release=label)
    assert len(pdf(network).pages) == 2
    assert write(network, "png", Printing.of(dpi=36)).endswith(b"IEND\xaeB`\x82")


def test_what_no_font_of_the_package_has_is_drawn_nevertheless() -> None:
    cuneiform = samples.node("a", "\U00012000 a sign")
    assert not covers(cuneiform.label)
    network = Network((cuneiform,), (), title="Signs")
    assert "a sign" in pdf(network).pages[0].extract_text()
    assert write(network, "png").startswith(b"\x89PNG")


def test_an_empty_network_is_a_picture_with_a_note(project: Project) -> None:
    network = project("partners-met-together", at="1999")
    read = pdf(network)
    assert len(read.pages) == 1
    assert "No link falls in this period." in read.pages[0].extract_text()
    assert "No link falls in this period." in texts(write(network, "png"))["Description"]


def test_pdf_and_png_show_the_same() -> None:
    network = samples.mixed()
    content = write(network, "png", Printing.of("fit", 96))
    page = pypdfium2.PdfDocument(write(network, "pdf", Printing.of("fit")))[0]
    drawn = page.render(scale=96 / 72, rev_byteorder=True)
    (header,) = [data for kind, data in chunks(content) if kind == b"IHDR"]
    wide, high = struct.unpack(">II", header[:8])
    assert (wide, high) == pytest.approx((drawn.width, drawn.height), abs=1)
    ours, theirs = dark(content, wide, high), dark_in(drawn)
    # Two programs smooth edges in two ways; what is dark is dark in both, to a point beside it.
    near = {(x + dx, y + dy) for x, y in theirs for dx in (-1, 0, 1) for dy in (-1, 0, 1)}
    assert ours
    assert len(ours - near) < 0.01 * len(ours)


@pytest.mark.parametrize("dpi", [61, 97, 100, 110])
def test_no_row_of_dots_is_left_out(dpi: int) -> None:
    network = samples.star(12)
    content = write(network, "png", Printing.of("a4", dpi))
    wide, high = struct.unpack(">II", dict(chunks(content))[b"IHDR"][:8])
    page = composition.compose(network, sources=False)
    scale = Sheet.of("a4", (page.width, page.height), composition.TEXT_SIZE).scale * dpi / 72
    rows = unfiltered(pixels(content), wide, high)
    root = ElementTree.fromstring(page.written("star", "", "", "en"))
    (graph,) = [group for group in root if group.get("transform") and group.find(f"{SVG}g[@class='node']") is not None]
    left, top = map(float, re.findall(r"[\d.]+", graph.get("transform", "")))
    for frame in graph.iterfind(f"{SVG}g[@class='node']/{SVG}rect"):
        x, y, width, height = (float(frame.get(name, "")) for name in ("x", "y", "width", "height"))
        at_x, at_y = int((left + x + width / 2) * scale), int((top + y + height / 4) * scale)
        for side in (left + x, left + x + width):
            near = range(int(side * scale) - 1, int(side * scale) + 2)
            assert sum(255 - rows[at_y][4 * dot] for dot in near) > 0.8 * 1.6 * scale * 255
        for side in (top + y, top + y + height):
            near = range(int(side * scale) - 1, int(side * scale) + 2)
            assert sum(255 - rows[dot][4 * at_x] for dot in near) > 0.8 * 1.6 * scale * 255


def pixels(content: bytes) -> bytes:
    return zlib.decompress(b"".join(data for kind, data in chunks(content) if kind == b"IDAT"))


def dark(content: bytes, wide: int, high: int) -> set[tuple[int, int]]:
    bitmap = unfiltered(pixels(content), wide, high)
    return {(x, y) for y in range(high) for x in range(wide) if max(bitmap[y][4 * x : 4 * x + 3]) < 110}


def dark_in(bitmap: pypdfium2.PdfBitmap) -> set[tuple[int, int]]:
    pixels, step = bytes(bitmap.buffer), bitmap.n_channels
    return {
        (x, y)
        for y in range(bitmap.height)
        for x in range(bitmap.width)
        if max(pixels[y * bitmap.stride + x * step :][:3]) < 140
    }


def unfiltered(raw: bytes, wide: int, high: int) -> list[bytes]:
    """The rows of eight-bit RGBA (ISO/IEC 15948, 9.2)."""
    rows, before, size = [], bytes(4 * wide), 4 * wide
    for y in range(high):
        kind, row = raw[y * (size + 1)], bytearray(raw[y * (size + 1) + 1 : (y + 1) * (size + 1)])
        for i in range(size):
            left, up, corner = (row[i - 4], before[i], before[i - 4]) if i >= 4 else (0, before[i], 0)
            guess = left + up - corner
            paeth = min((left, up, corner), key=lambda each, guess=guess: abs(guess - each))  # type: ignore[misc]
            row[i] = (row[i] + (0, left, up, (left + up) // 2, paeth)[kind]) % 256
        before = bytes(row)
        rows.append(before)
    return rows


@pytest.mark.parametrize("dpi", [72, 300])
def test_a_png_has_the_resolution_asked_for(dpi: int) -> None:
    network = samples.mixed()
    content = write(network, "png", Printing.of("a4", dpi))
    by_kind = dict(chunks(content))
    page = composition.compose(network, sources=False)
    sheet = Sheet.of("a4", (page.width, page.height), composition.TEXT_SIZE)
    wide, high = struct.unpack(">II", by_kind[b"IHDR"][:8])
    assert (wide, high) == pytest.approx(
        (page.width * sheet.scale * dpi / 72, page.height * sheet.scale * dpi / 72), abs=1
    )
    assert struct.unpack(">IIB", by_kind[b"pHYs"]) == (round(dpi / 0.0254), round(dpi / 0.0254), 1)


def test_a_png_says_what_it_shows(project: Project) -> None:
    network = project("partners-met-together")
    told = texts(write(network, "png", Printing.of(dpi=72)))
    assert told["Title"] == network.title
    assert "lagoon 2031.5.0" in told["Source"]
    assert composition.description_of(network) in told["Description"]


@pytest.mark.parametrize("paper", PAPERS)
def test_the_picture_is_on_one_sheet_and_the_sheet_is_as_asked_for(paper: str) -> None:
    read = pdf(samples.star(60), paper=paper)
    width, height = (float(side) / 72 * 25.4 for side in read.pages[0].mediabox[2:])
    known = {"a5": (148, 210), "a4": (210, 297), "a3": (297, 420), "a2": (420, 594), "letter": (216, 279)}
    if paper == "fit":
        page = composition.compose(samples.star(60), sources=False)
        assert (width, height) == pytest.approx((page.width * 25.4 / 96, page.height * 25.4 / 96), abs=0.1)
    else:
        wanted = known.values() if paper == "auto" else [known[paper]]
        assert sorted((round(width), round(height))) in [list(sides) for sides in wanted]
    assert "The organisation" in read.pages[0].extract_text()
    assert "Sources" in read.pages[1].extract_text()


@pytest.mark.parametrize("count", [5, 40, 70])
def test_labels_have_six_points_on_the_sheet_that_is_chosen(count: int) -> None:
    page = composition.compose(samples.star(count), sources=False)
    sheet = Sheet.of("auto", (page.width, page.height), composition.TEXT_SIZE)
    assert composition.TEXT_SIZE * sheet.scale >= 6
    assert page.width * sheet.scale <= sheet.width - 2 * sheet.margin
    assert page.height * sheet.scale <= sheet.height - 2 * sheet.margin


@pytest.mark.parametrize(("options", "said"), [({"dpi": 20}, "36"), ({"dpi": 5000}, "1200"), ({"paper": "a44"}, "a4")])
def test_what_cannot_be_printed_is_answered_with_what_can(options: dict[str, Any], said: str) -> None:
    with pytest.raises(ParameterError) as caught:
        Printing.of(**options)
    assert said in caught.value.hint


def test_too_many_dots_are_refused_with_how_many_are_possible(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(png, "MOST_DOTS", 1_000_000)
    with pytest.raises(NetworkError, match="too large") as caught:
        write(samples.mixed(), "png", Printing.of("fit", 600))
    possible = int("".join(filter(str.isdigit, caught.value.hint.split("dots")[0])))
    assert write(samples.mixed(), "png", Printing.of("fit", possible))


def test_too_many_lines_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composition, "MOST_EDGES", 4)
    with pytest.raises(NetworkError, match="5 links") as caught:
        write(replace(samples.mixed()), "pdf")
    assert "--top" in caught.value.hint


def test_layers_hold_fewer_links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composition, "MOST_LAYERED_EDGES", 3)
    with pytest.raises(NetworkError, match="3 is the limit") as caught:
        write(replace(samples.star(5), layout="layered"), "svg")
    assert "--component" in caught.value.hint
    assert write(samples.star(5), "svg")
