"""The scripts, styles and fonts of the pages, as ``web/`` was built: which file is which, and where it is served.

The names of files change with their content, so that browsers may keep them for good. Without a build the pages are
plain HTML; whoever starts the server is told so.
"""

from __future__ import annotations

import json
import mimetypes
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from asoen_graph.resources import web_folder

MANIFEST: Final = "manifest.json"
ADDRESS: Final = "/assets"
_MEDIA_TYPES: Final = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}


@dataclass(frozen=True)
class WebFiles:
    """What was built into a folder."""

    folder: Path

    @cached_property
    def _manifest(self) -> dict[str, Any]:
        try:
            found: dict[str, Any] = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {"entries": {}, "files": {}}
        return found

    @property
    def is_built(self) -> bool:
        """Whether there is anything."""
        return bool(self._manifest["entries"])

    @property
    def names(self) -> list[str]:
        """Every file there is, sorted."""
        return sorted(self._manifest["files"])

    def address(self, entry: str) -> str:
        """Where what a page calls ``site.css`` or ``editor.js`` is served; empty where it is not built."""
        name = self._manifest["entries"].get(entry)
        return f"{ADDRESS}/{name}" if name else ""

    def preloads(self, entry: str) -> list[str]:
        """Where the scripts are that a script loads before it starts, so that the page can ask for all at once."""
        seen: list[str] = []
        waiting = [self._manifest["entries"].get(entry, "")]
        while waiting:
            for name in self._manifest["files"].get(waiting.pop(), {}).get("imports", ()):
                if name not in seen:
                    seen.append(name)
                    waiting.append(name)
        return [f"{ADDRESS}/{name}" for name in sorted(seen)]

    def read(self, name: str) -> bytes:
        """The content of a file. Raises KeyError where it is none of these."""
        if name not in self._manifest["files"]:
            raise KeyError(name)
        return (self.folder / name).read_bytes()


def media_type(name: str) -> str:
    """What a file is sent as."""
    suffix = Path(name).suffix
    return _MEDIA_TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def web_files() -> WebFiles:
    """Those of this installation."""
    return WebFiles(web_folder())
