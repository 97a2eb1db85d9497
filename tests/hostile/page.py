"""``docs/hostile.md``: everything that is tried, and what it gets, as the tests have it."""

from __future__ import annotations

from .scenes import SCENES
from .table import GROUPS, TIMEOUT_SECONDS

_HEAD = f"""# Hostile requests

What strangers try on a public server, and what each gets from `asoen serve`. CI puts every line of these tables to a
real server, over bare sockets, and fails where something else comes back; where another server is named, a trap listens
there, and nobody may ever come to it. After each line somebody else has to be answered, and in the end no error may
stand in the log.

*What it gets* is the status, and for errors the kind of problem, the last part of the `type` of an
[RFC 9457](https://www.rfc-editor.org/rfc/rfc9457) document. *Hangs up* means that the server then closes the
connection; where it does not, another request on the same connection is answered as it should be, so nobody can slip a
request in. Costly queries and slow clients run into the limits the test sets:
{TIMEOUT_SECONDS} s, 640 MiB, 2,000 rows, 2 MiB.
"""
_MOST_SHOWN = 80


def page() -> str:
    """The whole page."""
    tables = {**GROUPS, **SCENES}
    lines = [_HEAD]
    for group, rows in tables.items():
        lines += [f"## {group}", "", "| what is tried | what it gets |", "| --- | --- |"]
        lines += [f"| {_cell(row.what)} | {_cell(row.got)} |" for row in rows]
        lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    text = (
        text if len(text) <= _MOST_SHOWN or "; " not in text else f"{text.count('; ') + 1} times {text.split('; ')[0]}"
    )
    for sign in "\\|<>*_{}[]":
        text = text.replace(sign, f"\\{sign}")
    return text
