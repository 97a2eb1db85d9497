"""The answer as one small HTML document that needs nothing else: no script, no style sheet, no picture.

The table has a caption and column headers with a scope; sources are footnotes with links both ways.
"""

from __future__ import annotations

from html import escape

from asoen_graph.answers.sheet import Cell, Column, Sheet
from asoen_graph.iris import BASE

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem}"
    "table{border-collapse:collapse}caption{font-weight:bold;font-size:1.3rem;text-align:start;padding-bottom:.5rem}"
    "th,td{border-bottom:1px solid #bbb;padding:.3rem .8rem .3rem 0;text-align:start;vertical-align:top}"
    "td.number{text-align:end}ol{max-width:60rem}.scroll{overflow-x:auto}"
)


def write(sheet: Sheet, format: str = "html") -> bytes:
    """The document in UTF-8, in the language of the sheet."""
    shown = [(position, column) for position, column in enumerate(sheet.columns) if not column.is_evidence]
    title = escape(sheet.title or "asoen")
    heads = [f'<th scope="col">{escape(column.heading)}</th>' for _, column in shown]
    heads += [f'<th scope="col">{sheet.say("sources")}</th>'] if sheet.has_sources else []
    body = [_row(sheet, number, shown) for number in range(len(sheet.rows))]
    return "\n".join([
        "<!DOCTYPE html>",
        f'<html lang="{escape(sheet.language)}">',
        f'<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>',
        f"<style>{_STYLE}</style></head>",
        '<body><main><div class="scroll" tabindex="0" role="region" aria-labelledby="title">',
        f'<table><caption id="title">{title}</caption>',
        f"<thead><tr>{''.join(heads)}</tr></thead>",
        "<tbody>", *body, "</tbody></table></div>",
        *([] if sheet.rows else [f"<p>{sheet.say('none')}</p>"]),
        *_footnotes(sheet),
        "</main></body></html>", "",
    ]).encode("utf-8", "replace")  # fmt: skip


def _row(sheet: Sheet, number: int, shown: list[tuple[int, Column]]) -> str:
    row = sheet.rows[number]
    cells = [f"<td{_kind(row[position])}>{_cell(row[position])}</td>" for position, _ in shown]
    if sheet.has_sources:
        links = (f'<a href="#source-{each}">[{each}]</a>' for each in sheet.sources[number])
        cells.append(f"<td>{' '.join(links)}</td>")
    return f"<tr>{''.join(cells)}</tr>"


def _kind(cell: Cell) -> str:
    return ' class="number"' if cell.is_number else ""


def _cell(cell: Cell) -> str:
    if cell.term is None:
        return ""
    text = escape(cell.label or cell.text)
    language = getattr(cell.term, "language", None)
    if language:
        return f'<span lang="{escape(language)}">{text}</span>'
    if cell.value.startswith((BASE, "http://", "https://")):
        return f'<a href="{escape(cell.value)}">{text}</a>'
    return text


def _footnotes(sheet: Sheet) -> list[str]:
    if not sheet.footnotes:
        return []
    items = []
    for number, (note, address) in enumerate(zip(sheet.footnotes, sheet.addresses, strict=True), 1):
        text = escape(note)
        if address.startswith(("http://", "https://")):
            text = f'<a href="{escape(address)}">{text}</a>'
        items.append(f'<li id="source-{number}">{text}</li>')
    return [f"<h2>{sheet.say('sources')}</h2>", "<ol>", *items, "</ol>"]
