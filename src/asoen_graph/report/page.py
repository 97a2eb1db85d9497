"""The report as one HTML page that asks for nothing else: no script, no style sheet, no picture from elsewhere."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from asoen_graph.iris import BASE
from asoen_graph.report.model import QualityReport

_FOLDER: Final = Path(__file__).parent
_BAR: Final = 120
"""The length of a full bar in units of the picture."""


def write_page(report: QualityReport, language: str, *, base: str = BASE, other: str = "") -> bytes:
    """The page in a language as UTF-8.

    Names of entities and documents lead to ``base``; ``other`` is where the page in the other language is.
    """
    values = _values(report, language, base, suffix="")
    page: str = _template("page.html").render(other=other, **values)
    return page.encode()


def write_body(report: QualityReport, language: str, *, base: str, suffix: str, shown: int | None = None) -> str:
    """What such a page says, to be put into another; addresses of pages begin with ``base`` and end in ``suffix``.

    Of the sources only so many are ``shown``, if told.
    """
    body: str = _template("body.html").render(**{**_values(report, language, base, suffix), "shown": shown})
    return body


def _values(report: QualityReport, language: str, base: str, suffix: str) -> dict[str, Any]:
    return {
        "report": report,
        "language": language,
        "words": {word: texts[language] for word, texts in _words().items()},
        "base": base,
        "suffix": suffix,
        "shown": None,
        "titles": {each.source: each.title[language] for each in report.sources},
        "number": lambda value: _number(value, language),
        "percent": lambda value: "–" if value is None else f"{_number(round(value * 100, 1), language)} %",
        "bar": _bar,
        "most": lambda rows, name: max((getattr(row, name) for row in rows), default=0),
    }


def write_json(report: QualityReport) -> bytes:
    """The report as indented JSON; see ``docs/report.md`` for its keys."""
    return orjson.dumps(report, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _number(value: float | None, language: str) -> str:
    if value is None:
        return "–"
    text = f"{value:,}"
    return text if language == "en" else text.replace(",", " ").replace(".", ",").replace(" ", ".")


def _bar(part: float, whole: float) -> str:
    """The length of a bar."""
    return f"{_BAR * part / whole:.0f}" if whole else "0"


@cache
def _words() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads((_FOLDER / "words.json").read_text(encoding="utf-8"))
    return found


@cache
def _template(name: str) -> Any:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    return environment.get_template(name)
