"""What of a page in Vietnamese is English: words of ours that have a Vietnamese form, wherever they are told."""

from __future__ import annotations

import json
import re
from functools import cache

from playwright.sync_api import Page

from asoen_graph.release import Release
from asoen_graph.resources import checkout
from asoen_graph.server.pages import TEMPLATES
from asoen_graph.vocabulary import Vocabulary

_TEXT = r"""("(?:[^"\\]|\\.)*")"""
_PAIR = re.compile(rf"(?:en: {_TEXT},\s*vi: {_TEXT}|: \[\s*{_TEXT},\s*{_TEXT},?\s*\])")
"""A word of the scripts, which have them beside what they are for."""
_TOLD = """words => {
  const english = new Set(words), found = [];
  const look = (root) => {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = texts.currentNode; node; node = texts.nextNode()) {
      const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
      if (!element?.closest || element.closest("[lang]")?.lang === "en") continue;
      if (element.closest("pre, code, script, style")) continue;
      const told = node.nodeType === Node.TEXT_NODE ? [node.data]
        : ["aria-label", "title", "placeholder", "alt"].map((name) => node.getAttribute?.(name) ?? "");
      for (const each of told) {
        if (english.has(each.trim())) found.push(`${each.trim()} in ${element.outerHTML.slice(0, 120)}`);
      }
      if (node.shadowRoot) look(node.shadowRoot);
    }
  };
  look(document.body);
  return found;
}"""


@cache
def _pairs() -> frozenset[tuple[str, str]]:
    words = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((TEMPLATES / "words").glob("*.json"))]
    found = {(each["en"], each["vi"]) for file in words for each in file.values()}
    for path in sorted((checkout() / "web" / "src").rglob("*.ts")):
        told = _PAIR.finditer(path.read_text(encoding="utf-8"))
        found |= {tuple(json.loads(text) for text in each.groups() if text) for each in told}
    return frozenset(found)


def told_in_english(page: Page, release: Release) -> list[str]:
    """The words of pages and scripts, and the labels of the ontology, that a page in Vietnamese has in English."""
    vocabulary = Vocabulary.of_store(release.store())
    terms = [*vocabulary.classes.values(), *vocabulary.properties.values()]
    pairs = _pairs() | {(each.label("en"), each.label("vi")) for each in terms}
    vietnamese = {vi for _, vi in pairs}
    return page.evaluate(_TOLD, sorted({en for en, _ in pairs if en not in vietnamese and len(en) > 1}))
