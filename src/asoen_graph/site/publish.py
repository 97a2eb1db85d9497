"""Writing the whole site into a folder: pages, scripts, data, and what hosts and search engines look for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote, urlsplit

from asoen_graph.errors import AsoenError, ParameterError
from asoen_graph.release import Release
from asoen_graph.resources import queries_folder, releases_folder
from asoen_graph.server.pages import Pages
from asoen_graph.server.settings import available_cores
from asoen_graph.server.web import web_files
from asoen_graph.site.addresses import FACT_PAGE, LANGUAGES, MISSING_PAGE, SERVER_PAGE
from asoen_graph.site.client import client_files, write_about
from asoen_graph.site.crawl import Crawler
from asoen_graph.site.data import data_files, homes_of, write_homes
from asoen_graph.site.folder import write_manifest, written_aside
from asoen_graph.site.inside import Inside
from asoen_graph.site.own import own_pages
from asoen_graph.site.pages import Site

SITEMAP: Final = "sitemap.xml"
_MOST_JOBS: Final = 8
_BEGINNINGS: Final = ("/", "/sparql", "/search", f"/{SERVER_PAGE}", f"/{FACT_PAGE}", f"/{MISSING_PAGE}")
"""What is made whether or not something leads to it."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What is to be published, and how."""

    release: Path
    base_url: str = ""
    """Where it will stand; empty where nobody knows yet."""
    languages: tuple[str, ...] = LANGUAGES
    queries: Path | None = None
    releases: Path | None = None
    """The folder of kept releases; the usual one where it is not said."""
    has_fact_pages: bool = False
    """Whether each fact has a page of its own; otherwise it stands in the page of its source alone."""
    jobs: int = 0
    """The processes that make pages; 0 for as many as there are cores."""


class Summary(NamedTuple):
    """What was written."""

    files: int
    size: int


def publish(target: Path, publication: Publication, step: Callable[[str], None] = lambda _: None) -> Summary:
    """Write the site into the folder, which is as it was before where anything fails.

    Raises AsoenError where the folder is none of ours, or a link of a page leads nowhere; ReleaseError; ParameterError
    where the base URL is none.
    """
    base_url = checked(publication.base_url)
    with written_aside(target) as folder:
        step("loading the release")
        queries = publication.queries or queries_folder()
        release = Release.open(publication.release.resolve(), begin=True)
        inside = Inside(release, queries, publication.releases or releases_folder())
        engine = _write_assets(folder)
        homes = homes_of(release.store())
        write_homes(folder, homes)
        for _ in inside.prepare():
            step("preparing the pages")
        pages = Pages()
        site = Site(
            inside.version,
            inside.name,
            base_url,
            publication.languages,
            {each: pages.words(each)["static_form"] for each in publication.languages},
        )
        if not publication.has_fact_pages:
            site = replace(site, homes=homes)
        own = own_pages(pages, inside.version, publication.languages)
        jobs = publication.jobs or min(available_cores(), _MOST_JOBS)
        others = data_files(release, inside.catalogue) | client_files(inside)
        crawler = Crawler(inside, site, folder, own, others, jobs)
        crawler.run(_seeds(publication.languages), step)
        write_about(folder, inside, engine, crawler.files, publication.languages)
        _refuse_missing(folder, crawler.awaited)
        _write_for_robots(folder, site, crawler.files)
        step("listing the files")
        about = {"release": inside.version, "baseUrl": base_url, "languages": list(publication.languages)}
        return Summary(*write_manifest(folder, about))


def checked(base_url: str) -> str:
    """The address with a slash at its end. Raises ParameterError where it is not one of the web."""
    if not base_url:
        return ""
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise ParameterError(
            "base-url", f"{base_url!r} is no address of a site", "It is one such as https://example.org/asoen/"
        )
    return base_url.rstrip("/") + "/"


def _seeds(languages: tuple[str, ...]) -> Iterator[str]:
    for path in _BEGINNINGS:
        for language in languages:
            yield f"{path}?lang={language}"


def _write_assets(folder: Path) -> str:
    """Write the scripts and styles; the address of the engine, which may be another once they are built anew."""
    files = web_files()
    engine = files.address("engine.js").removeprefix("/")
    if not engine:
        raise AsoenError("The scripts of the pages are not built", "make web")
    target = folder / "assets"
    target.mkdir()
    for name in files.names:
        (target / name).write_bytes(files.read(name))
    return engine


def _refuse_missing(folder: Path, awaited: dict[str, str]) -> None:
    """What pages lead to and is made otherwise has to be there. Raises AsoenError."""
    for file, by in sorted(awaited.items()):
        if not (folder / file).is_file():
            raise AsoenError(f"{by} leads to {file}, which is not made", "This is a mistake in the pages")


def _write_for_robots(folder: Path, site: Site, files: dict[str, str]) -> None:
    (folder / ".nojekyll").write_bytes(b"")
    robots = "User-agent: *\nAllow: /\n"
    if site.base_url:
        robots += f"Sitemap: {site.base_url}{SITEMAP}\n"
        listed = sorted(file for file in files if file.endswith(".html") and not file.endswith(MISSING_PAGE))
        urls = "".join(f"<url><loc>{escape(site.address(quote(file)))}</loc></url>\n" for file in listed)
        space = "http://www.sitemaps.org/schemas/sitemap/0.9"
        text = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{space}">\n{urls}</urlset>\n'
        (folder / SITEMAP).write_text(text, encoding="utf-8")
    (folder / "robots.txt").write_text(robots, encoding="utf-8")
