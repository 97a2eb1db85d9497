"""What the scripts in the browser are told by files where a server would answer: see ``web/src/client/static.ts``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from asoen_graph.errors import AsoenError
from asoen_graph.release import QUADS_FILE
from asoen_graph.server.citation import with_query
from asoen_graph.server.web import web_files
from asoen_graph.site.data import QUADS
from asoen_graph.site.inside import Inside

_PLACE = "{query}"
"""Where the hash of a query goes in a citation."""


def write_client(folder: Path, inside: Inside, step: Callable[[str], None]) -> None:
    """Write them. Raises AsoenError where the worker of the engine is not built, or an answer cannot be made."""
    step("what the browser answers from")
    target = folder / "client"
    target.mkdir(exist_ok=True)
    _copy(inside, "/api/glossary", target / "glossary.json")
    networks = _write_networks(inside, target / "networks", step)
    (target / "site.json").write_text(_json(_about(inside, networks)), encoding="utf-8")


def _about(inside: Inside, networks: list[str]) -> dict[str, Any]:
    engine = web_files().address("engine.js")
    if not engine:
        raise AsoenError("The engine of the browser is not built", "make web")
    return {
        "release": inside.version,
        "engine": engine.removeprefix("/"),
        "data": QUADS,
        "bytes": (inside.release / QUADS_FILE).stat().st_size,
        "citations": {language: with_query(cited, _PLACE, language) for language, cited in inside.citations.items()},
        "networks": networks,
    }


def _write_networks(inside: Inside, folder: Path, step: Callable[[str], None]) -> list[str]:
    """The document of every network that has one without being told more."""
    folder.mkdir(exist_ok=True)
    made = []
    for name in inside.catalogue:
        if not inside.catalogue[name].is_network:
            continue
        step(f"the network {name}")
        _copy(inside, f"/api/networks/{name}/occasions.json", folder / f"{name}.json")
        made.append(name)
    return made


def _copy(inside: Inside, address: str, target: Path) -> None:
    answered = inside.get(address)
    if answered.status != 200:
        raise AsoenError(
            f"{address} has no answer (status {answered.status})", answered.body.decode(errors="replace")[:500]
        )
    target.write_bytes(answered.body)


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
