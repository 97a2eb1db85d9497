"""The text of a query as a person reads it, and where the editor has it."""

from __future__ import annotations

from urllib.parse import urlencode

from asoen_graph.queries.header import MARK


def bare_text(text: str) -> str:
    """The query without its spoken header."""
    lines = [line for line in text.splitlines() if not line.startswith(MARK)]
    return "\n".join(lines).strip() + "\n"


def editor_address(text: str, language: str) -> str:
    """Where the editor opens with the query."""
    return f"/sparql?{urlencode({'edit': bare_text(text), 'lang': language})}"
