"""Weighing a page: every answer that Chromium gets for it, as long as it is on the wire."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from playwright.sync_api import Browser

UNCOUNTED = ("image", "font")


@dataclass(frozen=True)
class Part:
    """One answer: its address, what it is used as, its bytes and content coding."""

    url: str
    kind: str
    bytes: int
    coding: str


@dataclass
class Weight:
    """All that a page loads."""

    parts: list[Part] = field(default_factory=list)

    @cached_property
    def by_kind(self) -> dict[str, int]:
        """Bytes of bodies by what they are used as: ``document``, ``stylesheet``, ``script`` and so on."""
        found: Counter[str] = Counter()
        for part in self.parts:
            found[part.kind] += part.bytes
        return dict(found)

    @property
    def total(self) -> int:
        """Bytes without images and fonts."""
        return sum(count for kind, count in self.by_kind.items() if kind not in UNCOUNTED)


def weigh(browser: Browser, url: str, *, quiet: bool = True) -> Weight:
    """What is sent for a page that is opened for the first time."""
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    found = Weight()
    answers = []
    page.on("response", lambda response: answers.append(response))
    reply = page.goto(url)
    page.wait_for_load_state("networkidle")
    assert reply is not None
    assert not quiet or reply.ok
    for each in answers:
        bytes_ = each.request.sizes()["responseBodySize"]
        coding = each.headers.get("content-encoding", "")
        found.parts.append(Part(each.url, each.request.resource_type, bytes_, coding))
    context.close()
    return found
