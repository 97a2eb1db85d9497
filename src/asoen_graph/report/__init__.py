"""The quality report of a release: what it covers, how well that is supported, and what is missing.

It is read from the release like everything else, and depends on nothing but it and the kept release before it.
"""

from __future__ import annotations

from pathlib import Path

from asoen_graph.diff import Changes, Comparisons
from asoen_graph.release import Release
from asoen_graph.report.ages import staleness
from asoen_graph.report.coverage import coverage
from asoen_graph.report.gaps import conflicts, missing_labels, series_gaps
from asoen_graph.report.model import Progress, QualityReport, Totals
from asoen_graph.report.support import evidence, facts_per_entity, facts_per_source, sources_by_use, wrong_addresses
from asoen_graph.resources import kept_versions, releases_folder, version_key


def quality_report(release: Release, previous: Release | None, comparisons: Comparisons | None = None) -> QualityReport:
    """The report of a release; ``previous`` is the kept release it is compared with. Raises ReleaseError.

    What was compared before is taken from ``comparisons``.
    """
    store, vocabulary, manifest = release.store(), release.vocabulary, release.manifest
    known = Comparisons() if comparisons is None else comparisons
    ledger = known.ledger(release)
    counts = manifest.counts
    return QualityReport(
        name=manifest.name,
        version=manifest.version,
        hash=manifest.hash,
        totals=Totals(
            entities=counts.entities,
            relations=counts.relations,
            facts=counts.facts,
            facts_by_status=counts.facts_by_status,
            sources=counts.sources,
            inferred=counts.inferred,
            triples=counts.default_graph,
            quads=counts.quads,
        ),
        classes=coverage(store, vocabulary, ledger),
        sources=sources_by_use(ledger),
        facts_per_entity=facts_per_entity(ledger, vocabulary),
        facts_per_source=facts_per_source(ledger),
        evidence=evidence(ledger),
        conflicts=conflicts(ledger, vocabulary),
        missing_labels=missing_labels(ledger, vocabulary),
        series=series_gaps(ledger),
        staleness=staleness(ledger),
        addresses=wrong_addresses(store),
        changes=None if previous is None else _progress(previous, known.between(previous, release).changes),
    )


def previous_release(release: Release, releases: Path | None = None) -> Release | None:
    """The newest kept release that is no newer than the given one and says something else, if there is one.

    ``releases`` is the folder of kept releases, where it is not the usual one.
    """
    manifest, folder = release.manifest, releases or releases_folder()
    for version in reversed(kept_versions(folder)):
        kept = Release.open(folder / version)
        try:
            is_earlier = version_key(version) <= version_key(manifest.version)
        except ValueError:
            return None  # a version that is not of the calendar has no place among those that are
        if is_earlier and kept.manifest.hash != manifest.hash:
            return kept
    return None


def _progress(previous: Release, found: Changes) -> Progress:
    return Progress(
        since=previous.manifest.version,
        entities_added=len(found.entities_added),
        entities_removed=len(found.entities_removed),
        sources_added=len(found.sources_added),
        sources_removed=len(found.sources_removed),
        facts_added=sum(len(each.added) for each in found.entities),
        facts_removed=sum(len(each.removed) for each in found.entities),
        facts_with_another_value=sum(len(each.revalued) for each in found.entities),
        facts_with_another_status=sum(len(each.restated) for each in found.entities),
        entities_touched=len(found.entities),
    )
