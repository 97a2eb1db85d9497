"""How a release is cited, in English and Vietnamese: what ``CITATION.cff`` says, for the release that answered."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from asoen_graph.server.archive import Volume

AUTHOR: Final = {"en": "The asoen_graph maintainers", "vi": "Nhóm duy trì asoen_graph"}
TITLE: Final = {
    "en": "asoen_graph: the open knowledge graph of ASEAN environmental cooperation",
    "vi": "asoen_graph: đồ thị tri thức mở về hợp tác môi trường ASEAN",
}
_RELEASE: Final = {"en": "Release", "vi": "Bản phát hành"}
_DRAFT: Final = {"en": "draft", "vi": "bản thảo"}
_OF: Final = {"en": "of", "vi": "ngày"}
_QUERY: Final = {"en": "Query", "vi": "Truy vấn"}
_DIGITS: Final = 16
"""How much of the hash of a query stands in a citation."""

# What may stand in an extended value beside letters and digits (RFC 8187, 3.2.1, attr-char).
_PLAIN: Final = "!#$&+-.^_`|~"


def citation(volume: Volume, language: str) -> str:
    """Author, year, title, release, licence."""
    year = f" ({volume.day.year})" if volume.day else ""
    draft = "" if volume.is_kept else f", {_DRAFT[language]} {volume.manifest.hash[:8]}"
    day = f" {_OF[language]} {volume.day.isoformat()}" if volume.day else ""
    license_ = volume.manifest.license.replace("-", " ", 1).replace("-", " ", 1)
    release = f"{_RELEASE[language]} {volume.version}{draft}{day}"
    return f"{AUTHOR[language]}{year}: {TITLE[language]}. {release}, {license_}."


def with_query(cited: str, query: str, language: str) -> str:
    """The citation with the query that was answered."""
    return f"{cited} {_QUERY[language]} {short(query)}."


def short(query: str) -> str:
    """As much of the hash of a query as stands in a citation."""
    return query[:_DIGITS]


def header_safe(text: str, language: str) -> str:
    """The text as the value of a header: as it is where it is printable ASCII, else as RFC 8187 writes other texts."""
    if text.isascii() and text.isprintable():
        return text
    return f"UTF-8'{language}'{quote(text, safe=_PLAIN)}"
