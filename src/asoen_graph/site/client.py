"""What the scripts in the browser are told by files where a server would answer: see ``web/src/client/static.ts``."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from asoen_graph.errors import AsoenError
from asoen_graph.server.citation import with_query
from asoen_graph.site.data import QUADS
from asoen_graph.site.inside import Inside

_FORM: Final = re.compile(r"(?:vi/)?networks/files/(?P<name>[^/.]+)\.(?P<form>[a-z]+)")
_PLACE = "{query}"
"""Where the hash of a query goes in a citation."""


def client_files(inside: Inside) -> dict[str, Callable[[], bytes]]:
    """What makes the content of each file that the client may ask for, by name: the glossary and every network.

    It raises AsoenError where there is no answer.
    """
    networks = [name for name in inside.catalogue if inside.catalogue[name].is_network]
    return {
        "client/glossary.json": partial(_answer, inside, "/api/glossary"),
        **{
            f"client/networks/{name}.json": partial(_answer, inside, f"/api/networks/{name}/occasions.json")
            for name in networks
        },
    }


def write_about(folder: Path, inside: Inside, engine: str, files: Collection[str], languages: Sequence[str]) -> None:
    """Write what there is, once the ``files`` are made; ``engine`` is the file of its worker.

    Among it are the forms of each network in every language: one that a form is too small for does not have it.
    """
    made = Counter((found["name"], found["form"]) for file in files if (found := _FORM.fullmatch(file)))
    forms: dict[str, list[str]] = {name: [] for name in inside.catalogue if inside.catalogue[name].is_network}
    for (name, form), count in sorted(made.items()):
        if count == len(languages) and name in forms:
            forms[name].append(form)
    (folder / "client" / "site.json").write_text(_json(_about(inside, engine, forms)), encoding="utf-8")


def _about(inside: Inside, engine: str, networks: Mapping[str, list[str]]) -> dict[str, Any]:
    return {
        "release": inside.version,
        "engine": engine,
        "data": QUADS,
        "bytes": inside.bytes,
        "citations": {language: with_query(cited, _PLACE, language) for language, cited in inside.citations.items()},
        "networks": networks,
    }


def _answer(inside: Inside, address: str) -> bytes:
    answered = inside.get(address)
    if answered.status != 200:
        raise AsoenError(
            f"{address} has no answer (status {answered.status})", answered.body.decode(errors="replace")[:500]
        )
    return answered.body


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
