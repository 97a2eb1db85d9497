"""An endpoint whose data change: what is kept is asked for anew when the server is told to look again."""

from __future__ import annotations

import urllib.request
from pathlib import Path

from tests.engines.servers import running
from tests.running.test_succession import go
from tests.running.test_succession import running as serving
from tests.server.conftest import LIMITS

from asoen_graph.release import Release
from asoen_graph.server.settings import Settings

LABEL = "SELECT ?l { id:alder-marsh rdfs:label ?l FILTER(LANG(?l) = 'en') }"
PREFIXES = "PREFIX id: <https://w3id.org/asoen/id/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
NAMES = "{ { id:alder-marsh rdfs:label ?l } UNION { GRAPH ?g { id:alder-marsh rdfs:label ?l } } }"
OTHER = f"""DELETE {{ id:alder-marsh rdfs:label ?l . GRAPH ?g {{ id:alder-marsh rdfs:label ?l }} }}
    INSERT {{ id:alder-marsh rdfs:label ?m . GRAPH ?g {{ id:alder-marsh rdfs:label ?m }} }}
    WHERE {NAMES[:-1]} BIND(STRLANG(CONCAT(STR(?l), "!"), LANG(?l)) AS ?m) }}"""


def change(endpoint: str, update: str) -> None:
    """Have an Oxigraph server carry out an update."""
    url = endpoint.replace("/query", "/update")
    kind = {"Content-Type": "application/sparql-update"}
    urllib.request.urlopen(urllib.request.Request(url, (PREFIXES + update).encode(), kind)).close()


def test_what_was_kept_is_asked_for_again(delta_release: Release, tmp_path: Path) -> None:
    async def test() -> None:
        with running("oxigraph", delta_release, tmp_path) as url:
            asking = Settings(delta_release.folder, workers=1, limits=LIMITS, endpoint=url, releases=tmp_path / "none")
            async with serving(asking) as server:

                async def asked() -> tuple[str, str, str]:
                    answer = await server.get("/sparql", query=LABEL, format="csv")
                    card = await server.get("/api/entities/alder-marsh")
                    return answer.text, answer.headers["etag"], card.json()["labels"]["en"]

                before = await asked()
                change(url, OTHER)
                assert await asked() == before, "what is kept is not asked for again"
                assert await server.renewed() == {"done": 1}
                after = await asked()
                assert (after[0], after[1], after[2]) == (before[0][:-2] + "!\r\n", before[1], before[2] + "!")
                change(url, "DELETE WHERE { id:alder-marsh ?p ?o }")
                assert await server.renewed() == {"done": 1, "failed": 1}, "it is another release now"

    go(test)
