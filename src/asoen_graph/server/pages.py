"""The few HTML pages of the server: templates without scripts that load nothing from anywhere."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from asoen_graph.iris import BASE

TEMPLATES: Final = Path(__file__).parent / "templates"
# The addresses on our pages that lead to a part of a release. Texts cannot look like one: their quotes are escaped.
_WITHIN = re.compile(r'(\b(?:href|action)=")/(?!docs|releases|changes)')
_WORDS = TEMPLATES / "words.json"


class Pages:
    """The templates and the words on them in both languages."""

    def __init__(self) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._templates.filters["local"] = local
        self._words: dict[str, dict[str, str]] = json.loads(_WORDS.read_text(encoding="utf-8"))
        for name in self._templates.list_templates(extensions=["html"]):
            self._templates.get_template(name)

    def render(self, template: str, language: str, *, root: str = "", citation: str = "", **values: Any) -> bytes:
        """A page as UTF-8; ``root`` is the address below which its release stands, ``citation`` stands at the foot."""
        words = {word: texts[language] for word, texts in self._words.items()}
        page = self._templates.get_template(f"{template}.html")
        text = page.render(language=language, words=words, citation=citation, **values)
        return (_WITHIN.sub(rf"\1{root}/", text) if root else text).encode()


def local(iri: str) -> str:
    """Where this server has what an IRI of the project stands for; other IRIs as they are."""
    rest = iri.removeprefix(BASE)
    return f"/{rest}" if rest != iri else iri
