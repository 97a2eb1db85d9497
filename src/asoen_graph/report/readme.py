"""The counts in README.md: a marked block that is written from the report, never by hand."""

from __future__ import annotations

import re
from typing import Final

from asoen_graph.errors import ParameterError
from asoen_graph.report.model import QualityReport

BEGIN: Final = "<!-- asoen report: written by `asoen report --readme README.md` -->"
END: Final = "<!-- asoen report: end -->"

_BLOCK: Final = re.compile(re.escape(BEGIN) + r"\n.*?" + re.escape(END), re.DOTALL)
_CLASSES: Final = 8


def fill_in(page: str, report: QualityReport) -> str:
    """The page with the counts of the report in its marked block. Raises ParameterError where it has none."""
    if _BLOCK.search(page) is None:
        raise ParameterError("readme", "The page has no block for the counts", f"Write {BEGIN} and {END} on lines")
    return _BLOCK.sub(lambda _: f"{BEGIN}\n\n{_counts(report)}\n{END}", page)


def _counts(report: QualityReport) -> str:
    totals, evidence = report.totals, report.evidence
    rows = {
        "entities": f"{totals.entities:,}, and {totals.relations:,} relations with facts of their own",
        "facts": f"{totals.facts:,} ({', '.join(f'{n:,} {status}' for status, n in totals.facts_by_status.items())})",
        "sources": f"{totals.sources:,}",
        "statements with two sources or more": _share(evidence.with_two_sources, evidence.share_with_two_sources),
        "open conflicts": f"{len(report.conflicts):,}",
        "most entities are": ", ".join(
            f"{each.label['en']} {each.entities:,}" for each in report.classes[:_CLASSES] if not each.is_relation
        ),
    }
    return "| what | how many |\n| --- | --- |\n" + "".join(f"| {name} | {text} |\n" for name, text in rows.items())


def _share(count: int, share: float | None) -> str:
    return f"{count:,}" if share is None else f"{count:,} ({share:.1%})"
