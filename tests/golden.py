"""Golden files: what a test expects, beside the test; ``GOLDEN=write`` writes them anew."""

from __future__ import annotations

import os
from pathlib import Path


def check_golden(path: Path, content: str) -> None:
    """Compare with the file, or write it where ``GOLDEN=write`` asks for that."""
    if os.environ.get("GOLDEN") == "write":
        path.write_text(content, encoding="utf-8")
    assert content == path.read_text(encoding="utf-8")
