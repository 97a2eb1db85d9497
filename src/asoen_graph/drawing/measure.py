"""How wide a text is going to be, and where its lines break, without a font at hand.

A picture is drawn by whoever opens it, in the first font of ``FONTS`` they have, so a text is taken to be as wide as in
the widest of them. The table holds, in thousandths of the font size and rounded up to tens, the greatest advance width
of each character in DejaVu Sans 2.37, Noto Sans 2.007 and Liberation Sans 2.1 (which has the widths of Arial). The bold
faces of the same families are at most 1.24 times as wide. Other scripts go by the widest letters of their Noto Sans.
"""

from __future__ import annotations

import unicodedata
from typing import Final

FONTS: Final = "Noto Sans, DejaVu Sans, Arial, sans-serif"
BOLD: Final = 1.24
"""By how much a bold text may be wider."""

_WIDTHS: Final[dict[str, int]] = {
    character: width
    for width, characters in {
        280: "'ij",
        290: "l",
        320: " ,.·’‘\u00a0",
        340: ":;I",
        360: "f",
        370: "-",
        400: "()[]t",
        380: "/\\\\ľ",
        410: "!²³",
        420: "r",
        460: '"',
        500: "J`°",
        530: "sz“”",
        550: "c",
        560: "*?L_|–",
        580: "k",
        600: "vxy",
        620: "FTaeoơ•",
        640: "$0123456789bdghnpquđ{}€",
        680: "EKPSYư",
        690: "ABVX",
        700: "Z",
        730: "CR",
        740: "U",
        760: "HN",
        780: "&DG",
        790: "OQĐ",
        820: "w",
        840: "#+<=>^~×",
        860: "Ư",
        910: "M",
        920: "Ơ",
        960: "%",
        980: "m",
        1000: "W—…→←↔",
        1020: "@",
    }.items()
    for character in characters
}
_SCRIPTS: Final = (
    (0x00A0, 0x024F, 1430),  # Latin beyond the table
    (0x0370, 0x03FF, 940),  # Greek
    (0x0400, 0x04FF, 1230),  # Cyrillic
    (0x0590, 0x05FF, 740),  # Hebrew
    (0x0600, 0x06FF, 1000),  # Arabic, whose letters are narrower joined than alone
    (0x0900, 0x097F, 1030),  # Devanagari
    (0x0E00, 0x0E7F, 920),  # Thai
    (0x0E80, 0x0EFF, 1000),  # Lao
    (0x1780, 0x17FF, 1200),  # Khmer
)
_WIDEST: Final = 1600
_WIDE: Final = 1400
_ZERO_WIDTH_JOINER: Final = "\u200d"


def width(text: str, size: float) -> float:
    """The width of a line of text in the units of its font size; rather too wide than too narrow."""
    return sum(_advance(character) for character in text) * size / 1000


def wrap(text: str, size: float, limit: float) -> list[str]:
    """The lines of a text, none wider than the limit unless a single character is; words longer than a line are broken.

    Every run of white space, line breaks among them, becomes one space.
    """
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if width(joined, size) <= limit:
            lines[-1:] = [joined]
        else:
            lines += _pieces(word, size, limit)
    return lines


def wrap_evenly(text: str, size: float, limit: float) -> list[str]:
    """As ``wrap``, with as many lines but of nearly the same width, for a box around them."""
    best = wrap(text, size, limit)
    # Narrower than its longest word no text is set, or the word would be broken without need.
    too_narrow = max((min(width(word, size), limit) for word in text.split()), default=0.0)
    narrow_enough = max((width(line, size) for line in best), default=0.0)
    while narrow_enough - too_narrow > size / 4:
        middle = (too_narrow + narrow_enough) / 2
        lines = wrap(text, size, middle)
        if len(lines) > len(best) or any(width(line, size) > middle for line in lines):
            too_narrow = middle
        else:
            best, narrow_enough = lines, middle
    return best


def _pieces(word: str, size: float, limit: float) -> list[str]:
    pieces: list[str] = []
    for cluster in _clusters(word):
        if pieces and width(pieces[-1] + cluster, size) <= limit:
            pieces[-1] += cluster
        else:
            pieces.append(cluster)
    return pieces


def _clusters(word: str) -> list[str]:
    """The word in pieces that may stand on lines of their own: a letter with its marks, joined letters together."""
    clusters: list[str] = []
    for character in word:
        joins = unicodedata.category(character) in ("Mn", "Mc", "Me", "Cf") or (
            clusters and (clusters[-1].endswith(_ZERO_WIDTH_JOINER) or unicodedata.combining(clusters[-1][-1]) == 9)
        )
        if joins and clusters:
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters


def _advance(character: str) -> int:
    if character in _WIDTHS:
        return _WIDTHS[character]
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    base = unicodedata.decomposition(character).split(" ")[0]
    if base and not base.startswith("<"):
        return _advance(chr(int(base, 16)))
    if unicodedata.east_asian_width(character) in "WF":
        return _WIDE
    return next((wide for first, last, wide in _SCRIPTS if first <= ord(character) <= last), _WIDEST)
