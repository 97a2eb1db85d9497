"""How old the evidence is, by the dates in the data."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable

from asoen_graph.ledger import Document, Ledger
from asoen_graph.report.model import Staleness, YearOfSources


def staleness(ledger: Ledger) -> Staleness:
    """Documents and the facts that cite them by year of publication and of retrieval."""
    cited = Counter(source for fact in ledger.facts.values() for source in fact.sources)
    newest = max((each.retrieved for each in ledger.documents.values()), default="")
    ages = [
        _year(newest) - _year(each.published)
        for slug, each in ledger.documents.items()
        if newest and each.published
        for _ in range(cited[slug])
    ]
    return Staleness(
        newest_retrieved=newest,
        published=_by_year(ledger, cited, lambda each: each.published),
        retrieved=_by_year(ledger, cited, lambda each: each.retrieved),
        median_age_in_years=statistics.median(ages) if ages else None,
    )


def _by_year(ledger: Ledger, cited: Counter[str], date: Callable[[Document], str]) -> tuple[YearOfSources, ...]:
    sources: Counter[str] = Counter()
    facts: Counter[str] = Counter()
    for slug, each in ledger.documents.items():
        year = date(each)[:4]
        sources[year] += 1
        facts[year] += cited[slug]
    return tuple(YearOfSources(year, sources[year], facts[year]) for year in sorted(sources))


def _year(date: str) -> int:
    return int(date[:4])
