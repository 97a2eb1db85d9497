"""The HTML pages of the server: templates that are whole without scripts, and load files of this site alone."""

from __future__ import annotations

import json
import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from asoen_graph.entities.backing import anchor
from asoen_graph.entities.literals import spoken
from asoen_graph.iris import BASE
from asoen_graph.server.negotiation import LANGUAGES
from asoen_graph.server.problems import in_words
from asoen_graph.server.web import web_files

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES: Final = Path(__file__).parent / "templates"
# The addresses on our pages that lead to a part of a release. Texts cannot look like one: their quotes are escaped.
_WITHIN = re.compile(r'(\b(?:href|src|action|formaction)=")/(?!assets|docs|releases|changes|timemap)')
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

        from asoen_graph.entities.sections import alike

        templates = Environment(
            loader=DictLoader(self._texts),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        templates.filters["local"], templates.filters["grouped"] = local, grouped
        templates.filters["spoken"], templates.filters["passage"] = spoken, anchor
        templates.filters["in_words"] = in_words
        templates.filters["alike"] = alike
        files = web_files()
        templates.globals["asset"], templates.globals["preloads"] = files.address, files.preloads
        return templates

    def compile(self) -> None:
        """Compile every template, which makes the first page faster."""
        for name in self._texts:
            self._templates.get_template(name)

    def words(self, language: str) -> dict[str, str]:
        """The words on pages in a language."""
        return {word: texts[language] for word, texts in self._words.items()}

    def render(
        self,
        template: str,
        language: str,
        *,
        root: str = "",
        site: str = "",
        here: str = "",
        address: str = "",
        citation: str = "",
        **values: Any,
    ) -> bytes:
        """A page as UTF-8.

        ``root`` is the address below which its release stands, ``site`` where the server is; ``here`` is the address
        of the page below the root, without its language, and empty where it is not known; ``address`` (permanent) and
        ``citation`` stand at the foot.
        """
        frame = {
            "language": language,
            "words": self.words(language),
            "root": root,
            "site": site,
            "here": here,
            "address": address,
            "citation": citation,
            "languages": {tag: in_language(here, tag) for tag in LANGUAGES},
            "section": here.partition("?")[0],
        }
        text = self._templates.get_template(f"{template}.html").render(**frame, **values)
        return (_WITHIN.sub(rf"\1{root}/", text) if root else text).encode()


def in_language(here: str, language: str) -> str:
    """The address of the same page in a language; relative to the page where its address is not known."""
    return f"{here}{'&' if '?' in here else '?'}lang={language}"


def without_language(address: str) -> str:
    """The address without the part of its query that names a language."""
    path, mark, query = address.partition("?")
    kept = "&".join(part for part in query.split("&") if part and not part.startswith("lang="))
    return f"{path}{mark}{kept}" if kept else path


def local(iri: str) -> str:
    """Where this server has what an IRI of the project stands for; other IRIs as they are."""
    rest = iri.removeprefix(BASE)
    return f"/{rest}" if rest != iri else iri


def grouped(number: int, language: str) -> str:
    """A number as it is read: ``15,946``, or ``15.946`` in Vietnamese."""
    text = f"{number:,}"
    return text.replace(",", ".") if language == "vi" else text
