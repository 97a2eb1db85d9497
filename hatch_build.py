"""Puts the ontology, the queries and a freshly built release into a wheel, so that it works outside the checkout."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUNDLE = "asoen_graph/bundle"


class ReleaseHook(BuildHookInterface):  # type: ignore[type-arg]
    """Builds the release for wheels; an editable installation reads the checkout instead."""

    _scratch: tempfile.TemporaryDirectory[str] | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the release aside and add it to what goes into the wheel."""
        if version == "editable":
            return
        self._scratch = tempfile.TemporaryDirectory(prefix="asoen-release-")
        release = Path(self._scratch.name) / "release"
        self._build(release)
        root = Path(self.root)
        for name, folder in {"ontology": root / "ontology", "queries": root / "queries", "release": release}.items():
            build_data["force_include"][str(folder)] = f"{BUNDLE}/{name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was built aside."""
        if self._scratch is not None:
            self._scratch.cleanup()

    def _build(self, output: Path) -> None:
        sys.path.insert(0, str(Path(self.root) / "src"))
        from asoen_graph.build.pipeline import build_release
        from asoen_graph.errors import CurationError

        try:
            build_release(Path(self.root), output, self.metadata.version, cache=None, progress=self.app.display_info)
        except CurationError as error:
            self.app.abort("\n".join(map(str, error.problems)))
