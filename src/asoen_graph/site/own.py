"""The pages that only a site of static files has: what a server does besides, and that there is no such page."""

from __future__ import annotations

from asoen_graph.server.forms import HTML, content_type
from asoen_graph.server.pages import Pages
from asoen_graph.server.policies import HEADER, POLICY
from asoen_graph.site.addresses import FACT_PAGE, MISSING_PAGE, SERVER_PAGE
from asoen_graph.site.inside import Answered


def own_pages(pages: Pages, version: str, languages: tuple[str, ...]) -> dict[str, Answered]:
    """Each of them as the server would have answered, by address."""
    headers = {"content-type": content_type(HTML.media_type), HEADER.lower(): POLICY}
    made = {}
    for name, template in ((SERVER_PAGE, "static"), (FACT_PAGE, "finding"), (MISSING_PAGE, "missing")):
        for language in languages:
            body = pages.render(template, language, release=version, here=f"/{name}")
            made[f"/{name}?lang={language}"] = Answered(200, headers, body)
    return made
