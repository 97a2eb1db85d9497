"""The file: a page that needs nothing but itself, with a policy that lets it load nothing else.

Without its script it is a picture and two tables. The script is in ``script/``, one file for each thing it does; it
reads what it works with from the tables, so that there is one copy of it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from asoen_graph.drawing.markup import attribute
from asoen_graph.evidence import one_or_more
from asoen_graph.network.interactive.controls import (
    change_choices,
    kind_choices,
    relation_choices,
    weight_range,
    year_range,
)
from asoen_graph.network.interactive.dark import dark_style
from asoen_graph.network.interactive.evidence import address, all_documents
from asoen_graph.network.interactive.picture import draw
from asoen_graph.network.interactive.rows import tables
from asoen_graph.network.interactive.words import PAGE, for_script, say
from asoen_graph.network.measures.of_nodes import OF_NODES
from asoen_graph.network.model import Network
from asoen_graph.network.picture.palette import kind_styles, line_styles
from asoen_graph.network.words import say as say_of_picture
from asoen_graph.network.words import spoken_comparison, spoken_counts, spoken_number, spoken_period

if TYPE_CHECKING:
    from jinja2 import Template

_FOLDER: Final = Path(__file__).parent
_SCRIPTS: Final = ("words", "model", "view", "show", "panel", "picture", "filters", "tables", "download", "start")
"""The files of the script in the order in which they are joined."""
SERVED_POLICY: Final = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""What a server says of the page; the page itself narrows it to its own script and style."""


def render(network: Network) -> bytes:
    """The page in UTF-8. Raises NetworkError where the network has too many nodes for a picture."""
    from markupsafe import Markup

    language = network.language
    kinds, lines = kind_styles(network), line_styles(network)
    picture = draw(network)
    content = tables(network, list(kinds), list(lines))
    style = "\n".join(("", _read("style.css"), dark_style(picture.colours), ""))
    text = _template().render(
        network=network,
        language=language,
        title=network.title or say_of_picture("untitled", language),
        period=_time(network),
        counts=spoken_counts(len(network.nodes), len(network.edges), language),
        policy=_policy(style),
        style=Markup(style),  # noqa: S704 - our own files
        script=Markup(_script()),  # noqa: S704
        words=Markup(_json(for_script(language))),  # noqa: S704
        picture=Markup(picture.markup),  # noqa: S704 - escaped where it was drawn
        content=content,
        kinds=kind_choices(network, content),
        relations=relation_choices(network, content),
        changes=change_choices(network),
        weights=weight_range(network),
        years=year_range(network),
        measures=[OF_NODES[name] for name in content.node_columns if name in OF_NODES],
        documents=all_documents(network),
    )
    return text.encode()


def _time(network: Network) -> str:
    """The period, or the two that are compared, in words."""
    if network.comparison:
        return spoken_comparison(network.comparison, network.language)
    return spoken_period(network.period, network.language) if network.period else ""


def _policy(style: str) -> str:
    return (
        f"default-src 'none'; script-src '{_hash(_script())}'; style-src '{_hash(style)}'; base-uri 'none'; "
        "form-action 'none'"
    )


def _hash(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"


def _json(words: dict[str, str]) -> str:
    # Within a script element nothing but this sign could end it.
    return json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")


@cache
def _script() -> str:
    return "\n" + "\n".join(_read(f"script/{name}.js") for name in _SCRIPTS)


@cache
def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    templates = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # Texts are escaped as those of the picture are, so that no character is lost or forbidden in one of them.
        finalize=lambda value: Markup(attribute(value)) if type(value) is str else value,  # noqa: S704
    )
    templates.globals |= {"address": address, "one_or_more": one_or_more, "number": spoken_number, "column": _column}
    templates.globals["say"] = say
    templates.globals["picture_words"] = say_of_picture
    return templates.from_string(_read("page.html"))


def _column(name: str, language: str) -> str:
    """The heading of an attribute: what the measure is called, else the words of the page, else its name."""
    if name in OF_NODES:
        return OF_NODES[name].label(language)
    return say(name, language) if name in PAGE else name.replace("_", " ").capitalize()
