"""A real Chromium to open the HTML file in.

Without one the tests are skipped, and say so; where ``ASOEN_BROWSER=required`` (as CI has it) they fail instead.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser, for as long as it is needed: while it is there no test of its process can use asyncio."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        say = pytest.fail if os.environ.get("ASOEN_BROWSER") == "required" else pytest.skip
        say(f"There is no Chromium: none of {', '.join(NAMES)} is on the path (make browser installs one)")
    with sync_playwright() as playwright:
        # Within a container Chromium cannot make a sandbox of its own; it opens nothing but our files.
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()
