"""The fonts of pictures, cut from Noto to what this project needs, so that PDF and PNG look alike on every machine.

``python tools/fonts.py FOLDER`` writes ``src/asoen_graph/drawing/fonts`` anew. FOLDER holds, at any depth, the files of
Debian's packages ``fonts-noto-core`` and ``fonts-noto-cjk`` (on such a machine ``/usr/share/fonts``), all under the SIL
Open Font License 1.1 (``OFL.txt`` beside them). ``coverage.txt`` says which characters the fonts have.

Latin, Greek and Cyrillic with all of Vietnamese; Khmer, Lao, Thai, Myanmar, Tamil, Arabic and Hebrew whole; of Chinese,
Japanese and Korean the characters of daily use (GB 2312 and JIS X 0208, level 1, kana, KS X 1001), without a bold face.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[1] / "src" / "asoen_graph" / "drawing" / "fonts"
EVERYTHING = ((0x20, 0x10FFFF),)
LATIN = (
    *((0x20, 0x7E), (0xA0, 0x4FF), (0x1E00, 0x1EFF), (0x2000, 0x20BF), (0x2100, 0x214F), (0x2190, 0x22FF)),
    *((0x25CC, 0x25CC), (0xFFFD, 0xFFFD)),
)
SCRIPTS = ("Khmer", "Lao", "Thai", "Myanmar", "Tamil", "Arabic", "Hebrew")
BOLD_SCRIPTS = ("Khmer", "Lao", "Thai")
SIGNS = ((0x2190, 0x2199), (0x2460, 0x2473), (0x25A0, 0x25FF), (0x2600, 0x266F), (0x3000, 0x30FF), (0xFF00, 0xFF65))
"""Arrows, numbers in circles, shapes, signs, kana and their punctuation."""
IDEOGRAPHS = {"gb2312": (0xA1, 0xD7), "euc_jp": (0xA1, 0xCF), "euc_kr": (0xB0, 0xC8)}
"""The rows of a coded character set that are kept: its signs and the first level of its characters."""
SIMPLIFIED_CHINESE = 2
"""The number of the font in the collection."""


def main(source: Path) -> None:
    """Write every font, the coverage and nothing else."""
    for weight in ("Regular", "Bold"):
        cut(source, f"NotoSans-{weight}.ttf", spread(LATIN))
        for script in SCRIPTS if weight == "Regular" else BOLD_SCRIPTS:
            cut(source, f"NotoSans{script}-{weight}.ttf", spread(EVERYTHING))
    cut(source, "NotoSansCJK-Regular.ttc", chain(spread(SIGNS), ideographs()), name="NotoSansCJKsc-Regular.otf")
    covered = {character for path in sorted(FONTS.glob("*-Regular.*")) for character in TTFont(path).getBestCmap()}
    FONTS.joinpath("coverage.txt").write_text("".join(f"{line}\n" for line in ranges(sorted(covered))))


def cut(source: Path, file: str, characters: Iterable[int], name: str | None = None) -> None:
    """Write the part of a font that has these characters."""
    options = subset.Options(
        hinting=False,
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
        layout_features=["*"] if name is None else [],
        notdef_outline=True,
        desubroutinize=True,
        font_number=SIMPLIFIED_CHINESE,
    )
    if name is not None:
        # What only vertical text needs is half as large as the letters.
        options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]
    font = subset.load_font(next(iter(sorted(source.rglob(file)))), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    subset.save_font(font, FONTS / (name or file), options)


def spread(pairs: Iterable[tuple[int, int]]) -> Iterator[int]:
    """Every number of these ranges."""
    return chain.from_iterable(range(first, last + 1) for first, last in pairs)


def ideographs() -> Iterator[int]:
    """The code points of the characters of daily use."""
    for encoding, (first, last) in IDEOGRAPHS.items():
        for row in range(first, last + 1):
            for cell in range(0xA1, 0xFF):
                character = bytes((row, cell)).decode(encoding, "ignore")
                if len(character) == 1 and character >= "\u2e80":
                    yield ord(character)


def ranges(numbers: list[int]) -> Iterator[str]:
    """Ascending numbers as ranges in hexadecimal."""
    breaks = [0, *(place for place, (a, b) in enumerate(pairwise(numbers), start=1) if b != a + 1), len(numbers)]
    for start, stop in pairwise(breaks):
        first, last = numbers[start], numbers[stop - 1]
        yield f"{first:X}" if first == last else f"{first:X}-{last:X}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
