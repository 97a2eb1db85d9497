"""Choosing the form and the language of an answer, as RFC 9110 (12.4, 12.5) asks.

Each offer gets the quality of the most specific media range that covers it. The highest quality wins, then the more
specific range, then the order of the offers. No quality above zero is a refusal that lists what there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from asoen_graph.errors import ParameterError
from asoen_graph.messages import tell
from asoen_graph.server.problems import NotAcceptable
from asoen_graph.text import nearest

LANGUAGES: Final = ("en", "vi")

LONGEST_HEADER: Final = 4096
"""A longer header is not read: matching quotes in it could take long, and no honest client sends one."""

_LONGEST_USUAL: Final = 500
"""What is made of a shorter header is remembered: few are in use."""

_ALSO_CALLED: Final = {
    "turtle": ("ttl",),
    "n3": ("ttl",),
    "ntriples": ("nt",),
    "n-triples": ("nt",),
    "nquads": ("nq",),
    "n-quads": ("nq",),
    "json-ld": ("jsonld",),
    "rdf+xml": ("rdf",),
    "rdfxml": ("rdf",),
    "xml": ("rdf",),
    "json": ("jsonld",),
    "markdown": ("md",),
}
"""What clients (SPARQLWrapper, Virtuoso's users) call the forms; graphs have no ``json`` or ``xml`` but these."""

_WORD = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_ELEMENT = re.compile(rf'(?:[^,"]|{_QUOTED})+')
_PART = re.compile(rf'(?:[^;"]|{_QUOTED})+')
_PARAMETER = re.compile(rf"({_WORD})=({_WORD}|{_QUOTED})")
_RANGE = re.compile(rf"({_WORD})/({_WORD})")
_LANGUAGE_RANGE = re.compile(r"\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_QUALITY = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")


@dataclass(frozen=True, slots=True)
class Offer:
    """A form an answer can have: its name for ``?format=`` and the media type it is sent as."""

    format: str
    media_type: str


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One element of an ``Accept`` header; ``charset`` is empty where it names none."""

    type: str
    subtype: str
    quality: float
    charset: str = ""

    @property
    def specificity(self) -> int:
        """0 for ``*/*``, 1 for ``text/*``, 2 for ``text/csv``, 3 with a charset."""
        if self.type == "*":
            return 0
        return 1 if self.subtype == "*" else 2 + bool(self.charset)

    def covers(self, media_type: str) -> bool:
        """Whether the media type falls within the range; everything here is UTF-8."""
        type_, _, subtype = media_type.partition("/")
        return (
            self.type in ("*", type_) and self.subtype in ("*", subtype) and self.charset in ("", "utf-8", "utf8", "*")
        )


def parse_accept(header: str) -> tuple[MediaRange, ...]:
    """The media ranges of an ``Accept`` header; elements that are none are left out.

    Parameters other than ``q`` and ``charset`` (such as the profile of JSON-LD) do not narrow a range.
    """
    return tuple(found for element in _elements(header) if (found := _media_range(element)) is not None)


def choose(offers: Sequence[Offer], accept: str | None, name: str | None = None) -> Offer:
    """The offer that suits an ``Accept`` header best; a name (``?format=``) decides alone.

    The name may be a media type, and several with commas between them: the first there is counts.

    Raises NotAcceptable where no offer is acceptable, ParameterError where nothing has the name.
    """
    if name is not None:
        return _named(offers, name)
    if accept is None or not accept.strip():
        return offers[0]
    ranges = parse_accept(accept)
    best = max(offers, key=lambda offer: _rank(offer, ranges))
    if _rank(best, ranges)[0] <= 0:
        raise NotAcceptable(sorted({offer.media_type for offer in offers}))
    return best


def choose_language(header: str | None, name: str | None = None) -> str:
    """``en`` or ``vi``: the one named (``?lang=``), else the one an ``Accept-Language`` header prefers, else English.

    Raises ParameterError where the name is neither.
    """
    if name is not None:
        if name not in LANGUAGES:
            raise ParameterError("lang", tell("value.no-language", name=name), tell("value.languages"))
        return name
    if not header:
        return LANGUAGES[0]
    return _preferred(header) if len(header) <= _LONGEST_USUAL else _preferred.__wrapped__(header)


@lru_cache(maxsize=256)
def _preferred(header: str) -> str:
    """The language that an ``Accept-Language`` header prefers."""
    qualities: dict[str, float] = {}
    for element in _elements(header):
        range_, parameters = _parts(element)
        quality = _quality(parameters)
        if _LANGUAGE_RANGE.fullmatch(range_) and quality is not None:
            qualities[range_.split("-")[0].lower()] = quality
    anything = qualities.get("*", 0.0)
    return max(LANGUAGES, key=lambda language: qualities.get(language, anything))


def _named(offers: Sequence[Offer], name: str) -> Offer:
    alternatives = [each.strip() for each in name.split(",")]
    for spelling in (also for each in alternatives for also in (each, *_ALSO_CALLED.get(each.lower(), ()))):
        for offer in offers:
            if spelling in (offer.format, offer.media_type):
                return offer
    names = list(dict.fromkeys(offer.format for offer in offers))
    near = nearest(name, names)
    hint = tell("value.near-and-all", near=near, names=names) if near else tell("value.there-are", names=names)
    raise ParameterError("format", tell("value.no-form", name=name), hint)


def _rank(offer: Offer, ranges: Iterable[MediaRange]) -> tuple[float, int]:
    covering = [each for each in ranges if each.covers(offer.media_type)]
    if not covering:
        return 0.0, 0
    most = max(each.specificity for each in covering)
    return max(each.quality for each in covering if each.specificity == most), most


def _media_range(element: str) -> MediaRange | None:
    range_, parameters = _parts(element)
    found = _RANGE.fullmatch(range_)
    quality = _quality(parameters)
    if found is None or quality is None or (found[1] == "*" and found[2] != "*"):
        return None
    return MediaRange(found[1].lower(), found[2].lower(), quality, parameters.get("charset", "").strip('"').lower())


def _elements(header: str) -> list[str]:
    return _ELEMENT.findall(header) if len(header) <= LONGEST_HEADER else []


def _parts(element: str) -> tuple[str, dict[str, str]]:
    """The range an element begins with, and its parameters."""
    range_, *rest = [part.strip() for part in _PART.findall(element)] or [""]
    found = [match for part in rest if (match := _PARAMETER.fullmatch(part)) is not None]
    return range_, {match[1].lower(): match[2] for match in found}


def _quality(parameters: Mapping[str, str]) -> float | None:
    """The value of ``q``, 1 where there is none, ``None`` where it is no quality."""
    written = parameters.get("q", "1")
    return float(written) if _QUALITY.fullmatch(written) else None
