"""The feed of what changed from release to release: as JSON Feed 1.1 and as Atom (RFC 4287).

Identifiers name the two releases and nothing of the server, so they stay the same wherever and whenever it is read.
Releases without a day are left out: a feed is in order of time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from xml.etree import ElementTree

from asoen_graph.iris import BASE
from asoen_graph.server.archive import Volume
from asoen_graph.server.citation import AUTHOR

CHANGES: Final = "/changes"
ATOM: Final = "application/atom+xml"
JSON_FEED: Final = "application/feed+json"

_ATOM: Final = "http://www.w3.org/2005/Atom"
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
# Characters that XML 1.0 has no way to write.
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_WORDS: Final = {
    "title": {
        "en": "Changes of the graph of ASEAN environmental cooperation",
        "vi": "Thay đổi của đồ thị hợp tác môi trường ASEAN",
    },
    "release": {"en": "Release", "vi": "Bản phát hành"},
    "draft": {"en": "draft", "vi": "bản thảo"},
    "first": {"en": "The first release that is kept.", "vi": "Bản phát hành đầu tiên được lưu giữ."},
    "nothing": {"en": "Nothing changed.", "vi": "Không có gì thay đổi."},
    "entities": {"en": "entities", "vi": "thực thể"},
    "facts": {"en": "facts", "vi": "dữ kiện"},
    "sources": {"en": "sources", "vi": "nguồn"},
    "added": {"en": "added", "vi": "được thêm"},
    "removed": {"en": "removed", "vi": "bị bỏ"},
    "changed": {"en": "changed", "vi": "thay đổi"},
    "more": {"en": "and {} more", "vi": "và {} mục khác"},
}
_KINDS: Final = ("entities", "sources")
_WAYS: Final = ("added", "removed", "changed")


@dataclass(frozen=True, slots=True)
class Step:
    """From one release to the next: ``old`` is ``None`` of the first, and so is what changed."""

    old: Volume | None
    new: Volume
    digest: Mapping[str, Any] | None

    @property
    def path(self) -> str:
        """Where the whole difference is, without a suffix; of the first release, where that is."""
        return self.new.address if self.old is None else f"{CHANGES}/{self.old.name}..{self.new.name}"

    @property
    def iri(self) -> str:
        """What names the step for good."""
        return BASE + self.path.removeprefix("/")

    @property
    def moment(self) -> str:
        """The day of the newer release as a moment."""
        assert self.new.moment is not None
        return self.new.moment.strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def address(self) -> str:
        """Where people read of it."""
        return self.path if self.old is None else f"{self.path}.txt"


def json_feed(steps: Sequence[Step], language: str, base: str) -> bytes:
    """The steps, the newest first, as a JSON Feed; what changed stands in ``_asoen`` too, as numbers and names."""
    content = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _WORDS["title"][language],
        "home_page_url": f"{base}/releases",
        "feed_url": f"{base}{CHANGES}.json?lang={language}",
        "language": language,
        "authors": [{"name": AUTHOR[language]}],
        "items": [
            {
                "id": step.iri,
                "url": f"{base}{step.address}?lang={language}",
                "title": title(step, language),
                "content_text": text(step, language),
                "date_published": step.moment,
                "_asoen": {
                    "release": step.new.name,
                    "since": step.old.name if step.old else None,
                    "kept": step.new.is_kept,
                    "changes": step.digest,
                },
            }
            for step in steps
        ],
    }
    return json.dumps(content, ensure_ascii=False).encode()


def atom(steps: Sequence[Step], language: str, base: str) -> bytes:
    """The steps, the newest first, as Atom."""
    feed = ElementTree.Element("feed", {"xmlns": _ATOM, _XML_LANG: language})
    _add(feed, "id", f"{BASE}changes")
    _add(feed, "title", _WORDS["title"][language])
    _add(feed, "updated", steps[0].moment if steps else "1970-01-01T00:00:00Z")
    _add(_add(feed, "author"), "name", AUTHOR[language])
    _add(feed, "rights", "CC BY 4.0")
    own, other = f"{base}{CHANGES}.atom?lang=", "vi" if language == "en" else "en"
    _add(feed, "link", rel="self", type=ATOM, hreflang=language, href=own + language)
    _add(feed, "link", rel="alternate", type=ATOM, hreflang=other, href=own + other)
    _add(feed, "link", rel="alternate", type="application/feed+json", href=f"{base}{CHANGES}.json?lang={language}")
    for step in steps:
        _entry(feed, step, language, base)
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def title(step: Step, language: str) -> str:
    """The release, and how much changed, in a line."""
    draft = "" if step.new.is_kept else f" ({_WORDS['draft'][language]})"
    name = f"{_WORDS['release'][language]} {step.new.version}{draft}"
    return f"{name}: {'; '.join(_summary(step, language))}"


def text(step: Step, language: str) -> str:
    """How much changed, and what is new or gone by name."""
    lines = [f"{line}." for line in _summary(step, language)] if step.old is not None else [_WORDS["first"][language]]
    for kind in _KINDS if step.digest else ():
        for way in _WAYS:
            lines += _listed(step, kind, way, language)
    return "\n".join(lines)


def last_modified(steps: Sequence[Step]) -> datetime | None:
    """When the newest step was taken, where there is one."""
    return steps[0].new.moment if steps else None


def _summary(step: Step, language: str) -> list[str]:
    counts = step.new.manifest.counts
    if step.digest is None:
        return [f"{getattr(counts, kind)} {_WORDS[kind][language]}" for kind in ("entities", "facts", "sources")]
    found = []
    for kind in ("entities", "facts", "sources"):
        parts = [
            f"{number} {_WORDS[way][language]}" for way in _WAYS if (number := _number(step.digest[f"{kind}_{way}"]))
        ]
        if parts:
            found.append(f"{_WORDS[kind][language]}: {', '.join(parts)}")
    return found or [_WORDS["nothing"][language].rstrip(".")]


def _number(counted: Any) -> int:
    number: int = counted["total"] if isinstance(counted, Mapping) else counted
    return number


def _listed(step: Step, kind: str, way: str, language: str) -> list[str]:
    assert step.digest is not None
    found = step.digest[f"{kind}_{way}"]
    if not found["items"]:
        return []
    rest = found["total"] - len(found["items"])
    names = [f"- {item['label'][language]}" for item in found["items"]]
    more = [f"- {_WORDS['more'][language].format(rest)}"] if rest else []
    return ["", f"{_WORDS[kind][language]}, {_WORDS[way][language]}:", *names, *more]


def _entry(feed: ElementTree.Element, step: Step, language: str, base: str) -> None:
    entry = _add(feed, "entry")
    _add(entry, "id", step.iri)
    _add(entry, "title", title(step, language))
    _add(entry, "updated", step.moment)
    _add(entry, "published", step.moment)
    if step.old is None:
        _add(entry, "link", rel="alternate", type="text/html", href=f"{base}{step.path}?format=html&lang={language}")
    else:
        _add(entry, "link", rel="alternate", type="text/plain", href=f"{base}{step.path}.txt?lang={language}")
        _add(entry, "link", rel="alternate", type="application/json", href=f"{base}{step.path}.json?lang={language}")
        _add(entry, "link", rel="related", type="application/rdf-patch", href=f"{base}{step.path}.rdfp")
    _add(entry, "content", text(step, language), type="text")


def _add(parent: ElementTree.Element, tag: str, content: str = "", **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, tag, attributes)
    element.text = _UNWRITABLE.sub("\ufffd", content) or None
    return element
