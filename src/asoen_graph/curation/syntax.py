"""What to say where a file is not YAML: the place, what the parser met there, and what to try."""

from __future__ import annotations

import re
from typing import Final

import yaml
import yaml.reader

from asoen_graph.curation.literals import Flaw

_TAB_INDENT = re.compile(r"^ *\t", re.MULTILINE)
_UNFINISHED: Final = "unexpected end of stream"
_HINTS: Final = {
    "mapping values are not allowed": "Look at the indentation; a text that holds a colon and a space needs quotes",
    "did not find expected": "Look at the brackets, quotes and indentation here and on the line before; "
    "a text that holds a colon and a space needs quotes",
    "cannot start any token": "Put the text in quotes",
    _UNFINISHED: "Close the quote that opens here",
}
"""Hints by a part of the parser's message."""


def explain(error: yaml.YAMLError, text: str) -> tuple[int, int, Flaw]:
    """Line, column and flaw of an error of the YAML parser in a text."""
    if isinstance(error, yaml.reader.ReaderError):
        return _explain_character(error, text)
    assert isinstance(error, yaml.MarkedYAMLError)
    problem = error.problem or "not readable"
    mark = (error.context_mark if _UNFINISHED in problem else None) or error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    tab = _TAB_INDENT.search(text)
    if tab is not None and text.count("\n", 0, tab.start()) + 1 == line:
        return line, 1, Flaw("tab", "A tab indents this line", "Indent with spaces")
    context = f" {error.context}" if error.context else ""
    hint = next((hint for part, hint in _HINTS.items() if part in problem), "")
    return line, column, Flaw("not-yaml", f"This is not YAML: {problem}{context}", hint)


def _explain_character(error: yaml.reader.ReaderError, text: str) -> tuple[int, int, Flaw]:
    before = text[: error.position]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    code = error.character if isinstance(error.character, int) else ord(error.character)
    return line, column, Flaw("bad-character", f"YAML does not allow the character U+{code:04X}", "Remove it")
