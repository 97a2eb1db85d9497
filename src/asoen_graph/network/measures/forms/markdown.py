"""Markdown (GitHub's flavour): the tables of nodes and network, then what the measures mean."""

from __future__ import annotations

from asoen_graph.answers import markdown
from asoen_graph.answers.markdown import escape
from asoen_graph.network.measures.computing import Measured
from asoen_graph.network.measures.definition import Measure
from asoen_graph.network.measures.forms.sheets import about, heading, nodes_sheet, notes, whole_sheet
from asoen_graph.network.measures.of_networks import OF_NETWORKS
from asoen_graph.network.measures.words import say


def write(measured: Measured, form: str = "md") -> bytes:
    """The page in UTF-8."""
    language = measured.network.language
    lines = [f"# {escape(heading(measured.network))}", ""]
    lines += [f"- {escape(name)}: {escape(text)}" for name, text in about(measured.network)]
    lines += ["", f"## {say('measures of nodes', language)}", "", markdown.write(nodes_sheet(measured)).decode()]
    lines += [f"## {say('measures of the whole', language)}", "", markdown.write(whole_sheet(measured)).decode()]
    lines += [f"## {say('definitions', language)}", "", escape(say("conventions", language)), ""]
    lines += [_defined(each, language) for each in measured.measures]
    lines += [_defined(OF_NETWORKS[key], language) for key in measured.whole]
    if noted := notes(measured):
        lines += ["", f"## {say('notes', language)}", "", *(f"- {escape(note)}" for note in noted)]
    if measured.sources:
        lines += ["", f"## {say('sources', language)}", "", *(f"- {escape(source)}" for source in measured.sources)]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _defined(measure: Measure, language: str) -> str:
    works = " ".join(f"{escape(each.text)} <{each.address}>" for each in measure.references)
    return f"- **{escape(measure.label(language))}** (`{measure.key}`): {escape(measure.definition(language))} {works}"
