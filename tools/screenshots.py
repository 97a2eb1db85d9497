"""Pictures of every kind of page: narrow and wide, light and dark, in both languages, with a sheet to look at them.

    python tools/screenshots.py [-o FOLDER] [NAME…]        build/screenshots, every kind, unless told

They are taken of the release in ``build/release``. Nothing is compared: they are to be looked at, one by one.
"""

from __future__ import annotations

import argparse
import sys
from html import escape
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import Browser
from tests.browser import chromium
from tests.server.conftest import Site, running
from tests.web.kinds import KINDS, NAMES, Kind, address

from asoen_graph.resources import queries_folder, release_folder
from asoen_graph.server.settings import Settings

SIZES = {"wide": {"width": 1280, "height": 900}, "narrow": {"width": 360, "height": 740}}
LONGEST = 6000
"""Pixels of a page that are shown; the rest of an ontology is like its beginning."""


def main() -> None:
    """Take the pictures and write the sheet."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("-o", "--output", type=Path, default=Path("build/screenshots"))
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"kinds of page: {', '.join(NAMES)}")
    arguments = parser.parse_args()
    wanted = [kind for kind in KINDS if not arguments.names or kind.name in arguments.names]
    folder: Path = arguments.output
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings(release_folder(), queries=queries_folder(), workers=2)
    with running(settings) as site, chromium() as browser:
        for kind in wanted:
            for size, colours, language in ways():
                picture(browser, site, kind, size, colours, language, folder)
            sys.stdout.write(f"{kind.name}\n")
    (folder / "index.html").write_text(sheet(folder), encoding="utf-8")
    sys.stdout.write(f"{folder / 'index.html'}\n")


def ways() -> product[tuple[str, ...]]:
    """Every way to look at a page."""
    return product(SIZES, ("light", "dark"), ("en", "vi"))


def name_of(kind: Kind, size: str, colours: str, language: str) -> str:
    """What a picture is called."""
    return f"{kind.name}-{size}-{colours}-{language}.png"


def picture(browser: Browser, site: Site, kind: Kind, size: str, colours: str, language: str, folder: Path) -> None:
    """One picture of a whole page."""
    context = browser.new_context(viewport=SIZES[size], color_scheme=colours, reduced_motion="reduce")
    page = context.new_page()
    page.goto(site.url + address(site, kind.real, language))
    page.wait_for_load_state("networkidle")
    height = min(LONGEST, page.evaluate("document.documentElement.scrollHeight"))
    clip = {"x": 0, "y": 0, "width": SIZES[size]["width"], "height": height}
    page.screenshot(path=folder / name_of(kind, size, colours, language), full_page=True, clip=clip)
    context.close()


def sheet(folder: Path) -> str:
    """All the pictures there are on one page, kind by kind."""
    rows = []
    for kind in KINDS:
        names = [name_of(kind, *way) for way in ways()]
        cells = "".join(
            f'<td><a href="{escape(name)}"><img src="{escape(name)}" alt="{escape(name)}" loading="lazy"></a></td>'
            for name in names
            if (folder / name).exists()
        )
        rows.append(f"<tr><th>{escape(kind.name)}</th>{cells}</tr>")
    style = (
        "body{font:1rem system-ui}img{max-width:16rem;max-height:26rem;border:1px solid #999}td,th{vertical-align:top}"
    )
    return (
        f"<!DOCTYPE html><meta charset=utf-8><title>Pages</title><style>{style}</style><table>{''.join(rows)}</table>"
    )


if __name__ == "__main__":
    main()
