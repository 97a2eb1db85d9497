"""Literals: which texts a datatype of XML Schema or GeoSPARQL allows, and their one written form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from asoen_graph import dates
from asoen_graph.curation.facts import LiteralValue
from asoen_graph.curation.languages import is_language, meant_language
from asoen_graph.iris import GEO, XSD

MAX_TEXT: Final = 300
"""Characters: a name or a short description fits; more is the document's own text, not ours to republish."""

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)", re.ASCII)
_DECIMAL = re.compile(r"(-?(?:0|[1-9][0-9]*))(?:\.([0-9]+))?", re.ASCII)
_POINT = re.compile(r"POINT ?\( ?(-?[0-9]+(?:\.[0-9]+)?) +(-?[0-9]+(?:\.[0-9]+)?) ?\)", re.ASCII)
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#<>\"{}|\\^`\x00-\x1f\x7f-\x9f]+[^\s<>\"{}|\\^`\x00-\x1f\x7f-\x9f]*")
_NO_TEXT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
"""Control characters that are no space or line end, surrogates, noncharacters of Unicode, and the byte order mark."""


class Flaw(ValueError):
    """Why a text cannot be read as what is expected: the code, message and hint of the problem to report."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


def read_literal(text: str, datatype: str) -> LiteralValue:
    """The literal a text stands for, in canonical form. Raises Flaw where the datatype does not allow the text."""
    return LiteralValue(_READERS.get(datatype, clean_text)(text), datatype)


def read_date(text: str) -> LiteralValue:
    """The literal of a date with the datatype of its precision. Raises Flaw where there is no such date."""
    try:
        dates.parse(text)
    except ValueError as error:
        raise Flaw("bad-date", str(error), "Write 2031, 2031-05 or 2031-05-02") from None
    return LiteralValue(text, dates.datatype(text))


def clean_text(text: str) -> str:
    """The text in Unicode's composed form with single spaces.

    Raises Flaw where it is empty or too long, or holds a character that no text has.
    """
    found = _NO_TEXT.search(text)
    if found is not None:
        raise Flaw(
            "bad-character", f"The text holds the character U+{ord(found[0]):04X}, which no text has", "Remove it"
        )
    cleaned = " ".join(unicodedata.normalize("NFC", text).split())
    if not cleaned:
        raise Flaw("empty-value", "There is no value here", "Write one, or remove the key")
    if len(cleaned) > MAX_TEXT:
        raise Flaw(
            "text-too-long",
            f"The text has {len(cleaned)} characters; at most {MAX_TEXT} are allowed",
            "Say it in a few words: the sentences of a document are not ours to republish",
        )
    return cleaned


def check_language(tag: str) -> None:
    """Raise Flaw where the text is no language tag as ``languages`` has them."""
    if not is_language(tag):
        meant = meant_language(tag)
        hint = f"Did you mean {meant!r}?" if meant else "Write one such as en, vi or zh-Hant"
        raise Flaw("bad-language", f"{tag!r} is not a language tag", hint)


def _language(text: str) -> str:
    check_language(text)
    return text


def _integer(text: str) -> str:
    if _INTEGER.fullmatch(text) is None:
        raise Flaw("bad-number", f"{text!r} is not a whole number", "Write digits only, such as 1250")
    return text


def _decimal(text: str) -> str:
    found = _DECIMAL.fullmatch(text)
    if found is None:
        raise Flaw(
            "bad-number", f"{text!r} is not a number", "Write digits with a point for the fraction, such as 1250.5"
        )
    whole, fraction = found[1], (found[2] or "").rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


def _boolean(text: str) -> str:
    if text not in ("true", "false"):
        raise Flaw("bad-boolean", f"{text!r} is neither true nor false", "Write true or false")
    return text


def _day(text: str) -> str:
    literal = read_date(text)
    if literal.datatype != XSD + "date":
        raise Flaw("bad-date", f"{text!r} is not a day", "Write the whole date, such as 2031-05-02")
    return text


def _year(text: str) -> str:
    literal = read_date(text)
    if literal.datatype != XSD + "gYear":
        raise Flaw("bad-date", f"{text!r} is not a year", "Write the year only, such as 2031")
    return text


def _web_address(text: str) -> str:
    if _WEB_ADDRESS.fullmatch(text) is None:
        raise Flaw("bad-url", f"{text!r} is not a web address", "Write it whole, from https:// on and without spaces")
    return text


def _point(text: str) -> str:
    found = _POINT.fullmatch(text)
    if found is None:
        raise Flaw(
            "bad-point", f"{text!r} is not a point", "Write POINT(longitude latitude), such as POINT(105.85 21.03)"
        )
    longitude, latitude = found.groups()
    if abs(float(longitude)) > 180 or abs(float(latitude)) > 90:
        raise Flaw("bad-point", f"There is no such place as {text!r}", "The longitude comes first: POINT(105.85 21.03)")
    return f"POINT({longitude} {latitude})"


_READERS: Final[dict[str, Callable[[str], str]]] = {
    XSD + "integer": _integer,
    XSD + "decimal": _decimal,
    XSD + "boolean": _boolean,
    XSD + "date": _day,
    XSD + "gYear": _year,
    XSD + "anyURI": _web_address,
    XSD + "language": _language,
    GEO + "wktLiteral": _point,
}
"""How the text of a datatype is read; any other datatype takes a short text."""
