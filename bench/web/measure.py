"""Measure the pages as readers meet them, and write WEB.md: bytes, times of painting, Lighthouse.

Usage: python bench/web/measure.py [RUNS]       3 unless told

Bytes are those of the bodies as they are sent, compressed, in a browser that has nothing yet. Times are taken by
Chromium itself on this machine, the server beside it, without throttling; medians of the runs. Lighthouse plays a
phone of the middle class on a slow network (its own default), and its scores are medians too.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playwright.sync_api import Browser
from tests.browser import NAMES, chromium
from tests.server.conftest import Site, running
from tests.web.kinds import KINDS, Kind, address, kind
from tests.web.weight import Weight, weigh

from asoen_graph.resources import queries_folder, release_folder
from asoen_graph.server.settings import Settings

HERE: Final = Path(__file__).resolve().parent
RESULTS: Final = HERE.parent / "WEB.md"
LIGHTHOUSE: Final = HERE / "node_modules" / "lighthouse" / "cli" / "index.js"
IN_LIGHTHOUSE: Final = ("start", "entity")
CATEGORIES: Final = ("performance", "accessibility", "best-practices", "seo")
AUDITS: Final = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
KIBIBYTE: Final = 1024
WANTED: Final = 95

PAINTED: Final = """() => {
  const [visit] = performance.getEntriesByType("navigation");
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  return [visit.responseStart, paint?.startTime ?? NaN, visit.domInteractive, visit.loadEventEnd];
}"""


WATCHED: Final = """() => {
  document.querySelector("#q").addEventListener("input", () => (window.typed = performance.now()));
  new MutationObserver(() => (window.shown ??= performance.now()))
    .observe(document.querySelector("[role=listbox]"), { childList: true });
}"""


class Times(NamedTuple):
    """Milliseconds after the page was asked for."""

    first_byte: float
    first_paint: float
    interactive: float
    loaded: float


class Verdict(NamedTuple):
    """What Lighthouse says: scores from 0 to 100, and numbers of its audits."""

    scores: dict[str, float]
    audits: dict[str, float]
    failures: tuple[str, ...]


def main(runs: int) -> None:
    """Measure and write."""
    settings = Settings(release_folder(), queries=queries_folder(), workers=2)
    with running(settings) as site:
        with chromium() as browser:
            version = browser.version
            weights = {each.name: _weight(browser, site, each) for each in KINDS if each.status == 200}
            times = {name: _times(browser, site, kind(name), runs) for name in weights}
            typing = statistics.median(_typing(browser, site) for _ in range(runs))
        verdicts = {
            (name, form): _judged(site, kind(name), form, runs)
            for name in IN_LIGHTHOUSE
            for form in ("mobile", "desktop")
        }
    RESULTS.write_text(_written(version, runs, weights, times, typing, verdicts), encoding="utf-8")
    sys.stdout.write(f"{RESULTS}\n")


def _weight(browser: Browser, site: Site, example: Kind) -> Weight:
    return weigh(browser, site.url + address(site, example.real, "en"))


def _times(browser: Browser, site: Site, example: Kind, runs: int) -> Times:
    url = site.url + address(site, example.real, "en")
    found = []
    for _ in range(runs):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.goto(url)
        page.wait_for_load_state("networkidle")
        found.append(page.evaluate(PAINTED))
        context.close()
    return Times(*(statistics.median(column) for column in zip(*found, strict=True)))


def _typing(browser: Browser, site: Site) -> float:
    """Milliseconds from a letter typed into the box to what is suggested, the pause of 120 ms included."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site.url}/?lang=en")
    page.locator("#q").focus()
    page.wait_for_load_state("networkidle")
    page.evaluate(WATCHED)
    page.keyboard.type("p")
    page.locator("[role=option]").first.wait_for(state="visible")
    elapsed: float = page.evaluate("shown - typed")
    context.close()
    return elapsed


def _judged(site: Site, example: Kind, form: str, runs: int) -> Verdict:
    found = [_lighthouse(site.url + address(site, example.real, "en"), form) for _ in range(runs)]
    middle = _median_by(
        [each["categories"] for each in found], lambda each, name: 100 * each[name]["score"], CATEGORIES
    )
    numbers = _median_by([each["audits"] for each in found], lambda each, name: each[name]["numericValue"], AUDITS)
    failed = [
        reference["id"]
        for name in CATEGORIES
        for reference in found[-1]["categories"][name]["auditRefs"]
        if reference["weight"] > 0 and _score(found[-1], reference["id"]) < 0.9
    ]
    return Verdict(middle, numbers, tuple(failed))


def _score(found: dict[str, Any], audit: str) -> float:
    """From 0 to 1; what does not apply to the page has none, and is no fault of it."""
    score = found["audits"][audit]["score"]
    return 1.0 if score is None else score


def _median_by(
    found: list[dict[str, Any]], number: Callable[[dict[str, Any], str], float], names: tuple[str, ...]
) -> dict[str, float]:
    return {name: statistics.median(number(each, name) for each in found) for name in names}


def _lighthouse(url: str, form: str) -> dict[str, Any]:
    path = next(filter(None, map(shutil.which, NAMES)))
    command = ["node", str(LIGHTHOUSE), url, "--output=json", "--quiet", "--no-enable-error-reporting"]
    command += ["--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage"]
    command += [f"--only-categories={','.join(CATEGORIES)}", *(["--preset=desktop"] if form == "desktop" else [])]
    done = subprocess.run(
        command, capture_output=True, check=True, env={**os.environ, "CHROME_PATH": path}, timeout=180
    )
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _written(
    version: str,
    runs: int,
    weights: dict[str, Weight],
    times: dict[str, Times],
    typing: float,
    verdicts: dict[tuple[str, str], Verdict],
) -> str:
    lines = [
        "# What the pages weigh, and how soon they are there",
        "",
        f"Written by `make bench-web`: the real release, Chromium {version}, {platform.machine()} with "
        f"{os.cpu_count()} processors, server and browser on the same machine; medians of {runs} runs.",
        "",
        "## Lighthouse 13",
        "",
        f"At least {WANTED} is wanted in each. “mobile” is a phone with a slow processor on a slow network, as "
        "Lighthouse simulates it.",
        "",
        "| page | as | performance | accessibility | best practices | SEO | first paint | largest | blocked | shift |",
        "| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: |",
    ]
    for (name, form), verdict in verdicts.items():
        paint, largest, blocked, shift = (verdict.audits[each] for each in AUDITS)
        scores = " | ".join(f"{verdict.scores[each]:.0f}" for each in CATEGORIES)
        seconds = f"{paint / 1000:.2f} s | {largest / 1000:.2f} s"
        lines.append(f"| {name} | {form} | {scores} | {seconds} | {blocked:.0f} ms | {shift:.3f} |")
    below = {name for verdict in verdicts.values() for name in verdict.failures}
    lines += ["", f"Audits that count and are not passed: {', '.join(sorted(below)) or 'none'}.", ""]
    lines += [
        "## Bytes and times of each kind of page",
        "",
        "KiB as sent, compressed, in a browser that has nothing yet; fonts and images stand apart. A second page needs "
        "the document alone. Milliseconds without throttling. “Interactive” is when the document is parsed and "
        "everything on it can be used; scripts only add to it.",
        "",
        "| page | all | document | styles | scripts | data | apart | first byte | first paint | interactive | loaded |",
        "| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |",
    ]
    for name, weight in weights.items():
        kinds = dict(weight.by_kind)
        apart = kinds.pop("font", 0) + kinds.pop("image", 0)
        parts = [kinds.pop(each, 0) for each in ("document", "stylesheet", "script")]
        numbers = [weight.total, *parts, sum(kinds.values()), apart]
        shown = " | ".join(f"{number / KIBIBYTE:.1f}" for number in numbers)
        lines.append(f"| {name} | {shown} | {' | '.join(f'{value:.0f}' for value in times[name])} |")
    lines += [
        "",
        f"From a letter typed into the search box to suggestions: {typing:.0f} ms, of which 120 are waited.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
