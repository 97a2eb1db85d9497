"""The HTML pages of the server: templates that are whole without scripts, and load files of this site alone."""

from __future__ import annotations

import json
import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from asoen_graph.iris import BASE
from asoen_graph.server.web import web_files

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES: Final = Path(__file__).parent / "templates"
# The addresses on our pages that lead to a part of a release. Texts cannot look like one: their quotes are escaped.
_WITHIN = re.compile(r'(\b(?:href|action|formaction)=")/(?!assets|docs|releases|changes)')
_WORDS = TEMPLATES / "words"


class Pages:
    """The templates and the words on them in both languages, read at once; they are compiled when they are needed."""

    def __init__(self) -> None:
        self._texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.glob("*.html"))}
        self._words: dict[str, dict[str, str]] = {}
        for path in sorted(_WORDS.glob("*.json")):
            words = json.loads(path.read_text(encoding="utf-8"))
            if twice := words.keys() & self._words:
                raise ValueError(f"{path}: {', '.join(sorted(twice))} is said in another file too")
            self._words |= words

    @cached_property
    def _templates(self) -> Environment:
        # Whoever answers queries alone does without it.
        from jinja2 import DictLoader, Environment, StrictUndefined

        templates = Environment(
            loader=DictLoader(self._texts),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        templates.filters["local"] = local
        files = web_files()
        templates.globals["asset"], templates.globals["preloads"] = files.address, files.preloads
        return templates

    def words(self, word: str) -> dict[str, str]:
        """What a word of the pages is in each language."""
        return self._words[word]

    def compile(self) -> None:
        """Compile every template, which makes the first page faster."""
        for name in self._texts:
            self._templates.get_template(name)

    def render(self, template: str, language: str, *, root: str = "", citation: str = "", **values: Any) -> bytes:
        """A page as UTF-8; ``root`` is the address below which its release stands, ``citation`` stands at the foot."""
        words = {word: texts[language] for word, texts in self._words.items()}
        page = self._templates.get_template(f"{template}.html")
        text = page.render(language=language, words=words, root=root, citation=citation, **values)
        return (_WITHIN.sub(rf"\1{root}/", text) if root else text).encode()


def local(iri: str) -> str:
    """Where this server has what an IRI of the project stands for; other IRIs as they are."""
    rest = iri.removeprefix(BASE)
    return f"/{rest}" if rest != iri else iri
